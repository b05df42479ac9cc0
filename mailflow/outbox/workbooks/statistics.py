"""The statistics as a workbook: a summary, a sheet each for what they are told by, and the desk's."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter.worksheet import Worksheet

from mailflow.domain.statistics import Figures, Line, Statistics, change
from mailflow.outbox.typeset_words import Words
from mailflow.outbox.workbooks.statistics_budgets import budgets
from mailflow.outbox.workbooks.statistics_charts import bars, columns, trend
from mailflow.outbox.workbooks.statistics_months import months_by_region
from mailflow.outbox.workbooks.statistics_paper import (
    FIRST,
    FONT,
    LOOKS,
    TOTAL,
    Book,
    period_said,
    print_whole,
)
from mailflow.outbox.workbooks.text_book import text_book

Column = tuple[str, int, str, Any]
"""The word of its heading, its width in pixels, its look, and how a line fills it."""
MONEY: tuple[Column, ...] = (
    ("ordered", 108, "money", lambda line: line.now.amount),
    ("change", 66, "change", lambda line: line.change),
    ("year_change", 66, "change", lambda line: line.year_change),
    ("cash", 108, "money", lambda line: line.now.cash),
    ("expense", 100, "money", lambda line: line.now.expense),
    ("expense_ratio", 62, "percent", lambda line: line.now.expense_ratio),
)
TINS: tuple[Column, ...] = (
    ("tins", 72, "count", lambda line: line.now.tins),
    ("shipped", 72, "count", lambda line: line.now.shipped),
    ("short", 66, "count", lambda line: line.now.short),
)
ORDERS: tuple[Column, ...] = (("orders", 58, "count", lambda line: line.now.orders),)
OF_WHOM: tuple[Column, ...] = (
    *(*ORDERS, *MONEY, *TINS),
    ("on_time", 66, "percent", lambda line: line.now.on_time_rate),
    ("paid", 108, "money", lambda line: line.now.paid),
    ("approved", 96, "money", lambda line: line.now.approved),
    ("owed", 108, "money", lambda line: line.now.owed),
)
KEY: tuple[Column, ...] = (("code", 96, "text", lambda line: line.key),)
REGION: tuple[Column, ...] = (("region", 72, "text", lambda line: line.region),)


def write(statistics: Statistics, words: Words, titles: Mapping[str, str], zone: ZoneInfo) -> bytes:
    """An .xlsx; the same statistics give the same bytes."""
    out = io.BytesIO()
    looks = {"font_name": FONT, "font_size": 10}
    book = text_book(out, FONT, 10)
    made = statistics.made.astimezone(zone)
    title = words("title", period=period_said(statistics.period, words))
    book.set_properties(
        {"title": title, "author": "mailflow", "created": made.replace(tzinfo=None)}
    )
    formats = {name: book.add_format({**looks, **look}) for name, look in LOOKS.items()}
    for name, look in LOOKS.items():
        formats[f"{name}_total"] = book.add_format({**looks, **look, **TOTAL})
    paper = Book(book, statistics, words, titles, zone, formats)
    _summary(paper)
    _months(paper)
    _table(paper, "regions", "region", OF_WHOM, statistics.regions)
    _table(paper, "managers", "manager", OF_WHOM, statistics.managers)
    _table(paper, "distributors", "distributor", (*KEY, *REGION, *OF_WHOM), statistics.distributors)
    _table(paper, "products", "product", (*KEY, *MONEY, *TINS), statistics.products)
    budgets(paper)
    _desk(paper)
    book.close()
    return out.getvalue()


SUMMED: tuple[tuple[str, str, str], ...] = (
    ("ordered", "money", "amount"),
    ("cash", "money", "cash"),
    ("expense", "money", "expense"),
    ("expense_ratio", "percent", "expense_ratio"),
    ("orders", "count", "orders"),
    ("tins", "count", "tins"),
    ("shipped", "count", "shipped"),
    ("short", "count", "short"),
    ("on_time", "percent", "on_time_rate"),
    ("paid", "money", "paid"),
    ("approved", "money", "approved"),
    ("owed", "money", "owed"),
)


def _summary(paper: Book) -> None:
    words, total = paper.words, paper.statistics.total
    heads = ("item", "now", "before", "year_before", "change", "year_change")
    widths = (150, 130, 130, 130, 80, 80)
    page = paper.sheet("summary", [(words[h], w) for h, w in zip(heads, widths, strict=True)])
    for row, (name, look, field) in enumerate(SUMMED, start=FIRST):
        now, before, year_before = (
            getattr(figures, field) for figures in (total.now, total.before, total.year_before)
        )
        paper.cell(page, (row, 0), words[name], "text")
        for column, value in enumerate((now, before, year_before), start=1):
            paper.cell(page, (row, column), value, look)
        is_rate = look == "percent"
        paper.cell(page, (row, 4), None if is_rate else change(now, before), "change")
        paper.cell(page, (row, 5), None if is_rate else change(now, year_before), "change")
    below = FIRST + len(SUMMED) + 1
    page.write_string(below, 0, words["definitions"], paper.looks["about"])
    _ledger(paper, page, below + 1)
    if paper.statistics.regions:
        page.insert_chart(below + 3, 0, columns(paper, len(paper.statistics.regions)))
    if paper.statistics.months:
        page.insert_chart(below + 3, 3, trend(paper))


def _ledger(paper: Book, page: Worksheet, row: int) -> None:
    cash, expense = paper.statistics.unlike_ledger
    if cash or expense:
        said = paper.words("unlike", cash=f"{cash:+,.2f}", expense=f"{expense:+,.2f}")
        page.write_string(row, 0, said, paper.looks["warn"])
    else:
        page.write_string(row, 0, paper.words["agrees"], paper.looks["about"])


def _months(paper: Book) -> None:
    words, statistics = paper.words, paper.statistics
    regions = [line.key for line in statistics.regions]
    heads = [(words["month"], 90), *((r or words["nobody"], 112) for r in regions)]
    page = paper.sheet("months", [*heads, (words["total"], 120)])
    for row, (month, amounts) in enumerate(
        months_by_region(statistics.months, regions), start=FIRST
    ):
        paper.cell(page, (row, 0), month, "text")
        for column, amount in enumerate((*amounts, sum(amounts, Decimal(0))), start=1):
            paper.cell(page, (row, column), amount, "money")


def _table(
    paper: Book, name: str, head: str, chosen: Sequence[Column], lines: Sequence[Line]
) -> None:
    words = paper.words
    width = 130 if name in ("regions", "managers") else 240
    page = paper.sheet(name, [(words[head], width), *((words[c[0]], c[1]) for c in chosen)])
    row = FIRST
    for line in lines:
        _row(paper, (page, row), line, chosen)
        row += 1
    if lines:
        whole = Line("", words["total"], *_whole(paper, name, lines))
        _row(paper, (page, row), whole, chosen, total=True)
        page.autofilter(FIRST - 1, 0, row - 1, len(chosen))
        chart = bars(paper, name, _column_of("ordered", chosen), len(lines))
        page.insert_chart(row + 2, 0, chart)
        print_whole(page, len(lines), chart.height)


def _column_of(name: str, chosen: Sequence[Column]) -> int:
    return 1 + [column[0] for column in chosen].index(name)


def _whole(paper: Book, name: str, lines: Sequence[Line]) -> tuple[Figures, Figures, Figures]:
    """Of products that which products have: nobody owes for one of them alone."""
    if name != "products":
        total = paper.statistics.total
        return total.now, total.before, total.year_before
    none = Figures()
    return (
        sum((line.now for line in lines), none),
        sum((line.before for line in lines), none),
        sum((line.year_before for line in lines), none),
    )


def _row(
    paper: Book,
    at: tuple[Worksheet, int],
    line: Line,
    chosen: Sequence[Column],
    *,
    total: bool = False,
) -> None:
    page, row = at
    paper.cell(page, (row, 0), line.name or paper.words["nobody"], "text", total=total)
    for column, (_, _, look, value) in enumerate(chosen, start=1):
        paper.cell(page, (row, column), value(line), look, total=total)


def _desk(paper: Book) -> None:
    words, statistics = paper.words, paper.statistics
    heads = [(words["item"], 240), (words["now"], 90), (words["before"], 90)]
    page = paper.sheet("desk", heads)
    rows = (
        ("mails", "count", "mails"),
        ("decided", "count", "decided"),
        ("touchless", "percent", "touchless_rate"),
        ("returned", "count", "returned"),
        ("held", "count", "held"),
        ("review", "count", "review"),
    )
    for row, (name, look, field) in enumerate(rows, start=FIRST):
        paper.cell(page, (row, 0), words[name], "text")
        for column, desk in enumerate((statistics.desk, statistics.desk_before), start=1):
            paper.cell(page, (row, column), getattr(desk, field), look)
    head = FIRST + len(rows) + 1
    for column, word in enumerate(("reason", "times", "before")):
        look = paper.looks["head" if column else "head_text"]
        page.write_string(head, column, words[word], look)
    before = dict(statistics.desk_before.reasons)
    for row, (code, number) in enumerate(statistics.desk.reasons, start=head + 1):
        paper.cell(page, (row, 0), paper.titles.get(code, code), "text")
        paper.cell(page, (row, 1), number, "count")
        paper.cell(page, (row, 2), before.get(code, 0), "count")
    if statistics.desk.reasons:
        chart = bars(paper, "reasons", 1, len(statistics.desk.reasons), (head + 1, "desk"))
        page.insert_chart(FIRST - 1, 4, chart)
