"""All stock of a month is what plain sums over the lines say, whatever stands in them."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.consolidation import (
    DAYS,
    STOCK_ROW,
    Absent,
    Consolidated,
    Limits,
    Names,
    Position,
)
from mailflow.domain.notice_month import StockFile
from mailflow.domain.stock_summary import FOREMOST, StockSummary
from mailflow.parsers.sandbox_shapes import decoded, unpacked
from mailflow.performing import Unprepared
from mailflow.stock_frames import consolidated

MONTHS = [date(2026, m, 1) for m in (8, 9, 10, 11)]
NAMES = Names({"n1": ("北区", "小叶子"), "na": ("南区", "奶香")}, {"p1": "优护1段"})
TINS = st.integers(0, 10**6)
CODES = st.sampled_from(["N1", "NA", "gone", '引号"，逗号,', "001"])
SKUS = st.sampled_from(["P1", "P2", "1E5"])


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[Any, ...]]:
    opening, received, sold = draw(TINS), draw(TINS), draw(TINS)
    moved = draw(st.integers(-5, 5)) + max(0, sold - opening - received) + 5
    closing = opening + received - sold + moved
    month = draw(st.sampled_from(MONTHS))
    return [draw(CODES), draw(SKUS), month, opening, received, sold, moved, closing]


def put_together(rows: list[Any], missing: int = 0) -> Consolidated:
    return whole(summary(rows, missing))


def whole(told: StockSummary) -> Consolidated:
    found: Consolidated = unpacked(told.whole, Consolidated)
    return found


def summary(rows: list[Any], missing: int = 0) -> StockSummary:
    page = io.StringIO()
    csv.writer(page).writerows([STOCK_ROW, *rows])
    absent = (Absent("北区", "N2", "某某", "m@x.example", False),) * missing
    begun = Consolidated(
        month=MONTHS[-1],
        expected=5,
        positions=(),
        expiring=(),
        missing=absent,
        limits=Limits(),
    )
    made = consolidated(begun, NAMES, io.BytesIO(page.getvalue().encode()))
    found: StockSummary = decoded(made, StockSummary)
    return found


def test_of_no_report_there_is_nothing_but_who_is_missing() -> None:
    made = put_together([], missing=5)
    assert made.positions == made.sums(lambda p: p.region) == made.trend.months == ()
    assert (made.reported, made.total.closing, made.total.cover) == (0, 0, None)


@settings(max_examples=60, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=40))
def test_frames_say_what_plain_sums_say(rows: list[Any]) -> None:
    made = put_together(rows)
    now: dict[Any, list[int]] = defaultdict(lambda: [0] * 5)
    sold: dict[Any, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for code, sku, month, *tins in rows:
        if month != MONTHS[0]:
            sold[code, sku][month] += tins[2]
        if month == MONTHS[-1]:
            now[code, sku] = [a + b for a, b in zip(now[code, sku], tins, strict=True)]
    assert {(p.code, p.sku): numbers(p) for p in made.positions} == now
    for p in made.positions:
        told = sold[p.code, p.sku]
        total = sum(told.values())
        expected = p.closing * DAYS * len(told) // total if total else None
        assert p.cover == expected
        assert p.opening + p.received - p.sold + p.moved == p.closing
    usual = sum(
        (Fraction(sum(m.values()), len(m)) for key, m in sold.items() if key in now), Fraction()
    )
    assert made.total.cover == (int(made.total.closing * DAYS / usual) if usual else None)
    for by in ((lambda p: p.region), (lambda p: p.code), (lambda p: p.sku)):
        sums = made.sums(by)
        assert sum(s.closing for s in sums) == made.total.closing
        assert sum(s.sold for s in sums) == made.total.sold
    trend = made.trend
    assert [m.month for m in trend.months] == sorted({row[2] for row in rows})
    for at, month in enumerate(trend.months):
        of = [row for row in rows if row[2] == month.month]
        assert month.distributors == len({row[0] for row in of})
        assert (month.sold, month.closing) == (sum(r[5] for r in of), sum(r[7] for r in of))
        for series in (trend.regions, trend.distributors, trend.products):
            assert sum(s.sold[at] or 0 for s in series) == month.sold


@settings(max_examples=30, deadline=None)
@given(st.lists(lines(), max_size=40))
def test_the_summary_tells_what_the_whole_says_and_holds_no_long_list(rows: list[Any]) -> None:
    told = summary(rows, missing=1)
    every = whole(told)
    assert (told.total, told.months, told.reported) == (every.total, every.trend.months, 4)
    assert told.regions == every.sums(lambda p: p.region)
    assert told.products == every.sums(lambda p: p.product)
    for first, positions in ((told.dry, every.dry), (told.over, every.over)):
        assert first.count == len(positions)
        assert first.rows == positions[:FOREMOST]


def test_a_log_that_names_it_is_not_flooded() -> None:
    told = summary([("N1", "P1", MONTHS[-1], 1, 0, 0, 0, 1)])
    assert repr(told.whole) not in repr(told)
    assert str(Unprepared(StockFile(told))) == "StockFile"


def numbers(p: Position) -> list[int]:
    return [p.opening, p.received, p.sold, p.moved, p.closing]


def test_names_are_the_registers_and_whoever_left_it_is_told_by_code() -> None:
    rows = [(code, "P1", MONTHS[-1], 1, 0, 0, 0, 1) for code in ("N1", "NA", "gone")]
    made = put_together(rows)
    assert [(p.region, p.distributor) for p in made.positions] == [
        ("", "gone"),
        ("北区", "小叶子"),
        ("南区", "奶香"),
    ]
    assert {p.product for p in made.positions} == {"优护1段"}
    assert [s.name for s in made.trend.distributors] == ["N1 小叶子", "NA 奶香", "gone gone"]
