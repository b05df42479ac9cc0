"""Every quantity is a number above zero, in whole tins."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.quantity import Doubtful, Quantity, Unit
from mailflow.rules.cells import product_name
from mailflow.rules.check import Remark, check
from mailflow.rules.tins import is_said_twice, tins_in


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def quantity_invalid(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A quantity is no number, zero, negative, not whole tins, or said twice."""
    for item in appraisal.items:
        for quantity in item.filled:
            if wrong := _wrong(quantity, item):
                yield Remark(
                    at=quantity.at,
                    found=quantity.text,
                    variant=wrong.value,
                    details=(("product", product_name(item)),),
                )


def _wrong(quantity: Quantity, item: Item) -> Doubtful | None:
    number = quantity.number
    if quantity.shared:
        return Doubtful.SHARED
    if number is None:
        return Doubtful.NOT_A_NUMBER
    if number < 0:
        return Doubtful.NEGATIVE
    if number == 0 and not quantity.loose:
        return Doubtful.ZERO
    if item.product is None or quantity.unit is None:
        whole = quantity.unit is Unit.CASES or number == int(number)
        return None if whole else Doubtful.NOT_WHOLE
    if is_said_twice(quantity, item.product):
        return Doubtful.TWICE
    return Doubtful.NOT_WHOLE if tins_in(quantity, item.product) is None else None
