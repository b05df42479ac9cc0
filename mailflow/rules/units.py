"""A quantity without a unit is understood only where what stands beside it leaves one reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from mailflow.domain.appraisal import Item
from mailflow.domain.document import OrderLine
from mailflow.domain.money import line_amount, to_cents
from mailflow.domain.packing import pack_of
from mailflow.domain.prices import Terms
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.register import Product
from mailflow.rules.tins import tins_of, unit_beside


def inferred_unit(
    line: OrderLine, quantity: Quantity, product: Product, terms: Terms
) -> Unit | None:
    """The unit of a bare number, by the cell beside it or by the money; None: it has to be asked."""
    if quantity.unit is not None or quantity.number is None:
        return None
    tins = tins_of(line.quantities, product)
    if tins is not None:
        return unit_beside(quantity, tins, product)
    return _by_money(line, quantity, product, terms)


def tins_by_money(line: OrderLine, product: Product, terms: Terms) -> int | None:
    """Tins of a line whose only quantity names no unit; None where money does not settle it."""
    for quantity in line.quantities:
        unit = _by_money(line, quantity, product, terms)
        if unit is not None and quantity.number is not None:
            return int(quantity.number) * (product.tins_per_case if unit is Unit.CASES else 1)
    return None


class Columns:
    """What the money of an order's lines says that its columns count; worked out once an order."""

    def __init__(self, items: Sequence[Item], terms: Terms) -> None:
        self._items, self._terms = items, terms

    def unit_of_others(self, item: Item) -> Unit | None:
        """What all other lines say that this line's column counts: where this line's own amount
        fits neither unit, that amount is wrong, and not the unit missing.

        It names the cell to be asked about, and books nothing.
        """
        quantity = next((q for q in item.filled if q.unit is None and q.number is not None), None)
        if quantity is None or item.line.amount is None or not item.line.amount.number:
            return None
        column = quantity.at.column
        said = self._said.get(column, Counter()) - Counter(
            unit for at, unit in self._said_by(item) if at == column
        )
        return next(iter(said)) if len(said) == 1 else None

    @cached_property
    def _said(self) -> Mapping[int, Counter[Unit]]:
        """By column, how many lines say so of it."""
        found: dict[int, Counter[Unit]] = {}
        for item in self._items:
            for column, unit in self._said_by(item):
                found.setdefault(column, Counter())[unit] += 1
        return found

    def _said_by(self, item: Item) -> Iterator[tuple[int, Unit]]:
        if item.product is not None:
            for q in item.filled:
                if unit := inferred_unit(item.line, q, item.product, self._terms):
                    yield q.at.column, unit


def _by_money(line: OrderLine, quantity: Quantity, product: Product, terms: Terms) -> Unit | None:
    """The one unit that makes list price times quantity the stated amount.

    Only where it is the line's single filled quantity and a stated pack is the product's own.
    """
    number, amount = quantity.number, line.amount.number if line.amount else None
    if quantity.unit is not None or [q for q in line.quantities if q.text] != [quantity]:
        return None
    if number is None or number <= 0 or number != int(number) or quantity.loose or not amount:
        return None
    stated = pack_of(line.spec.text)[1] if line.spec else None
    if stated is not None and stated != product.tins_per_case:
        return None
    price = product.price_on(terms.day, terms.customer)
    fitting = [
        unit
        for unit, size in ((Unit.TINS, 1), (Unit.CASES, product.tins_per_case))
        if line_amount(price, int(number) * size) == to_cents(amount)
    ]
    return fitting[0] if len(fitting) == 1 else None
