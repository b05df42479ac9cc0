"""The sender's own workbook with each wrong cell coloured and commented, proposals beside.

Runs in the sandbox: the bytes are a stranger's. Values and formats are kept; macros, external
links and embedded objects are not written again (rulings of the desk, 20).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.sheet import column_letters
from mailflow.parsers.grid import Grid
from mailflow.parsers.mime import read_mime
from mailflow.parsers.workbook import read_book

WRONG, ASKED = "FFFFC7CE", "FFFFEB9C"
EDGE = {WRONG: "FF9C0006", ASKED: "FF9C6500"}
LONGEST_COMMENT = 600


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as it is shown in the sender's sheet; `row` and `column` count from 0, -1: none.

    `title` is a few words, `text` a whole sentence; both in the sender's language.
    """

    sheet: str
    row: int
    column: int
    title: str
    text: str
    proposal: str
    is_error: bool


def marked_copy(
    raw_mail: bytes, attachment: str, marks: tuple[Mark, ...], words: Mapping[str, str]
) -> bytes:
    """Find the attachment in its mail and mark it; another format becomes an .xlsx of its text."""
    data = next((a.data for a in read_mime(raw_mail).attachments if a.name == attachment), b"")
    return mark_workbook(data, marks, words)


def mark_workbook(data: bytes, marks: Sequence[Mark], words: Mapping[str, str]) -> bytes:
    book = _own_workbook(data) or _copied(read_book(data).grids)
    for mark in marks:
        if (sheet := _sheet(book, mark)) is not None:
            _mark(sheet, mark)
    _findings_sheet(book, marks, words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _own_workbook(data: bytes) -> Workbook | None:
    """None where openpyxl cannot open it, though another reader could."""
    if not data.startswith(b"PK"):
        return None
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except (InvalidFileException, BadZipFile, ValueError, TypeError, KeyError, AttributeError):
        return None
    return book if book.worksheets else None


def _copied(grids: Sequence[Grid]) -> Workbook:
    """What was read, at the same addresses, as text and numbers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, grid in enumerate(grids, start=1):
        sheet = book.create_sheet((grid.name or f"Sheet{number}")[:31])
        for (row, column), value in grid.cells.items():
            cell = sheet.cell(row + 1, column + 1)
            if value.number is not None and value.day is None:
                cell.value = value.number
            else:
                _write_text(cell, value.text)
        for column in range(min(grid.last_column + 1, 40)):
            longest = max(
                (len(c.text) for (_, k), c in grid.cells.items() if k == column), default=8
            )
            sheet.column_dimensions[column_letters(column)].width = min(10 + longest, 44)
    return book


def _write_text(cell: Cell | MergedCell, text: str) -> None:
    """A text stays a text, whatever it begins with (reliability O04)."""
    if isinstance(cell, Cell):
        cell.value = "".join(c for c in text if c >= " " or c in "\n\t")[:32_000]
        cell.data_type = "s"


def _sheet(book: Workbook, mark: Mark) -> Worksheet | None:
    if mark.row < 0:
        return None
    if not mark.sheet:
        return book.worksheets[0]
    return next((s for s in book.worksheets if s.title == mark.sheet), None)


def _mark(sheet: Worksheet, mark: Mark) -> None:
    cell = sheet.cell(mark.row + 1, mark.column + 1)
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            cell = sheet.cell(merged.min_row, merged.min_col)
    if isinstance(cell, MergedCell):
        return
    colour = WRONG if mark.is_error else ASKED
    side = Side(style="medium", color=EDGE[colour])
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    text = (before + mark.text)[:LONGEST_COMMENT]
    comment = Comment(text, "mailflow")
    comment.width, comment.height = 300, 40 + 18 * (len(text) // 20 + 1)
    cell.comment = comment


def _findings_sheet(book: Workbook, marks: Sequence[Mark], words: Mapping[str, str]) -> None:
    """A last sheet with every finding in a row and a link to its cell."""
    title = words["findings"]
    while title in book.sheetnames:
        title += "·"
    sheet = book.create_sheet(title)
    head = ("#", words["place"], words["problem"], words["proposal"])
    for column, word in enumerate(head, start=1):
        cell = sheet.cell(1, column)
        _write_text(cell, word)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", start_color="FF404040", end_color="FF404040")
    for row, mark in enumerate(marks, start=2):
        _finding_row(sheet, row, mark)
    for letter, width in zip("ABCD", (5, 22, 70, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _finding_row(sheet: Worksheet, row: int, mark: Mark) -> None:
    colour = WRONG if mark.is_error else ASKED
    sheet.cell(row, 1).value = row - 1
    place = f"{mark.sheet}!" if mark.sheet else ""
    address = f"{column_letters(mark.column)}{mark.row + 1}" if mark.row >= 0 else ""
    texts = (f"{place}{address}" if address else "", mark.text, mark.proposal)
    for column, text in enumerate(texts, start=2):
        cell = sheet.cell(row, column)
        _write_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(row, 2).fill = PatternFill("solid", start_color=colour, end_color=colour)
    if address and mark.sheet:
        quoted = mark.sheet.replace("'", "''")
        sheet.cell(row, 2).hyperlink = f"#'{quoted}'!{address}"
