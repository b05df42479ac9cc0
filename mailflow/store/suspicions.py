"""What speaks against an answer: codes that are none of ours, a letter that had left just before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.question import Question
from mailflow.store.connection import Pen
from mailflow.store.tables import questions
from mailflow.store.tables_announcements import addressees
from mailflow.store.tables_guesses import guesses
from mailflow.store.tables_outbox import outbox

MOST_CODES = 30
OURS = sa.union_all(
    sa.select(questions.c.token).where(
        questions.c.token.in_(sa.bindparam("codes", expanding=True))
    ),
    sa.select(addressees.c.token).where(
        addressees.c.token.in_(sa.bindparam("same_codes", expanding=True))
    ),
)
HIS = sa.and_(
    guesses.c.address == sa.bindparam("who"), guesses.c.proven == sa.bindparam("is_proven")
)
NOTED = sa.exists().where(guesses.c.mail_id == sa.bindparam("mail_id"))
NOTE = sa.insert(guesses)
KNOWN = sa.select(NOTED)
FORGET = sa.delete(guesses).where(HIS)
LATELY = sa.select(sa.func.count()).where(HIS, guesses.c.at >= sa.bindparam("since"))
LEFT = (
    sa.select(outbox.c.id)
    .where(
        outbox.c.departed > sa.bindparam("after"),
        outbox.c.departed <= sa.bindparam("until"),
        sa.func.lower(outbox.c.recipient) == sa.bindparam("who"),
        outbox.c.subject_id.like(sa.bindparam("about")),
    )
    .limit(1)
)


def is_ours(connection: sa.Connection, codes: Sequence[str]) -> bool:
    """Whether any of these codes was ever in a letter of ours."""
    some = list(codes[:MOST_CODES])
    return connection.execute(OURS, {"codes": some, "same_codes": some}).first() is not None


def note_guess(pen: Pen, mail_id: int, who: tuple[str, bool], at: datetime) -> None:
    """Once a mail, however often it is read."""
    if not pen.connection.execute(KNOWN, {"mail_id": mail_id}).scalar():
        address, is_proven = who
        row = {"mail_id": mail_id, "address": address, "proven": is_proven, "at": at}
        pen.connection.execute(NOTE, row)


def forget_guesses(pen: Pen, who: tuple[str, bool]) -> None:
    pen.connection.execute(FORGET, {"who": who[0], "is_proven": who[1]})


def guesses_since(connection: sa.Connection, who: tuple[str, bool], since: datetime) -> int:
    of = {"who": who[0], "is_proven": who[1], "since": since}
    return int(connection.execute(LATELY, of).scalar_one())


def has_just_left(
    connection: sa.Connection, question: Question, after: datetime, until: datetime
) -> bool:
    """Whether a letter about what is asked left to whom it is asked of, in that time."""
    of = {"after": after, "until": until, "who": question.address.casefold()}
    return connection.execute(LEFT, {**of, "about": f"{question.order}%"}).first() is not None
