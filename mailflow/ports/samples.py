"""The door to sample tins that stores used too few of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from mailflow.domain.order import BookedOrder
from mailflow.domain.shortfall import Shortfall, Shortfalls


class Samples(Protocol):
    """Within a write transaction."""

    def open_ones(self, without: Collection[str] = ()) -> Shortfalls:
        """All that are not settled, as if the orders named had taken nothing."""
        ...

    def load(self, number: str) -> Shortfall | None: ...
    def keep(self, shortfalls: Sequence[Shortfall], reason: str) -> None:
        """Each as it is now; what orders took of it stays taken."""
        ...

    def take(self, order: BookedOrder) -> None:
        """Keep what the lines of an order were given less; the database refuses it twice."""
        ...

    def waive(self, number: str, reason: str) -> None: ...
