"""Expense goods stay within the distributor's approved expense balance."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Funding
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import money
from mailflow.rules.check import Remark, check


@check(severity=Severity.WARNING, asked=Asked.MARKETING_GM)
def over_expense(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Expense goods cost more than the approved expense that is left."""
    if appraisal.customer is None:
        return
    used = appraisal.amount_of(Funding.EXPENSE)
    left = facts.expense_left(appraisal.customer)
    if used > left and used > 0:
        first = next(i for i in appraisal.items if i.funding is Funding.EXPENSE)
        written = first.line.funding
        yield Remark(
            at=written.at if written else None,
            where=appraisal.order.where,
            found=money(used),
            expected=money(left),
            details=(("excess", money(used - left)),),
        )
