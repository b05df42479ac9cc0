"""Every quantity is a number above zero, in whole tins."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.quantity import Quantity, Unit
from mailflow.rules.cells import product_name, stated
from mailflow.rules.check import Remark, check
from mailflow.rules.tins import tins_in


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def quantity_invalid(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A quantity is no number, zero, negative, or not whole tins."""
    for item in appraisal.items:
        for quantity in stated(item.line):
            if variant := _wrong(quantity, item):
                yield Remark(
                    at=quantity.at,
                    found=quantity.text,
                    variant=variant,
                    details=(("product", product_name(item)),),
                )


def _wrong(quantity: Quantity, item: Item) -> str:
    number = quantity.number
    if number is None:
        return "not-a-number"
    if number < 0:
        return "negative"
    if number == 0 and not quantity.loose:
        return "zero"
    if quantity.unit is Unit.TINS and number != int(number):
        return "not-whole"
    if item.product and quantity.unit and tins_in(quantity, item.product) is None:
        return "not-whole"
    return ""
