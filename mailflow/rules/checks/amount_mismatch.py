"""Every stated amount is quantity times price, exact to the cent."""

from collections.abc import Iterator
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.money import line_amount, to_cents
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import money, product_name
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def amount_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """An amount is not quantity times price."""
    for item in appraisal.items:
        stated = item.line.amount
        if stated is None or not stated.text:
            continue
        expected = _expected(item)
        if stated.number is None or (expected is not None and to_cents(stated.number) != expected):
            yield Remark(
                at=stated.at,
                found=stated.text,
                expected=money(expected),
                proposal=money(expected),
                details=(("product", product_name(item)),),
            )


def _expected(item: Item) -> Decimal | None:
    """By the sender's own price: a wrong price is one finding, not two."""
    price = item.line.unit_price
    if item.tins is None or item.product is None:
        return None
    if price is None or price.number is None:
        return item.amount
    by_tin = line_amount(price.number, item.tins)
    by_case = to_cents(price.number * item.tins / item.product.tins_per_case)
    if price.per is Unit.CASES:
        return by_case
    stated = item.line.amount
    is_by_case = (
        stated is not None and stated.number is not None and to_cents(stated.number) == by_case
    )
    return by_case if is_by_case and by_tin != by_case and _near(item, price.number) else by_tin


def _near(item: Item, price: Decimal) -> bool:
    """Whether a price is meant per case: nearer to the case's list price than to the tin's."""
    assert item.product is not None
    if not item.unit_price:
        return False
    return price > item.unit_price * (item.product.tins_per_case + 1) / 2
