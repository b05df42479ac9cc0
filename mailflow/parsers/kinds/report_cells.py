"""The cells of one row of a report, each read as its column says, and what is doubted of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.quantity import Unit
from mailflow.domain.report import Count
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.form import Form, Value
from mailflow.parsers.kinds.report_codes import code_in
from mailflow.parsers.kinds.report_columns import HIDDEN, Filled
from mailflow.parsers.kinds.report_tables import ReportTable
from mailflow.parsers.kinds.report_values import (
    TROUBLES,
    Reads,
    Unreadable,
    count_in,
    day_in,
    kept,
    money_in,
)
from mailflow.parsers.page import Page
from mailflow.parsers.vocabulary import unit_of

FIGURES = (Value.COUNT, Value.MONEY)
_READS: Mapping[Value, Reads] = {Value.DAY: day_in, Value.MONEY: money_in, Value.CODE: code_in}


@dataclass(slots=True)
class ReadColumn:
    """One column that is read; `by_unit` where a unit column says what it counts."""

    column: int
    slot: str
    value: Value
    unit: Unit | None
    reads: Reads | None
    by_unit: Mapping[Unit, Reads] | None
    adds: bool = False

    @property
    def is_figure(self) -> bool:
        return self.value in FIGURES


def columns_read(table: ReportTable, filled: Sequence[Filled]) -> Iterator[ReadColumn]:
    units = unit_column(table) is not None
    for slot in filled:
        for headed in slot.headed:
            if slot.value is Value.COUNT:
                by_unit = None
                if headed.unit is None and units:
                    by_unit = {unit: kept(count_in(unit)) for unit in Unit}
                reads: Reads | None = kept(count_in(headed.unit))
                yield ReadColumn(
                    headed.column, slot.slot, slot.value, headed.unit, reads, by_unit, slot.adds
                )
                continue
            own = slot.reads or _READS.get(slot.value)
            # A code is told by its whole cell: the same text may be a number in another.
            reads = kept(own) if own and slot.value is not Value.CODE else own
            yield ReadColumn(headed.column, slot.slot, slot.value, None, reads, None)


def unit_column(table: ReportTable) -> int | None:
    return next((h.column for h in table.headed if h.field == "unit"), None)


class CellReader:
    """Tells each doubt to `doubt`, and each figure to `add`: None where it cannot be added."""

    def __init__(
        self,
        page: Page,
        table: ReportTable,
        form: Form,
        doubt: Callable[[Doubt], None],
        add: Callable[[ReadColumn, Decimal | None], None],
    ) -> None:
        self.page, self.form, self.doubt, self.add = page, form, doubt, add
        self.unit_column = unit_column(table)

    def values(
        self, row: int, cells: Mapping[int, Cell], columns: Sequence[ReadColumn]
    ) -> dict[str, object]:
        values: dict[str, object] = {}
        unit = self._unit_of(cells)
        for column in columns:
            cell = cells.get(column.column)
            if cell is None:
                self._from_above(row, column, values)
            elif cell.trouble and not _is_long_code(column, cell):
                self._doubt(row, column, TROUBLES[cell.trouble], cell)
                if column.is_figure:
                    self.add(column, None)
                elif column.value is Value.TEXT and not cell.is_lost:
                    values[column.slot] = cell.text
            elif column.reads is None:
                if cell.text:
                    values[column.slot] = cell.text
            else:
                self._read(row, column, cell, unit, values)
        return values

    def _from_above(self, row: int, column: ReadColumn, values: dict[str, object]) -> None:
        """A cell merged over several rows says it of each; a figure only of the first."""
        if column.is_figure or column.slot in values:
            return
        above = self.page.above(row, column.column)
        anchor = self.page.grid.at(*above) if above else None
        if anchor is None or anchor.trouble:
            return
        if column.reads is None:
            values[column.slot] = anchor.text
            return
        try:
            value = column.reads(anchor)
        except Unreadable:
            return  # Doubted in its own row.
        if value is not None:
            values[column.slot] = value

    def _read(
        self,
        row: int,
        column: ReadColumn,
        cell: Cell,
        unit: Unit | None,
        values: dict[str, object],
    ) -> None:
        reads = column.by_unit[unit] if unit and column.by_unit else column.reads
        assert reads is not None
        try:
            value = reads(cell)
        except Unreadable as trouble:
            self._doubt(row, column, trouble.kind, cell)
            if column.is_figure:
                self.add(column, None)
            return
        if value is None:
            return
        known = values.get(column.slot)
        if isinstance(known, Count) and isinstance(value, Count):
            value = _added(known, value) if column.adds else _joined(known, value)
        values[column.slot] = value
        if column.is_figure:
            self.add(column, _number(column, cell, value))

    def _doubt(self, row: int, column: ReadColumn, kind: DoubtKind, cell: Cell) -> None:
        found = HIDDEN if column.slot in self.form.personal else cell.text
        self.doubt(Doubt(kind, self.page.place(row, column.column), found))

    def _unit_of(self, cells: Mapping[int, Cell]) -> Unit | None:
        cell = cells.get(self.unit_column) if self.unit_column is not None else None
        return unit_of(cell.text) if cell else None


def _is_long_code(column: ReadColumn, cell: Cell) -> bool:
    """A code says itself what is lost of it."""
    return column.value is Value.CODE and cell.trouble == "long-number"


def _joined(one: Count, other: Count) -> Count:
    """Cases and tins in two columns are one count."""
    return Count(
        one.cases if one.cases is not None else other.cases,
        one.tins if one.tins is not None else other.tins,
        one.units if one.units is not None else other.units,
        one.loose or other.loose,
    )


def _added(one: Count, other: Count) -> Count:
    return Count(
        _sum(one.cases, other.cases),
        _sum(one.tins, other.tins),
        _sum(one.units, other.units),
        one.loose + other.loose,
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else one + other


def _number(column: ReadColumn, cell: Cell, value: object) -> Decimal | None:
    """What a cell adds to the sum of its column: none where it counts in a unit of its own."""
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, Count) or cell.number is not None:
        return cell.number
    if value.loose:
        return None
    own = {Unit.CASES: value.cases, Unit.TINS: value.tins}
    return own[column.unit] if column.unit else value.units


def number_in(column: ReadColumn, cell: Cell) -> Decimal | None:
    """The number of a cell by itself, as in a row of totals."""
    if cell.day is not None or cell.is_lost or column.reads is None:
        return None
    try:
        return _number(column, cell, column.reads(cell))
    except Unreadable:
        return None
