"""The part of a write transaction that is about goods: lists that are out, and what left of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from mailflow.domain.batch import Traced
from mailflow.domain.delivery import Delivered
from mailflow.domain.goods_clock import UnderWay
from mailflow.domain.order import BookedOrder, Listed, list_number
from mailflow.domain.shipping import ListOut, Load
from mailflow.store import goods_clock, shipments, shortages, unsent
from mailflow.store.batches import traced
from mailflow.store.connection import Pen


class GoodsWork:
    """What `ports.Work` says of shipments."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def shipped_of(self, number: str) -> Mapping[str, int]:
        return shipments.shipped_of(self._connection, number)

    def lists_out(self, number: str) -> tuple[ListOut, ...]:
        return shipments.lists_out(self._connection, number)

    def pointed_lists(self, message_ids: Sequence[str]) -> tuple[tuple[str, int], ...]:
        return shipments.pointed_lists(self._connection, message_ids)

    def ship(self, sheet: ListOut, load: Load, mail_id: int) -> None:
        shipments.ship(self._pen, sheet, load, mail_id)

    def unship(self, sheet: ListOut, load: Load, reason: str) -> None:
        shipments.unship(self._pen, sheet, load, reason)

    def traced(self, batch: str) -> Traced:
        return traced(self._connection, batch)

    def is_unsent(self, number: str, revision: int) -> bool:
        return unsent.is_unsent(self._pen, number, revision)

    def listed(self, order: BookedOrder) -> Listed:
        number, in_force = list_number(order.number), (order.revision, order.amends)
        own = [out for out in self.lists_out(number) if out.order_revision in in_force]
        if not own and not shortages.is_supplied(self._connection, order):
            return Listed.NEVER
        is_unsent = order.amends is None and self.is_unsent(number, order.revision)
        return Listed.UNSENT if is_unsent else Listed.OUT

    def withdraw(self, number: str, revision: int, reason: str) -> None:
        unsent.withdraw(self._pen, number, revision, reason)

    def under_way(self, zone: ZoneInfo) -> Sequence[UnderWay]:
        return goods_clock.under_way(self._connection, zone)

    def arrived(self) -> frozenset[str]:
        return goods_clock.arrived(self._connection)

    def deliver(self, told: Delivered, mail_id: int) -> None:
        goods_clock.deliver(self._pen, told, mail_id)
