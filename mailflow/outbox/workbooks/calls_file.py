"""What call-backs found, store by store: calls, sample tins and their rates; no consumer."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlsxwriter
from xlsxwriter.format import Format

from mailflow.domain.called import CallSums
from mailflow.domain.notice_calls import CallSumsFile
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.list_looks import FONT
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

COLUMNS = {
    **{"distributor": 10, "name": 28, "store": 20, "product": 28, "month": 10},
    **{"calls": 8, "reached": 8, "sent": 8, "heard": 10, "used": 8, "wasted": 8},
    **{"use_rate": 9, "waste_rate": 9},
}
COUNTS = ("calls", "reached", "sent", "heard", "used", "wasted")
LONGEST = 200


def calls_file(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is a `CallSumsFile` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, CallSumsFile), words)


def write(sums: CallSumsFile, words: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    book = text_book(out, FONT, 11)
    page = book.add_worksheet(cleaned(words["cb_title"], 31))
    head = book.add_format({"bold": True, "bg_color": "#DADADA", "border": 1, "text_wrap": True})
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    strong = {"border": 1, "bold": True, "bg_color": "#F2F2F2"}
    number, rate = ({"border": 1, "num_format": look} for look in ("#,##0", "0.0%"))
    looks = book.add_format(number), book.add_format(rate)
    for column, (name, width) in enumerate(COLUMNS.items()):
        page.set_column(column, column, width)
        page.write_string(0, column, words[f"cb_{name}"], head)
    for row, line in enumerate(sums.lines, start=1):
        product = line.product or words["cb_no_product"]
        month = f"{line.month:%Y-%m}"
        for column, text in enumerate((line.distributor, line.name, line.store, product, month)):
            page.write_string(row, column, cleaned(text, LONGEST), plain)
        _figures(page, row, line.sums, looks)
    last = len(sums.lines) + 1
    bold = book.add_format(strong)
    page.merge_range(last, 0, last, 4, words["cb_total"], bold)
    _figures(
        page,
        last,
        sums.total,
        (book.add_format(number | strong), book.add_format(rate | strong)),
    )
    page.freeze_panes(1, 3)
    page.autofilter(0, 0, max(1, len(sums.lines)), len(COLUMNS) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return out.getvalue()


def _figures(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    sums: CallSums,
    looks: tuple[Format, Format],
) -> None:
    """Rates are of the tins that were heard of; none where nothing was."""
    plain, rate = looks
    for column, name in enumerate(COUNTS, start=5):
        page.write_number(row, column, getattr(sums, name), plain)
    for column, permille in enumerate((sums.use_permille, sums.waste_permille), start=11):
        if permille is None:
            page.write_string(row, column, "—", rate)
        else:
            page.write_number(row, column, permille / 1000, rate)
