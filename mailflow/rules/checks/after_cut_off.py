"""Orders after the cut-off are booked to the next month, and that is said."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check


@check(severity=Severity.INFO, asked=Asked.NOBODY)
def after_cut_off(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The order came after the cut-off and counts to the next month."""
    day = facts.business_day
    if facts.month > day:
        yield Remark(
            where=appraisal.order.where,
            found=day.isoformat(),
            expected=f"{facts.month:%Y-%m}",
            details=(("day", str(facts.cut_off)),),
        )
