"""Statistics: what the books say of a period, and the figures that are made of it.

Rows come from the database as it sums them up; figures can be added, ratios only be told at the end.
"""

from __future__ import annotations

from dataclasses import field, fields
from datetime import date, datetime
from decimal import Decimal

from mailflow.domain.budget import BudgetUse, Spent
from mailflow.domain.money import ZERO, percent
from mailflow.domain.period import Period
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Goods:
    """What one distributor has of one product in a period. Tins are those of all fundings together.

    `shipped` left in the period; `short` is what its orders lacked when they came.
    """

    distributor: str
    sku: str
    tins: int = 0
    cash: Decimal = ZERO
    expense: Decimal = ZERO
    shipped: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """Lists of one distributor that were issued on a day and whose first load left on another;
    None where nothing has left yet."""

    distributor: str
    issued: date
    left: date | None
    lists: int


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger of one distributor: `sales` and `taken` as it entered orders of the period, `owed`
    at its end."""

    distributor: str
    paid: Decimal = ZERO
    approved: Decimal = ZERO
    owed: Decimal = ZERO
    sales: Decimal = ZERO
    taken: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Books:
    """All that is read of one period. `decided` are orders by the first decision about them, and
    `reasons` the returned ones by what was found."""

    period: Period
    orders: tuple[tuple[str, str, int], ...] = ()
    """Distributor, region when it ordered, and how many."""
    goods: tuple[Goods, ...] = ()
    lists: tuple[Listed, ...] = ()
    accounts: tuple[Account, ...] = ()
    months: tuple[tuple[date, str, Decimal], ...] = ()
    """What was ordered, by month and distributor."""
    mails: tuple[tuple[str, int], ...] = ()
    decided: tuple[tuple[str, int], ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    taken: tuple[tuple[date, str, Decimal], ...] = ()
    """Expense goods ordered, by month and region when it was ordered."""
    approved: tuple[Spent, ...] = ()
    """Orders with expense goods that a person let go."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a period and a region, manager, distributor or product. Not all have all: a product owes
    nothing."""

    orders: int = 0
    tins: int = 0
    cash: Decimal = ZERO
    expense: Decimal = ZERO
    shipped: int = 0
    short: int = 0
    on_time: int = 0
    late: int = 0
    paid: Decimal = ZERO
    approved: Decimal = ZERO
    owed: Decimal = ZERO

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def amount(self) -> Decimal:
        """All that was ordered, at list price."""
        return self.cash + self.expense

    @property
    def expense_ratio(self) -> Decimal | None:
        """Expense goods against cash goods, in percent (费用率); None where nothing was paid for."""
        return percent(self.expense, self.cash)

    @property
    def on_time_rate(self) -> Decimal | None:
        """Lists whose goods left in time, of those whose time is over, in percent."""
        return percent(self.on_time, self.on_time + self.late)


def change(now: Decimal | int, before: Decimal | int) -> Decimal | None:
    """In percent, signed; None where there was nothing to compare with."""
    return percent(now - before, before)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: figures now, of the period before and of a year before."""

    key: str
    name: str
    now: Figures
    before: Figures
    year_before: Figures
    region: str = ""

    @property
    def change(self) -> Decimal | None:
        return change(self.now.amount, self.before.amount)

    @property
    def year_change(self) -> Decimal | None:
        return change(self.now.amount, self.year_before.amount)

    def change_of(self, figure: str) -> Decimal | None:
        return change(getattr(self.now, figure), getattr(self.before, figure))


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """How the desk itself did: how many of the orders it decided needed nobody."""

    mails: int = 0
    decided: int = 0
    touchless: int = 0
    returned: int = 0
    held: int = 0
    review: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    """Codes of findings, the most frequent first; an order may have several."""

    @property
    def touchless_rate(self) -> Decimal | None:
        return percent(self.touchless, self.decided)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of a period. `regions` of the reader; empty: the whole house.

    `unlike_ledger` is by how much cash goods and expense goods differ from what the ledger entered
    for this period: orders that were released or taken back after a statement was out.
    """

    period: Period
    made: datetime
    total: Line
    regions: tuple[Line, ...]
    managers: tuple[Line, ...]
    distributors: tuple[Line, ...]
    products: tuple[Line, ...]
    months: tuple[tuple[date, str, Decimal], ...]
    """Amounts ordered by month and region, from the year's first month to the period's last."""
    desk: DeskFigures
    desk_before: DeskFigures
    unlike_ledger: tuple[Decimal, Decimal] = (ZERO, ZERO)
    only: tuple[str, ...] = field(default=())
    budgets: tuple[BudgetUse, ...] = ()
    """Of each month of the period that has begun, by region."""
    approved: tuple[Spent, ...] = ()
    """Orders whose expense goods a person let go though they were too much; the distributor by name."""
    is_over: bool = True
    """False where the period still runs."""

    @property
    def codes(self) -> frozenset[str]:
        """Those of findings that it tells of."""
        reasons = (code for desk in (self.desk, self.desk_before) for code, _ in desk.reasons)
        return frozenset((*reasons, *(code for spent in self.approved for code in spent.asked)))
