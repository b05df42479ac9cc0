"""Opening and what came, less what went, is what is left (S7), in cases, tins or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mailflow.domain.inventory import InventoryRow
from mailflow.domain.report import Count
from mailflow.domain.value import dataclass

ZERO = Decimal(0)
MOST = Decimal(10**12)
"""No store holds so much: such a figure is a slip, and not calculated with."""
Parts = tuple[Decimal, Decimal, Decimal]
"""Cases, tins, and what nobody states the unit of."""


@dataclass(frozen=True, slots=True)
class Imbalance:
    """`expected` is what should be left: two where a column may add or take away, none where cases
    and tins are mixed and nobody can tell how many tins a case holds."""

    expected: tuple[Count, ...]


def imbalance(row: InventoryRow, tins_per_case: int | None) -> Imbalance | None:
    """None where it adds up, or where the row does not say what is left. A cell that says nothing
    counts as zero."""
    closing = row.closing
    if closing is None:
        return None
    every = (closing, *(count for _, count in _moves(row)))
    if any(abs(part) > MOST for count in every for part in _parts(count)):
        return Imbalance(())
    if tins_per_case and (moved := _moved(row, tins_per_case)) is not None:
        left = in_tins(closing, tins_per_case)
        if left is not None:
            if left in moved:
                return None
            return Imbalance(tuple(_like(closing, tins, tins_per_case) for tins in moved))
    sums = [_summed(signed) for signed in _signs(row)]
    if _parts(closing) in sums:
        return None
    shapes = {shape for count in every if (shape := _shape(count))}
    if len(shapes) > 1 or any(len(shape) > 1 for shape in shapes):
        return Imbalance(())
    return Imbalance(tuple(_count(parts, every) for parts in sums))


def _moves(row: InventoryRow) -> Iterator[tuple[int, Count]]:
    signs = ((1, row.opening), (1, row.received), (1, row.moved_in))
    for sign, count in (*signs, (-1, row.sold), (-1, row.moved_out)):
        if count is not None:
            yield sign, count
    if row.other_moves is not None:
        yield 0, row.other_moves


def _signs(row: InventoryRow) -> Iterator[list[tuple[int, Count]]]:
    """What moved with its sign, once for each way in which it may be meant."""
    moves = list(_moves(row))
    open_ones = [count for sign, count in moves if sign == 0 and any(_parts(count))]
    known = [(sign, count) for sign, count in moves if sign]
    for sign in (-1, 1) if open_ones else (1,):
        yield [*known, *((sign, count) for count in open_ones)]


def _moved(row: InventoryRow, tins_per_case: int) -> list[Decimal] | None:
    found = []
    for signed in _signs(row):
        total = ZERO
        for sign, count in signed:
            amount = in_tins(count, tins_per_case)
            if amount is None:
                return None
            total += sign * amount
        found.append(total)
    return found


def in_tins(count: Count, tins_per_case: int) -> Decimal | None:
    """In tins. Cases and tins side by side are one amount said twice, or whole cases and the rest;
    None where they are neither, and where no unit is stated."""
    if count.units is not None:
        return ZERO if count.units == 0 and not (count.cases or count.tins) else None
    tins = count.tins or ZERO
    if count.cases is None:
        return tins
    whole = count.cases * tins_per_case + count.loose
    if count.tins is None or tins == whole:
        return whole
    return whole + tins if 0 <= tins < tins_per_case else None


def _like(closing: Count, tins: Decimal, tins_per_case: int) -> Count:
    """An amount in the units that the cell itself counts in."""
    cases, rest = divmod(tins, tins_per_case)
    if closing.cases is None or tins < 0:
        return Count(tins=tins)
    return Count(cases=cases, loose=int(rest)) if rest == int(rest) else Count(tins=tins)


def _parts(count: Count) -> Parts:
    return (count.cases or ZERO, (count.tins or ZERO) + count.loose, count.units or ZERO)


def _shape(count: Count) -> frozenset[int]:
    return frozenset(number for number, part in enumerate(_parts(count)) if part)


def _summed(signed: Sequence[tuple[int, Count]]) -> Parts:
    parts = [(sign, _parts(count)) for sign, count in signed]
    cases, tins, units = (sum((sign * p[n] for sign, p in parts), ZERO) for n in range(3))
    return cases, tins, units


def _count(parts: Parts, counts: Sequence[Count]) -> Count:
    """In the one unit that all of a row is counted in."""
    cases, tins, units = parts
    if any(count.units is not None for count in counts):
        return Count(units=units)
    return Count(cases=cases) if any(c.cases is not None for c in counts) else Count(tins=tins)
