"""Region × distributor × month: whose inventory report is in, was returned, or is missing (S6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from mailflow.domain.kept_inventory import InventoryState, month_before
from mailflow.domain.register import Customer
from mailflow.domain.value import dataclass

MISSING = "missing"
MONTHS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class GridRow:
    """`states` are `valid`, `returned` or `missing`, one for each month of the grid."""

    customer: Customer
    states: tuple[str, ...]

    @property
    def is_in(self) -> bool:
        """The report of the last month, which is asked about, holds."""
        return self.states[-1] == InventoryState.VALID.value


@dataclass(frozen=True, slots=True)
class RegionSum:
    """How many distributors of a region should have reported, and have."""

    region: str
    expected: int
    reported: int

    @property
    def missing(self) -> int:
        return self.expected - self.reported


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """`months` by their first days, the one asked about last; rows by region and code."""

    months: tuple[date, ...]
    rows: tuple[GridRow, ...]

    @property
    def missing(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if not row.is_in)

    @property
    def month(self) -> date:
        return self.months[-1]

    @property
    def reported(self) -> int:
        return len(self.rows) - len(self.missing)

    @property
    def regions(self) -> tuple[RegionSum, ...]:
        expected = Counter(row.customer.region for row in self.rows)
        there = Counter(row.customer.region for row in self.rows if row.is_in)
        return tuple(RegionSum(r, n, there[r]) for r, n in expected.items())


def months_until(month: date, count: int = MONTHS_SHOWN) -> tuple[date, ...]:
    found = [month]
    while len(found) < count:
        found.append(month_before(found[-1]))
    return tuple(reversed(found))


def grid_of(
    months: tuple[date, ...],
    customers: Iterable[Customer],
    standing: Mapping[tuple[str, date], InventoryState],
) -> MonthGrid:
    """Every one of these distributors, whether it ever reported or not."""
    customers = sorted(customers, key=lambda c: (c.region, c.code))
    return MonthGrid(
        months,
        tuple(
            GridRow(c, tuple(_state(standing.get((c.code, month))) for month in months))
            for c in customers
        ),
    )


def _state(state: InventoryState | None) -> str:
    """What was withdrawn since is as if it had not come."""
    known = (InventoryState.VALID, InventoryState.RETURNED)
    return state.value if state in known else MISSING
