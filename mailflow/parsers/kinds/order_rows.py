"""The rows of an order table: lines, totals, notes; no row with a quantity is ever dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from mailflow.domain.document import Amount, Doubt, DoubtKind, OrderLine, Total, TotalOf
from mailflow.domain.naming import KnownNames, pack_of
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.sheet import Place, Span, Written
from mailflow.parsers.grid import Cell
from mailflow.parsers.layout import Table, place
from mailflow.parsers.values import money_of, quantity_of
from mailflow.parsers.vocabulary import Meaning, is_subtotal, is_total, unit_of

TOTAL_OF = {
    Meaning.CASES: TotalOf.CASES,
    Meaning.TINS: TotalOf.TINS,
    Meaning.QUANTITY: TotalOf.UNITS,
    Meaning.AMOUNT: TotalOf.AMOUNT,
}
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
    for row in table.body:
        cells = table.grid.rows.get(row)
        if not cells or not any(c.text or c.trouble for c in cells.values()):
            continue
        if reader.is_header(row):
            continue
        if word := reader.total_word(row):
            _take_total(rows, reader, row, word)
        elif reader.is_line(row, behind_total=bool(rows.totals)):
            rows.lines.append(reader.line(row))
            rows.lines_at.append(row)
            rows.last = row
        else:
            rows.notes.append(row)
        rows.doubts.extend(reader.troubles(row) if row not in rows.notes else ())
    return rows


def _take_total(rows: Rows, reader: _RowReader, row: int, word: str) -> None:
    first = rows.since_total if is_subtotal(word) else 0
    covered = tuple(range(first, len(rows.lines)))
    rows.totals.extend(reader.totals(row, covered))
    if is_subtotal(word):
        rows.since_total = len(rows.lines)
    rows.last = row


class _RowReader:
    """Takes one row of one table apart."""

    def __init__(self, table: Table, attachment: str, known: KnownNames) -> None:
        self.table = table
        self.grid = table.grid
        self.attachment = attachment
        self.known = known
        self.at = {h.meaning: h.column for h in table.headings}
        self.words = {h.column: h.header for h in table.all_headings}

    def cell(self, row: int, meaning: Meaning) -> Cell | None:
        column = self.at.get(meaning)
        return None if column is None else self.grid.at(row, column)

    def is_header(self, row: int) -> bool:
        cells = self.grid.rows[row]
        texts = {c: cells[c].text for c in self.words if c in cells}
        return len(texts) >= 2 and all(t == self.words[c] for c, t in texts.items())

    def total_word(self, row: int) -> str:
        """The word that makes a row a total: left of the figures, in a row without a product."""
        figures = [self.at[m] for m in TOTAL_OF if m in self.at]
        for column, cell in self.grid.rows[row].items():
            if column < min(figures) and (is_total(cell.text) or is_subtotal(cell.text)):
                return cell.text
            if column >= min(figures):
                break
        return ""

    def is_line(self, row: int, *, behind_total: bool) -> bool:
        """A row that names a product or states a figure; notes and signatures do neither."""
        texts = [
            c.text for m in (Meaning.NAME, Meaning.CODE) if (c := self.cell(row, m)) and c.text
        ]
        if any(self.known.is_product(t) for t in texts):
            return True
        asked = [c for m in TOTAL_OF if (c := self.cell(row, m)) and (c.text or c.trouble)]
        if any(_is_figure(c) for c in asked):
            return True
        if not texts or behind_total or all(t.rstrip().endswith((":", "：")) for t in texts):
            return False
        prices = [self.cell(row, m) for m in (Meaning.UNIT_PRICE, Meaning.CASE_PRICE)]
        spec = self.cell(row, Meaning.SPEC)
        return (
            bool(asked)
            or any(p is not None and money_of(p.text) is not None for p in prices)
            or (spec is not None and pack_of(spec.text) != (None, None))
        )

    def line(self, row: int) -> OrderLine:
        grid, table = self.grid, self.table
        return OrderLine(
            where=Span(self.attachment, grid.name, row, table.left, row, table.right),
            code=self.written(row, Meaning.CODE),
            name=self.written(row, Meaning.NAME),
            spec=self.written(row, Meaning.SPEC),
            quantities=tuple(self.quantities(row)),
            unit_price=self.price(row),
            amount=self.amount(row, Meaning.AMOUNT, None),
            funding=self.written(row, Meaning.FUNDING),
            remark=self.written(row, Meaning.REMARK),
            hidden=row in grid.hidden_rows,
        )

    def place(self, row: int, column: int) -> Place:
        return place(self.grid, self.attachment, row, column)

    def written(self, row: int, meaning: Meaning) -> Written | None:
        cell = self.cell(row, meaning)
        if cell is None or not cell.text:
            return None
        return Written(cell.text, self.place(row, self.at[meaning]))

    def quantities(self, row: int) -> list[Quantity]:
        return [self.quantity(row, column, unit) for column, unit in self.table.quantity_columns()]

    def quantity(self, row: int, column: int, unit: Unit | None) -> Quantity:
        cell = self.grid.at(row, column)
        at = self.place(row, column)
        hidden = row in self.grid.hidden_rows or column in self.grid.hidden_columns
        if cell is None or not cell.text:
            return Quantity("", at, None, unit, hidden=hidden and cell is not None)
        if unit is None and (word := self.cell(row, Meaning.UNIT)):
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

    def price(self, row: int) -> Amount | None:
        return self.amount(row, Meaning.UNIT_PRICE, None) or self.amount(
            row, Meaning.CASE_PRICE, Unit.CASES
        )

    def amount(self, row: int, meaning: Meaning, per: Unit | None) -> Amount | None:
        cell = self.cell(row, meaning)
        if cell is None or not cell.text:
            return None
        number = cell.number if cell.number is not None else money_of(cell.text)
        at = self.place(row, self.at[meaning])
        return Amount(cell.text, at, None if cell.trouble else number, per)

    def totals(self, row: int, covered: tuple[int, ...]) -> list[Total]:
        found = []
        for meaning, of in TOTAL_OF.items():
            cell = self.cell(row, meaning)
            if cell is None or not cell.text:
                continue
            number = _total_number(cell, of)
            at = self.place(row, self.at[meaning])
            found.append(Total(of, cell.text, at, number, covered))
        return found

    def troubles(self, row: int) -> list[Doubt]:
        """Cells of this row whose value is not to be believed, in columns that matter."""
        columns = {h.column for h in self.table.headings if h.meaning is not Meaning.OTHER}
        return [
            Doubt(TROUBLES[cell.trouble], self.place(row, column), cell.text)
            for column, cell in self.grid.rows[row].items()
            if cell.trouble and column in columns
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
