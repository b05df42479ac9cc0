"""A sender orders only for distributors he looks after (rulings of the desk, 15)."""

from collections.abc import Iterator

from mailflow.domain.access import may_for
from mailflow.domain.access_table import Action
from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SALES_ADMIN)
def not_entitled(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The sender may not order for this distributor; nothing moves, the admin sees it."""
    customer = appraisal.customer
    if customer and not may_for(facts.sender, Action.ORDER, customer, facts.register):
        yield Remark(
            where=appraisal.order.where,
            found=facts.sender.address or "",
            expected=customer.regional_manager,
            details=(("distributor", customer.name),),
        )
