"""When messages left, and how the provider slowed us down: outlives every restart."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.domain.message import MessageState
from mailflow.domain.pace import Slowed, slowed_again
from mailflow.store.connection import Pen, get_meta, set_meta
from mailflow.store.tables_outbox import outbox

SLOWED = "outbox_slowed"
DEPARTED = (
    sa.select(outbox.c.departed)
    .where(outbox.c.departed > sa.bindparam("since"))
    .order_by(outbox.c.departed)
)
OVERDUE = sa.select(sa.func.count()).where(
    outbox.c.state.in_([MessageState.READY.value, MessageState.RETRY.value]),
    outbox.c.due <= sa.bindparam("now"),
)


def slowed_in(connection: sa.Connection) -> Slowed | None:
    told = get_meta(connection, SLOWED)
    if not told:
        return None
    shape = json.loads(told)
    times = tuple(datetime.fromisoformat(at) for at in shape["times"])
    return Slowed(times, datetime.fromisoformat(shape["until"]), shape["why"])


def note_slowed(pen: Pen, asked_for: timedelta, why: str) -> None:
    slowed = slowed_again(slowed_in(pen.connection), asked_for, why, pen.now)
    shape = {
        "times": [at.isoformat() for at in slowed.times],
        "until": slowed.until.isoformat(),
        "why": slowed.why,
    }
    set_meta(pen.connection, SLOWED, json.dumps(shape, ensure_ascii=False))
