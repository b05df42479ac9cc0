"""Messages that had left and came back."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from mailflow.domain.bounce import COMES_BACK, Sent
from mailflow.domain.message import MessageState
from mailflow.store.connection import Pen
from mailflow.store.tables_outbox import outbox

MOST = 50
"""Messages that one report is looked up for."""
OUT = [state.value for state in COMES_BACK]
SENT_AS = (
    sa.select(
        *(outbox.c.id, outbox.c.notice, outbox.c.subject_id, outbox.c.recipient),
        *(outbox.c.subject, outbox.c.created, outbox.c.state),
    )
    .where(outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(outbox.c.id)
    .limit(MOST)
)


def sent_as(connection: sa.Connection, message_ids: Sequence[str]) -> Sequence[Sent]:
    rows = connection.execute(SENT_AS, {"ids": list(message_ids)}) if message_ids else ()
    return [Sent(**{**row._mapping, "state": MessageState(row.state)}) for row in rows]


def come_back(pen: Pen, message: Sent, why: str) -> None:
    this = sa.update(outbox).where(outbox.c.id == message.id, outbox.c.state.in_(OUT))
    after = MessageState.BOUNCED.value
    if pen.connection.execute(this.values(state=after, last_error=why)).rowcount:
        pen.note("message", message.id, (message.state.value, after), why)
