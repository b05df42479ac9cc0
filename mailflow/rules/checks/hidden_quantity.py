"""No quantity is ordered from a row or column that nobody sees."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import product_name
from mailflow.rules.check import Remark, check


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def hidden_quantity(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A hidden row or column holds a quantity."""
    for item in appraisal.items:
        for quantity in item.filled:
            if quantity.hidden and quantity.number != 0:
                yield Remark(
                    at=quantity.at,
                    found=quantity.text,
                    details=(("product", product_name(item)),),
                )
