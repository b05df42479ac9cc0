"""The value of a cell of a report, of the kind that its column holds; strict, else a doubt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from mailflow.domain.doubt import DoubtKind
from mailflow.domain.quantity import Unit
from mailflow.domain.report import Count
from mailflow.parsers.grid import Cell
from mailflow.parsers.values import capital_money_of, date_of, money_of, quantity_of, serial_date

NOTHING = frozenset({"", "-", "—", "--", "——", "/", "\\", "无", "n/a", "na", "nil", "none"})
"""Cells that say there is nothing; not zero, which is a figure."""
MOST_KEPT = 20_000
"""Values of one column that are kept to be told again; stock lists repeat most of theirs."""
TROUBLES = {
    "formula-without-value": DoubtKind.FORMULA_WITHOUT_VALUE,
    "error-value": DoubtKind.VALUE_UNREADABLE,
    "long-number": DoubtKind.VALUE_UNREADABLE,
    "readers-disagree": DoubtKind.READERS_DISAGREE,
    "struck-out": DoubtKind.SHOWN_OTHERWISE,
    "not-shown": DoubtKind.SHOWN_OTHERWISE,
}


class Unreadable(Exception):
    """The cell holds something, and it is no value of its column."""

    kind = DoubtKind.VALUE_UNREADABLE


class DigitsLost(Unreadable):
    """The cell holds a number where a code should stand, and digits of it may be gone."""

    kind = DoubtKind.DIGITS_LOST


Reads = Callable[[Cell], object]


def kept(read: Reads) -> Reads:
    """The same value for the same text: thousands of rows share it."""
    known: dict[str, object] = {}

    def reading(cell: Cell) -> object:
        try:
            return known[cell.text]
        except KeyError:
            value = read(cell)
            if len(known) < MOST_KEPT:
                known[cell.text] = value
            return value

    return reading


def day_in(cell: Cell) -> date | None:
    if cell.day is not None:
        return cell.day
    if cell.text.strip().casefold() in NOTHING:
        return None
    if (found := date_of(cell.text)) is not None:
        return found
    if cell.number is not None and (day := serial_date(cell.number, since_1904=False)):
        return day
    raise Unreadable


def money_in(cell: Cell) -> Decimal | None:
    if cell.day is not None:
        raise Unreadable
    if cell.number is not None:
        return cell.number
    if cell.text.strip().casefold() in NOTHING:
        return None
    if (found := money_of(cell.text)) is not None:
        return found
    if (found := capital_money_of(cell.text)) is not None:
        return found
    raise Unreadable


def count_in(unit: Unit | None) -> Reads:
    """Reads what a column of a unit counts; the unit in the cell itself goes first."""

    def reading(cell: Cell) -> Count | None:
        if cell.day is not None:
            raise Unreadable
        if cell.number is not None:
            return counted(cell.number, unit)
        if cell.text.strip().casefold() in NOTHING:
            return None
        read = quantity_of(cell.text)
        if read is None:
            raise Unreadable
        number, own, loose = read
        return counted(number, own or unit, loose)

    return reading


def counted(number: Decimal, unit: Unit | None, loose: int = 0) -> Count:
    if unit is Unit.CASES:
        return Count(cases=number, loose=loose)
    return Count(tins=number) if unit is Unit.TINS else Count(units=number)
