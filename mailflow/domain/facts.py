"""Facts are everything a rule may know besides the document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from mailflow.domain.allocation import Free
from mailflow.domain.budget import BudgetUse
from mailflow.domain.confirmed import NOTHING_CONFIRMED, Confirmed
from mailflow.domain.habit import Habit
from mailflow.domain.mail import Trust
from mailflow.domain.money import ZERO
from mailflow.domain.register import Customer, Person, Register
from mailflow.domain.settlement import Settlement
from mailflow.domain.shortfall import Shortfalls
from mailflow.domain.value import dataclass

CUT_OFF_DAY = 25
"""Orders after the end of this day of the month count to the next one (截账期), where the house says
nothing else."""


NO_HABIT = Habit()


@dataclass(frozen=True, slots=True)
class Balance:
    """What was accepted so far, beside the opening balances of the register."""

    cash_accepted: Decimal = ZERO
    expense_accepted: Decimal = ZERO
    payments: Decimal = ZERO
    approvals: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, as registered; several lines where one address has several roles.

    `is_us`: the mail bears the Message-ID of a message we sent.
    """

    address: str | None
    trust: Trust
    people: tuple[Person, ...] = ()
    customers: tuple[Customer, ...] = ()
    is_us: bool = False

    @property
    def known(self) -> bool:
        return bool(self.people or self.customers)


@dataclass(frozen=True, slots=True)
class EarlierOrder:
    """An order of the same distributor from an earlier mail or earlier in the same mail."""

    number: str
    distributor: str
    fingerprint: str
    their_number: str
    received: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Facts:
    register: Register
    sender: Sender
    received: datetime
    zone: ZoneInfo
    balances: Mapping[str, Balance] = field(default_factory=dict)
    earlier: tuple[EarlierOrder, ...] = ()
    habits: Mapping[str, Habit] = field(default_factory=dict)
    """What each distributor orders as a rule, by its code."""
    settlements: tuple[Settlement, ...] = ()
    """What a person settled about this sender's sheets, in force now."""
    stock: Mapping[str, Free] = field(default_factory=dict)
    """What is free in each warehouse that ever told its stock."""
    shortfalls: Shortfalls = field(default_factory=dict)
    """Sample tins that stores of each distributor used too few of, not yet taken off its orders."""
    mail_text: str = ""
    """What the sender wrote in the mail around the sheet; data, as everything of his."""
    forwarded_text: str = ""
    """What others wrote around it in the mails that he passes on."""
    cut_off: int = CUT_OFF_DAY
    """The last day of a month, business zone, whose orders count to it; 31 is that of every month."""
    spent: Mapping[str, Decimal] = field(default_factory=dict)
    """What each region has used of its budget of the month that this mail counts to."""
    corrects: tuple[str, ...] = ()
    """The numbers of earlier orders that the orders of this mail take the place of."""
    confirmed: Confirmed = NOTHING_CONFIRMED
    """What its sender said of the order when it was returned."""

    def about(self, codes: Collection[str]) -> Facts:
        """The same facts with the books of these distributors alone: all that a rule may know of
        an order of theirs, so that what others did meanwhile changes nothing."""
        return replace(
            self,
            balances={code: self.balances[code] for code in codes if code in self.balances},
            earlier=tuple(e for e in self.earlier if e.distributor in codes),
            habits={code: self.habits[code] for code in codes if code in self.habits},
            shortfalls={code: self.shortfalls[code] for code in codes if code in self.shortfalls},
            stock=self._stock_for(codes) if self.stock else self.stock,
            spent=self._spent_by(codes) if self.spent else self.spent,
        )

    def _spent_by(self, codes: Collection[str]) -> Mapping[str, Decimal]:
        customers = (self.register.by_code.get(code.casefold()) for code in codes)
        regions = {c.region for c in customers if c}
        return {region: used for region, used in self.spent.items() if region in regions}

    def _stock_for(self, codes: Collection[str]) -> Mapping[str, Free]:
        customers = (self.register.by_code.get(code.casefold()) for code in codes)
        served = {self.register.warehouse_of(c.region) for c in customers if c}
        return {warehouse: free for warehouse, free in self.stock.items() if warehouse in served}

    @property
    def business_day(self) -> date:
        """The day of receipt in the business zone (rulings: never the order's own clock)."""
        return self.received.astimezone(self.zone).date()

    @property
    def month(self) -> date:
        """The first day of the month an order that came with this mail counts to."""
        return booking_month(self.business_day, self.cut_off)

    def budget(self, region: str) -> BudgetUse | None:
        """None where the region may order as much as it likes."""
        amount = self.register.budget_of(region, self.month)
        if amount is None:
            return None
        return BudgetUse(region, self.month, amount, self.spent.get(region, ZERO))

    def habit(self, customer: Customer | None) -> Habit:
        return self.habits.get(customer.code, NO_HABIT) if customer else NO_HABIT

    def owed(self, customer: Customer) -> Decimal:
        balance = self.balances.get(customer.code, Balance())
        return customer.owed + balance.cash_accepted - balance.payments

    def expense_left(self, customer: Customer) -> Decimal:
        balance = self.balances.get(customer.code, Balance())
        return customer.expense_balance - balance.expense_accepted + balance.approvals


def booking_month(day: date, cut_off: int = CUT_OFF_DAY) -> date:
    """The first day of the month an order received on `day` counts to; the cut-off never rolls
    (rulings 8)."""
    if day.day <= cut_off:
        return day.replace(day=1)
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
