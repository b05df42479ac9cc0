"""Every wrong cell of a sheet is coloured, has its comment, and its proposal beside the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.printable import cleaned, lines_cleaned
from mailflow.outbox.workbooks.mark_looks import edged, filled, write_text
from mailflow.outbox.workbooks.marks import EDGE, Mark
from mailflow.outbox.workbooks.sheet_columns import show_column, widen_column
from mailflow.outbox.workbooks.text_room import height_of
from mailflow.parsers.xlsx_comments import OURS

AUTHOR = OURS
LONGEST_COMMENT = 1_200
COMMENT_PIXELS = 320
FARTHEST = 60
"""Columns a proposal may stand from the left; beyond that nobody sees it."""


def mark_cells(sheet: Worksheet, marks: Sequence[Mark], words: Mapping[str, str]) -> None:
    """Comments and colours first; a proposal beside only where the sheet is empty."""
    sheet.sheet_state = "visible"
    beside = _empty_column(sheet, marks)
    of_cell: dict[str, list[Mark]] = {}
    of_row: dict[int, list[Mark]] = {}
    for mark in marks:
        of_cell.setdefault(_anchor(sheet, mark)[0].coordinate, []).append(mark)
        of_row.setdefault(mark.row, []).append(mark)
    for told in of_cell.values():
        _mark(sheet, told, words)
    if beside is not None:
        for row, told in of_row.items():
            _propose(sheet, row, beside, (told, words))


def _mark(sheet: Worksheet, marks: Sequence[Mark], words: Mapping[str, str]) -> None:
    cell, area = _anchor(sheet, marks[0])
    # What the sender cannot see he cannot mend.
    sheet.row_dimensions[cell.row].hidden = False
    show_column(sheet, cell.column or 1)
    worst = next((m.colour for m in marks if m.is_error), marks[0].colour)
    cell.fill, cell.border = filled(worst), edged(worst)
    if area is not None:
        area.format()
    told = [_told(mark, words) for mark in marks]
    if cell.comment is not None:
        told.insert(0, cell.comment.text)
    text = lines_cleaned("\n\n".join(told), LONGEST_COMMENT)
    comment = Comment(text, AUTHOR)
    comment.width = COMMENT_PIXELS
    comment.height = int(height_of(text, COMMENT_PIXELS - 20, 10) * 96 / 72) + 16
    cell.comment = comment


def _told(mark: Mark, words: Mapping[str, str]) -> str:
    """`散听`, the sentence, and the proposal where the sentence does not hold it."""
    text = f"{mark.title}\n{mark.text}" if mark.title and mark.text else mark.title or mark.text
    if mark.proposal and mark.proposal not in mark.text:
        text += f"\n{words['proposal']}：{mark.proposal}"
    return text


def _anchor(sheet: Worksheet, mark: Mark) -> tuple[Cell, MergedCellRange | None]:
    """The cell itself; the first of a merged area, which alone is shown, and that area."""
    row, column = mark.row + 1, mark.column + 1
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            first = sheet.cell(area.min_row, area.min_col)
            if isinstance(first, Cell) and isinstance(area, MergedCellRange):
                return first, area
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise ValueError(f"{cell.coordinate} is merged with nothing")
    return cell, None


def _empty_column(sheet: Worksheet, marks: Sequence[Mark]) -> int | None:
    """The first column, counted from 1, with nothing in it or to the right of it."""
    filled_up = [
        cell.column or 0
        for row in sheet.iter_rows()
        for cell in row
        if not isinstance(cell, MergedCell) and cell.value is not None
    ]
    merged = [area.max_col for area in sheet.merged_cells.ranges]
    column = max([*filled_up, *merged, *(m.column + 1 for m in marks)], default=0) + 1
    return column if column <= FARTHEST else None


def _propose(
    sheet: Worksheet, row: int, column: int, said: tuple[Sequence[Mark], Mapping[str, str]]
) -> None:
    marks, words = said
    # Without colons: nothing here may be taken for a label and its value when the copy comes back.
    proposals = dict.fromkeys(
        cleaned(m.proposal).replace("：", " ").replace(":", " ") for m in marks if m.proposal
    )
    if not proposals:
        return
    cell = sheet.cell(row + 1, column)
    write_text(cell, f"← {words['proposal']} {'；'.join(proposals)}")
    worst = next((m.colour for m in marks if m.is_error), marks[0].colour)
    font = copy(cell.font)
    cell.font = Font(name=font.name, size=font.sz, bold=True, color=EDGE[worst])
    cell.alignment = Alignment(vertical="center")
    widen_column(sheet, column, 28.0)
