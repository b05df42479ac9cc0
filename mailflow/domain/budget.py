"""Budgets: what a region may order as expense goods in a month, and how much of it is used (S8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from mailflow.domain.money import ZERO, percent
from mailflow.domain.value import dataclass

WARNED_AT = Decimal(80)
"""Percent of a budget from which people are told (S8)."""


@dataclass(frozen=True, slots=True)
class Budget:
    """`month` is its first day; None: every month that has no budget of its own."""

    region: str
    month: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """`used` is what expense goods of accepted orders of the region cost that count to the month."""

    region: str
    month: date
    budget: Decimal
    used: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """Below zero where more was approved than there was."""
        return self.budget - self.used

    @property
    def share(self) -> Decimal | None:
        """In percent with one decimal; None of a budget of nothing."""
        return percent(self.used, self.budget)

    @property
    def is_warned(self) -> bool:
        """Whether people have to hear: compared without rounding, and never where nothing was used."""
        return self.used > ZERO and self.used * 100 >= self.budget * WARNED_AT

    @property
    def is_used_up(self) -> bool:
        return self.used > ZERO and self.used >= self.budget


@dataclass(frozen=True, slots=True)
class Spent:
    """An order that takes expense goods, and who let it go: `by` is an address, or what a command
    is told by; empty where nobody had to.

    `asked` are the codes of what the approval was asked for, `over-budget` among them.
    """

    order: str
    region: str
    month: date
    distributor: str
    amount: Decimal
    by: str = ""
    at: datetime | None = None
    mail_id: int | None = None
    """The mail that said yes."""
    asked: tuple[str, ...] = ()
    reason: str = ""


def budget_of(budgets: Iterable[Budget], region: str, month: date) -> Decimal | None:
    """The month's own budget before that of every month; None where the region has neither."""
    found = {b.month: b.amount for b in budgets if b.region == region}
    return found.get(month, found.get(None))


def uses(
    budgets: Iterable[Budget], used: Mapping[str, Decimal], month: date
) -> tuple[BudgetUse, ...]:
    """Of every region that has a budget, in the order of the register. `used` is by region."""
    every = tuple(budgets)
    regions = dict.fromkeys(b.region for b in every)
    found = []
    for region in regions:
        amount = budget_of(every, region, month)
        if amount is not None:
            found.append(BudgetUse(region, month, amount, used.get(region, ZERO)))
    return tuple(found)
