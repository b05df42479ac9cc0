"""All distributors' stock of a month as a workbook with native charts, for who decides about it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.consolidation import Consolidated, Position, Series, Sums, Trend
from mailflow.domain.printable import cleaned
from mailflow.domain.value import dataclass
from mailflow.outbox.workbooks.statistics_paper import (
    FIRST,
    FONT,
    HEAD,
    LOOKS,
    NONE,
    print_whole,
)
from mailflow.outbox.workbooks.stock_charts import MOST_BARS, Charts
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import unpacked

POSITION = ("region", "code", "distributor", "sku", "product")
COUNTS = ("opening", "received", "sold", "moved", "closing")
WIDTHS = {"distributor": 220, "product": 230, "name": 320, "manager": 210, "sku": 110, "code": 80}
TEXTS = (*POSITION, "name", "manager", "state", "month", "batch", "expires")
SHORT = 30
"""Rows of a table below which a chart is still seen."""
MOST_ROWS = 300
"""Of a sheet of months: more distributors than that nobody reads along."""


@dataclass(frozen=True, slots=True)
class Paper:
    book: Workbook
    words: Mapping[str, str]
    looks: Mapping[str, Format]
    title: str

    def sheet(self, name: str, columns: Sequence[str]) -> Worksheet:
        page = self.book.add_worksheet(self.words[f"stock_sheet_{name}"])
        page.hide_gridlines(2)
        page.write_string(
            0, 0, f"{self.title}  {self.words[f'stock_sheet_{name}']}", self.looks["title"]
        )
        page.set_row_pixels(0, 34)
        page.write_string(1, 0, self.words[f"stock_about_{name}"], self.looks["about"])
        for at, column in enumerate(columns):
            page.set_column_pixels(at, at, WIDTHS.get(column, 90))
            look = "head_text" if column in TEXTS else "head"
            page.write_string(HEAD, at, self.words[f"stock_{column}"], self.looks[look])
        page.freeze_panes(FIRST, 0)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD)
        page.set_footer("&C&P / &N")
        return page

    def rows(self, page: Worksheet, rows: Sequence[Sequence[Any]], none: str = NONE) -> None:
        """`none` is what is said of what nobody told; a line of a chart has a gap only where nothing
        is said at all."""
        for row, values in enumerate(rows, start=FIRST):
            for column, value in enumerate(values):
                if isinstance(value, int):
                    page.write_number(row, column, value, self.looks["count"])
                elif value is None:
                    page.write(row, column, none or None, self.looks["none"])
                else:
                    page.write_string(row, column, cleaned(str(value), 200), self.looks["text"])


def stock_book(whole: bytes, words: Mapping[str, str]) -> bytes:
    """`whole` is a `Consolidated` as `sandbox_shapes` packs it."""
    return write(unpacked(whole, Consolidated), words)


def write(stock: Consolidated, words: Mapping[str, str]) -> bytes:
    """An .xlsx; the same stock gives the same bytes."""
    out = io.BytesIO()
    looks = {"font_name": FONT, "font_size": 10}
    book = text_book(out, FONT, 10)
    title = f"{stock.month:%Y-%m} {words['stock_title']}"
    book.set_properties({"title": title, "author": "mailflow", "created": _made(stock.month)})
    formats = {name: book.add_format({**looks, **look}) for name, look in LOOKS.items()}
    paper = Paper(book, words, formats, title)
    tables = (
        ("regions", stock.sums(lambda p: p.region or words["stock_unknown"])),
        ("distributors", stock.sums(lambda p: f"{p.code} {p.distributor}")),
        ("products", stock.sums(lambda p: f"{p.sku} {p.product}")),
    )
    _summary(paper, stock, {name: len(sums) for name, sums in tables})
    for name, sums in tables:
        _sums(paper, name, sums)
    _trends(paper, stock.trend)
    _missing(paper, stock)
    _expiring(paper, stock)
    _positions(paper, "over", stock.over)
    _positions(paper, "dry", stock.dry)
    _positions(paper, "lines", stock.positions)
    book.close()
    return out.getvalue()


def _made(month: date) -> datetime:
    return datetime(month.year, month.month, 1)


def _summary(paper: Paper, stock: Consolidated, counts: Mapping[str, int]) -> None:
    page, total = paper.sheet("summary", ("name", "number")), stock.total
    told = (
        ("reported", stock.reported),
        ("expected", stock.expected),
        *((name, getattr(total, name)) for name in COUNTS),
        ("cover", total.cover),
        ("dry", len(stock.dry)),
        ("over", len(stock.over)),
        ("expiring", stock.expiring_tins),
    )
    paper.rows(page, [(paper.words[f"stock_sum_{name}"], number) for name, number in told])
    charts = Charts(paper.book, paper.words)
    page.fit_to_pages(1, 1)
    if counts["regions"]:
        page.insert_chart(HEAD, 3, charts.bars("regions", counts["regions"]))
        page.insert_chart(HEAD, 13, charts.cover("regions", counts["regions"]))
        below = HEAD + 7 + 46 * min(counts["regions"], MOST_BARS) // 20
        if len(stock.trend.months) > 1:
            page.insert_chart(below, 13, charts.trend(len(stock.trend.months)))
        page.insert_chart(below, 3, charts.bars("products", counts["products"]))


def _sums(paper: Paper, name: str, sums: Sequence[Sums]) -> None:
    page = paper.sheet(name, ("name", *COUNTS, "cover"))
    paper.rows(page, [(s.name, *(getattr(s, c) for c in COUNTS), s.cover) for s in sums])
    if sums:
        page.autofilter(HEAD, 0, HEAD + len(sums), len(COUNTS) + 1)
        chart = Charts(paper.book, paper.words).bars(name, len(sums))
        _chart(page, (len(sums), len(COUNTS) + 2), chart)


def _trends(paper: Paper, trend: Trend) -> None:
    """Only where there is more than one month to look back at."""
    if len(trend.months) < 2:
        return
    charts = Charts(paper.book, paper.words)
    page = paper.sheet("trend", ("month", "told_by", "received", "sold", "closing"))
    rows = [
        (f"{m.month:%Y-%m}", m.distributors, m.received, m.sold, m.closing) for m in trend.months
    ]
    paper.rows(page, rows)
    _chart(page, (len(rows), 5), charts.trend(len(rows)))
    months = [f"{m.month:%Y-%m}" for m in trend.months]
    for name in ("regions", "distributors", "products"):
        series: Sequence[Series] = getattr(trend, name)
        _months(paper, f"trend_{name}", (months, series[:MOST_ROWS]), charts)


def _months(
    paper: Paper, name: str, table: tuple[Sequence[str], Sequence[Series]], charts: Charts
) -> None:
    months, series = table
    page = paper.sheet(name, ("name",))
    for column, month in enumerate(months, start=1):
        page.set_column_pixels(column, column, 72)
        page.write_string(HEAD, column, month, paper.looks["head"])
    unknown = paper.words["stock_unknown"]
    paper.rows(page, [(s.name or unknown, *s.sold) for s in series], none="")
    page.freeze_panes(FIRST, 1)
    if series:
        chart = charts.sold(name, len(series), len(months))
        _chart(page, (len(series), len(months) + 1), chart)


def _chart(page: Worksheet, table: tuple[int, int], chart: Any) -> None:
    """Below a short table and on its page, at the right of a long one; `table`: rows and columns."""
    rows, columns = table
    if rows <= SHORT:
        page.insert_chart(FIRST + rows + 1, 0, chart)
        print_whole(page, rows, chart.height)
    else:
        page.insert_chart(HEAD, columns + 1, chart)


def _missing(paper: Paper, stock: Consolidated) -> None:
    page = paper.sheet("missing", ("region", "code", "distributor", "manager", "state"))
    states = {True: paper.words["stock_returned"], False: paper.words["stock_absent"]}
    rows = [
        (m.region, m.code, m.distributor, m.manager, states[m.is_returned]) for m in stock.missing
    ]
    paper.rows(page, rows)


def _expiring(paper: Paper, stock: Consolidated) -> None:
    page = paper.sheet("expiring", (*POSITION, "batch", "expires", "tins"))
    paper.rows(
        page,
        [
            (e.region, e.code, e.distributor, e.sku, e.product, e.batch, e.expires, e.tins)
            for e in stock.expiring
        ],
    )


def _positions(paper: Paper, name: str, positions: Sequence[Position]) -> None:
    page = paper.sheet(name, (*POSITION, *COUNTS, "cover"))
    fields = (*POSITION, *COUNTS, "cover")
    paper.rows(page, [tuple(getattr(p, field) for field in fields) for p in positions])
