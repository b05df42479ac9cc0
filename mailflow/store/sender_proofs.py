"""A mail that waited for its sender's word goes on as if it had been proven."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.domain.mail import MailState
from mailflow.domain.question import QuestionState
from mailflow.domain.sender_proof import NUMBER
from mailflow.store import asked
from mailflow.store.connection import Pen
from mailflow.store.tables import mails, questions

WAITED = (MailState.REVIEW.value, MailState.DONE.value)
"""Its state before its case is closed, and behind that."""
ACKNOWLEDGE = (
    sa.update(mails)
    .where(
        mails.c.id == sa.bindparam("mail"),
        mails.c.acknowledged.is_(None),
        mails.c.state.in_(WAITED),
    )
    .values(
        state=MailState.WAITING.value,
        reason="",
        attempts=0,
        settled=None,
        acknowledged=sa.bindparam("at"),
    )
)
STATE = sa.select(mails.c.state).where(mails.c.id == sa.bindparam("mail"))
OPEN = sa.select(questions.c.order_number).where(
    questions.c.mail_id == sa.bindparam("mail"),
    questions.c.state == QuestionState.OPEN.value,
    questions.c.order_number.startswith(NUMBER),
)


class NotUnacknowledged(Exception):
    """A mail is acknowledged that waits for no word; nothing of it is committed."""


def void_proof(pen: Pen, mail_id: int, reason: str) -> None:
    """A yes of its sender does nothing any more, because a person decided; nothing open is no
    trouble."""
    for number in pen.connection.execute(OPEN, {"mail": mail_id}).scalars().all():
        asked.supersede(pen, number, reason)


def acknowledge(pen: Pen, mail_id: int, reason: str) -> None:
    """Nobody is asked about it any more. Raises `NotUnacknowledged`."""
    before = pen.connection.execute(STATE, {"mail": mail_id}).scalar()
    if not pen.connection.execute(ACKNOWLEDGE, {"mail": mail_id, "at": pen.now}).rowcount:
        raise NotUnacknowledged(f"mail {mail_id} waits for no word of its sender")
    void_proof(pen, mail_id, reason)
    pen.note("mail", mail_id, (str(before), MailState.WAITING.value), reason)
