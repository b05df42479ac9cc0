"""The quick sheet writes, byte for byte, what the library would."""

from __future__ import annotations

import io
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
