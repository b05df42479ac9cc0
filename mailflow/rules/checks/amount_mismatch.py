"""Every stated amount is quantity times price, exact to the cent."""

from collections.abc import Iterator
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.document import Amount
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.money import ZERO, line_amount, to_cents
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import money, product_name
from mailflow.rules.check import Remark, check
from mailflow.rules.tins import NOTHING_WRITTEN
from mailflow.rules.units import Columns


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def amount_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """An amount is not quantity times price."""
    columns = Columns(appraisal.items, appraisal.terms)
    for item in appraisal.items:
        stated = item.line.amount
        if stated is None or stated.text.strip() in NOTHING_WRITTEN:
            continue
        if item.is_gift:
            continue
        expected = _expected(item, stated) or _by_other_lines(item, columns)
        if not _agrees(stated.number, expected):
            yield Remark(
                at=stated.at,
                found=stated.text,
                expected=money(expected),
                proposal=money(expected),
                variant="" if expected is not None else "unreadable",
                details=(("product", product_name(item)),),
            )


def _by_other_lines(item: Item, columns: Columns) -> Decimal | None:
    """Where the unit is known by the money of the other lines alone, and this line's money denies
    it: what that many would cost."""
    unit = columns.unit_of_others(item) if item.tins is None else None
    number = next((q.number for q in item.filled if q.number is not None), None)
    if unit is None or item.product is None or item.unit_price is None or number is None:
        return None
    size = item.product.tins_per_case if unit is Unit.CASES else 1
    return to_cents(item.unit_price * number * size)


def _agrees(stated: Decimal | None, expected: Decimal | None) -> bool:
    if stated is None or expected is None:
        return stated is not None
    return stated == expected or to_cents(stated) == expected


def _expected(item: Item, stated: Amount) -> Decimal | None:
    """By the sender's own price: a wrong price is one finding, not two."""
    price = item.line.unit_price
    if item.tins is None or item.product is None:
        return None
    if price is None or price.number is None:
        return item.amount
    if price.per is not Unit.CASES and not _nearer_to_a_case(item, price.number):
        return line_amount(price.number, item.tins)
    by_case = to_cents(price.number * item.tins / item.product.tins_per_case)
    if price.per is Unit.CASES or (stated.number is not None and _agrees(stated.number, by_case)):
        return by_case
    return line_amount(price.number, item.tins)


def _nearer_to_a_case(item: Item, price: Decimal) -> bool:
    """Whether a price without a unit is meant per case: nearer to the case's than to the tin's."""
    assert item.product is not None
    list_price = item.unit_price or ZERO
    return bool(list_price) and price > list_price * (item.product.tins_per_case + 1) / 2
