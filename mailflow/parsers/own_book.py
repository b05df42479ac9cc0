"""A workbook that the house itself has just written, as python-calamine reads it.

A stranger's is read twice, because it may be made to look otherwise than it is. Here the second
opinion is who wrote it: what calamine, which shares no line with the writer, finds in the file is
compared with what was to be written. What calamine does not tell, whether all is shown, is looked
for in the marks of rows and columns.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from mailflow.parsers.calamine_book import CalamineBook, Said
from mailflow.parsers.cells import Value
from mailflow.parsers.grid import Cell, Grid
from mailflow.parsers.xlsx_cells import plain_number
from mailflow.parsers.xlsx_parts import book_parts, corrupt, open_package

_HIDING = re.compile(
    rb'<(?:\w+:)?(?:row|col)(?:\s[^<>]*)?\s(?:hidden="(?:1|true)"|(?:ht|width)="0(?:\.0)?")'
)
"""No text can look like it: there `<` is written otherwise."""
_SIGNS = (b' hidden="', b' ht="0', b' width="0')
"""Without any of them nothing is hidden; they are looked for in a tenth of the time."""


def read_own(raw: bytes) -> tuple[Grid, ...]:
    """Every worksheet; `hidden` where the sheet, or any of its rows and columns, is not shown.
    Dates are texts, and looks, comments and formulas are not told. Raises `AttachmentRefused`."""
    package = open_package(raw)
    book, grids = CalamineBook(raw), []
    for part in book_parts(package).sheets:
        said = book.said(part.name)
        if said is None:
            raise corrupt(f"sheet {part.name}: calamine cannot read it")
        hidden = part.hidden or _conceals(b"".join(package.pieces(part.part)))
        grids.append(Grid(part.name, _rows(said), hidden=hidden))
    return tuple(grids)


def _conceals(xml: bytes) -> bool:
    return any(sign in xml for sign in _SIGNS) and _HIDING.search(xml) is not None


def _rows(said: Said) -> dict[int, dict[int, Cell]]:
    rows = {
        row: {
            column: _cell(value, isinstance(value, bool))
            for column, value in enumerate(values)
            if value != ""
        }
        for row, values in enumerate(said)
    }
    return {row: cells for row, cells in rows.items() if cells}


@lru_cache(maxsize=8192)
def _cell(value: Value, is_truth: bool) -> Cell:
    """`is_truth` tells `TRUE` from 1, which are equal and would share one place in the memory."""
    if is_truth or not isinstance(value, int | float):
        return Cell(str(value).strip())
    number = Decimal(f"{value:.15g}")
    return Cell(plain_number(number), number)
