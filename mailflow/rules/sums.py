"""What the lines of an order add up to, for each kind of total a sheet may state."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.document import OrderLine, Total, TotalOf
from mailflow.domain.money import ZERO, to_cents
from mailflow.domain.quantity import Quantity, Unit
from mailflow.rules.tins import is_blank

UNIT_OF = {TotalOf.CASES: Unit.CASES, TotalOf.TINS: Unit.TINS}
HALF_A_CENT = Decimal("0.005")
"""What a case count written with two decimals may be off; more decimals are off by less."""
Value = Callable[[OrderLine], Decimal | None]


def sums_of(total: Total, appraisal: Appraisal) -> tuple[Decimal, ...]:
    """Every sum the total may rightly state, the likeliest first; none where a line is unreadable.

    A total without a unit may count what the column says, tins or cases. A hidden row may be in
    the sum or not: that row is asked about anyway.
    """
    items = {id(item.line): item for item in appraisal.items}
    found: list[Decimal] = []
    for covered in (total.lines, *total.or_lines):
        lines = [appraisal.order.lines[i] for i in covered if i < len(appraisal.order.lines)]
        if total.funding is not None:
            if any(x.funding is None for x in appraisal.items):
                return ()
            lines = [
                x for x in lines if _is_empty(x, items) or items[id(x)].funding is total.funding
            ]
        shown = [line for line in lines if not _is_hidden(line)]
        for value in _values(total, items):
            for chosen in (lines, shown) if len(shown) < len(lines) else (lines,):
                terms = [Decimal(0) if _is_empty(x, items) else value(x) for x in chosen]
                known = [t for t in terms if t is not None]
                if len(known) == len(terms):
                    found.append(sum(known, total.beside))
    return tuple(dict.fromkeys(found))


def agrees(total: Total, sums: tuple[Decimal, ...], appraisal: Appraisal) -> bool:
    """Exact to the cent and to the tin; cases typed with few decimals within their last digit."""
    assert total.number is not None
    if total.of is TotalOf.AMOUNT:
        return any(to_cents(total.number) == to_cents(s) for s in sums)
    if total.number in sums:
        return True
    slack = HALF_A_CENT * sum(_is_rounded(q) for x in appraisal.order.lines for q in x.quantities)
    return any(abs(total.number - s) <= slack + Decimal("1e-6") for s in sums)


def _is_rounded(quantity: Quantity) -> bool:
    number = quantity.number
    return number is not None and number != number.to_integral_value()


def _is_hidden(line: OrderLine) -> bool:
    return line.hidden or any(q.hidden and q.text for q in line.quantities)


def _is_empty(line: OrderLine, items: dict[int, Item]) -> bool:
    """Not ordered, or a row that says nothing."""
    return id(line) not in items


def _values(total: Total, items: dict[int, Item]) -> list[Value]:
    """The ways to add up: as the column says; else by what the lines were understood to mean."""
    if total.of is TotalOf.AMOUNT:
        return [lambda line: _amount(line, items)]
    if total.of is TotalOf.UNITS:
        units: list[Unit | None] = [None, Unit.TINS, Unit.CASES]
        return [_counting(unit, items) for unit in units]
    return [_counting(UNIT_OF[total.of], items)]


def _counting(unit: Unit | None, items: dict[int, Item]) -> Value:
    return lambda line: _count(line, unit, items)


def _count(line: OrderLine, unit: Unit | None, items: dict[int, Item]) -> Decimal | None:
    for quantity in line.quantities:
        if is_blank(quantity) or (unit is not None and quantity.unit is not unit):
            continue
        if not quantity.loose:
            return quantity.number
        break
    item = items.get(id(line))
    if unit is None or item is None or item.product is None or item.tins is None:
        return None
    size = item.product.tins_per_case if unit is Unit.CASES else 1
    return Decimal(item.tins) / size


def _amount(line: OrderLine, items: dict[int, Item]) -> Decimal | None:
    """The amount the sheet states, else the one that follows from price list and quantity."""
    if line.amount is not None and line.amount.number is not None:
        return to_cents(line.amount.number)
    item = items.get(id(line))
    if item is None or item.product is None:
        return None
    return ZERO if item.is_gift else item.amount
