"""Who got a batch: read straight from what left, so that a recall takes minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from mailflow.domain.batch import BatchLine, Traced, batch_key
from mailflow.domain.value import dataclass
from mailflow.store.shown import shown
from mailflow.store.tables import cases, dispatch_lists, orders
from mailflow.store.tables_shipping import shipments, shipped_lines

_LEFT = (
    sa.select(
        shipped_lines,
        *(shipments.c.shipped_on, shipments.c.at, shipments.c.carrier, shipments.c.waybill),
        *(dispatch_lists.c.number.label("sheet"), dispatch_lists.c.revision),
        *(orders.c.number.label("order_number"), orders.c.distributor, orders.c.region),
        orders.c.id.label("order_id"),
    )
    .join(shipments, shipments.c.id == shipped_lines.c.shipment_id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(shipments.c.state == "counted")
    .order_by(orders.c.distributor, shipments.c.id, shipped_lines.c.position)
)
ORDER = sa.select(orders.c.content).where(orders.c.id == sa.bindparam("of_order"))
OF_BATCH = _LEFT.where(shipped_lines.c.batch_key == sa.bindparam("of_key"))
UNSAID = _LEFT.where(
    shipped_lines.c.batch_key == "",
    shipped_lines.c.tins > 0,
    shipped_lines.c.sku.in_(sa.bindparam("skus", expanding=True)),
)


MOST_KNOWN = 200
"""Orders whose names are at hand; lines come by distributor, and so an order's close together."""
ABOUT_GOODS = ("list-", "shipment-", "report-doubt", "report-total", "report-figure")
"""Codes by which a case is told to be of a paper about goods that is not booked."""
UNBOOKED = (
    sa.select(cases.c.number)
    .where(cases.c.kind == "mail", cases.c.state == "open")
    .where(sa.or_(*(cases.c.reason.contains(code, autoescape=True) for code in ABOUT_GOODS)))
    .order_by(cases.c.id)
)
NAMED = _LEFT.where(shipped_lines.c.batch_key != "")


def every_batch(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """All that left with a batch, by distributor."""
    for line in _lines(connection, connection.execute(NAMED)):
        yield _told(line)


def batch_story(connection: sa.Connection, batch: str) -> dict[str, Any] | None:
    """Who got a batch, as values; None where no shipment names it."""
    found = traced(connection, batch)
    if not found.lines:
        return None
    return {
        "batch": found.batch,
        "tins": found.tins,
        "distributors": found.distributors,
        "shipments": [_told(line) for line in found.lines],
        "without_batch": [_told(line) for line in found.unsaid],
        "not_booked_yet": list(found.unbooked),
    }


def _told(line: BatchLine) -> dict[str, Any]:
    return {field.name: shown(getattr(line, field.name)) for field in fields(line)}


def traced(connection: sa.Connection, batch: str) -> Traced:
    key = batch_key(batch)
    if not key:
        return Traced(batch, ())
    unbooked = tuple(connection.execute(UNBOOKED).scalars())
    lines = tuple(_lines(connection, connection.execute(OF_BATCH, {"of_key": key})))
    skus = sorted({line.sku for line in lines})
    unsaid = _lines(connection, connection.execute(UNSAID, {"skus": skus})) if skus else ()
    return Traced(lines[0].batch if lines else batch, lines, tuple(unsaid), unbooked)


@dataclass(frozen=True, slots=True)
class _Names:
    """What an order calls its distributor, who looks after him, and its products by SKU."""

    distributor: str
    manager: str
    products: Mapping[str, str]


def _names(connection: sa.Connection, order_id: int) -> _Names:
    content = connection.execute(ORDER, {"of_order": order_id}).scalar_one()
    customer = content.get("customer") or {}
    products = {line["sku"]: line["name"] for line in content.get("lines", ())}
    return _Names(customer.get("name", ""), customer.get("regional_manager", ""), products)


def _lines(connection: sa.Connection, rows: sa.CursorResult[Any]) -> Iterator[BatchLine]:
    """Each order is read once, and not with each of its lines: it is a hundred times as large."""
    known: dict[int, _Names] = {}
    for row in rows:
        if row.order_id not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[row.order_id] = _names(connection, row.order_id)
        names = known[row.order_id]
        yield BatchLine(
            batch=row.batch,
            sku=row.sku,
            product=names.products.get(row.sku, ""),
            tins=row.tins,
            distributor=row.distributor,
            name=names.distributor,
            region=row.region,
            manager=names.manager,
            order=row.order_number,
            sheet=f"{row.sheet} R{row.revision}",
            shipped_on=row.shipped_on,
            at=row.at,
            carrier=row.carrier,
            waybill=row.waybill,
            expires=row.expires,
        )
