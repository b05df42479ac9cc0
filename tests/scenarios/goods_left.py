"""Goods that left, as rows: for stories that begin after a warehouse has told of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime

from tests.scenarios.house import House


def ship(
    house: House,
    waybill: str = "SF100",
    *,
    day: str = "2026-11-10",
    tins: int | None = None,
    order: str = "DD261110-0001",
) -> None:
    """All of the newest list of an order, or so many tins of each of its lines."""
    at = int(datetime.fromisoformat(f"{day}T16:00:00+08:00").timestamp() * 1_000_000)
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as base, base:
        sheet, order_id = base.execute(
            "select l.id, o.id from dispatch_lists l join orders o on o.id = l.order_id"
            " where o.number = ? order by l.revision desc limit 1",
            (order,),
        ).fetchone()
        number = base.execute(
            "insert into shipments (list_id, mail_id, at, shipped_on, carrier, waybill, state,"
            " fingerprint) values (?, 1, ?, ?, '顺丰', ?, 'counted', ?)",
            (sheet, at, day, waybill, waybill),
        ).lastrowid
        lines = base.execute(
            "select position, sku, tins from list_lines where list_id = ?", (sheet,)
        ).fetchall()
        base.executemany(
            "insert into shipped_lines (shipment_id, position, list_position, sku, tins, batch,"
            " batch_key) values (?, ?, ?, ?, ?, '', '')",
            [(number, p, p, sku, n if tins is None else tins) for p, sku, n in lines],
        )
        if tins is None:
            base.execute("update orders set state = 'shipped' where id = ?", (order_id,))
