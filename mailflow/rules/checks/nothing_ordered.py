"""An order orders something."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def nothing_ordered(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """No line of the form has a quantity."""
    if not appraisal.items:
        yield Remark(where=appraisal.order.where)
