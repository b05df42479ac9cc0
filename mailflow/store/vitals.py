"""What waits for the daemon itself: two counts that indexes answer, whatever else the tables hold."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.vitals import Waiting
from mailflow.store.tables import mails
from mailflow.store.tables_outbox import outbox

UNSENT = (
    MessageState.READY,
    MessageState.SENDING,
    MessageState.END_OF_DATA,
    MessageState.RETRY,
)
TOLD = (*UNSENT, MessageState.UNKNOWN, MessageState.FAILED)
MAILS = sa.select(sa.func.count(), sa.func.min(mails.c.arrived)).where(
    mails.c.state == MailState.WAITING.value
)
MESSAGES = (
    sa.select(outbox.c.state, sa.func.count(), sa.func.min(outbox.c.created))
    .where(outbox.c.state.in_([state.value for state in TOLD]))
    .group_by(outbox.c.state)
)


def waiting_in(connection: sa.Connection) -> Waiting:
    undecided, since = connection.execute(MAILS).one()
    by_state = {row[0]: (row[1], row[2]) for row in connection.execute(MESSAGES)}
    unsent = [by_state[state.value] for state in UNSENT if state.value in by_state]
    return Waiting(
        mails=undecided,
        mails_since=since,
        messages=sum(n for n, _ in unsent),
        messages_since=min((created for _, created in unsent), default=None),
        in_doubt=by_state.get(MessageState.UNKNOWN.value, (0, None))[0],
        failed=by_state.get(MessageState.FAILED.value, (0, None))[0],
    )
