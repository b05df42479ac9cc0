"""Who got a batch, as a workbook that is sorted, filtered and printed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.batch import BatchLine, Traced
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.list_looks import FONT
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

COLUMNS = {
    "trace_name": 22,
    "code": 8,
    "region": 6,
    "trace_manager": 28,
    "trace_product": 26,
    "sku": 12,
    "batch_no": 13,
    "tins": 7,
    "trace_day": 11,
    "trace_sheet": 18,
    "order": 16,
    "carrier": 9,
    "waybill": 16,
    "trace_expires": 11,
}
"""What each column is called and its width in signs."""


def batch_file(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is a `Traced` as `sandbox_shapes` encodes it; every line has its day."""
    return write(decoded(crossed, Traced), words)


def write(traced: Traced, words: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    book = text_book(out, FONT, 11)
    _page(book, words["trace_got"], traced.lines, words)
    if traced.unsaid:
        _page(book, words["trace_unsaid"], traced.unsaid, words)
    book.close()
    return out.getvalue()


def _page(
    book: xlsxwriter.Workbook, name: str, lines: Sequence[BatchLine], words: Mapping[str, str]
) -> None:
    page = book.add_worksheet(cleaned(name, 31))
    box = {"border": 1, "border_color": "#6E6E6E", "valign": "vcenter"}
    head = book.add_format({**box, "bold": True, "bg_color": "#DADADA", "text_wrap": True})
    text = book.add_format({**box, "text_wrap": True})
    day = book.add_format({**box, "num_format": "yyyy-mm-dd", "align": "center"})
    page.set_row(0, 26)
    for column, (word, width) in enumerate(COLUMNS.items()):
        page.set_column(column, column, width)
        page.write_string(0, column, words[word].replace("\n", ""), head)
    for row, line in enumerate(lines, start=1):
        _line(page, row, line, words, (text, day))
    total = len(lines) + 1
    page.write_string(total, 0, words["trace_total"], head)
    at = list(COLUMNS).index("tins")
    page.write_number(total, at, sum(line.tins for line in lines), head)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(lines), len(COLUMNS) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer(f"&L{cleaned(name, 31)}&R&P / &N")


def _line(
    page: Worksheet,
    row: int,
    line: BatchLine,
    words: Mapping[str, str],
    looks: tuple[Format, Format],
) -> None:
    """Tins that nobody split stand as words: they are no zero."""
    text, day = looks
    values: tuple[object, ...] = (
        *(line.name, line.distributor, line.region, line.manager),
        *(line.product, line.sku, line.batch, line.tins or words["trace_unsplit"]),
        *(line.shipped_on, line.sheet, line.order, line.carrier, line.waybill, line.expires),
    )
    for column, value in enumerate(values):
        if isinstance(value, int):
            page.write_number(row, column, value, text)
        elif value is None or isinstance(value, str):
            page.write_string(row, column, cleaned(value or "", 200), text)
        else:
            page.write_datetime(row, column, value, day)
