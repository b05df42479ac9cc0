"""A workbook of a test in the other formats that people send."""

from __future__ import annotations

import random
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook

from accuracy.book import Book, Page, Value
from accuracy.formats import BY_NAME

FORMATS = tuple(n for n, f in BY_NAME.items() if "attached" in f.can)


def written(book: Workbook, name: str) -> tuple[bytes, str]:
    """The bytes, and a file name that fits."""
    form = BY_NAME[name]
    pages = []
    for sheet in book.worksheets:
        page = Page(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                page.put(cell.row - 1, (cell.column or 1) - 1, _value(cell.value))
        for area in sheet.merged_cells.ranges:
            page.merge(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        pages.append(page)
    return form.write(Book(pages), random.Random(1)), f"a.{form.suffix}"


def _value(value: object) -> Value | None:
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, datetime):
        return value.date()
    assert value is None or isinstance(value, str | int | date)
    return value
