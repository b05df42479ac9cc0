"""Lists of which goods are still to leave, loads that are still under way, and what was delivered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.batch import batch_key
from mailflow.domain.delivery import Delivered
from mailflow.domain.goods_clock import UnderWay, Unshipped
from mailflow.domain.order import OrderState
from mailflow.store.connection import Pen
from mailflow.store.shipments import COUNTED
from mailflow.store.tables import dispatch_lists, jobs, orders
from mailflow.store.tables_shipping import deliveries, list_lines, shipments, shipped_lines

MOST_AT_ONCE = 500
NAMES = (orders.c.number.label("order_number"), orders.c.region)
# A whole order is large: its reader would hold one for each line of each list.
DISTRIBUTOR = orders.c.content["customer", "name"].as_string().label("distributor")
OPEN = (
    sa.select(
        dispatch_lists.c.number,
        dispatch_lists.c.revision,
        dispatch_lists.c.created,
        dispatch_lists.c.order_id,
        *NAMES,
        sa.func.sum(list_lines.c.tins).label("tins"),
    )
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .join(list_lines, list_lines.c.list_id == dispatch_lists.c.id)
    .where(orders.c.state == OrderState.ACCEPTED.value)
    .group_by(dispatch_lists.c.id, orders.c.id)
    .order_by(dispatch_lists.c.id)
)
TOLD_OF = (
    sa.select(dispatch_lists.c.number)
    .join(shipments, shipments.c.list_id == dispatch_lists.c.id)
    .where(shipments.c.state == COUNTED)
)
LINES = (
    sa.select(
        dispatch_lists.c.number,
        dispatch_lists.c.revision,
        list_lines.c.sku,
        sa.func.sum(list_lines.c.tins).label("tins"),
    )
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .join(list_lines, list_lines.c.list_id == dispatch_lists.c.id)
    .where(orders.c.state == OrderState.ACCEPTED.value, dispatch_lists.c.number.in_(TOLD_OF))
    .group_by(dispatch_lists.c.id, list_lines.c.sku)
)
"""Of lists of which something left: of all others nothing is to be reckoned."""
WHOSE = sa.select(orders.c.id, DISTRIBUTOR).where(
    orders.c.state == OrderState.ACCEPTED.value,
    orders.c.id.in_(sa.select(dispatch_lists.c.order_id)),
)
LEFT = (
    sa.select(
        dispatch_lists.c.number,
        shipped_lines.c.sku,
        sa.func.sum(shipped_lines.c.tins).label("tins"),
    )
    .join(shipments, shipments.c.id == shipped_lines.c.shipment_id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(shipments.c.state == COUNTED)
    .group_by(dispatch_lists.c.number, shipped_lines.c.sku)
)
LOADS = (
    sa.select(shipments, dispatch_lists.c.number, dispatch_lists.c.revision, *NAMES, DISTRIBUTOR)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .outerjoin(deliveries, deliveries.c.shipment_id == shipments.c.id)
    .where(shipments.c.state == COUNTED, deliveries.c.shipment_id.is_(None))
    .order_by(shipments.c.id)
)
ARRIVED = (
    sa.select(dispatch_lists.c.number, shipments.c.waybill)
    .join(deliveries, deliveries.c.shipment_id == shipments.c.id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .where(shipments.c.waybill != "")
)
DONE = sa.select(jobs.c.job, jobs.c.period).where(
    jobs.c.job.in_(sa.bindparam("of", expanding=True))
)
DELIVER = sa.insert(deliveries)


def unshipped(connection: sa.Connection) -> Iterator[Unshipped]:
    left: dict[tuple[str, str], int] = {
        (row.number, row.sku): int(row.tins) for row in connection.execute(LEFT)
    }
    sent: defaultdict[tuple[str, int], int] = defaultdict(int)
    for row in connection.execute(LINES):
        sent[row.number, row.revision] += min(left.get((row.number, row.sku), 0), int(row.tins))
    whose = {row.id: row.distributor or "" for row in connection.execute(WHOSE)}
    for each in connection.execute(OPEN):
        tins, gone = int(each.tins), sent[each.number, each.revision]
        if tins > gone:
            yield Unshipped(
                sheet=each.number,
                revision=each.revision,
                order=each.order_number,
                distributor=whose.get(each.order_id, ""),
                region=each.region,
                created=each.created,
                tins=tins,
                left=gone,
            )


def under_way(connection: sa.Connection, zone: ZoneInfo) -> tuple[UnderWay, ...]:
    """A load that was told anew under the waybill of one that was delivered is so too. Where no day
    was told it left on the day of the mail that told it."""
    arrived = {(row.number, batch_key(row.waybill)) for row in connection.execute(ARRIVED)}
    return tuple(
        UnderWay(
            id=row.id,
            sheet=row.number,
            revision=row.revision,
            order=row.order_number,
            distributor=row.distributor or "",
            region=row.region,
            carrier=row.carrier,
            waybill=row.waybill,
            shipped_on=row.shipped_on or row.at.astimezone(zone).date(),
        )
        for row in connection.execute(LOADS)
        if (row.number, batch_key(row.waybill)) not in arrived
    )


def arrived(connection: sa.Connection) -> frozenset[str]:
    return frozenset(batch_key(row.waybill) for row in connection.execute(ARRIVED))


def asked_on(connection: sa.Connection, names: Sequence[str]) -> Mapping[str, tuple[date, ...]]:
    """On which days each of these jobs was done."""
    found: defaultdict[str, tuple[date, ...]] = defaultdict(tuple)
    for start in range(0, len(names), MOST_AT_ONCE):
        for row in connection.execute(DONE, {"of": list(names[start : start + MOST_AT_ONCE])}):
            found[row.job] += (date.fromisoformat(row.period),)
    return found


def deliver(pen: Pen, told: Delivered, mail_id: int) -> None:
    """Once a load: the database refuses a second time."""
    load = told.load
    row = {
        "shipment_id": load.id,
        "mail_id": mail_id,
        "at": pen.now,
        "delivered_on": told.day,
        "signed_by": told.signed_by,
    }
    pen.connection.execute(DELIVER, row)
    said = (f"M{mail_id}", f"{load.sheet} R{load.revision}", load.carrier, load.waybill)
    day = str(told.day or "")
    text = " ".join(filter(None, (*said, day, told.signed_by)))
    pen.note("shipment", load.id, (COUNTED, "delivered"), f"M{mail_id}")
    pen.note("order", load.order, ("sent", "delivered"), text)
