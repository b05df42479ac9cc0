"""The quick sheet writes, byte for byte, what the library would."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from mailflow.outbox.workbooks.quick_sheet import QuickSheet

VALUES = (
    *("text", "<&>\"'", "_x0041_", "", "=A1*2", "https://a.example/"),
    *(0, -3, 10**15, 0.1, 1 / 3, Decimal("168.00"), True, datetime(2026, 11, 9)),
)


def written(sheet: type[Worksheet], values: list[object], *, plain: bool) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("S", worksheet_class=sheet)
    look = None if plain else book.add_format({"bold": True, "num_format": "0.00"})
    for row, value in enumerate(values):
        for column in (0, 3, 25, 26, 700):
            page.write(row, column, value, look)
    page.set_row(2, 30, look)
    page.set_column(5, 5, 12, look)
    book.close()
    with zipfile.ZipFile(out) as package:
        return package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("value", VALUES)
def test_a_cell_is_what_the_library_writes(value: object, plain: bool) -> None:
    values = [value, "x", value]
    assert written(QuickSheet, values, plain=plain) == written(Worksheet, values, plain=plain)


LINES = ((1, "<&> 一", None, 168), (20, "=A1", None, 0), (30, "_x0041_", "", -3))


def lines_of(*, quick: bool) -> bytes:
    """The same rows, at once or cell by cell, with a row of the library's own between them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("S", worksheet_class=QuickSheet if quick else Worksheet)
    look = book.add_format({"bold": True})
    page.write_string(0, 0, "head", look)
    page.write_string(25, 0, "between", look)
    for row, *values in LINES:
        if quick:
            page.write_line(row, 34.5, [(value, look) for value in values])
            continue
        page.set_row(row, 34.5)
        for column, value in enumerate(values):
            if value is None:
                page.write_blank(row, column, None, look)
            elif isinstance(value, str):
                page.write_string(row, column, value, look)
            else:
                page.write_number(row, column, value, look)
    book.close()
    with zipfile.ZipFile(out) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
        # Spans are a hint for readers: the library counts them for sixteen rows at once.
        return re.sub(rb' spans="[\d:]+"', b"", sheet) + package.read("xl/sharedStrings.xml")


def test_a_line_is_what_the_library_writes_cell_by_cell() -> None:
    assert lines_of(quick=True) == lines_of(quick=False)
