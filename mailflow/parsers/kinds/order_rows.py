"""The rows of an order table: lines, totals, notes; no row with a quantity is ever dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mailflow.domain.document import Amount, Doubt, DoubtKind, OrderLine, Total, TotalOf
from mailflow.domain.naming import KnownNames, pack_of
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.sheet import Place, Span, Written
from mailflow.parsers.grid import Cell
from mailflow.parsers.layout import Table
from mailflow.parsers.values import money_of, quantity_of
from mailflow.parsers.vocabulary import Meaning, is_subtotal, is_sum, unit_of

TOTAL_OF = {
    Meaning.CASES: TotalOf.CASES,
    Meaning.TINS: TotalOf.TINS,
    Meaning.QUANTITY: TotalOf.UNITS,
    Meaning.AMOUNT: TotalOf.AMOUNT,
}
NOWHERE = -1
"""The column of what a table has no column for."""
TROUBLES = {
    "formula-without-value": DoubtKind.FORMULA_WITHOUT_VALUE,
    "error-value": DoubtKind.VALUE_UNREADABLE,
    "readers-disagree": DoubtKind.READERS_DISAGREE,
    "long-number": DoubtKind.VALUE_UNREADABLE,
}


@dataclass(slots=True)
class Rows:
    """`notes` are rows inside the table that are neither lines nor totals; `last` the last line
    or total."""

    lines: list[OrderLine] = field(default_factory=list)
    lines_at: list[int] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    last: int = 0
    since_total: int = 0


def read_rows(table: Table, attachment: str, known: KnownNames) -> Rows:
    rows = Rows(last=table.top)
    reader = _RowReader(table, attachment, known)
    for number in table.body:
        cells = table.grid.rows.get(number)
        if cells is None or reader.is_header(cells):
            continue
        row = _Row(reader, number, cells)
        if word := row.total_word():
            _take_total(rows, row, word)
        elif row.is_line(behind_total=bool(rows.totals)):
            rows.lines.append(row.line())
            rows.lines_at.append(number)
            rows.last = number
        else:
            rows.notes.append(number)
            continue
        rows.doubts.extend(row.troubles())
    return rows


def _take_total(rows: Rows, row: _Row, word: str) -> None:
    first = rows.since_total if is_subtotal(word) else 0
    covered = tuple(range(first, len(rows.lines)))
    rows.totals.extend(row.totals(covered))
    if is_subtotal(word):
        rows.since_total = len(rows.lines)
    rows.last = row.number


class _RowReader:
    """What the rows of one table have in common."""

    def __init__(self, table: Table, attachment: str, known: KnownNames) -> None:
        self.grid = table.grid
        self.attachment = attachment
        self.known = known
        self.at = dict.fromkeys(Meaning, NOWHERE) | {h.meaning: h.column for h in table.headings}
        self.words = {h.column: h.header for h in table.all_headings}
        self.quantities = table.quantity_columns()
        self.figures = {m: self.at[m] for m in TOTAL_OF if self.at[m] != NOWHERE}
        self.first_figure = min(self.figures.values())
        self.columns = {h.column for h in table.headings if h.meaning is not Meaning.OTHER}
        self.left, self.right = table.left, table.right

    def is_header(self, cells: Mapping[int, Cell]) -> bool:
        """The table's own header again, as on the top of a page."""
        seen = 0
        for column, word in self.words.items():
            if cell := cells.get(column):
                if cell.text != word:
                    return False
                seen += 1
        return seen >= 2


