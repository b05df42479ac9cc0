"""What a write transaction does with those who are asked: cases, questions, where mails came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.case import Case
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Origin
from mailflow.domain.question import Clues, Pointed, Question
from mailflow.store import asked, suspicions
from mailflow.store.connection import Pen
from mailflow.store.idle import all_idle_answers, idle_answers
from mailflow.store.sender_proofs import acknowledge
from mailflow.store.tables import mails, orders
from mailflow.store.waiting_cases import (
    cases_for,
    close_case,
    close_cases,
    escalate,
    open_case,
    pass_on,
    relocate,
    settle_mail,
)

ORIGIN = sa.select(mails.c.sender, mails.c.subject, mails.c.message_id, mails.c.sha256).where(
    mails.c.id == sa.bindparam("mail")
)
OF_MAIL = (
    sa.select(orders.c.number)
    .where(orders.c.mail_id == sa.bindparam("mail"))
    .distinct()
    .order_by(orders.c.number)
)


class PeopleWork:
    """What `ports.Work` says of people."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def open_case(self, case: Case) -> None:
        open_case(self._pen, case)

    def close_cases(self, kind: str, subject_id: str, reason: str) -> None:
        if kind == "mail":
            settle_mail(self._pen, subject_id, reason)
        else:
            close_cases(self._pen, kind, subject_id, reason)

    def read_again(self, mail_id: int, reason: str) -> None:
        acknowledge(self._pen, mail_id, reason)

    def close_case(self, number: str, reason: str) -> None:
        close_case(self._pen, number, reason)

    def cases_for(self, reason: str) -> tuple[str, ...]:
        return cases_for(self._connection, reason)

    def pass_on(self, kind: str, subject_id: str, waits_on: Asked) -> None:
        pass_on(self._pen, (kind, subject_id), waits_on)

    def relocate(self, order: str, region: str) -> None:
        relocate(self._pen, order, region)

    def ask(self, question: Question) -> None:
        asked.put(self._pen, question)

    def answer(self, question: Question) -> None:
        asked.answer(self._pen, question)

    def void(self, question: Question, reason: str) -> None:
        asked.void(self._pen, question, reason)

    def escalate(self, kind: str, subject_id: str, reason: str) -> None:
        escalate(self._pen, (kind, subject_id), reason)

    def pointed(self, clues: Clues) -> Pointed:
        return asked.pointed(self._connection, clues)

    def questions(self, order: str) -> tuple[Question, ...]:
        return asked.of_order(self._connection, order)

    def answered_idly(self, sender: str, since: datetime) -> int:
        return idle_answers(self._connection, sender, since)

    def idle_answers(self, since: datetime) -> int:
        return all_idle_answers(self._connection, since)

    def is_ours(self, codes: Sequence[str]) -> bool:
        return suspicions.is_ours(self._connection, codes)

    def note_guess(self, mail_id: int, who: tuple[str, bool], at: datetime) -> None:
        suspicions.note_guess(self._pen, mail_id, who, at)

    def forget_guesses(self, who: tuple[str, bool]) -> None:
        suspicions.forget_guesses(self._pen, who)

    def guesses_since(self, who: tuple[str, bool], since: datetime) -> int:
        return suspicions.guesses_since(self._connection, who, since)

    def has_just_left(self, question: Question, after: datetime, until: datetime) -> bool:
        return suspicions.has_just_left(self._connection, question, after, until)

    def origin(self, mail_id: int) -> Origin:
        row = self._connection.execute(ORIGIN, {"mail": mail_id}).one()
        return Origin(row.sender, row.subject, row.message_id, row.sha256 or "")

    def sent_by(self, mail_id: int) -> str:
        row = self._connection.execute(ORIGIN, {"mail": mail_id}).first()
        return str(row.sender) if row else ""

    def orders_of(self, mail_id: int) -> tuple[str, ...]:
        return tuple(self._connection.execute(OF_MAIL, {"mail": mail_id}).scalars())
