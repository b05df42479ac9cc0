"""Whom to call back, with room for what comes of it; filled in it is read as a result of calls.

Its columns are those of `parsers/kinds/call_backs.py`, and no others: a birthday or a day of buying
would speak for a list of consumers where little is filled in yet.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.notice_consumers import CallSheet
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.list_looks import FONT
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

KNOWN = {
    **{"name": 13, "phone": 16, "baby": 10, "store_code": 10, "store": 22, "distributor": 10},
    **{"region": 8, "product": 22},
}
"""What we say, each the field of a consumer and its width in signs."""
TO_FILL = {
    **{"called_on": 12, "caller": 9, "result": 11, "used": 15, "given": 11, "used_up": 11},
    **{"wasted": 11, "satisfaction": 9, "feedback": 26, "remark": 18},
}
CHOICES = {"result": "results", "used": "uses", "satisfaction": "satisfactions"}
"""Columns in which one of a few words is picked, with the list of them."""
DAYS = ("called_on",)
COUNTS = ("given", "used_up", "wasted")
MOST_TINS = 999
FILL, HEAD, LINE = "#FFF6DD", "#DADADA", "#6E6E6E"
ROW, HEAD_ROW = 22, 32
HEAD_AT = 1
LONGEST = 200


def call_sheet(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is a `CallSheet` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, CallSheet), words)


def write(sheet: CallSheet, words: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    book = text_book(out, FONT, 11)
    title = cleaned(words["call_title"], 31)
    page = book.add_worksheet(title)
    box = {"border": 1, "border_color": LINE, "valign": "vcenter"}
    head = {**box, "bold": True, "bg_color": HEAD, "align": "center", "text_wrap": True}
    looks = {
        "text": book.add_format({**box, "num_format": "@"}),
        "fill": book.add_format({**box, "bg_color": FILL, "text_wrap": True}),
        "fill_day": book.add_format({**box, "bg_color": FILL, "num_format": "yyyy-mm-dd"}),
        "fill_count": book.add_format({**box, "bg_color": FILL, "num_format": "0"}),
    }
    page.set_default_row(ROW)
    # By this line a sheet that nobody has filled in yet is told from a list of consumers.
    named = f"{title} {cleaned(sheet.number, 40)} {cleaned(sheet.region, 40)}"
    page.write_string(0, 0, named, book.add_format({"bold": True, "font_size": 13}))
    page.set_row(HEAD_AT, HEAD_ROW)
    heading = book.add_format(head)
    for column, (field, width) in enumerate({**KNOWN, **TO_FILL}.items()):
        page.set_column(column, column, width)
        page.write_string(HEAD_AT, column, words[f"call_{field}"], heading)
    for number, row in enumerate(sheet.rows, start=HEAD_AT + 1):
        for column, field in enumerate(KNOWN):
            text = cleaned(getattr(row, field), LONGEST)
            page.write_string(number, column, text, looks["text"])
        for column, field in enumerate(TO_FILL, start=len(KNOWN)):
            page.write_blank(number, column, None, _look_of(field, looks))
    _guide(page, len(sheet.rows), words)
    page.freeze_panes(HEAD_AT + 1, 2)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_AT)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.set_footer(f"&L{title} {cleaned(sheet.number, 40)}&R&P / &N")
    book.close()
    return out.getvalue()


def _look_of(field: str, looks: Mapping[str, Format]) -> Format:
    return looks["fill_day" if field in DAYS else "fill_count" if field in COUNTS else "fill"]


def _guide(page: Worksheet, rows: int, words: Mapping[str, str]) -> None:
    """What may stand in a column to be filled in; another word is still written where it must be."""
    for column, field in enumerate(TO_FILL, start=len(KNOWN)):
        area = (HEAD_AT + 1, column, HEAD_AT + max(1, rows), column)
        if field in CHOICES:
            picked = words[f"call_{CHOICES[field]}"].split("|")
            page.data_validation(
                *area, {"validate": "list", "source": picked, "error_type": "warning"}
            )
        elif field in COUNTS:
            page.data_validation(
                *area,
                {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST_TINS},
            )
