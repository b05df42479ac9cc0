"""What is told of shortfalls of sample tins: all of them, and one with the orders that got fewer for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from mailflow.domain.shortfall import Shortfall
from mailflow.store.samples import LOAD, ROWS, shortfall_of
from mailflow.store.shown import shown
from mailflow.store.tables_samples import sample_shortfalls, sample_takes

EVERY = ROWS.order_by(sample_shortfalls.c.month, sample_shortfalls.c.number)
TAKES = (
    sa.select(sample_takes)
    .where(sample_takes.c.number == sa.bindparam("of"))
    .order_by(sample_takes.c.id)
)
SAID = (
    "number",
    "distributor",
    "store",
    "sku",
    "heard",
    "used",
    "standard",
    "tins",
    "taken",
    "left",
)
"""`standard` is of a thousand tins; `left` is still to be taken off, below zero where too much was."""


def every_shortfall(connection: sa.Connection, state: str | None) -> Iterator[dict[str, Any]]:
    for row in connection.execute(EVERY, {"of_orders": []}):
        told = _told(shortfall_of(row))
        if state is None or told["state"] == state:
            yield told


def shortfall_story(connection: sa.Connection, number: str) -> dict[str, Any] | None:
    row = connection.execute(LOAD, {"of_number": number, "of_orders": []}).first()
    if row is None:
        return None
    takes = [
        {
            "order": f"{take.order_number} R{take.revision}",
            "line": take.position + 1,
            "tins": take.tins,
            "state": take.state,
            "at": shown(take.at),
        }
        for take in connection.execute(TAKES, {"of": number})
    ]
    return {**_told(shortfall_of(row)), "orders_less": takes}


def _told(shortfall: Shortfall) -> dict[str, Any]:
    told = {name: getattr(shortfall, name) for name in SAID}
    state = "waived" if shortfall.is_waived else "open" if shortfall.left else "settled"
    return {**told, "month": f"{shortfall.month:%Y-%m}", "state": state}
