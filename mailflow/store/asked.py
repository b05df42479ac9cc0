"""Questions to rows and back: put once, answered once, found by whatever an answer points with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from mailflow.domain.answer import Word
from mailflow.domain.finding import Asked
from mailflow.domain.order import is_supply, order_of
from mailflow.domain.question import Clues, Pointed, Question, QuestionState
from mailflow.store.connection import Pen
from mailflow.store.ledger import proposal_from_json, proposal_to_json
from mailflow.store.tables import questions
from mailflow.store.tables_outbox import outbox

MOST_CLUES = 30
_NUMBER = re.compile(r"(?:DD|FH|MD|GG)\d{6}-\d{4,}(?:-\d+)?(?:-B\d+)?|R-\d{4}-\d{4,}")
PUT = sa.insert(questions).returning(questions.c.id)
OF_ORDER = (
    sa.select(questions)
    .where(questions.c.order_number == sa.bindparam("of"))
    .order_by(questions.c.id)
)
BY_TOKEN = sa.select(questions).where(questions.c.token.in_(sa.bindparam("tokens", expanding=True)))
BY_NUMBER = sa.select(questions).where(
    questions.c.order_number.in_(sa.bindparam("numbers", expanding=True))
)
OF_ORDERS = BY_NUMBER.order_by(questions.c.id)
SENT = sa.select(outbox.c.subject_id).where(
    outbox.c.message_id.in_(sa.bindparam("ids", expanding=True))
)
ANSWERED = sa.update(questions).where(
    questions.c.id == sa.bindparam("of"), questions.c.state == QuestionState.OPEN.value
)
SUPERSEDE = (
    sa.update(questions)
    .where(
        questions.c.order_number == sa.bindparam("of"),
        questions.c.state == QuestionState.OPEN.value,
    )
    .values(state=QuestionState.SUPERSEDED.value)
    .returning(questions.c.id)
)


class NotOpen(Exception):
    """A question is answered that is not open; nothing of it is committed."""


def put(pen: Pen, question: Question) -> None:
    row = {
        "token": question.token,
        "order_number": question.order,
        "revision": question.revision,
        "role": question.role.value,
        "address": question.address,
        "allowed": " ".join(word.value for word in question.allowed),
        "created": question.created,
        "expires": question.expires,
        "state": question.state.value,
        "mail_id": question.mail_id,
        "proposal": proposal_to_json(question.proposal) if question.proposal else None,
    }
    number = pen.connection.execute(PUT, row).scalar_one()
    pen.note("question", number, ("", question.state.value), f"{question.order} {question.address}")


def answer(pen: Pen, question: Question) -> None:
    """Once: raises `NotOpen` where somebody was quicker."""
    change = {
        "state": question.state.value,
        "answer": question.answer.value if question.answer else "",
        "answered": question.answered,
        "answered_by": question.answered_by,
        "answer_mail_id": question.answer_mail_id,
    }
    if not pen.connection.execute(ANSWERED, {"of": question.id, **change}).rowcount:
        raise NotOpen(f"question {question.id} of {question.order} is not open")
    said = f"M{question.answer_mail_id} {question.answered_by} {change['answer']}".rstrip()
    pen.note("question", question.id, ("open", question.state.value), said)
    pen.note("order", question.order, ("question", question.state.value), said)


def void(pen: Pen, question: Question, reason: str) -> None:
    """Nobody may answer it any more: raises `NotOpen` where somebody has."""
    state = QuestionState.SUPERSEDED.value
    if not pen.connection.execute(ANSWERED, {"of": question.id, "state": state}).rowcount:
        raise NotOpen(f"question {question.id} of {question.order} is not open")
    pen.note("question", question.id, ("open", state), reason)
    pen.note("order", question.order, ("question", state), reason)


def supersede(pen: Pen, order: str, reason: str) -> None:
    """What is still open of an order that was decided otherwise; nothing open is no trouble."""
    for number in pen.connection.execute(SUPERSEDE, {"of": order}).scalars().all():
        pen.note("question", number, ("open", QuestionState.SUPERSEDED.value), reason)


def of_order(connection: sa.Connection, order: str) -> tuple[Question, ...]:
    return tuple(question_of(row) for row in connection.execute(OF_ORDER, {"of": order}))


def of_orders(connection: sa.Connection, numbers: Sequence[str]) -> tuple[Question, ...]:
    """Of several at once, however many, in the order in which they were put."""
    found = connection.execute(OF_ORDERS, {"numbers": list(numbers)})
    return tuple(question_of(row) for row in found)


def pointed(connection: sa.Connection, clues: Clues) -> Pointed:
    """A thread points to what our message was about: the order or the supplementary list whose number
    its `subject_id` begins with."""
    threads: list[str] = []
    if clues.message_ids:
        ids = list(clues.message_ids[:MOST_CLUES])
        found = connection.execute(SENT, {"ids": ids}).scalars().all()
        threads = list(dict.fromkeys(_asked_in(text) for text in found))
    by_token = _found(connection, BY_TOKEN, tokens=clues.tokens)
    about = map(order_of, filter(None, threads))
    orders = (*(q.order for q in by_token), *about, *clues.numbers)
    return Pointed(
        by_token=by_token,
        by_thread=_found(connection, BY_NUMBER, numbers=threads),
        by_number=_found(connection, BY_NUMBER, numbers=clues.numbers),
        orders=tuple(dict.fromkeys(orders)),
    )


def _asked_in(subject_id: str) -> str:
    """`DD261109-0042-released` is about `DD261109-0042`; a list about its order, a supplementary one
    about itself: of that one a question of its own is asked."""
    match = _NUMBER.match(subject_id)
    if match is None:
        return ""
    return match[0] if is_supply(match[0]) else order_of(match[0])


def _found(
    connection: sa.Connection, statement: sa.Select[Any], **clues: Sequence[str]
) -> tuple[Question, ...]:
    [(name, values)] = clues.items()
    if not values:
        return ()
    rows = connection.execute(statement, {name: list(values[:MOST_CLUES])})
    return tuple(question_of(row) for row in rows)


def question_of(row: sa.Row[Any]) -> Question:
    return Question(
        id=row.id,
        token=row.token,
        order=row.order_number,
        revision=row.revision,
        role=Asked(row.role),
        address=row.address,
        allowed=tuple(Word(word) for word in row.allowed.split()),
        created=row.created,
        expires=row.expires,
        mail_id=row.mail_id,
        state=QuestionState(row.state),
        answer=Word(row.answer) if row.answer else None,
        answered=row.answered,
        answered_by=row.answered_by,
        answer_mail_id=row.answer_mail_id,
        proposal=proposal_from_json(row.proposal) if row.proposal else None,
    )
