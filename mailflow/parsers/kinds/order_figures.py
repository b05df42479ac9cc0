"""The quantities, price and amount of one row, as written."""

from __future__ import annotations

from mailflow.domain.document import Amount
from mailflow.domain.quantity import Quantity, Unit
from mailflow.parsers.grid import Address, Cell
from mailflow.parsers.headings import Fan, FanKind
from mailflow.parsers.kinds.order_row import Row
from mailflow.parsers.meanings import Meaning
from mailflow.parsers.values import money_of, price_of, quantity_of
from mailflow.parsers.vocabulary import unit_behind, unit_of


def quantities_of(row: Row, fan: Fan | None) -> tuple[Quantity, ...]:
    columns = row.reader.of_fan[fan] if fan else row.reader.quantities
    return tuple([quantity_at(row, column, unit) for column, unit in columns])


def quantity_at(row: Row, column: int, unit: Unit | None) -> Quantity:
    cell, at, grid = row.cells.get(column), row.place(column), row.reader.grid
    hidden = row.number in grid.hidden_rows or column in grid.hidden_columns
    if row.reader.page.anchors and (shared := _shared(row, column)):
        return Quantity(
            shared[0].text, row.reader.page.place(*shared[1]), None, unit, 0, hidden, True
        )
    if cell is None or not cell.text:
        return Quantity("", at, None, unit, hidden=hidden and cell is not None)
    if unit is None:
        unit = _unit_of(row)
    elif column in row.reader.table.header.settled and _unit_of(row) not in (None, unit):
        # What was settled of the column is not what its own row says: that is asked.
        return Quantity(cell.text, at, None, unit, hidden=hidden)
    if cell.day is not None or cell.is_lost:
        return Quantity(cell.text, at, None, unit, hidden=hidden)
    if cell.number is not None and not cell.shown:
        return Quantity(cell.text, at, cell.number, unit, hidden=hidden)
    text = cell.shown or cell.text
    read = quantity_of(text)
    if read is None:
        return Quantity(text, at, None, unit, hidden=hidden)
    number, own, loose = read
    if own is not None and unit is not None and own is not unit:
        # `12箱` in a column of tins: which of the two is meant is the sender's to say.
        return Quantity(text, at, None, unit, hidden=hidden)
    return Quantity(text, at, number, own or unit, loose, hidden)


def _unit_of(row: Row) -> Unit | None:
    """Of a quantity whose header names none: what its row says, else what is said of all."""
    if word := row.reached(row.reader.at.get(Meaning.UNIT)):
        return unit_of(word[0].text)
    if row.reader.table.fan_kind is FanKind.PRODUCT and (unit := _unit_at_side(row)):
        return unit
    return row.reader.unit


def _unit_at_side(row: Row) -> Unit | None:
    """`南阳童之家（箱）` at the side of a row."""
    found = row.text_at(row.reader.at.get(Meaning.DISTRIBUTOR))
    return unit_behind(found.text) if found else None


def _shared(row: Row, column: int) -> tuple[Cell, Address] | None:
    """A quantity that is merged over several rows which each name something."""
    area = next(
        (a for a in row.reader.grid.merges_over(row.number) if a[1] <= column <= a[3]), None
    )
    if area is None or area[0] == area[2] or area[1] != column:
        return None
    cell = row.reader.grid.at(area[0], column)
    if cell is None or not cell.text or area[0] < row.reader.table.header.first:
        return None
    rows = [row.reader.row(n) for n in range(area[0], area[2] + 1)]
    speaking = [
        r for r in rows if r and any(c != column and c in row.reader.columns for c in r.cells)
    ]
    return (cell, (area[0], column)) if len(speaking) > 1 else None


def price_of_row(row: Row) -> Amount | None:
    for meaning, per in ((Meaning.UNIT_PRICE, None), (Meaning.CASE_PRICE, Unit.CASES)):
        if found := row.reached(row.reader.at.get(meaning)):
            return _price(row, found, per)
    return None


def _price(row: Row, found: tuple[Cell, Address], per: Unit | None) -> Amount:
    cell, at = found[0], row.reader.page.place(*found[1])
    number = cell.number
    if number is None and (read := price_of(cell.text)):
        number, own = read
        if own is not None and per is not None and own is not per:
            number = None  # a price a tin in a column of prices a case
        per = Unit.CASES if own is Unit.CASES else per
    return Amount(cell.text, at, None if cell.is_lost or cell.day else number, per)


def amount_of_row(row: Row, fan: Fan | None, *, alone: bool) -> Amount | None:
    """`alone`: it is the row's only line, so that an amount beside the columns is its own."""
    column = row.reader.amounts.get(fan)
    if column is None and alone:
        column = row.reader.amounts.get(None)
    if column is None:
        return None
    if row.reader.page.anchors and (shared := _shared(row, column)):
        return Amount(shared[0].text, row.reader.page.place(*shared[1]), None)
    cell = row.cells.get(column)
    if cell is None or not cell.text:
        return None
    number = cell.number if cell.number is not None else money_of(cell.text)
    return Amount(cell.text, row.place(column), None if cell.is_lost else number)
