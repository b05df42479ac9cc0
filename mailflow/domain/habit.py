"""What a distributor orders as a rule, told from its last orders; slips of a zero stand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from statistics import median

from mailflow.domain.value import dataclass

FEWEST = 6
"""Orders of a product before anything is usual."""
TIMES = 5
"""How often the median an order may be: a slip of a zero is ten times."""
SPREADS = 8
"""How many spreads it may be above the median, for who orders now little and now much."""
NORMAL = 1.4826
"""The median deviation of normal values, times this, is their standard deviation."""
SETTLED, LATEST = 10, 5
"""A range is settled after so many orders, if the latest of them brought nothing new."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Tins of one product in one order: the median, the most so far, and the most that is no
    surprise. `orders` is how many this was told from."""

    median: float
    most: int
    limit: float
    orders: int


def usual_of(amounts: Sequence[int]) -> Usual | None:
    """None where there are too few to tell. Median and median deviation: one odd order among
    them moves neither."""
    if len(amounts) < FEWEST:
        return None
    middle = median(amounts)
    spread = NORMAL * median(abs(a - middle) for a in amounts)
    limit = max(TIMES * middle, middle + SPREADS * spread, max(amounts))
    return Usual(middle, max(amounts), limit, len(amounts))


@dataclass(frozen=True)
class Habit:
    """`orders` are the last accepted orders of one distributor, oldest first: tins by SKU."""

    orders: tuple[Mapping[str, int], ...] = ()

    def usual(self, sku: str) -> Usual | None:
        return usual_of([order[sku] for order in self.orders if sku in order])

    def is_new(self, sku: str) -> bool:
        """Whether it never ordered this, though it has ordered the same few things for long."""
        return self._is_settled and all(sku not in order for order in self.orders)

    @cached_property
    def _is_settled(self) -> bool:
        if len(self.orders) < SETTLED:
            return False
        before = {sku for order in self.orders[:-LATEST] for sku in order}
        return all(sku in before for order in self.orders[-LATEST:] for sku in order)
