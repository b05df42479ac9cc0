"""Whether registers can work together: every distributor has a manager, an admin and a warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from mailflow.domain.prices import ListedPrice
from mailflow.domain.register import Register, Role
from mailflow.domain.value import dataclass


class Misfit(StrEnum):
    NO_MANAGER = "no-manager"
    """The address at a distributor is no regional manager's."""
    OTHER_REGION = "other-region"
    """The manager named does not look after its region."""
    REGION_OF_NOBODY = "region-of-nobody"
    """A role that each region needs has nobody for this one."""
    BUDGET_OF_NO_REGION = "budget-of-no-region"
    """A budget is of a region without distributors."""
    ROLE_OF_NOBODY = "role-of-nobody"
    """What is held for a role would wait for ever."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`code` is the distributor's, `manager` the address that stands there."""

    misfit: Misfit
    code: str = ""
    region: str = ""
    manager: str = ""
    role: Role | None = None


def prices_of_nobody(
    register: Register, prices: Iterable[ListedPrice]
) -> Iterator[tuple[int, str, str]]:
    """Rows of a price list, from 0, that name a product, a region or a distributor that nobody
    knows: number, column and what stands there. Such a price would never hold."""
    regions = {customer.region for customer in register.customers}
    for number, price in enumerate(prices):
        if price.sku.casefold() not in register.by_sku:
            yield number, "sku", price.sku
        if price.region and price.region not in regions:
            yield number, "region", price.region
        if price.distributor and price.distributor.casefold() not in register.by_code:
            yield number, "distributor", price.distributor


def disagreements_of(register: Register) -> Iterator[Disagreement]:
    """Everything that keeps these registers from working together (rulings of the desk, 15)."""
    for customer in register.customers:
        code, region, manager = customer.code, customer.region, customer.regional_manager
        managers = register.managers(manager)
        if not managers:
            yield Disagreement(Misfit.NO_MANAGER, code, region, manager)
        elif not any(not p.regions or region in p.regions for p in managers):
            yield Disagreement(Misfit.OTHER_REGION, code, region, manager)
    regions = dict.fromkeys(c.region for c in register.customers)
    for role in (Role.SALES_ADMIN, Role.WAREHOUSE):
        for region in regions:
            if not register.people(role, region):
                yield Disagreement(Misfit.REGION_OF_NOBODY, region=region, role=role)
    for region in dict.fromkeys(b.region for b in register.budgets):
        if region not in regions:
            yield Disagreement(Misfit.BUDGET_OF_NO_REGION, region=region)
    for role in (Role.FINANCE, Role.MARKETING_GM):
        if not register.people(role):
            yield Disagreement(Misfit.ROLE_OF_NOBODY, role=role)
