"""Master data: what is sold, who buys, who works here; a value with a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from mailflow.domain.budget import Budget, budget_of
from mailflow.domain.paper import Paper
from mailflow.domain.quantity import Pack
from mailflow.domain.value import dataclass


class ProductKind(StrEnum):
    REGULAR = "regular"
    SAMPLE = "sample"


class Role(StrEnum):
    """The roles of the desk, spelled as in the staff register."""

    REGIONAL_MANAGER = "regional_manager"
    SALES_ADMIN = "sales_admin"
    WAREHOUSE = "warehouse"
    LOGISTICS = "logistics"
    FINANCE = "finance"
    MARKETING_GM = "marketing_gm"
    MARKETING_ASSISTANT = "marketing_assistant"
    CUSTOMER_SERVICE = "customer_service"
    DESIGNER = "designer"
    HR_TRAINING = "hr_training"
    HR_MANAGER = "hr_manager"
    IT_ADMIN = "it_admin"


@dataclass(frozen=True, slots=True)
class PricePeriod:
    """A price per tin and the first business day it holds; None: since ever.

    `until` is its last day, None where it holds until the next one. For `region` or `distributor`
    (a code) alone where one is named. `list` names the price list it stands on; empty: the register
    of products.
    """

    price: Decimal
    since: date | None = None
    until: date | None = None
    region: str = ""
    distributor: str = ""
    list: str = ""

    @property
    def rank(self) -> int:
        """The more special goes before the more common."""
        return 2 if self.distributor else 1 if self.region else 0

    def holds(self, day: date, customer: Customer | None) -> bool:
        if (self.since is not None and self.since > day) or (self.until and self.until < day):
            return False
        if not self.rank:
            return True
        if customer is None:
            return False
        if self.distributor:
            return customer.code.casefold() == self.distributor.casefold()
        return customer.region == self.region


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    name: str
    english_name: str
    aliases: tuple[str, ...]
    spec: str
    unit: str
    tins_per_case: int
    prices: tuple[PricePeriod, ...]
    kind: ProductKind = ProductKind.REGULAR
    active: bool = True

    @property
    def pack(self) -> Pack:
        return Pack(self.tins_per_case)

    def price_on(self, day: date, customer: Customer | None = None) -> Decimal:
        """The list price per tin, as `period_on` tells it."""
        return self.period_on(day, customer).price

    def period_on(self, day: date, customer: Customer | None = None) -> PricePeriod:
        """The list price of a business day for a distributor: its own before its region's before
        everybody's, of each the one that began last; the earliest known before the first (S9).

        `prices` are in the order in which they began.
        """
        found = None
        for period in self.prices:
            if (found is None or period.rank >= found.rank) and period.holds(day, customer):
                found = period
        return found or next((p for p in self.prices if not p.rank), self.prices[0])


@dataclass(frozen=True, slots=True)
class ShipTo:
    """Where goods go; `delivery_address` (实到地址) where the truck really goes, else empty."""

    consignee: str = ""
    phone: str = ""
    address: str = ""
    delivery_address: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A distributor; the balances are opening balances."""

    code: str
    name: str
    aliases: tuple[str, ...]
    region: str
    regional_manager: str
    email: str
    ship_to: ShipTo
    credit_limit: Decimal
    expense_balance: Decimal
    owed: Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the staff register; no regions means all regions no one else has."""

    role: Role
    name: str
    email: str
    regions: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True)
class Register:
    """All master data at one version; lookups are exact and by casefolded key."""

    products: tuple[Product, ...] = ()
    customers: tuple[Customer, ...] = ()
    staff: tuple[Person, ...] = ()
    version: str = ""
    budgets: tuple[Budget, ...] = ()
    papers: tuple[Paper, ...] = ()
    """What the index of the library names."""

    @cached_property
    def by_sku(self) -> Mapping[str, Product]:
        return {p.sku.casefold(): p for p in self.products}

    @cached_property
    def by_code(self) -> Mapping[str, Customer]:
        return {c.code.casefold(): c for c in self.customers}

    def budget_of(self, region: str, month: date) -> Decimal | None:
        """What the region may order as expense goods in a month; None: as much as it likes."""
        return budget_of(self.budgets, region, month)

    def people(self, role: Role, region: str | None = None) -> tuple[Person, ...]:
        """The people of a role for a region: those who name it, else those who name none."""
        everyone = [p for p in self.staff if p.role is role]
        if region is None:
            return tuple(everyone)
        named = tuple(p for p in everyone if region in p.regions)
        return named or tuple(p for p in everyone if not p.regions)

    def warehouse_of(self, region: str) -> str:
        """The warehouse a region is sent from, by the regions it serves; empty: the one that serves
        all that no other does."""
        people = self.people(Role.WAREHOUSE, region)
        return served_by(people[0]) if people else ""

    def person(self, address: str, role: Role | None = None) -> tuple[Person, ...]:
        """Every staff line with this e-mail address (a person may have several roles); with `role`
        those that say it."""
        wanted = address.casefold()
        lines = (p for p in self.staff if p.email.casefold() == wanted)
        return tuple(p for p in lines if role is None or p.role is role)

    def managers(self, address: str) -> tuple[Person, ...]:
        """Whoever may stand at a distributor as its regional manager, by this address."""
        return self.person(address, Role.REGIONAL_MANAGER)

    def customers_of(self, address: str) -> tuple[Customer, ...]:
        """The distributors whose own e-mail address this is."""
        wanted = address.casefold()
        return tuple(c for c in self.customers if c.email and c.email.casefold() == wanted)

    def knows(self, address: str) -> bool:
        return bool(self.person(address) or self.customers_of(address))


def served_by(person: Person) -> str:
    """What a warehouse is told by: the regions of whoever works in it."""
    return "、".join(sorted(person.regions))


def regions_of(customers: Iterable[Customer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.region for c in customers))
