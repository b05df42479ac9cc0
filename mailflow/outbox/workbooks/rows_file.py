"""Rows for which a letter has no room, as text: each stands as it was told."""

from __future__ import annotations

import io
from collections.abc import Mapping

from mailflow.domain.notice_rows import CODED, RowsFile
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.list_looks import FONT
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

WIDTHS = {"person": 24, "address": 32, "why": 40, "relays": 32, "distributor": 30, "waits": 28}
WIDTH = 18
LONGEST = 500


def rows_file(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is a `RowsFile` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, RowsFile), words)


def write(sheet: RowsFile, words: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    book = text_book(out, FONT, 11)
    page = book.add_worksheet(cleaned(words[f"rows_{sheet.name}"], 31))
    head = book.add_format({"bold": True, "bg_color": "#DADADA", "border": 1})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    for column, name in enumerate(sheet.columns):
        page.set_column(column, column, WIDTHS.get(name, WIDTH))
        page.write_string(0, column, words[f"rows_{name}"], head)
    for number, row in enumerate(sheet.rows, start=1):
        for column, (name, value) in enumerate(zip(sheet.columns, row, strict=True)):
            said = words[f"rows_{value}"] if name in CODED else cleaned(value, LONGEST)
            page.write_string(number, column, said, text)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return out.getvalue()
