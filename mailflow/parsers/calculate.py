"""Formulas without a stored result are calculated where that is plain arithmetic over what was read.

Nothing is guessed: a cell that is not known, a circle, an error or too long a way leaves the
formula without a value, and the cell keeps its doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal

from mailflow.parsers.cells import LONGEST_NUMBER, error_cell, number_cell, ordered
from mailflow.parsers.formulas import (
    Area,
    Binary,
    Call,
    Expression,
    Negative,
    NotPlain,
    Number,
    parse,
)
from mailflow.parsers.grid import Address, Cell, Grid
from mailflow.parsers.values import number_of

UNCALCULATED = "formula-without-value"
MOST_CELLS = 300_000
"""Cells looked at for all formulas of a book together."""
DEEPEST = 40
"""Formulas that wait for each other's results."""
Formulas = Mapping[Address, str | Expression]
Spot = tuple[int, int, int]
"""Sheet, row and column."""


def calculated(grids: Sequence[Grid], formulas: Sequence[Formulas]) -> tuple[Grid, ...]:
    """The sheets with every result that can be had; `formulas` are those of each sheet whose
    cells are without a value."""
    if not any(formulas):
        return tuple(grids)
    results = _Calculator(grids, formulas).results()
    return tuple(_with(grid, results, number) for number, grid in enumerate(grids))


def _with(grid: Grid, results: Mapping[Spot, Cell], number: int) -> Grid:
    rows = {row: dict(cells) for row, cells in grid.rows.items()}
    for (sheet, row, column), cell in results.items():
        if sheet == number:
            rows.setdefault(row, {})[column] = cell
    return replace(grid, rows=ordered(rows))


