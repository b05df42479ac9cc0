"""The sheet on which logistics writes what became of each waybill; it is read by its headers."""

from __future__ import annotations

import io
from collections.abc import Mapping

from mailflow.domain.notice_clock import WaybillFile
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.list_looks import FONT
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

COLUMNS = {
    "trace_sheet": 17,
    "trace_name": 30,
    "carrier": 12,
    "waybill": 20,
    "trace_day": 12,
    "waybills_state": 14,
    "waybills_delivered": 13,
    "waybills_signed": 12,
    "remark": 20,
}
"""What each column is called and its width in signs."""
TO_FILL = ("waybills_state", "waybills_delivered", "waybills_signed", "remark")
FILL = "#FFF6DD"
ROW, HEAD_ROW = 24, 28
"""Points: room to write by hand on a printed sheet."""


def waybill_file(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is a `WaybillFile` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, WaybillFile), words)


def write(sheet: WaybillFile, words: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    book = text_book(out, FONT, 11)
    page = book.add_worksheet(cleaned(words["waybills_title"], 31))
    box = {"border": 1, "border_color": "#6E6E6E", "valign": "vcenter"}
    head = book.add_format({**box, "bold": True, "bg_color": "#DADADA", "align": "center"})
    text = book.add_format({**box, "num_format": "@"})
    day = book.add_format({**box, "num_format": "yyyy-mm-dd", "align": "center"})
    fill = book.add_format({**box, "bg_color": FILL})
    filled_day = book.add_format({**box, "bg_color": FILL, "num_format": "yyyy-mm-dd"})
    page.set_default_row(ROW)
    page.set_row(0, HEAD_ROW)
    for column, (word, width) in enumerate(COLUMNS.items()):
        page.set_column(column, column, width)
        page.write_string(0, column, " ".join(words[word].split()), head)
    for row, load in enumerate(sheet.loads, start=1):
        values = (load.sheet, load.distributor, load.carrier, load.waybill)
        for column, value in enumerate(values):
            page.write_string(row, column, cleaned(value, 200), text)
        page.write_datetime(row, len(values), load.shipped_on, day)
        for column, word in enumerate(COLUMNS):
            if word in TO_FILL:
                looks = filled_day if word == "waybills_delivered" else fill
                page.write_blank(row, column, None, looks)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.set_footer(f"&L{cleaned(words['waybills_title'], 31)} {sheet.day}&R&P / &N")
    book.close()
    return out.getvalue()
