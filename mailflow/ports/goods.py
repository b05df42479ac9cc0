"""What a write transaction does with goods: stock, lists, loads, deliveries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

from mailflow.domain.allocation import Covers, Free, Shortage, StockCount
from mailflow.domain.batch import Traced
from mailflow.domain.delivery import Delivered
from mailflow.domain.goods_clock import UnderWay
from mailflow.domain.order import BookedOrder, DispatchList, Listed
from mailflow.domain.shipping import ListOut, Load


class Stock(Protocol):
    """What is free, in tins by SKU (domain/allocation.py)."""

    def free(self) -> Mapping[str, Free]:
        """What a new order may have, by warehouse; those that lack something go before it. A
        warehouse that never told its stock is not among them."""
        ...

    def available(self, count: StockCount) -> Free:
        """What is left of a count without what lists in force still have to take and what has left
        since; not yet without what orders lack."""
        ...


class Shortages(Protocol):
    """What accepted orders lack."""

    def keep(self, order: BookedOrder, short: Sequence[int]) -> None:
        """What each line of an order lacks, in tins."""
        ...

    def open_ones(self) -> tuple[tuple[Shortage, str], ...]:
        """Every open one with the region of its order, the oldest first."""
        ...

    def supplied(self, order: BookedOrder) -> Mapping[str, BookedOrder]:
        """The numbers of its supplementary lists, each with the lines of the order that it sends."""
        ...

    def next_supply(self, order: str) -> str:
        """The number that the next supplementary list of an order gets."""
        ...

    def propose(self, number: str, covers: Covers) -> None:
        """A list of that number is asked about."""
        ...

    def supply(self, sheet: DispatchList, covers: Covers) -> None:
        """A list that was issued sends them."""
        ...


class GoodsWork(Protocol):
    """Of dispatch lists, what is in stock, and what has left."""

    @property
    def shortages(self) -> Shortages: ...
    def shipped_of(self, number: str) -> Mapping[str, int]:
        """Tins by SKU that have left of an order, on all its lists together; empty where nothing
        has: only then can its lists still be changed."""
        ...

    def lists_out(self, number: str) -> tuple[ListOut, ...]:
        """Every revision of a dispatch list, the newest first; empty where there is none."""
        ...

    def pointed_lists(self, message_ids: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """Number and revision of the lists that these messages of ours brought."""
        ...

    def ship(self, sheet: ListOut, load: Load, mail_id: int) -> None:
        """Keep what a mail told of a list; the same load twice is refused by the database."""
        ...

    def under_way(self, zone: ZoneInfo) -> Sequence[UnderWay]:
        """Loads that nobody has said to be delivered, oldest first."""
        ...

    def arrived(self) -> frozenset[str]:
        """The keys of all waybills that were delivered."""
        ...

    def deliver(self, told: Delivered, mail_id: int) -> None:
        """A load has arrived; the database refuses to hear it twice."""
        ...

    def unship(self, sheet: ListOut, load: Load, reason: str) -> None:
        """A load that was told wrongly counts no more; raises where it did not count."""
        ...

    def traced(self, batch: str) -> Traced:
        """Who got a batch, however it is written."""
        ...

    def is_unsent(self, number: str, revision: int) -> bool:
        """Whether a dispatch list has left to nobody; none leaves before this work ends."""
        ...

    def listed(self, order: BookedOrder) -> Listed:
        """Whether there is a list of this revision, or of the one it amends, and whether any of
        them has left; none leaves before this work ends."""
        ...

    def withdraw(self, number: str, revision: int, reason: str) -> None:
        """Keep back the copies of a dispatch list that have not left."""
        ...

    def stock(self, without: Collection[str] = ()) -> Stock:
        """As the books stand in this transaction, without the orders that are named."""
        ...

    def count_of(self, warehouse: str) -> StockCount | None:
        """The newest count of a warehouse."""
        ...

    def take_stock(self, count: StockCount, mail_id: int) -> None: ...