class _Calculator:
    def __init__(self, grids: Sequence[Grid], formulas: Sequence[Formulas]) -> None:
        self._grids = grids
        self._sheets = {grid.name.casefold(): n for n, grid in enumerate(grids)}
        self._formulas = {
            (n, *at): formula for n, found in enumerate(formulas) for at, formula in found.items()
        }
        self._results: dict[Spot, Cell] = {}
        self._busy: set[Spot] = set()
        self._left = MOST_CELLS

    def results(self) -> Mapping[Spot, Cell]:
        # Down the sheet, then up: each way finds most of what it waits for already there.
        for spots in (sorted(self._formulas), sorted(self._formulas, reverse=True)):
            for spot in spots:
                if spot not in self._results:
                    self._try(spot)
        return self._results

    def _try(self, spot: Spot) -> None:
        with suppress(NotPlain):
            self._cell(spot)

    def _cell(self, spot: Spot) -> Cell | None:
        """What stands there; raises `NotPlain` where that is not known."""
        self._left -= 1
        if self._left < 0:
            raise NotPlain
        if spot in self._formulas and spot not in self._results:
            self._results[spot] = self._calculate(spot)
        found = self._results.get(spot)
        sheet, row, column = spot
        cell = found if found is not None else self._grids[sheet].at(row, column)
        if cell is not None and cell.trouble:
            raise NotPlain
        return cell

    def _calculate(self, spot: Spot) -> Cell:
        if spot in self._busy or len(self._busy) >= DEEPEST:
            raise NotPlain
        self._busy.add(spot)
        try:
            formula = self._formulas[spot]
            expression = parse(formula) if isinstance(formula, str) else formula
            if isinstance(expression, Area) and expression.is_cell:
                shown = self._cell(next(self._spots(expression, spot[0])))
                return shown if shown is not None else number_cell(Decimal(0))
            return number_cell(_measured(self._number(expression, spot[0])))
        except ZeroDivisionError:
            return error_cell("#DIV/0!")
        except ArithmeticError as error:
            raise NotPlain from error
        finally:
            self._busy.discard(spot)

    def _spots(self, area: Area, sheet: int) -> Iterator[Spot]:
        """The cells of an area that may hold anything, in reading order."""
        number = sheet if area.sheet is None else self._sheets.get(area.sheet.casefold(), -1)
        if number < 0:
            raise NotPlain
        if area.is_cell:
            yield number, area.top, area.left
            return
        rows = self._grids[number].rows
        last = min(area.bottom, max(rows, default=-1))
        for row in range(area.top, last + 1):
            self._left -= 1
            for column in rows.get(row, ()):
                if area.left <= column <= area.right:
                    yield number, row, column

    def _number(self, expression: Expression, sheet: int) -> Decimal:
        match expression:
            case Number(value):
                return value
            case Negative(of):
                return -self._number(of, sheet)
            case Binary(sign, left, right):
                return _combined(sign, self._number(left, sheet), self._number(right, sheet))
            case Call(name, arguments):
                return self._call(name, arguments, sheet)
            case Area() if expression.is_cell:
                return _as_number(self._cell(next(self._spots(expression, sheet))))
            case _:
                raise NotPlain

    def _numbers(self, expression: Expression, sheet: int) -> Iterator[Decimal]:
        """What a sum takes of an argument: of areas the numbers only, texts count for nothing."""
        if not isinstance(expression, Area):
            yield self._number(expression, sheet)
            return
        for spot in self._spots(expression, sheet):
            cell = self._cell(spot)
            if cell is not None and cell.day is not None:
                raise NotPlain
            if cell is not None and cell.number is not None:
                yield cell.number

    def _call(self, name: str, arguments: Sequence[Expression], sheet: int) -> Decimal:
        if over := OVER_NUMBERS.get(name):
            return over([n for a in arguments for n in self._numbers(a, sheet)])
        if name == "SUMPRODUCT":
            return self._sum_of_products(arguments, sheet)
        values = [self._number(argument, sheet) for argument in arguments]
        if rounding := ROUNDINGS.get(name):
            if len(values) != 2 or abs(values[1]) > 15 or values[1] != int(values[1]):
                raise NotPlain
            return values[0].quantize(Decimal(1).scaleb(-int(values[1])), rounding)
        if name == "INT" and len(values) == 1:
            return values[0].to_integral_value(ROUND_FLOOR)
        if name == "ABS" and len(values) == 1:
            return abs(values[0])
        raise NotPlain

    def _sum_of_products(self, arguments: Sequence[Expression], sheet: int) -> Decimal:
        areas = [a for a in arguments if isinstance(a, Area)]
        shapes = {(a.bottom - a.top, a.right - a.left) for a in areas}
        if not areas or len(areas) != len(arguments) or len(shapes) != 1:
            raise NotPlain
        columns = [
            {
                (row - area.top, column - area.left): self._cell((number, row, column))
                for number, row, column in self._spots(area, sheet)
            }
            for area in areas
        ]
        total = Decimal(0)
        for at, first in columns[0].items():
            product = _counted(first)
            for column in columns[1:]:
                product *= _counted(column.get(at))
            total += product
        return total


def _measured(number: Decimal) -> Decimal:
    """Neither endless nor next to nothing: written out, such a number would fill the memory."""
    if number and not -LONGEST_NUMBER <= number.adjusted() <= LONGEST_NUMBER:
        raise NotPlain
    return number


def _counted(cell: Cell | None) -> Decimal:
    if cell is not None and cell.day is not None:
        raise NotPlain
    return cell.number if cell is not None and cell.number is not None else Decimal(0)


def _as_number(cell: Cell | None) -> Decimal:
    """An empty cell is zero, a number that was typed as text counts; a day is no quantity."""
    if cell is None:
        return Decimal(0)
    number = cell.number
    if number is None and cell.text.isascii():
        number = number_of(cell.text)
    if number is None or cell.day is not None:
        raise NotPlain
    return number


def _combined(sign: str, left: Decimal, right: Decimal) -> Decimal:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if not right:
        raise ZeroDivisionError
    return left / right


def _product(numbers: Sequence[Decimal]) -> Decimal:
    total = Decimal(1 if numbers else 0)
    for number in numbers:
        total *= number
    return total


OVER_NUMBERS: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "SUM": lambda numbers: sum(numbers, Decimal(0)),
    "PRODUCT": _product,
    "MIN": lambda numbers: min(numbers, default=Decimal(0)),
    "MAX": lambda numbers: max(numbers, default=Decimal(0)),
}
ROUNDINGS = {"ROUND": ROUND_HALF_UP, "ROUNDUP": ROUND_UP, "ROUNDDOWN": ROUND_DOWN}
