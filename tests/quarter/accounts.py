"""What each distributor owes and may still take, reckoned from what happened and nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.quarter.desk import Desk

CUT_OFF = 25
ZERO = Decimal("0.00")


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def counts_to(day: date) -> date:
    """The month of what is ordered on a day."""
    first = day.replace(day=1)
    return first if day.day <= CUT_OFF else month_after(first)


@dataclass(frozen=True)
class Moved:
    """`month` is that of the statement it stands on; signed as the distributor sees it."""

    month: date
    kind: str
    owed: Decimal = ZERO
    left: Decimal = ZERO


@dataclass
class Accounts:
    desk: Desk
    moved: defaultdict[str, list[Moved]] = field(default_factory=lambda: defaultdict(list))

    used: defaultdict[tuple[str, date], Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )
    """Expense goods of a region, by the month their orders count to."""

    def open(self, day: date) -> None:
        for d in self.desk.distributors:
            if d.owed or d.expense:
                opening = Moved(day.replace(day=1), "opening", Decimal(d.owed), Decimal(d.expense))
                self.moved[d.code].append(opening)

    def order(self, code: str, cash: Decimal, expense: Decimal, days: tuple[date, date]) -> None:
        """`days`: when it came in and when it was accepted; what is out is not changed any more."""
        came, accepted = days
        month = max(counts_to(came), accepted.replace(day=1))
        self.moved[code].append(Moved(month, "order", cash, -expense))
        self.used[self.desk.by_code[code].region, counts_to(came)] += expense

    def is_over_budget(self, region: str, expense: Decimal, day: date) -> bool:
        budget = self.desk.budgets.get(region)
        return budget is not None and self.used[region, counts_to(day)] + expense > budget

    def mostly_used(self, month: date) -> list[str]:
        """Regions that have used 80 % of their budget, or more."""
        return [
            region
            for region, budget in self.desk.budgets.items()
            if self.used[region, month] * 100 >= budget * 80
        ]

    def paid(self, code: str, amount: Decimal, day: date) -> None:
        self.moved[code].append(Moved(day.replace(day=1), "payment", -amount))

    def approved(self, code: str, amount: Decimal, day: date) -> None:
        self.moved[code].append(Moved(day.replace(day=1), "expense", left=amount))

    def owed(self, code: str, until: date | None = None) -> Decimal:
        """Up to the end of that month, or in all."""
        mine = self.moved[code]
        return sum((m.owed for m in mine if until is None or m.month <= until), ZERO)

    def open_of(self, code: str, month: date) -> Decimal:
        """What is still to be paid of a month and all before it; money counts whenever it came."""
        mine = self.moved[code]
        return sum((m.owed for m in mine if m.month <= month or m.kind == "payment"), ZERO)

    def left(self, code: str, until: date | None = None) -> Decimal:
        mine = self.moved[code]
        return sum((m.left for m in mine if until is None or m.month <= until), ZERO)

    def of_month(self, code: str, month: date, *kinds: str) -> list[Moved]:
        mine = (m for m in self.moved[code] if m.month == month)
        return [m for m in mine if not kinds or m.kind in kinds]

    def has_statement(self, code: str, month: date) -> bool:
        """Where nothing moved and nothing stands there is nothing to state."""
        is_moved = bool(self.of_month(code, month))
        return is_moved or bool(self.owed(code, month) or self.left(code, month))
