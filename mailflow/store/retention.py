"""What is over by its term: who wrote a mail and what stood in it, the bytes of a letter.

Numbers, states, hashes, sizes, times and the history stay; so does everything that is booked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.announcement import AnnouncementState
from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.order import OrderState
from mailflow.domain.retention import OldMail
from mailflow.store.connection import Pen
from mailflow.store.letter_files import drop_pieces
from mailflow.store.requests import OVER, request_from_json
from mailflow.store.tables import cases, mails, orders, questions
from mailflow.store.tables_announcements import announcements
from mailflow.store.tables_archive import archived
from mailflow.store.tables_consumers import personal_mails
from mailflow.store.tables_outbox import letters, outbox
from mailflow.store.tables_requests import requests

DELETED = "bytes deleted"
ENDED = (MailState.DONE.value, MailState.RETURNED.value, MailState.IGNORED.value)
SENT = (
    *(MessageState.ACCEPTED.value, MessageState.BOUNCED.value),
    *(MessageState.SUPPRESSED.value, MessageState.FAILED.value),
)
WAITING = (OrderState.HELD.value, OrderState.REVIEW.value)
OUT = (AnnouncementState.PROPOSED.value, AnnouncementState.OPEN.value)
IS_OPEN = cases.c.state == "open"
OF_ORDER = sa.and_(
    orders.c.mail_id == mails.c.id,
    sa.or_(
        orders.c.state.in_(WAITING),
        sa.exists().where(cases.c.subject_id == orders.c.number, IS_OPEN),
        sa.exists().where(questions.c.order_number == orders.c.number, questions.c.state == "open"),
    ),
)
NEEDED = (
    sa.exists().where(OF_ORDER),
    sa.exists().where(
        cases.c.kind == "mail", cases.c.subject_id == sa.cast(mails.c.id, sa.Text), IS_OPEN
    ),
    sa.exists().where(questions.c.mail_id == mails.c.id, questions.c.state == "open"),
    sa.exists().where(outbox.c.mail_id == mails.c.id, outbox.c.state.not_in(SENT)),
    sa.exists().where(announcements.c.mail_id == mails.c.id, announcements.c.state.in_(OUT)),
    # Kept on purpose, inside the mail that brought it; of consumers another term holds.
    sa.exists().where(archived.c.mail_id == mails.c.id),
    sa.exists().where(personal_mails.c.mail_id == mails.c.id, personal_mails.c.deleted.is_(None)),
)
OLD_MAILS = (
    sa.select(mails.c.id, mails.c.sha256, mails.c.received)
    .where(
        mails.c.settled < sa.bindparam("before"),
        mails.c.deleted.is_(None),
        mails.c.sha256.is_not(None),
        mails.c.state.in_(ENDED),
        mails.c.id.not_in(sa.bindparam("files", expanding=True)),
        *(~needed for needed in NEEDED),
    )
    .order_by(mails.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
OPEN_REQUESTS = sa.select(requests.c.content).where(requests.c.state.not_in(OVER))
EMPTY_MAIL = (
    sa.update(mails)
    .where(mails.c.id == sa.bindparam("of_mail"))
    .values(sender="", subject="", findings=[])
)
STATE = sa.select(mails.c.state).where(mails.c.id == sa.bindparam("of_mail"))
OLD_LETTERS = (
    sa.select(outbox.c.id, outbox.c.state, outbox.c.letter)
    .where(
        outbox.c.created < sa.bindparam("before"),
        outbox.c.deleted.is_(None),
        outbox.c.state.in_(SENT),
        # What could not be sent waits on a person, who may have it sent again.
        ~sa.exists().where(
            cases.c.kind == "message",
            cases.c.subject_id == sa.cast(outbox.c.id, sa.Text),
            IS_OPEN,
        ),
    )
    .order_by(outbox.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
KEEP_NOTE = sa.insert(letters)
IS_KEPT = sa.select(letters.c.sha256).where(letters.c.sha256 == sa.bindparam("of"))
EMPTY_MESSAGE = (
    sa.update(outbox).where(outbox.c.id == sa.bindparam("of_message")).values(subject="")
)
STILL_THERE = sa.select(outbox.c.id).where(outbox.c.letter == sa.bindparam("of")).limit(1)
DROP = sa.delete(letters).where(letters.c.sha256 == sa.bindparam("of"))


class SqlRetention:
    """What `ports.Retention` says."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def old_mails(self, before: datetime, most: int) -> Sequence[OldMail]:
        # Files of a request stand in the mails of all who wrote about it.
        found = self._connection.execute(OPEN_REQUESTS).scalars().all()
        files = {f.mail_id for content in found for f in request_from_json(content).files}
        of = {"before": before, "most": most, "files": sorted(files)}
        return [OldMail(*row) for row in self._connection.execute(OLD_MAILS, of)]

    def forget_mail(self, old: OldMail) -> None:
        state = self._connection.execute(STATE, {"of_mail": old.id}).scalar_one()
        self._connection.execute(EMPTY_MAIL, {"of_mail": old.id, "deleted": self._pen.now})
        self._pen.note("mail", old.id, (state, state), DELETED)

    def forget_letters(self, before: datetime, most: int) -> int:
        rows = self._connection.execute(OLD_LETTERS, {"before": before, "most": most}).all()
        for row in rows:
            change = {"letter": self._note_for(row.letter), "deleted": self._pen.now}
            self._connection.execute(EMPTY_MESSAGE, {"of_message": row.id, **change})
            if not self._connection.execute(STILL_THERE, {"of": row.letter}).first():
                drop_pieces(self._connection, row.letter)
                self._connection.execute(DROP, {"of": row.letter})
            self._pen.note("message", row.id, (row.state, row.state), f"{DELETED}: {row.letter}")
        return len(rows)

    def _note_for(self, sha256: str) -> str:
        """The hash of the note that stands in place of a letter; the same for all who got it."""
        note = json.dumps({"deleted": "letter", "sha256": sha256}).encode() + b"\n"
        name = hashlib.sha256(note).hexdigest()
        if not self._connection.execute(IS_KEPT, {"of": name}).first():
            self._connection.execute(KEEP_NOTE, {"sha256": name, "mime": note})
        return name
