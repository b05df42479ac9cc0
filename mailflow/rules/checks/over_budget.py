"""Expense goods stay within what the region may order of them in the month."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Funding
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.cells import money
from mailflow.rules.check import Remark, check


@check(severity=Severity.WARNING, asked=Asked.MARKETING_GM)
def over_budget(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """Expense goods cost more than what is left of the region's budget of the month."""
    customer, taken = appraisal.customer, appraisal.amount_of(Funding.EXPENSE)
    use = facts.budget(customer.region) if customer else None
    if use is None or taken <= 0 or taken <= use.left:
        return
    first = next(i for i in appraisal.items if i.funding is Funding.EXPENSE)
    written = first.line.funding
    yield Remark(
        at=written.at if written else None,
        where=appraisal.order.where,
        found=money(taken),
        expected=money(use.left),
        details=(
            ("region", use.region),
            ("month", f"{use.month:%Y-%m}"),
            ("budget", money(use.budget)),
            ("used", money(use.used)),
            ("excess", money(taken - use.left)),
        ),
    )
