"""`report`: the statistics of a period, on the terminal, as JSON or as a workbook."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from mailflow.commands.opening import opened
from mailflow.commands.progress import Progress
from mailflow.commands.saying import Failed, clock, load_config, say, troubles_said
from mailflow.commands.statistics_json import as_json
from mailflow.config import Config
from mailflow.desk.statistics import statistics_of
from mailflow.domain.period import Period
from mailflow.domain.statistics import Figures, Line, Statistics
from mailflow.summing import summed_up
from mailflow.works import silent

MOST_LINES = 15
"""Of a table on the terminal; a workbook has them all."""
HEADS = ("", "ordered", "change", "year", "cash", "expense", "tins", "shipped", "paid", "owed")


Written = Callable[[Statistics, Config, Path], int]
"""Writes a workbook; given by who knows that one is wanted, for it takes long to load."""


def report(
    config_path: Path,
    period: Period,
    *,
    to_json: bool,
    output: Path | None,
    written: Written | None,
) -> int:
    try:
        config = load_config(config_path)
        with opened(config) as app:
            progress = Progress() if sys.stderr.isatty() else silent
            statistics = statistics_of(summed_up(app.office, period, clock(), progress))
        with troubles_said():
            code = written(statistics, config, output) if written and output else 0
    except Failed as failed:
        return failed.code
    if code == 0 and to_json:
        say(json.dumps(as_json(statistics), ensure_ascii=False))
    elif code == 0 and output is not None:
        say(f"{output}: {period}, {len(statistics.distributors)} distributors")
    elif code == 0:
        say("\n".join(_lines(statistics)))
    return code


def _lines(statistics: Statistics) -> Iterator[str]:
    whole, desk = statistics.total, statistics.desk
    running = "" if statistics.is_over else "  (still running)"
    yield f"{statistics.period}  made {statistics.made:%Y-%m-%d %H:%M} UTC{running}"
    now = whole.now
    yield (
        f"ordered {now.amount:,.2f} ({_signed(whole.change)} on the period before, "
        f"{_signed(whole.year_change)} on the year before)  orders {now.orders}  tins {now.tins:,}"
    )
    yield (
        f"cash goods {now.cash:,.2f}  expense goods {now.expense:,.2f}  "
        f"expense ratio {_percent(now.expense_ratio)}"
    )
    yield f"paid {now.paid:,.2f}  owed {now.owed:,.2f}  approved expense {now.approved:,.2f}"
    yield (
        f"shipped {now.shipped:,} tins  short {now.short:,}  "
        f"on time {_percent(now.on_time_rate)} of {now.on_time + now.late} lists"
    )
    yield (
        f"desk: {desk.mails} mails, {desk.decided} orders decided, "
        f"{_percent(desk.touchless_rate)} without anybody, {desk.returned} returned"
    )
    for code, number in desk.reasons[:5]:
        yield f"  {code:<28}{number:>6}"
    if any(statistics.unlike_ledger):
        cash, expense = statistics.unlike_ledger
        yield f"unlike the ledger of this period: cash {cash:+,.2f}, expense {expense:+,.2f}"
    for name, lines in (
        ("by region", statistics.regions),
        ("by manager", statistics.managers),
        ("by product", statistics.products),
        ("by distributor", statistics.distributors),
    ):
        yield ""
        yield from _table(name, lines)


def _table(name: str, lines: Sequence[Line]) -> Iterator[str]:
    rows = [(name, *HEADS[1:]), *(_row(line) for line in lines[:MOST_LINES])]
    widths = [max(map(_room, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first = row[0] + " " * (widths[0] - _room(row[0]))
        rest = (c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))
        yield "  ".join((first, *rest)).rstrip()
    if len(lines) > MOST_LINES:
        yield f"… {len(lines) - MOST_LINES} more: with --output FILE.xlsx all are there"


def _row(line: Line) -> tuple[str, ...]:
    f: Figures = line.now
    money = (f"{f.cash:,.2f}", f"{f.expense:,.2f}", f"{f.tins:,}", f"{f.shipped:,}")
    changes = (_signed(line.change), _signed(line.year_change))
    return (
        line.name or "-",
        f"{f.amount:,.2f}",
        *changes,
        *money,
        f"{f.paid:,.2f}",
        f"{f.owed:,.2f}",
    )


def _room(text: str) -> int:
    """Columns of a terminal; a Chinese sign takes two."""
    return sum(2 if sign >= "\u2e80" else 1 for sign in text)


def _percent(number: Decimal | None) -> str:
    return "-" if number is None else f"{number}%"


def _signed(number: Decimal | None) -> str:
    return "-" if number is None else f"{number:+}%"
