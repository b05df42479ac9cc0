"""What has left of each dispatch list, as rows."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from mailflow.store.tables import dispatch_lists, orders
from mailflow.store.tables_shipping import shipments, shipped_lines

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