@dataclass(slots=True)
class _Row:
    """Takes one row of a table apart."""

    table: _RowReader
    number: int
    cells: Mapping[int, Cell]

    def cell(self, meaning: Meaning) -> Cell | None:
        return self.cells.get(self.table.at[meaning])

    def total_word(self) -> str:
        """The word that makes a row a total: left of the figures, in a row without a product."""
        for column, cell in self.cells.items():
            if column >= self.table.first_figure:
                break
            if cell.number is None and is_sum(cell.text):
                return cell.text
        return ""

    def is_line(self, *, behind_total: bool) -> bool:
        """A row that names a product or states a figure; notes and signatures do neither."""
        texts = [c.text for m in (Meaning.NAME, Meaning.CODE) if (c := self.cell(m)) and c.text]
        if any(self.table.known.is_product(t) for t in texts):
            return True
        asked = [c for column in self.table.figures.values() if (c := self.cells.get(column))]
        if any(_is_figure(c) for c in asked):
            return True
        if not texts or behind_total or all(t.rstrip().endswith((":", "：")) for t in texts):
            return False
        prices = [self.cell(m) for m in (Meaning.UNIT_PRICE, Meaning.CASE_PRICE)]
        spec = self.cell(Meaning.SPEC)
        return (
            bool(asked)
            or any(p is not None and money_of(p.text) is not None for p in prices)
            or (spec is not None and pack_of(spec.text) != (None, None))
        )

    def line(self) -> OrderLine:
        table, row = self.table, self.number
        return OrderLine(
            where=Span(table.attachment, table.grid.name, row, table.left, row, table.right),
            code=self.written(Meaning.CODE),
            name=self.written(Meaning.NAME),
            spec=self.written(Meaning.SPEC),
            quantities=tuple([self.quantity(column, unit) for column, unit in table.quantities]),
            unit_price=self.price(),
            amount=self.amount(Meaning.AMOUNT, None),
            funding=self.written(Meaning.FUNDING),
            remark=self.written(Meaning.REMARK),
            hidden=row in table.grid.hidden_rows,
        )

    def place(self, column: int) -> Place:
        return Place(self.table.attachment, self.table.grid.name, self.number, column)

    def written(self, meaning: Meaning) -> Written | None:
        column = self.table.at[meaning]
        cell = self.cells.get(column)
        if cell is None or not cell.text:
            return None
        return Written(cell.text, self.place(column))

    def quantity(self, column: int, unit: Unit | None) -> Quantity:
        cell, at, grid = self.cells.get(column), self.place(column), self.table.grid
        hidden = self.number in grid.hidden_rows or column in grid.hidden_columns
        if cell is None or not cell.text:
            return Quantity("", at, None, unit, hidden=hidden and cell is not None)
        if unit is None and (word := self.cell(Meaning.UNIT)):
            unit = unit_of(word.text)
        if cell.day is not None or cell.trouble:
            return Quantity(cell.text, at, None, unit, hidden=hidden)
        if cell.number is not None:
            return Quantity(cell.text, at, cell.number, unit, hidden=hidden)
        read = quantity_of(cell.text)
        if read is None:
            return Quantity(cell.text, at, None, unit, hidden=hidden)
        number, own, loose = read
        if own is not None and unit is not None and own is not unit:
            # `12箱` in a column of tins: which of the two is meant is the sender's to say.
            return Quantity(cell.text, at, None, unit, hidden=hidden)
        return Quantity(cell.text, at, number, own or unit, loose, hidden)

    def price(self) -> Amount | None:
        return self.amount(Meaning.UNIT_PRICE, None) or self.amount(Meaning.CASE_PRICE, Unit.CASES)

    def amount(self, meaning: Meaning, per: Unit | None) -> Amount | None:
        column = self.table.at[meaning]
        cell = self.cells.get(column)
        if cell is None or not cell.text:
            return None
        number = cell.number if cell.number is not None else money_of(cell.text)
        return Amount(cell.text, self.place(column), None if cell.trouble else number, per)

    def totals(self, covered: tuple[int, ...]) -> list[Total]:
        found = []
        for meaning, column in self.table.figures.items():
            cell, of = self.cells.get(column), TOTAL_OF[meaning]
            if cell is not None and cell.text:
                number = _total_number(cell, of)
                found.append(Total(of, cell.text, self.place(column), number, covered))
        return found

    def troubles(self) -> list[Doubt]:
        """Cells of this row whose value is not to be believed, in columns that matter."""
        return [
            Doubt(TROUBLES[cell.trouble], self.place(column), cell.text)
            for column, cell in self.cells.items()
            if cell.trouble and column in self.table.columns
        ]


def _is_figure(cell: Cell) -> bool:
    """A quantity without a product beside it: a number, whatever unit stands behind it."""
    if cell.trouble or cell.number is not None:
        return cell.number != Decimal(0)
    return quantity_of(cell.text) is not None or money_of(cell.text) is not None


def _total_number(cell: Cell, of: TotalOf) -> Decimal | None:
    if cell.number is not None or cell.trouble:
        return None if cell.trouble else cell.number
    if of is TotalOf.AMOUNT:
        return money_of(cell.text)
    read = quantity_of(cell.text)
    return read[0] if read and not read[2] else None
