"""Every stated price is the list price of the order's date."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal, Funding, Item
from mailflow.domain.document import Amount
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.funding import funding_title
from mailflow.domain.money import line_amount, to_cents
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import money, product_name
from mailflow.rules.check import Remark, check, note
from mailflow.rules.tins import NOTHING_WRITTEN


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def price_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A price is not the list price; a case price is one times tins a case (rulings, 9)."""
    for item in appraisal.items:
        price = item.line.unit_price
        if price is None or item.product is None or item.unit_price is None:
            continue
        if _is_list_price(price, item.unit_price) or _says_nothing(price, item) or item.is_gift:
            continue
        remark = Remark(
            at=price.at,
            found=price.text,
            expected=money(item.unit_price),
            proposal=money(item.unit_price),
            variant=_whose(item),
            details=(("product", product_name(item)), *_told_of(item)),
        )
        if price.number is not None and _is_case_price(item, price.number):
            yield note(replace(remark, expected="", proposal="", variant="case-price"))
        else:
            yield remark


def _whose(item: Item) -> str:
    """Which words tell where the price stands: one that held since ever needs none."""
    period = item.period
    if period is None or period.since is None:
        return ""
    if not period.list:
        return "since"
    return "for-distributor" if period.distributor else "for-region" if period.region else "list"


def _told_of(item: Item) -> Iterator[tuple[str, str]]:
    period = item.period
    if period is not None and period.since is not None:
        yield "since", period.since.isoformat()
        yield "list", period.list
        yield "region", period.region


def _says_nothing(price: Amount, item: Item) -> bool:
    """A dash, or the word for free where the goods are free samples."""
    text = price.text.strip()
    free = item.funding is Funding.SAMPLE and funding_title(text) is Funding.SAMPLE
    return price.number is None and (text in NOTHING_WRITTEN or free)


def _is_list_price(price: Amount, list_price: Decimal) -> bool:
    if price.number is None or price.per is Unit.CASES:
        return False
    return price.number == list_price or to_cents(price.number) == to_cents(list_price)


def _is_case_price(item: Item, price: Decimal) -> bool:
    """List price times tins a case, and the amount agrees where one is stated."""
    assert item.product is not None
    assert item.unit_price is not None
    if to_cents(price) != line_amount(item.unit_price, item.product.tins_per_case):
        return False
    amount = item.line.amount
    if amount is not None and amount.number is not None and item.amount is not None:
        return to_cents(amount.number) == item.amount
    return item.line.unit_price is not None and item.line.unit_price.per is Unit.CASES
