"""The sender's own workbook with each wrong cell coloured and commented, proposals beside.

Runs in the sandbox: the bytes are a stranger's. Values, formats and plain arithmetic are kept;
macros, other formulas, external links and embedded objects are not written again (rulings of the
desk, 20).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception, whatever its name

from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.outbox.workbooks.findings_sheet import add_findings
from mailflow.outbox.workbooks.grid_copy import copied
from mailflow.outbox.workbooks.in_memory import saved
from mailflow.outbox.workbooks.marked_cells import mark_cells
from mailflow.outbox.workbooks.marks import Mark
from mailflow.outbox.workbooks.own_workbook import OwnWorkbook, opened
from mailflow.parsers.body_tables import BODY, grids_of_words
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.mime import read_mime
from mailflow.parsers.workbook import read_book

__all__ = ["Mark", "findings_alone", "mark_workbook", "marked_copy"]

Words = Mapping[str, str]
ODDITIES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    ZlibError,
)
"""What openpyxl raises over workbooks that Excel itself opens: odd styles, dates, parts."""


def marked_copy(
    raw_mail: bytes, attachment: str, marks: tuple[Mark, ...], words: Mapping[str, str]
) -> bytes:
    """Find the attachment in its mail and mark it; another format becomes an .xlsx of its text."""
    mail = read_mime(raw_mail)
    if attachment == BODY:
        texts = grids_of_words(mail.bodies, mail.head.subject)
        # Markup and plain text of one mail are two grids; the findings are about one of them.
        fitting = max(texts, key=lambda grid: _fits(grid, marks), default=None)
        return _from_grids([fitting] if fitting else (), marks, words)
    data = next((a.data for a in mail.attachments if a.name == attachment), b"")
    return mark_workbook(data, marks, words)


def _fits(grid: Grid, marks: Sequence[Mark]) -> int:
    """How many of the cells found fault with stand where they were found."""
    cells = ((mark, grid.at(mark.row, mark.column)) for mark in marks)
    return sum(1 for mark, cell in cells if cell is not None and cell.text == mark.found)


def mark_workbook(data: bytes, marks: Sequence[Mark], words: Words) -> bytes:
    """Always a workbook: where neither way of opening it helps, with the findings alone."""
    if data.startswith(b"PK"):
        try:
            own = opened(data)
            return _marked(own, {s.title: s for s in own.book.worksheets}, marks, words)
        except ODDITIES:
            pass  # the values are still to be had, without their formats
    try:
        grids: Sequence[Grid] = read_book(data).grids
    except AttachmentRefused:
        grids = ()
    return _from_grids(grids, marks, words)


def findings_alone(marks: Sequence[Mark], words: Words) -> bytes:
    """For a mail that must not be opened again."""
    return _from_grids((), marks, words)


def _from_grids(grids: Sequence[Grid], marks: Sequence[Mark], words: Words) -> bytes:
    """A workbook of what was read, every value at its own address."""
    book, sheets = copied(grids)
    return _marked(OwnWorkbook(book), sheets, marks, words)


def _marked(
    own: OwnWorkbook, sheets: Mapping[str, Worksheet], marks: Sequence[Mark], words: Words
) -> bytes:
    first = next(iter(sheets.values()), None)
    placed = [(m, _sheet_of(m, sheets, first)) for m in marks]
    for sheet in dict.fromkeys(s for _, s in placed if s is not None):
        mark_cells(sheet, [m for m, s in placed if s is sheet], words)
    add_findings(own.book, placed, words, note=words["formulas_lost"] if own.lost else "")
    return saved(own.book, own.formulas)


def _sheet_of(
    mark: Mark, sheets: Mapping[str, Worksheet], first: Worksheet | None
) -> Worksheet | None:
    """A text without sheets has one without a name; a place that is nowhere is only told of."""
    if not mark.address:
        return None
    return sheets.get(mark.sheet) or (None if mark.sheet else first)
