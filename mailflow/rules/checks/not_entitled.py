"""A sender orders only for distributors he looks after (rulings of the desk, 15)."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.register import Customer, Role
from mailflow.rules.check import Remark, check


@check(severity=Severity.ERROR, asked=Asked.SALES_ADMIN)
def not_entitled(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The sender may not order for this distributor; nothing moves, the admin sees it."""
    customer = appraisal.customer
    if customer is not None and not _may_order(customer, facts):
        yield Remark(
            where=appraisal.order.where,
            found=facts.sender.address or "",
            expected=customer.regional_manager,
            details=(("distributor", customer.name),),
        )


def _may_order(customer: Customer, facts: Facts) -> bool:
    sender = facts.sender
    if any(c.code == customer.code for c in sender.customers):
        return True
    for person in sender.people:
        if person.role is Role.REGIONAL_MANAGER:
            if customer.regional_manager.casefold() == person.email.casefold():
                return True
        elif person.role is Role.SALES_ADMIN:
            admins = facts.register.people(Role.SALES_ADMIN, customer.region)
            if person.email.casefold() in {a.email.casefold() for a in admins}:
                return True
    return False
