"""What the reader makes of a workbook, in few words, for a child process to tell."""

from __future__ import annotations

from mailflow.domain.document import Reading
from mailflow.domain.naming import KnownNames
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.reader import read_file
from mailflow.parsers.workbook import read_book

FEWEST = 3
"""Cells that make a row worth comparing."""


def outline(raw: bytes) -> list[str]:
    """`refused`, reason; or name and extent of each sheet, then the first row of some cells."""
    try:
        grids = read_book(raw).grids
    except AttachmentRefused as refusal:
        return ["refused", refusal.reason.value]
    return [*(f"{g.name}{_hidden(g)} {g.last_row + 1}x{g.last_column + 1}" for g in grids)]


def _hidden(grid: Grid) -> str:
    return " [Hidden]" if grid.hidden else ""


def first_row(raw: bytes) -> list[str]:
    """The texts of the first row with some cells, on whichever sheet."""
    for grid in read_book(raw).grids:
        for cells in grid.rows.values():
            if len(cells) >= FEWEST:
                return [cell.text for cell in cells.values()]
    return []


def reading(name: str, raw: bytes) -> Reading:
    return read_file(name, raw, KnownNames())
