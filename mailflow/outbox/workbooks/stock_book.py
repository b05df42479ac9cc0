"""All distributors' stock of a month as a workbook with native charts, for who decides about it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.consolidation import Consolidated, Position, Sums
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.statistics_paper import BLUE, FIRST, FONT, HEAD, LOOKS
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

POSITION = ("region", "code", "distributor", "sku", "product")
COUNTS = ("opening", "received", "sold", "closing")
WIDTHS = {"distributor": 220, "product": 230, "name": 230, "manager": 210, "sku": 110, "code": 80}
MOST_BARS = 12


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
            look = "head_text" if column in (*POSITION, "name", "manager", "state") else "head"
            page.write_string(HEAD, at, self.words[f"stock_{column}"], self.looks[look])
        page.freeze_panes(FIRST, 0)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD)
        page.set_footer("&C&P / &N")
        return page

    def rows(self, page: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
        for row, values in enumerate(rows, start=FIRST):
            for column, value in enumerate(values):
                if isinstance(value, int):
                    page.write_number(row, column, value, self.looks["count"])
                else:
                    page.write_string(row, column, cleaned(_said(value), 200), self.looks["text"])


def _said(value: str | date | None) -> str:
    return "–" if value is None else str(value)


def stock_book(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is a `Consolidated` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, Consolidated), words)


def write(stock: Consolidated, words: Mapping[str, str]) -> bytes:
    """An .xlsx; the same stock gives the same bytes."""
    out = io.BytesIO()
    looks = {"font_name": FONT, "font_size": 10}
    book = text_book(out, FONT, 10)
    title = f"{stock.month:%Y-%m} {words['stock_title']}"
    book.set_properties({"title": title, "author": "mailflow", "created": _made(stock.month)})
    formats = {name: book.add_format({**looks, **look}) for name, look in LOOKS.items()}
    paper = Paper(book, words, formats, title)
    _summary(paper, stock)
    _sums(paper, "regions", stock.sums(lambda p: p.region))
    _sums(paper, "distributors", stock.sums(lambda p: f"{p.code} {p.distributor}"))
    _sums(paper, "products", stock.sums(lambda p: f"{p.sku} {p.product}"))
    _missing(paper, stock)
    _expiring(paper, stock)
    _positions(paper, "over", stock.over)
    _positions(paper, "dry", stock.dry)
    _positions(paper, "lines", stock.positions)
    book.close()
    return out.getvalue()


def _made(month: date) -> datetime:
    return datetime(month.year, month.month, 1)


def _summary(paper: Paper, stock: Consolidated) -> None:
    page, total = paper.sheet("summary", ("name", "number")), stock.total
    told = (
        ("reported", stock.reported),
        ("expected", stock.expected),
        *((name, getattr(total, name)) for name in COUNTS),
        ("dry", len(stock.dry)),
        ("over", len(stock.over)),
        ("expiring", sum(e.tins for e in stock.expiring)),
    )
    paper.rows(page, [(paper.words[f"stock_sum_{name}"], number) for name, number in told])
    regions, products = stock.sums(lambda p: p.region), stock.sums(lambda p: p.sku)
    if regions:
        page.insert_chart(FIRST, 3, _bars(paper, "regions", len(regions)))
        page.insert_chart(FIRST + 17, 3, _bars(paper, "products", len(products)))


def _bars(paper: Paper, name: str, count: int) -> Any:
    """Sold beside what is left."""
    chart = paper.book.add_chart({"type": "bar"})
    sheet, last = paper.words[f"stock_sheet_{name}"], FIRST + min(count, MOST_BARS) - 1
    for column, shade in ((3, BLUE), (4, "#D9822B")):
        chart.add_series(
            {
                "name": [sheet, HEAD, column],
                "categories": [sheet, FIRST, 0, last, 0],
                "values": [sheet, FIRST, column, last, column],
                "fill": {"color": shade},
            }
        )
    font = {"name": FONT, "size": 9}
    chart.set_title({"name": sheet, "name_font": {"name": FONT, "size": 12}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_y_axis({"num_font": font, "reverse": True})
    chart.set_x_axis({"num_font": font, "num_format": "#,##0"})
    chart.set_size({"width": 640, "height": 330})
    return chart


def _sums(paper: Paper, name: str, sums: Sequence[Sums]) -> None:
    page = paper.sheet(name, ("name", *COUNTS))
    paper.rows(page, [(s.name, s.opening, s.received, s.sold, s.closing) for s in sums])


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
