"""Every line says how many; an empty row of a pre-printed form is no line."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import product_name, quantity_cell
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def quantity_missing(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A line has no quantity."""
    for item in appraisal.items:
        if not item.filled:
            yield Remark(at=quantity_cell(item.line), found=product_name(item))
