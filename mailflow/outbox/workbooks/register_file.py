"""A register with its changes marked, for those who work with it."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlsxwriter
from xlsxwriter.format import Format

from mailflow.domain.notice_register import TOLD, RegisterFile
from mailflow.domain.printable import cleaned
from mailflow.domain.register_change import CODED, Done
from mailflow.outbox.workbooks.list_looks import FONT
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

WIDTHS = {
    **{"code": 9, "name": 24, "aliases": 13, "region": 7, "regional_manager": 26, "email": 22},
    **{"consignee": 8, "phone": 13, "address": 24, "delivery_address": 18},
    **{"sku": 14, "english_name": 24, "spec": 15, "unit": 7, "units_per_case": 9, "price": 10},
    **{"kind": 9, "active": 9, "role": 18, "regions": 18, "language": 8, "since": 12, "until": 12},
    **{"distributor": 12, "list": 18},
}
COLOURS = {
    Done.ADDED.value: "#DDF3DD",
    Done.CHANGED.value: "#FFF2CC",
    Done.REMOVED.value: "#F8D7DA",
}
LONGEST = 300


def register_file(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is a `RegisterFile` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, RegisterFile), words)


def write(register: RegisterFile, words: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    book = text_book(out, FONT, 11)
    page = book.add_worksheet(cleaned(words[f"rg_title_{register.kind}"], 31))
    head = book.add_format({"bold": True, "bg_color": "#DADADA", "border": 1, "text_wrap": True})
    page.set_column(0, 0, 7)
    page.write_string(0, 0, words["rg_done"], head)
    columns = TOLD[register.kind]
    for column, name in enumerate(columns, start=1):
        page.set_column(column, column, WIDTHS[name])
        page.write_string(0, column, words[f"rg_{name}"], head)
    looks = _Looks(book)
    for number, row in enumerate(register.rows, start=1):
        said = words[f"rg_{row.done}"] if row.done else ""
        page.write_string(number, 0, said, looks.of(row.done, marked=bool(row.done)))
        before = dict(row.before)
        for column, (name, value) in enumerate(row.values, start=1):
            is_marked = row.done in (Done.ADDED, Done.REMOVED) or name in before
            look = looks.of(row.done, marked=is_marked)
            page.write_string(number, column, cleaned(_said(name, value, words), LONGEST), look)
            if name in before:
                told = cleaned(_said(name, before[name], words), LONGEST)
                was = words["rg_was"].format(before=told or "—")
                page.write_comment(number, column, was, {"x_scale": 1.6, "y_scale": 0.7})
    page.freeze_panes(1, 3)
    page.autofilter(0, 0, max(1, len(register.rows)), len(columns))
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return out.getvalue()


def _said(column: str, value: str, words: Mapping[str, str]) -> str:
    """What the table has as a word of its own, as people say it; it is read so too."""
    return words.get(f"rv_{value}", value) if column in CODED else value


class _Looks:
    """A cell as it is, and in the colour of what was done to it; what is gone is struck out."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"border": 1, "text_wrap": True, "valign": "top"}
        self._plain = book.add_format(base)
        self._marked = {
            done: book.add_format(
                {**base, "bg_color": colour, "font_strikeout": done == Done.REMOVED.value}
            )
            for done, colour in COLOURS.items()
        }

    def of(self, done: str, *, marked: bool) -> Format:
        return self._marked[done] if marked else self._plain
