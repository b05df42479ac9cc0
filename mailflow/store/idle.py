"""How often somebody was answered lately without anything being decided."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from mailflow.desk.idle import ANSWERS
from mailflow.domain.notice_orders import AnswerNotice
from mailflow.domain.sender_proof import UNACKNOWLEDGED
from mailflow.store.tables import mails, orders
from mailflow.store.tables_outbox import outbox

OF_MAIL = orders.c.mail_id == mails.c.id
ANSWERED = sa.exists().where(outbox.c.mail_id == mails.c.id, outbox.c.notice == AnswerNotice.code)
ALL_LATELY = sa.select(sa.func.count()).where(
    mails.c.settled >= sa.bindparam("since"),
    sa.or_(
        mails.c.reason.in_(ANSWERS),
        mails.c.reason == UNACKNOWLEDGED,
        sa.and_(ANSWERED, ~sa.exists().where(OF_MAIL)),
    ),
)
LATELY = ALL_LATELY.where(mails.c.sender == sa.bindparam("sender"))


def all_idle_answers(connection: sa.Connection, since: datetime) -> int:
    return int(connection.execute(ALL_LATELY, {"since": since}).scalar_one())


def idle_answers(connection: sa.Connection, sender: str, since: datetime) -> int:
    found = connection.execute(LATELY, {"sender": sender, "since": since})
    return int(found.scalar_one())
