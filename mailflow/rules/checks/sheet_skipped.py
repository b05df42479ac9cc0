"""What was not read beside an order is said."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check


@check(severity=Severity.INFO, asked=Asked.NOBODY)
def sheet_skipped(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A hidden sheet, or one that is no order, stands beside the order and was not read."""
    for skipped in appraisal.order.skipped:
        yield Remark(found=skipped.sheet, variant="hidden" if skipped.hidden else "")
