"""Rows and columns of a painted sheet, in the order in which they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mailflow.domain.appraisal import Item
from mailflow.domain.painting import (
    Axis,
    CellRole,
    Note,
    PaintedCell,
    PaintedColumn,
    PaintedRow,
    RowRole,
)
from mailflow.domain.picture import DrawnCell, DrawnSheet
from mailflow.domain.value import dataclass

LONGEST_BLANK = 2
"""Empty rows or columns beside each other that are drawn one by one."""
TEXTS = (RowRole.ABOUT, RowRole.NOTE, RowRole.SECTION)
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What rows and cells were taken for; `rest` is what all others are, cell and row."""

    roles: Mapping[tuple[int, int], CellRole]
    rows: Mapping[int, RowRole]
    items: Mapping[int, tuple[Item, ...]]
    meanings: Mapping[int, tuple[PaintedColumn, ...]]
    rest: tuple[CellRole, RowRole]


def axis_of(drawn: DrawnSheet) -> tuple[Axis, ...]:
    """The columns; a long stretch of empty ones is one."""
    filled = sorted({cell.column for row in drawn.rows for cell in row.cells})
    hidden = set(drawn.hidden_columns)
    return tuple(Axis(column, column in hidden, length) for column, length in _stretches(filled, 0))


def _stretches(filled: Sequence[int], begin: int) -> Iterator[tuple[int, int]]:
    """Each number with a length of 1; the first of a long stretch that is not filled with its
    length."""
    following = begin
    for number in filled:
        blank = number - following
        if blank > LONGEST_BLANK:
            yield following, blank
        else:
            yield from ((between, 1) for between in range(following, number))
        yield number, 1
        following = number + 1


def rows_of(
    drawn: DrawnSheet, axis: Sequence[Axis], taken: Taken, notes: Sequence[Note]
) -> Iterator[PaintedRow]:
    cells = {row.number: row.cells for row in drawn.rows}
    hidden = set(drawn.hidden_rows)
    merges = _merges_of(drawn)
    by_row: dict[int, list[Note]] = {}
    for note in notes:
        assert note.finding.at is not None
        by_row.setdefault(note.finding.at.row, []).append(note)
    last = -1
    for number, length in _stretches(list(cells), 0):
        last = number + length - 1
        if length > 1:
            yield _gap(drawn, number, length)
            continue
        told = tuple(by_row.get(number, ()))
        spread = _Spread(number, {c.column: c for c in cells.get(number, ())}, axis, told)
        role = taken.rows.get(number, taken.rest[1]) if number in cells else RowRole.BLANK
        yield PaintedRow(
            number=number,
            role=role,
            cells=_cells(spread.cells(merges.get(number, ()), taken), role),
            hidden=number in hidden,
            items=taken.items.get(number, ()),
            notes=told,
            meanings=taken.meanings.get(number, ()),
        )
    if drawn.last_row > last:
        yield _gap(drawn, last + 1, drawn.last_row - last)


def _cells(cells: Iterator[PaintedCell], role: RowRole) -> tuple[PaintedCell, ...]:
    """Outside of tables a text reaches over the empty cells right of it, as programs show it."""
    spread: list[PaintedCell] = []
    for cell in cells:
        before = spread[-1] if spread else None
        is_free = not (cell.text or cell.role or cell.notes)
        if role in TEXTS and before is not None and before.text and is_free:
            spread[-1] = replace(before, across=before.across + cell.across)
        else:
            spread.append(cell)
    return tuple(spread)


def _gap(drawn: DrawnSheet, number: int, length: int) -> PaintedRow:
    return PaintedRow(number, RowRole.GAP, length=length, is_cut=number > drawn.whole_to)


def _merges_of(drawn: DrawnSheet) -> dict[int, list[Area]]:
    found: dict[int, list[Area]] = {}
    for area in drawn.merges:
        for row in drawn.rows:
            if area[0] <= row.number <= area[2]:
                found.setdefault(row.number, []).append(area)
    return found


@dataclass(frozen=True, slots=True)
class _Spread:
    """One row, spread over the columns of the picture."""

    number: int
    filled: Mapping[int, DrawnCell]
    axis: Sequence[Axis]
    notes: Sequence[Note]

    def cells(self, merges: Sequence[Area], taken: Taken) -> Iterator[PaintedCell]:
        covered = -1
        for place in self.axis:
            if place.column <= covered:
                continue
            area = next((a for a in merges if a[1] == place.column), None)
            covered = area[3] if area else place.column
            top = area[0] if area else self.number
            across = sum(place.column <= other.column <= covered for other in self.axis)
            cell = self.filled.get(place.column)
            role = taken.roles.get((top, place.column))
            if role is None and cell is not None and cell.text:
                role = taken.rest[0]
            yield PaintedCell(
                column=place.column,
                text=cell.text if cell else "",
                role=role,
                across=across,
                goes_on=top < self.number,
                trouble=cell.trouble if cell else "",
                notes=tuple(
                    n.number
                    for n in self.notes
                    if n.finding.at and place.column <= n.finding.at.column <= covered
                ),
            )
