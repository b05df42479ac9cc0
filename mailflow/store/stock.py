"""What is free in the warehouses: counted, less what is promised and what has left since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.allocation import Free, StockCount, less
from mailflow.domain.order import OrderState
from mailflow.domain.register import Register
from mailflow.store.connection import Pen
from mailflow.store.shipments import COUNTED
from mailflow.store.tables import dispatch_lists, orders
from mailflow.store.tables_shipping import list_lines, shipments, shipped_lines
from mailflow.store.tables_stock import shortages, stock_counts, stock_lines

PROMISED_FOR = timedelta(days=30)
"""An older list that nothing was ever told of has left long ago, or never will: it holds nothing."""

ANY = sa.select(stock_counts.c.id).limit(1)
_newest = (
    sa.select(sa.func.max(stock_counts.c.id)).group_by(stock_counts.c.warehouse).scalar_subquery()
)
IN_FORCE = sa.select(stock_counts).where(stock_counts.c.id.in_(_newest))
LINES = sa.select(stock_lines.c.sku, stock_lines.c.tins).where(
    stock_lines.c.count_id == sa.bindparam("of_count")
)
COUNT = sa.insert(stock_counts).returning(stock_counts.c.id)
COUNT_LINES = sa.insert(stock_lines)
NOT_OF = orders.c.number.not_in(sa.bindparam("of_orders", expanding=True))
LISTED = (
    sa.select(
        list_lines.c.list_id,
        orders.c.region,
        list_lines.c.sku,
        sa.func.sum(list_lines.c.tins).label("tins"),
    )
    .join(dispatch_lists, dispatch_lists.c.id == list_lines.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(
        orders.c.state == OrderState.ACCEPTED.value,
        dispatch_lists.c.created >= sa.bindparam("since", type_=dispatch_lists.c.created.type),
        NOT_OF,
    )
    .group_by(list_lines.c.list_id, orders.c.region, list_lines.c.sku)
)
SENT = (
    sa.select(
        *(shipments.c.list_id, orders.c.region, shipped_lines.c.sku, shipped_lines.c.tins),
        *(shipments.c.shipped_on, shipments.c.at),
    )
    .join(shipments, shipments.c.id == shipped_lines.c.shipment_id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(
        shipments.c.state == COUNTED,
        dispatch_lists.c.created >= sa.bindparam("since", type_=dispatch_lists.c.created.type),
    )
)
LACKING = (
    sa.select(orders.c.region, shortages.c.sku, sa.func.sum(shortages.c.tins).label("tins"))
    .join(
        orders,
        sa.and_(
            orders.c.number == shortages.c.order_number, orders.c.revision == shortages.c.revision
        ),
    )
    .where(shortages.c.state == "open", NOT_OF)
    .group_by(orders.c.region, shortages.c.sku)
)


def counts_in_force(connection: sa.Connection) -> Mapping[str, StockCount]:
    """The newest of each warehouse, by its name."""
    return {
        row.warehouse: StockCount(row.warehouse, row.day, row.taken, _tins(connection, row.id))
        for row in connection.execute(IN_FORCE).all()
    }


def _tins(connection: sa.Connection, count_id: int) -> dict[str, int]:
    return {sku: int(tins) for sku, tins in connection.execute(LINES, {"of_count": count_id})}


def take(pen: Pen, count: StockCount, mail_id: int) -> None:
    """From now on it is what lies there; what was counted before is history."""
    before = counts_in_force(pen.connection).get(count.warehouse)
    row = {"warehouse": count.warehouse, "day": count.day, "taken": count.taken}
    number = pen.connection.execute(COUNT, {**row, "mail_id": mail_id}).scalar_one()
    lines = [{"count_id": number, "sku": s, "tins": t} for s, t in sorted(count.tins.items())]
    if lines:
        pen.connection.execute(COUNT_LINES, lines)
    states = (before.day.isoformat() if before else "", count.day.isoformat())
    pen.note("stock", count.warehouse, states, f"M{mail_id}")


class Stock:
    """The stock as the books stand at a moment; `without` leaves orders out of them, as if they had
    never been listed."""

    def __init__(
        self,
        connection: sa.Connection,
        register: Register,
        zone: ZoneInfo,
        without: Collection[str] = (),
    ) -> None:
        self._connection = connection
        self._register = register
        self._zone = zone
        self._without = list(without)

    def free(self) -> Mapping[str, Free]:
        """What a new order may have, by warehouse: those that lack something go before it."""
        if self._connection.execute(ANY).first() is None:
            return {}
        lacking = list(self._connection.execute(LACKING, {"of_orders": self._without}))
        return {
            warehouse: less(
                self.available(count),
                ((sku, tins) for region, sku, tins in lacking if self._is_of(region, warehouse)),
            )
            for warehouse, count in counts_in_force(self._connection).items()
        }

    def available(self, count: StockCount) -> Free:
        """What is left of a count without what lists in force still have to take, and without what
        has left since; not yet without what orders lack."""
        since = count.taken - PROMISED_FOR
        taken = [(sku, tins) for sku, tins in self._promised(since, count.warehouse)]
        return less(count.tins, (*taken, *self._left_since(count, since)))

    def _promised(self, since: datetime, warehouse: str) -> Iterator[tuple[str, int]]:
        sent: dict[tuple[int, str], int] = defaultdict(int)
        for row in self._connection.execute(SENT, {"since": since}):
            sent[row.list_id, row.sku] += row.tins
        listed = self._connection.execute(LISTED, {"since": since, "of_orders": self._without})
        for list_id, region, sku, tins in listed:
            open_ = int(tins) - sent[list_id, sku]
            if open_ > 0 and self._is_of(region, warehouse):
                yield sku, open_

    def _left_since(self, count: StockCount, since: datetime) -> Iterator[tuple[str, int]]:
        for row in self._connection.execute(SENT, {"since": since}):
            booked_on = row.at.astimezone(self._zone).date()
            is_ours = self._is_of(row.region, count.warehouse)
            if is_ours and not count.holds(row.shipped_on, row.at, booked_on):
                yield row.sku, row.tins

    def _is_of(self, region: str, warehouse: str) -> bool:
        return self._register.warehouse_of(region) == warehouse
