"""Holding the outbox, and what a database that is older than its own work has to be told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.domain.held_outbox import HeldOutbox
from mailflow.domain.message import MessageState
from mailflow.store.connection import Pen, get_meta, set_meta
from mailflow.store.tables import history, mails
from mailflow.store.tables_outbox import outbox

HELD = "outbox_held"
REREAD = "reread_since"
OUTBOX, ALL = "outbox", "all"
MARGIN = timedelta(hours=1)
"""Clocks of several machines differ; a mail that is known already is known again by its bytes."""
NOT_LEFT = (
    *(MessageState.READY, MessageState.RETRY),
    *(MessageState.SENDING, MessageState.END_OF_DATA),
)
MONTH = timedelta(days=31)
LEAST_GAP = 1000
RECENT = sa.select(sa.func.count()).where(mails.c.arrived > sa.bindparam("since"))
UNSENT = sa.select(outbox.c.id, outbox.c.state).where(
    outbox.c.state.in_([s.value for s in NOT_LEFT])
)
DOUBTED = (
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("message"))
    .values(state=MessageState.UNKNOWN.value)
)
NEWEST = sa.select(history.c.at).order_by(history.c.id.desc()).limit(1)


def held_in(connection: sa.Connection) -> HeldOutbox | None:
    told = get_meta(connection, HELD)
    if not told:
        return None
    shape = json.loads(told)
    return HeldOutbox(datetime.fromisoformat(shape["since"]), shape["why"])


def hold_outbox(pen: Pen, why: str) -> str:
    if held_in(pen.connection) is None:
        shape = {"since": pen.now.isoformat(), "why": why}
        set_meta(pen.connection, HELD, json.dumps(shape, ensure_ascii=False))
        pen.note(OUTBOX, ALL, ("open", "held"), why)
    return "held"


def release_outbox(pen: Pen, reason: str) -> str:
    if held_in(pen.connection) is not None:
        set_meta(pen.connection, HELD, "")
        pen.note(OUTBOX, ALL, ("held", "open"), reason)
    return "open"


def take_as_restored(pen: Pen, why: str) -> None:
    """Nothing leaves unseen; no number that was given out since is given out again; mails that were
    filed away since are read anew."""
    hold_outbox(pen, why)
    _doubt(pen)
    _leave_a_gap(pen)
    newest = pen.connection.execute(NEWEST).scalar()
    set_meta(pen.connection, REREAD, ((newest or pen.now) - MARGIN).isoformat())


def _doubt(pen: Pen) -> None:
    """What had not left may have left since: once it is released it is looked for, then sent. That was
    long ago, so nobody waits any more for a copy of it to appear."""
    rows = pen.connection.execute(UNSENT).all()
    for row in rows:
        pen.connection.execute(DOUBTED, {"message": row.id})
        pen.note("message", row.id, (row.state, MessageState.UNKNOWN.value), "database put back")


def reread_since(connection: sa.Connection) -> datetime | None:
    told = get_meta(connection, REREAD)
    return datetime.fromisoformat(told) if told else None


def has_reread(pen: Pen) -> None:
    set_meta(pen.connection, REREAD, "")


def _leave_a_gap(pen: Pen) -> None:
    """Numbers of orders and lists are made of the mails' own, and what was lost had some of them:
    as many as a busy month's are left out."""
    counted = pen.connection.execute(RECENT, {"since": pen.now - MONTH}).scalar_one()
    gap = {"gap": max(LEAST_GAP, counted)}
    if pen.connection.dialect.name == "postgresql":
        moved = "select setval('mails_id_seq', nextval('mails_id_seq') + :gap)"
        pen.connection.execute(sa.text(moved), gap)
        return
    moved = "update sqlite_sequence set seq = seq + :gap where name = 'mails'"
    if not pen.connection.execute(sa.text(moved), gap).rowcount:
        first = "insert into sqlite_sequence (name, seq) values ('mails', :gap)"
        pen.connection.execute(sa.text(first), gap)
