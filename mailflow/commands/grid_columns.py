"""How wide the columns of a drawn sheet are, and which of them a narrow terminal leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from mailflow.domain.painting import (
    Axis,
    CellRole,
    PaintedCell,
    PaintedColumn,
    PaintedRow,
    PaintedSheet,
    RowRole,
    Why,
)
from mailflow.outbox.typeset_words import Words

TABULAR = frozenset(
    {
        *(RowRole.HEADER, RowRole.LINE, RowRole.ROW),
        *(RowRole.NOT_ORDERED, RowRole.TOTAL, RowRole.UNREAD),
    }
)
"""Rows whose cells stand below each other; others are texts."""
WIDEST, NARROWEST, LONGEST_FIGURE, HEADER_ROOM, PRODUCT_ROOM = 40, 4, 14, 8, 16
LEAST_NEEDED = (CellRole.UNUSED, CellRole.DETAIL)
"""What is left out first; never a column in which something was found."""


@dataclass(slots=True)
class Width:
    """A column with the signs it takes; it cannot be squeezed below `least`."""

    axis: Axis
    wanted: int
    least: int
    role: CellRole | None
    has_notes: bool
    is_empty: bool
    """No line has anything in it."""

    @property
    def column(self) -> int:
        return self.axis.column


def one_line(text: str) -> str:
    return " ".join(text.split())


def widths_of(sheet: PaintedSheet, words: Words, room: int) -> tuple[list[Width], list[Width]]:
    """The columns that are drawn, none wider than fits, and those left out."""
    columns = [width for axis in sheet.axis if (width := _width(sheet, axis, words))]
    left: list[Width] = []
    while len(columns) > 1 and _needed(columns, least=True) > room:
        goes = _least_needed(columns)
        columns.remove(goes)
        left.append(goes)
    while _needed(columns) > room:
        wide = [width for width in columns if width.wanted > width.least]
        if not wide:
            break
        max(wide, key=lambda width: width.wanted - width.least).wanted -= 1
    return columns, sorted(left, key=lambda width: width.column)


def _needed(columns: Sequence[Width], *, least: bool = False) -> int:
    return sum((w.least if least else w.wanted) + 1 for w in columns) - 1


def _least_needed(columns: Sequence[Width]) -> Width:
    free = [width for width in columns if not width.has_notes] or list(columns)
    if empty := [width for width in free if width.is_empty]:
        return empty[-1]
    for role in LEAST_NEEDED:
        if those := [width for width in free if width.role is role]:
            return those[-1]
    return free[-1]


def _width(sheet: PaintedSheet, axis: Axis, words: Words) -> Width | None:
    """None for a column without a word in any table. A header may be cut: its meaning is below."""
    cells = [(row, cell) for row, cell in _cells(sheet, axis.column) if cell.text or cell.notes]
    told = [m for row in sheet.rows for m in row.meanings if m.column == axis.column]
    if axis.length > 1 or not (cells or told):
        return None
    wanted, least = 2, NARROWEST
    for row, cell in cells:
        spreads = row.role is RowRole.TOTAL and not cell.is_figure
        room = cell_len(one_line(cell.text)) if cell.across == 1 and not spreads else 0
        wanted = max(wanted, min(room, HEADER_ROOM if row.role is RowRole.HEADER else WIDEST))
        if cell.is_figure and room <= LONGEST_FIGURE:
            least = max(least, room)
    wanted = max([wanted, *(cell_len(meaning_word(m, words)) for m in told)])
    role = told[0].role if told else next((c.role for _, c in reversed(cells) if c.role), None)
    least = PRODUCT_ROOM if role is CellRole.PRODUCT else least
    has_notes = any(cell.notes for _, cell in cells)
    is_empty = all(row.role is RowRole.HEADER for row, _ in cells)
    return Width(axis, wanted, min(least, wanted), role, has_notes, is_empty)


def _cells(sheet: PaintedSheet, column: int) -> Iterator[tuple[PaintedRow, PaintedCell]]:
    for row in sheet.rows:
        if row.role in TABULAR:
            yield from ((row, cell) for cell in row.cells if cell.column == column)


def meaning_word(meant: PaintedColumn, words: Words) -> str:
    if meant.meaning:
        return words[f"means_{meant.meaning}"]
    return words["means_taken" if meant.why is Why.TAKEN else "means_nothing"]
