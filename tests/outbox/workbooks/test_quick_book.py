"""A book of a kit is what the library would write, but for texts that look like markup."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from xlsxwriter.format import Format

from mailflow.outbox.workbooks.quick_book import QuickBook, kit_of
from mailflow.outbox.workbooks.text_book import TextBook, text_book
from mailflow.parsers.workbook import read_book

TEXTS = ("text", "<&>\"'", " spaces ", "_x0041_", "\x01", "=A1*2", "https://a.example/", "字" * 300)


def looks_in(book: xlsxwriter.Workbook) -> tuple[Format, Format]:
    return book.add_format({"bold": True}), book.add_format({"border": 1, "bg_color": "#EFEFEF"})


def filled(book: xlsxwriter.Workbook, looks: tuple[Format, Format]) -> None:
    book.set_properties({"title": "<A&B>", "created": datetime(2026, 11, 9)})
    book.set_custom_property("number", 7)
    page = book.add_worksheet("名 1")
    for row, text in enumerate(TEXTS):
        page.write_string(row, 0, text, looks[0])
        page.write_number(row, 1, row, looks[1])
    page.merge_range(9, 0, 9, 3, "merged", looks[1])
    page.repeat_rows(0)
    page.print_area(0, 0, 9, 3)
    book.close()


def parts(out: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_its_parts_are_those_of_the_library() -> None:
    kit, quick, slow = kit_of(looks_in, "Arial", 10), io.BytesIO(), io.BytesIO()
    filled(QuickBook(quick, kit), kit.looks)
    book = xlsxwriter.Workbook(
        slow,
        {"in_memory": True, "default_format_properties": {"font_name": "Arial", "font_size": 10}},
    )
    filled(book, looks_in(book))
    assert parts(quick) == parts(slow)
    again = io.BytesIO()
    filled(QuickBook(again, kit), kit.looks)
    assert again.getvalue() == quick.getvalue()


@pytest.mark.parametrize(
    "text", ["<r><t>markup</t></r>", "<r></r>", "<r><f>1</f>" + "x" * 300 + "</r>"]
)
def test_no_text_is_markup(text: str) -> None:
    out = io.BytesIO()
    book: TextBook = text_book(out, "Arial", 10)
    book.add_worksheet("S").write_string(0, 0, text)
    book.close()
    [grid] = read_book(out.getvalue()).grids
    assert grid.rows[0][0].text == text
