"""Every product ordered is still sold."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import product_cell
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def inactive_product(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line orders a product that is no longer sold."""
    for item in appraisal.items:
        if item.product and not item.product.active:
            yield Remark(at=product_cell(item.line), found=item.product.name)
