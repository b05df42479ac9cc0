"""The first sheet of a marked copy: every finding in a row, with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.sheet import column_letters
from mailflow.outbox.workbooks.mark_looks import filled, write_text
from mailflow.outbox.workbooks.marks import Mark
from mailflow.outbox.workbooks.text_room import height_of

COLUMNS = (("#", 5), ("place", 18), ("found", 24), ("problem", 62), ("proposal", 26))
TEXT_POINTS = 11
FONT = "Microsoft YaHei"
_THIN = Side(style="thin", color="FFBFBFBF")
_TOP = Alignment(wrap_text=True, vertical="top")


def add_findings(
    book: Workbook,
    marks: Sequence[tuple[Mark, Worksheet | None]],
    words: Mapping[str, str],
    note: str = "",
) -> None:
    """`marks` come with the sheet they are shown in; None where there is no such place."""
    title = words["findings"]
    while title.casefold() in (name.casefold() for name in book.sheetnames):
        title += "·"
    sheet = book.create_sheet(title, 0)
    write_text(sheet.cell(1, 1), words["findings"])
    sheet.cell(1, 1).font = Font(name=FONT, size=16, bold=True)
    write_text(sheet.cell(2, 1), words["findings_count"].format(count=len(marks)))
    sheet.cell(2, 1).font = Font(name=FONT, size=TEXT_POINTS)
    write_text(sheet.cell(3, 1), note)
    sheet.cell(3, 1).font = Font(name=FONT, size=TEXT_POINTS)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 32, 20
    _header(sheet, words)
    for row, (mark, shown) in enumerate(marks, start=5):
        _finding(sheet, row, mark, shown, words)
    sheet.freeze_panes = "A5"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "4:4"
    _show_first(book, sheet)


def _show_first(book: Workbook, sheet: Worksheet) -> None:
    """Two selected sheets are a group: what is typed into one goes into the other."""
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _header(sheet: Worksheet, words: Mapping[str, str]) -> None:
    for column, (name, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(4, column)
        write_text(cell, words.get(name, name))
        cell.font = Font(name=FONT, size=TEXT_POINTS, bold=True, color="FFFFFFFF")
        cell.fill = filled("FF404040")
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[column_letters(column - 1)].width = width
    sheet.row_dimensions[4].height = 24


def _finding(
    sheet: Worksheet, row: int, mark: Mark, shown: Worksheet | None, words: Mapping[str, str]
) -> None:
    place = f"{shown.title}!{mark.address}" if shown is not None else words["whole"]
    found = mark.found or (_value(shown, mark) if shown is not None else "")
    proposal = mark.proposal or mark.expected
    texts = (str(row - 4), place, found, mark.text or mark.title, proposal)
    tallest = 22.0
    for column, ((_, width), text) in enumerate(zip(COLUMNS, texts, strict=True), start=1):
        cell = sheet.cell(row, column)
        write_text(cell, text)
        cell.alignment = _TOP
        cell.border = Border(bottom=_THIN)
        cell.font = Font(name=FONT, size=TEXT_POINTS, bold=column == len(COLUMNS))
        tallest = max(tallest, height_of(text, width * 7.0, TEXT_POINTS))
    sheet.row_dimensions[row].height = tallest
    sheet.cell(row, 2).fill = filled(mark.colour)
    if shown is not None:
        _link(sheet, f"B{row}", shown, mark)


def _link(sheet: Worksheet, at: str, shown: Worksheet, mark: Mark) -> None:
    quoted = shown.title.replace("'", "''")
    sheet[at].hyperlink = Hyperlink(ref=at, location=f"'{quoted}'!{mark.address}")
    sheet[at].font = Font(name=FONT, size=TEXT_POINTS, underline="single", color="FF0B5394")


def _value(sheet: Worksheet, mark: Mark) -> str:
    """What stands in the cell, for the reader who does not follow the link."""
    cell = sheet.cell(mark.row + 1, mark.column + 1)
    return "" if cell.value is None or cell.data_type == "f" else str(cell.value)[:200]
