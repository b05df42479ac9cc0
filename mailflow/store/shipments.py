"""What has left of each dispatch list, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from mailflow.domain.batch import batch_key
from mailflow.domain.shipping import ListedLine, ListOut, Load, SentLine
from mailflow.store.connection import Pen
from mailflow.store.tables import dispatch_lists, orders
from mailflow.store.tables_outbox import outbox
from mailflow.store.tables_shipping import list_lines, shipments, shipped_lines

COUNTED = "counted"
SHIPPED_OF = (
    sa.select(shipped_lines.c.sku, sa.func.sum(shipped_lines.c.tins).label("tins"))
    .join(shipments, shipments.c.id == shipped_lines.c.shipment_id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(orders.c.number == sa.bindparam("of_order"), shipments.c.state == COUNTED)
    .group_by(shipped_lines.c.sku)
)


def shipped_of(connection: sa.Connection, number: str) -> Mapping[str, int]:
    """Tins by SKU, over all lists and revisions of an order; lines of none are left out."""
    rows = connection.execute(SHIPPED_OF, {"of_order": number})
    return {sku: int(tins) for sku, tins in rows if tins}


LISTS = (
    sa.select(
        *(dispatch_lists.c.id, dispatch_lists.c.number, dispatch_lists.c.revision),
        orders.c.number.label("order_number"),
        orders.c.revision.label("order_revision"),
    )
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(dispatch_lists.c.number == sa.bindparam("of_list"))
    .order_by(dispatch_lists.c.revision.desc())
)
LINES = (
    sa.select(list_lines.c.position, list_lines.c.sku, list_lines.c.tins)
    .where(list_lines.c.list_id == sa.bindparam("of_id"))
    .order_by(list_lines.c.position)
)
LOADS = (
    sa.select(shipments)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .where(dispatch_lists.c.number == sa.bindparam("of_list"), shipments.c.state == COUNTED)
    .order_by(shipments.c.id)
)
SENT = (
    sa.select(shipped_lines)
    .where(shipped_lines.c.shipment_id == sa.bindparam("of_id"))
    .order_by(shipped_lines.c.position)
)
SHIP = sa.insert(shipments).values(state=COUNTED).returning(shipments.c.id)
SHIP_LINES = sa.insert(shipped_lines)
REPLACE = (
    sa.update(shipments)
    .where(shipments.c.id == sa.bindparam("of_id"), shipments.c.state == COUNTED)
    .values(state="replaced")
)
POINTED = (
    sa.select(outbox.c.subject_id, outbox.c.revision)
    .where(
        outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)),
        outbox.c.notice == "dispatch-list",
    )
    .distinct()
)
MOST_IDS = 30


class NotCounted(Exception):
    """A load is replaced that counts no more; nothing of it is committed."""


def lists_out(connection: sa.Connection, number: str) -> tuple[ListOut, ...]:
    """All revisions of a list, the newest first; each with every load that counts for its number."""
    loads = tuple(
        Load(
            id=row.id,
            carrier=row.carrier,
            waybill=row.waybill,
            shipped_on=row.shipped_on,
            lines=_sent(connection, row.id),
        )
        for row in connection.execute(LOADS, {"of_list": number}).all()
    )
    return tuple(
        ListOut(
            id=row.id,
            number=row.number,
            revision=row.revision,
            order=row.order_number,
            order_revision=row.order_revision,
            lines=tuple(ListedLine(*line) for line in connection.execute(LINES, {"of_id": row.id})),
            loads=loads,
        )
        for row in connection.execute(LISTS, {"of_list": number}).all()
    )


def _sent(connection: sa.Connection, shipment_id: int) -> tuple[SentLine, ...]:
    return tuple(
        SentLine(
            sku=row.sku,
            tins=row.tins,
            batch=row.batch,
            produced=row.produced,
            expires=row.expires,
            list_position=row.list_position,
        )
        for row in connection.execute(SENT, {"of_id": shipment_id})
    )


def pointed_lists(connection: sa.Connection, ids: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Number and revision of the lists that messages of ours brought, by their Message-IDs."""
    if not ids:
        return ()
    rows = connection.execute(POINTED, {"ids": list(ids[:MOST_IDS])})
    return tuple((row.subject_id, row.revision) for row in rows)


def ship(pen: Pen, sheet: ListOut, load: Load, mail_id: int) -> None:
    """Keep a load of a list; the database refuses the same one twice."""
    row = {
        "list_id": sheet.id,
        "mail_id": mail_id,
        "at": pen.now,
        "shipped_on": load.shipped_on,
        "carrier": load.carrier,
        "waybill": load.waybill,
        "fingerprint": load.fingerprint,
    }
    number = pen.connection.execute(SHIP, row).scalar_one()
    lines = [
        {
            "shipment_id": number,
            "position": position,
            "list_position": line.list_position,
            "sku": line.sku,
            "tins": line.tins,
            "batch": line.batch,
            "batch_key": batch_key(line.batch),
            "produced": line.produced,
            "expires": line.expires,
        }
        for position, line in enumerate(load.lines)
    ]
    if lines:
        pen.connection.execute(SHIP_LINES, lines)
    pen.note("shipment", number, ("", COUNTED), f"M{mail_id}")
    pen.note("order", sheet.order, ("listed", "sent"), _told(sheet, load, mail_id))


def unship(pen: Pen, sheet: ListOut, load: Load, reason: str) -> None:
    """A load counts no more; raises `NotCounted` where it did not."""
    if not pen.connection.execute(REPLACE, {"of_id": load.id}).rowcount:
        raise NotCounted(f"shipment {load.id} of {sheet.number} does not count")
    pen.note("shipment", load.id or 0, (COUNTED, "replaced"), reason)
    pen.note("order", sheet.order, ("sent", "unsent"), reason)


def _told(sheet: ListOut, load: Load, mail_id: int) -> str:
    said = (load.carrier, load.waybill, str(load.shipped_on or ""))
    goods = f"{sum(load.tins.values())} tins"
    return " ".join(
        filter(None, (f"M{mail_id}", f"{sheet.number} R{sheet.revision}", *said, goods))
    )


STORY = (
    sa.select(shipments, dispatch_lists.c.number.label("list"), dispatch_lists.c.revision)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .where(dispatch_lists.c.order_id.in_(sa.bindparam("order_ids", expanding=True)))
    .order_by(shipments.c.id)
)


def loads_told(connection: sa.Connection, order_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every load of an order for its story, those too that count no more."""
    rows = connection.execute(STORY, {"order_ids": list(order_ids)}).all()
    return [
        {
            "list": f"{row.list} R{row.revision}",
            "state": row.state,
            "shipped_on": row.shipped_on.isoformat() if row.shipped_on else None,
            "carrier": row.carrier,
            "waybill": row.waybill,
            "mail_id": row.mail_id,
            "goods": [
                f"{line.sku} {line.tins}" + (f" {line.batch}" if line.batch else "")
                for line in _sent(connection, row.id)
            ],
        }
        for row in rows
    ]
