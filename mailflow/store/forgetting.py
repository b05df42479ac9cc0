"""What is deleted for good when its time is over: consumers' rows, and the bytes of letters about them.

Where bytes were, a note says what was there; rows of the outbox and of the history stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mailflow.domain.consumer_list import KeptList, ListState, Personal
from mailflow.domain.message import MessageState
from mailflow.domain.notice_consumers import CallsNotice
from mailflow.store.connection import Pen
from mailflow.store.letter_files import drop_pieces
from mailflow.store.tables import mails
from mailflow.store.tables_consumers import consumer_lists, consumers, personal_mails
from mailflow.store.tables_outbox import letters, outbox

MARKED = sa.select(personal_mails.c.mail_id).where(personal_mails.c.mail_id == sa.bindparam("of"))
MARK = sa.insert(personal_mails)
EXPIRED = (
    sa.select(
        *(personal_mails.c.mail_id, personal_mails.c.day, mails.c.sha256, personal_mails.c.wanted)
    )
    .join(mails, mails.c.id == personal_mails.c.mail_id)
    .where(
        personal_mails.c.deleted.is_(None),
        sa.or_(personal_mails.c.day < sa.bindparam("before"), personal_mails.c.wanted.is_not(None)),
        mails.c.settled.is_not(None),
    )
    .order_by(personal_mails.c.mail_id)
)
WANT = sa.update(personal_mails).where(
    personal_mails.c.mail_id == sa.bindparam("of_mail"),
    personal_mails.c.deleted.is_(None),
    personal_mails.c.wanted.is_(None),
)
TO_CALL = sa.select(outbox.c.id, outbox.c.state).where(
    outbox.c.mail_id == sa.bindparam("of_mail"),
    outbox.c.notice == CallsNotice.code,
    outbox.c.state.in_((MessageState.READY.value, MessageState.RETRY.value)),
)
STOP = sa.update(outbox).where(outbox.c.id == sa.bindparam("of_message"))
OF_MAIL = consumer_lists.c.mail_id == sa.bindparam("of_mail")
LISTS = sa.select(consumer_lists.c.id, consumer_lists.c.number, consumer_lists.c.state).where(
    OF_MAIL
)
DELETE = sa.delete(consumers).where(consumers.c.list_id == sa.bindparam("of_list"))
SET_LIST = sa.update(consumer_lists).where(consumer_lists.c.id == sa.bindparam("of_list"))
LETTERS = (
    sa.select(outbox.c.id, outbox.c.state, outbox.c.letter)
    .where(outbox.c.mail_id == sa.bindparam("of_mail"))
    .order_by(outbox.c.id)
)
LEAVING = (
    *(MessageState.READY, MessageState.RETRY, MessageState.SENDING),
    *(MessageState.END_OF_DATA, MessageState.UNKNOWN),
)
KEPT = sa.select(letters.c.sha256).where(letters.c.sha256 == sa.bindparam("of"))
KEEP = sa.insert(letters)
POINT = sa.update(outbox).where(outbox.c.id == sa.bindparam("of_message"))
DROP = sa.delete(letters).where(letters.c.sha256 == sa.bindparam("of"))
NEEDED = sa.select(outbox.c.id).where(outbox.c.letter == sa.bindparam("of")).limit(1)
DONE = sa.update(personal_mails).where(personal_mails.c.mail_id == sa.bindparam("of_mail"))


def mark(pen: Pen, mail_id: int, day: date) -> None:
    """The day of the first time, also where a mail is read again."""
    if not pen.connection.execute(MARKED, {"of": mail_id}).first():
        pen.connection.execute(MARK, {"mail_id": mail_id, "day": day})


def expired_before(connection: sa.Connection, before: date) -> Sequence[Personal]:
    """Mails that still wait to be dealt with are left alone: nobody has seen them yet."""
    rows = connection.execute(EXPIRED, {"before": before})
    return tuple(Personal(*row) for row in rows)


def want(pen: Pen, kept: KeptList, reason: str) -> None:
    """It is over from now on; what has not left with it stays here."""
    connection, of_mail = pen.connection, {"of_mail": kept.mail_id}
    if not connection.execute(WANT, {**of_mail, "wanted": pen.now}).rowcount:
        return
    for row in connection.execute(TO_CALL.with_for_update(), of_mail).all():
        after = MessageState.SUPPRESSED.value
        connection.execute(STOP, {"of_message": row.id, "state": after})
        pen.note("message", row.id, (row.state, after), reason)
    pen.note("consumers", kept.number, (kept.state.value, kept.state.value), reason)


def forget(pen: Pen, gone: Personal, note: bytes) -> bool:
    """False where a letter about it may still leave."""
    connection, of_mail = pen.connection, {"of_mail": gone.mail_id}
    about = connection.execute(LETTERS, of_mail).all()
    if any(MessageState(row.state) in LEAVING for row in about):
        return False
    for row in connection.execute(LISTS, of_mail).all():
        count = connection.execute(DELETE, {"of_list": row.id}).rowcount
        after = ListState.DELETED.value
        connection.execute(SET_LIST, {"of_list": row.id, "state": after})
        pen.note("consumers", row.number, (row.state, after), f"M{gone.mail_id}: {count}")
    sha256 = hashlib.sha256(note).hexdigest()
    if about and not connection.execute(KEPT, {"of": sha256}).first():
        connection.execute(KEEP, {"sha256": sha256, "mime": note})
    for row in about:
        connection.execute(POINT, {"of_message": row.id, "letter": sha256})
        if not connection.execute(NEEDED, {"of": row.letter}).first():
            drop_pieces(connection, row.letter)
            connection.execute(DROP, {"of": row.letter})
        pen.note("message", row.id, (row.state, row.state), "bytes deleted")
    connection.execute(DONE, {**of_mail, "deleted": pen.now})
    state = sa.select(mails.c.state).where(mails.c.id == gone.mail_id)
    before = connection.execute(state).scalar_one()
    pen.note("mail", gone.mail_id, (before, before), "bytes deleted")
    return True
