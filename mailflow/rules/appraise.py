"""An order is held against the register: which distributor, products, tins, prices, funding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.document import Order, OrderLine
from mailflow.domain.facts import Facts
from mailflow.domain.money import line_amount
from mailflow.domain.naming import Lexicon, pack_of
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.register import Customer, Product, ProductKind
from mailflow.domain.sheet import Written
from mailflow.rules.funding import funding_of
from mailflow.rules.tins import tins_of

MOST_OF_CATALOGUE = 0.6
"""A list of at least so much of the active catalogue is a pre-printed form (rulings, 12)."""


def appraise(order: Order, facts: Facts, lexicon: Lexicon) -> Appraisal:
    day = _day(order, facts)
    customers = _customers(order, lexicon)
    products = [_products(line, lexicon) for line in order.lines]
    preprinted = _is_preprinted(products, lexicon)
    items: list[Item] = []
    not_ordered: list[OrderLine] = []
    for line, candidates in zip(order.lines, products, strict=True):
        if preprinted and _is_empty(line):
            not_ordered.append(line)
        else:
            item = _item(line, candidates, day)
            items.append(_known_halves(item, lexicon))
    return Appraisal(
        order=order,
        customer=customers[0] if len(customers) == 1 else None,
        customer_candidates=customers,
        items=tuple(items),
        not_ordered=tuple(not_ordered),
        day=day,
        preprinted=preprinted,
    )


def _day(order: Order, facts: Facts) -> date:
    """The order's own date decides the price, else the day it was received (rulings, 6)."""
    stated = order.order_date.day if order.order_date else None
    return stated or facts.business_day


def _customers(order: Order, lexicon: Lexicon) -> tuple[Customer, ...]:
    """By what the sheet says; by subject, file and sheet name only where it says nothing."""
    if order.distributor:
        return _agreeing(order.distributor, lexicon)
    found: dict[str, Customer] = {}
    for hint in order.hints:
        found.update({c.code: c for c in lexicon.customers_within(hint.text)})
    return tuple(found.values())


def _agreeing(texts: Sequence[Written], lexicon: Lexicon) -> tuple[Customer, ...]:
    """Every customer any text names; a text that names nobody is left to the checks."""
    found: dict[str, Customer] = {}
    for text in texts:
        exact = lexicon.customers([text.text]) or lexicon.customers_within(text.text)
        found.update({c.code: c for c in exact})
    return tuple(found.values())


def _products(line: OrderLine, lexicon: Lexicon) -> tuple[Product, ...]:
    return lexicon.products(
        line.code.text if line.code else None,
        line.name.text if line.name else None,
        line.spec.text if line.spec else None,
    )


def _is_preprinted(products: Sequence[tuple[Product, ...]], lexicon: Lexicon) -> bool:
    regular = [p for p in lexicon.register.products if p.active and p.kind is ProductKind.REGULAR]
    named = {p.sku for candidates in products for p in candidates}
    listed = sum(p.sku in named for p in regular)
    return len(regular) >= 5 and listed >= MOST_OF_CATALOGUE * len(regular)


def _is_empty(line: OrderLine) -> bool:
    """No quantity but zero, and no amount: on a form that means "none of this"."""
    if line.amount is not None and (line.amount.number is None or line.amount.number != 0):
        return False
    return all(_is_nothing(q) for q in line.quantities)


def _is_nothing(quantity: Quantity) -> bool:
    if quantity.number is None:
        return quantity.text in ("", "-", "—", "/", "\\")
    return quantity.number == 0 and quantity.loose == 0


def _item(line: OrderLine, candidates: tuple[Product, ...], day: date) -> Item:
    product = candidates[0] if len(candidates) == 1 else None
    tins = price = funding = None
    if product is not None:
        tins = tins_of(line.quantities, product)
        price = product.price_on(day)
        funding = funding_of(line, product)
        if tins is None:
            tins = _tins_by_money(line, product, day)
    return Item(line, product, candidates, tins, funding, price)


def _known_halves(item: Item, lexicon: Lexicon) -> Item:
    code, name = item.line.code, item.line.name
    return replace(
        item,
        code_known=code is None or bool(lexicon.by_code(code.text) or lexicon.by_name(code.text)),
        name_known=name is None or bool(lexicon.by_name(name.text)),
    )


def inferred_unit(line: OrderLine, product: Product, day: date) -> Unit | None:
    """The one unit that makes price times quantity the stated amount, where nobody stated it.

    Asked, not guessed, unless exactly one unit fits and the stated pack is the product's own.
    """
    unstated = [q for q in line.quantities if q.unit is None and q.number is not None]
    amount = line.amount.number if line.amount else None
    if len(unstated) != 1 or len(line.quantities) != 1 or not amount:
        return None
    number = unstated[0].number
    if number is None or number <= 0 or number != int(number):
        return None
    stated = pack_of(line.spec.text)[1] if line.spec else None
    if stated is not None and stated != product.tins_per_case:
        return None
    price = product.price_on(day)
    fitting = [
        unit
        for unit, tins in (
            (Unit.TINS, int(number)),
            (Unit.CASES, int(number) * product.tins_per_case),
        )
        if line_amount(price, tins) == amount
    ]
    return fitting[0] if len(fitting) == 1 else None


def _tins_by_money(line: OrderLine, product: Product, day: date) -> int | None:
    unit = inferred_unit(line, product, day)
    if unit is None:
        return None
    number = int(line.quantities[0].number or 0)
    return number if unit is Unit.TINS else number * product.tins_per_case
