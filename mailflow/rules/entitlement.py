"""Who may order for whom (rulings of the desk, 15)."""

from __future__ import annotations

from mailflow.domain.facts import Facts
from mailflow.domain.register import Customer, Role


def may_order(customer: Customer, facts: Facts) -> bool:
    """The distributor itself, its regional manager, or a sales admin of its region."""
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
