"""How a marked cell looks, and how a text is written into one."""

from __future__ import annotations

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Border, PatternFill, Side

from mailflow.domain.printable import lines_cleaned
from mailflow.outbox.workbooks.marks import EDGE


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """A text stays a text, whatever it begins with (reliability O04)."""
    if isinstance(cell, Cell):
        cell.value = lines_cleaned(text)
        cell.data_type = "s"


def filled(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def edged(colour: str, style: str = "medium") -> Border:
    side = Side(style=style, color=EDGE[colour])  # type: ignore[arg-type] # any of its own words
    return Border(left=side, right=side, top=side, bottom=side)
