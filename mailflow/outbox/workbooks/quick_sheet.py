"""A sheet whose long tables are written in a fraction of XlsxWriter's own time; all else is its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
Shown = str | int | None


class QuickSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """For `add_worksheet(worksheet_class=QuickSheet)`. The bytes are those the library writes
    (tests/outbox/workbooks/test_quick_sheet.py compares them)."""

    def __init__(self) -> None:
        super().__init__()
        self._ready: dict[int, str] = {}
        self._styles: dict[int, str] = {}

    def write_line(self, row: int, height: float, cells: Sequence[tuple[Shown, Format]]) -> None:
        """A whole row from column A on, `height` in points: texts as texts, numbers, blanks.

        The row must not be written in any other way.
        """
        self._check_dimensions(row, len(cells) - 1)
        # The library keeps heights in whole pixels, of which four are three points.
        points = f"{int(height * 4 / 3) * 0.75:.16g}"
        number = row + 1
        styles, index_of = self._styles, self.str_table._get_shared_string_index
        parts = [f'<row r="{number}" spans="1:{len(cells)}" ht="{points}" customHeight="1">']
        for letter, (value, look) in zip(_LETTERS, cells, strict=False):
            style = styles.get(id(look))
            if style is None:  # the book keeps its formats, so that none takes another's place
                style = styles[id(look)] = str(look._get_xf_index())
            if value is None:
                parts.append(f'<c r="{letter}{number}" s="{style}"/>')
            elif isinstance(value, int):
                parts.append(f'<c r="{letter}{number}" s="{style}"><v>{value}</v></c>')
            else:
                parts.append(
                    f'<c r="{letter}{number}" s="{style}" t="s"><v>{index_of(value)}</v></c>'
                )
        parts.append("</row>")
        self._ready[row] = "".join(parts)

    def _write_rows(self) -> None:
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            if ready := self._ready.get(row):
                self.fh.write(ready)
                continue
            cells, info = self.table.get(row), self.row_info.get(row)
            span = self.row_spans.get(row // 16)
            if cells:
                self._write_row(row, span, info)
                for column in sorted(cells):
                    self._write_cell(row, column, cells[column])
                self._xml_end_tag("row")
            elif info or row in self.comments:
                self._write_empty_row(row, span, info)

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
