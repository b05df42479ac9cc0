"""What was read of an attachment, as a workbook: the same sheets, addresses and values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.printable import cleaned
from mailflow.domain.sheet import column_letters
from mailflow.outbox.workbooks.mark_looks import write_text
from mailflow.outbox.workbooks.text_room import width_of
from mailflow.parsers.grid import Grid

_NO_TITLE = re.compile(r"[\\/*?:\[\]']+")
NARROWEST, WIDEST = 8.0, 44.0
"""Columns, in signs."""
LOOKED_AT = 200
"""Rows that tell how wide a column must be."""


def copied(grids: Sequence[Grid]) -> tuple[Workbook, dict[str, Worksheet]]:
    """Nothing is hidden in the copy. The second value finds a sheet by its name in the source."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str, Worksheet] = {}
    for number, grid in enumerate(grids, start=1):
        sheet = book.create_sheet(_title(grid.name, f"Sheet{number}"))
        sheets[grid.name] = sheet
        _fill(sheet, grid)
    return book, sheets


def _title(name: str, otherwise: str) -> str:
    return cleaned(_NO_TITLE.sub(" ", name), 31) or otherwise


def _fill(sheet: Worksheet, grid: Grid) -> None:
    widths: dict[int, float] = {}
    for (row, column), value in grid.filled():
        cell = sheet.cell(row + 1, column + 1)
        if value.number is not None and value.day is None and not value.trouble:
            cell.value = value.number
        else:
            write_text(cell, value.text)
        if row < LOOKED_AT:
            signs = width_of(value.text[:80], 11) / 8
            widths[column] = max(widths.get(column, NARROWEST), signs)
    for column, signs in widths.items():
        sheet.column_dimensions[column_letters(column)].width = min(signs + 2, WIDEST)
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
