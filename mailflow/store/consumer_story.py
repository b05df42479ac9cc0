"""What an operator sees of a list of consumers: how many, where, who calls; of a person only the ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from mailflow.store.connection import Pen
from mailflow.store.consumers import consumer_of
from mailflow.store.shown import shown
from mailflow.store.tables import history
from mailflow.store.tables_consumers import consumer_lists, consumers

SHOWN = (
    *("cell", "region", "store", "store_code", "distributor", "product"),
    *("name", "phone", "baby"),
)
ROWS = sa.select(consumers, consumer_lists.c.number, consumer_lists.c.state).join(
    consumer_lists, consumer_lists.c.id == consumers.c.list_id
)


def consumers_story(connection: sa.Connection, number: str) -> Mapping[str, Any] | None:
    """None where there is no such list."""
    chosen = sa.select(consumer_lists).where(consumer_lists.c.number == number)
    found = connection.execute(chosen).first()
    if found is None:
        return None
    rows = connection.execute(ROWS.where(consumers.c.list_id == found.id).order_by(consumers.c.id))
    told = sa.select(history).where(history.c.kind == "consumers", history.c.subject_id == number)
    names = ("number", "mail_id", "sender", "received", "consumers", "state")
    happened = ("at", "before", "after", "by", "reason")
    return {
        **{name: shown(found._mapping[name]) for name in names},
        "people": [_masked(row) for row in rows],
        "history": [
            {name: shown(row._mapping[name]) for name in happened}
            for row in connection.execute(told.order_by(history.c.id))
        ],
    }


def note_access(pen: Pen, number: str, how: str) -> None:
    chosen = sa.select(consumer_lists.c.state).where(consumer_lists.c.number == number)
    state = pen.connection.execute(chosen).scalar_one()
    pen.note("consumers", number, (state, state), how)


def exported(pen: Pen) -> Sequence[Mapping[str, Any]]:
    """Committed together with what says that it was looked at."""
    rows = pen.connection.execute(ROWS.order_by(consumers.c.id)).all()
    for number, state in dict.fromkeys((row.number, row.state) for row in rows):
        pen.note("consumers", number, (state, state), "export")
    return [{"number": row.number, **_masked(row)} for row in rows]


def _masked(row: sa.Row[Any]) -> dict[str, Any]:
    masked = consumer_of(row).masked()
    return {**{name: getattr(masked, name) for name in SHOWN}, "agent": row.agent}
