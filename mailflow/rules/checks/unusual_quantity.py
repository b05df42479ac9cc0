"""A quantity no distributor orders is looked at by a person first."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import product_name, quantity_cell
from mailflow.rules.check import Remark, check

MOST_CASES = 1_000
"""A full lorry of one product; a figure beyond it is more likely a slip or a misread column."""


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def unusual_quantity(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line orders more cases than any distributor does."""
    for item in appraisal.items:
        if item.product is None or item.tins is None:
            continue
        cases = item.tins // item.product.tins_per_case
        if cases > MOST_CASES:
            yield Remark(
                at=quantity_cell(item.line),
                found=str(cases),
                expected=str(MOST_CASES),
                details=(("product", product_name(item)),),
            )
