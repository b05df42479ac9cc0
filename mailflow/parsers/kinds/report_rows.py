"""The rows of a table as a form reads them: those that say something, totals, sections, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mailflow.domain.doubt import Doubt, DoubtKind, RowKind, RowRead
from mailflow.domain.quantity import Unit
from mailflow.domain.report import Count, ReportRow, ReportTotal
from mailflow.domain.sheet import Written
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.form import Form, Value
from mailflow.parsers.kinds.report_columns import Filled
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
from mailflow.parsers.sums import Reach, total_word
from mailflow.parsers.vocabulary import unit_of

MOST_DOUBTS = 200
"""Told one by one; the others are counted."""
LONGEST_SECTION = 30
_LABELLED = re.compile(r"^\s*[^\d\s:：]{2,8}\s*[:：]")
_SENTENCE = re.compile(r"[，。；！,;!:：]")
_READS: Mapping[Value, Reads] = {Value.DAY: day_in, Value.MONEY: money_in}


@dataclass(slots=True)
class _Column:
    """One column that is read; `by_unit` where a unit column says what it counts."""

    column: int
    slot: str
    value: Value
    unit: Unit | None
    reads: Reads | None
    by_unit: Mapping[Unit, Reads] | None


@dataclass(slots=True)
class RowsRead:
    rows: list[ReportRow] = field(default_factory=list)
    totals: list[ReportTotal] = field(default_factory=list)
    notes: list[Written] = field(default_factory=list)
    others: list[RowRead] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    more_doubts: int = 0
    last: int = -1

    def doubt(self, doubt: Doubt) -> None:
        if len(self.doubts) < MOST_DOUBTS:
            self.doubts.append(doubt)
        else:
            self.more_doubts += 1


class RowReader:
    """Reads the rows of one table from the top."""

    def __init__(
        self, page: Page, table: ReportTable, form: Form, filled: Sequence[Filled]
    ) -> None:
        self.page, self.table, self.form = page, table, form
        self.read = RowsRead()
        units = [h.column for h in table.headed if h.field == "unit"]
        self.unit_column = units[0] if units else None
        self.columns = [self._column(slot, n) for slot in filled for n in range(len(slot.headed))]
        self.named = [c for c in self.columns if c.slot in form.named]
        self.figures = [c for c in self.columns if c.value in (Value.COUNT, Value.MONEY)]
        self.sums: dict[int, list[Decimal | None]] = {c.column: [] for c in self.figures}
        self.part: dict[int, int] = dict.fromkeys(self.sums, 0)
        self.section = ""
        self.waiting: list[tuple[int, int, str]] = []
        """Rows of one text, which are sections if rows follow and notes if none do."""

    def _column(self, slot: Filled, number: int) -> _Column:
        headed = slot.headed[number]
        if slot.value is Value.COUNT:
            by_unit = None
            if headed.unit is None and self.unit_column is not None:
                by_unit = {unit: kept(count_in(unit)) for unit in Unit}
            reads: Reads | None = kept(count_in(headed.unit))
            return _Column(headed.column, slot.slot, slot.value, headed.unit, reads, by_unit)
        own = _READS.get(slot.value)
        reads = kept(own) if own else None
        return _Column(headed.column, slot.slot, slot.value, None, reads, None)

    def all(self) -> RowsRead:
        for header in self.table.headers:
            self._other(RowKind.HEADER, header.start, "", header.stop - 1)
        grid = self.page.grid.rows
        for row in self.table.rows():
            if cells := grid.get(row):
                self._row(row, cells)
        for row, column, text in self.waiting:
            self._note(row, column, text)
        self.read.last = max((r.row for r in self.read.rows), default=self.table.top)
        return self.read

    def _row(self, row: int, cells: Mapping[int, Cell]) -> None:
        names = self._names(row, cells)
        first = next(iter(names.values()), None) or self._first_text(cells)
        if first is not None and (word := total_word(first)) is not None:
            self._total(row, cells, first, word.reach)
            return
        has_figure = any(c.column in cells and cells[c.column].text for c in self.figures)
        if len(cells) == 1 and not has_figure:
            [(column, cell)] = cells.items()
            self.waiting.append((row, column, cell.text))
            return
        if not has_figure and (not names or self._is_small_print(cells)):
            if not names and not any(c.column in cells for c in self.columns):
                return
            self._note(row, min(cells), " ".join(c.text for c in cells.values()))
            return
        if self.waiting:
            self._sections()
        self._take(row, cells, names)

    def _names(self, row: int, cells: Mapping[int, Cell]) -> dict[str, str]:
        """What says of what the row is; a cell merged over several rows says it of each."""
        found: dict[str, str] = {}
        for column in self.named:
            cell = cells.get(column.column)
            if cell is None and (above := self.page.above(row, column.column)):
                cell = self.page.grid.at(*above)
            if cell is not None and cell.text:
                found[column.slot] = cell.text
        return found

    def _first_text(self, cells: Mapping[int, Cell]) -> str | None:
        return next((c.text for c in cells.values() if c.text and c.number is None), None)

    def _is_small_print(self, cells: Mapping[int, Cell]) -> bool:
        return any(_LABELLED.match(cell.text) for cell in cells.values())

    def _take(self, row: int, cells: Mapping[int, Cell], names: Mapping[str, str]) -> None:
        values: dict[str, object] = dict(names)
        unit = self._unit_of(cells)
        for column in self.columns:
            cell = cells.get(column.column)
            if cell is None:
                if column.reads is None and column.slot not in values:
                    above = self.page.above(row, column.column)
                    if above and (anchor := self.page.grid.at(*above)):
                        values[column.slot] = anchor.text
                continue
            if cell.trouble:
                at = self.page.place(row, column.column)
                self.read.doubt(Doubt(TROUBLES[cell.trouble], at, cell.text))
                if column.reads is not None:
                    self._add(column, None)
                    continue
            if column.reads is None:
                if cell.text:
                    values[column.slot] = cell.text
                continue
            self._figure(row, column, cell, unit, values)
        if not names:
            at = self.page.place(row, self.named[0].column if self.named else min(cells))
            self.read.doubt(Doubt(DoubtKind.NAME_MISSING, at))
        self.read.rows.append(self.form.row(row=row, section=self.section, **values))

    def _figure(
        self, row: int, column: _Column, cell: Cell, unit: Unit | None, values: dict[str, object]
    ) -> None:
        reads = column.by_unit[unit] if unit and column.by_unit else column.reads
        assert reads is not None
        try:
            value = reads(cell)
        except Unreadable:
            at = self.page.place(row, column.column)
            self.read.doubt(Doubt(DoubtKind.VALUE_UNREADABLE, at, cell.text))
            self._add(column, None)
            return
        if value is None:
            return
        known = values.get(column.slot)
        if isinstance(known, Count) and isinstance(value, Count):
            value = _joined(known, value)
        values[column.slot] = value
        self._add(column, cell.number)

    def _add(self, column: _Column, number: Decimal | None) -> None:
        if column.column in self.sums:
            self.sums[column.column].append(number)

    def _unit_of(self, cells: Mapping[int, Cell]) -> Unit | None:
        cell = cells.get(self.unit_column) if self.unit_column is not None else None
        return unit_of(cell.text) if cell else None

    def _total(self, row: int, cells: Mapping[int, Cell], word: str, reach: Reach) -> None:
        """A total covers all rows above it; one of a part those since the last such."""
        self._sections()
        self._other(RowKind.TOTAL, row, word)
        is_part = reach in (Reach.PART, Reach.PAGE)
        for column in self.figures:
            cell = cells.get(column.column)
            if cell is None or cell.number is None or cell.day is not None:
                continue
            summed = self.sums[column.column]
            begin = self.part[column.column] if is_part else 0
            at = self.page.place(row, column.column)
            total = sum_of(summed[begin:])
            self.read.totals.append(ReportTotal(column.slot, at, cell.number, total))
        for number, numbers in self.sums.items():
            self.part[number] = len(numbers)
        if is_part:
            self.section = ""

    def _sections(self) -> None:
        for number, (row, column, text) in enumerate(self.waiting, 1):
            is_title = len(text) <= LONGEST_SECTION and not _SENTENCE.search(text.rstrip(":："))
            if is_title and number == len(self.waiting):
                self.section = text.strip().rstrip(":：")
                self._other(RowKind.SECTION, row, text)
            else:
                self._note(row, column, text)
        self.waiting.clear()

    def _note(self, row: int, column: int, text: str) -> None:
        self.read.notes.append(self.page.written(text, row, column))
        self._other(RowKind.NOTE, row, text)

    def _other(self, kind: RowKind, row: int, why: str, last: int | None = None) -> None:
        table = self.table
        span = self.page.span(row, table.left, row if last is None else last, table.right)
        self.read.others.append(RowRead(kind, span, why))


def sum_of(numbers: Sequence[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _joined(one: Count, other: Count) -> Count:
    """Cases and tins in two columns are one count."""
    return Count(
        one.cases if one.cases is not None else other.cases,
        one.tins if one.tins is not None else other.tins,
        one.units if one.units is not None else other.units,
        one.loose or other.loose,
    )


def hidden_rows(page: Page, rows: Sequence[ReportRow]) -> Iterator[Doubt]:
    """Rows that a filter hides are read; that they are hidden is said once."""
    hidden = [r.row for r in rows if r.row in page.grid.hidden_rows]
    if hidden:
        yield Doubt(DoubtKind.HIDDEN_ROWS, page.place(hidden[0], 0), found=str(len(hidden)))
