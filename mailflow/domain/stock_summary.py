"""What the letter about all stock of a month tells of it; the rest is kept as bytes for its workbook.

Five hundred distributors with sixty products are thirty thousand positions: as values they take a
hundred megabytes, which the daemon does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from typing import Generic, TypeVar

from mailflow.domain.consolidation import (
    Absent,
    Consolidated,
    Expiring,
    Limits,
    MonthSum,
    Position,
    Sums,
)
from mailflow.domain.value import dataclass

FOREMOST = 5
"""Of a list as long as this the letter tells every one, of a longer one so many."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Foremost(Generic[T]):
    """The first of a list, and how long it is."""

    rows: tuple[T, ...]
    count: int

    @staticmethod
    def of(every: Sequence[T]) -> Foremost[T]:
        return Foremost(tuple(every[:FOREMOST]), len(every))


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSummary:
    """`whole` is the `Consolidated` as `sandbox_shapes` packs it, which the press alone opens.

    Regions and products are told by their names, that of an unknown region is empty.
    """

    month: date
    expected: int
    missing: tuple[Absent, ...]
    limits: Limits
    total: Sums
    dry: Foremost[Position]
    over: Foremost[Position]
    expiring: Foremost[Expiring]
    expiring_tins: int
    regions: tuple[Sums, ...]
    products: tuple[Sums, ...]
    months: tuple[MonthSum, ...]
    whole: bytes = field(repr=False)

    @property
    def reported(self) -> int:
        return self.expected - len(self.missing)


def summary_of(stock: Consolidated, whole: bytes) -> StockSummary:
    return StockSummary(
        month=stock.month,
        expected=stock.expected,
        missing=stock.missing,
        limits=stock.limits,
        total=stock.total,
        dry=Foremost.of(stock.dry),
        over=Foremost.of(stock.over),
        expiring=Foremost.of(stock.expiring),
        expiring_tins=stock.expiring_tins,
        regions=stock.sums(lambda p: p.region),
        products=stock.sums(lambda p: p.product),
        months=stock.trend.months,
        whole=whole,
    )
