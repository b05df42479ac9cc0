"""The story of an order as one row of events: its mails, decisions, questions, lists and letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from mailflow.domain.order import list_number, supply_number
from mailflow.store.tables import cases, dispatch_lists, history, mails, orders, questions
from mailflow.store.tables_outbox import outbox
from mailflow.store.tables_shipping import shipments

TOLD_OF = (
    sa.select(shipments.c.mail_id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(orders.c.number == sa.bindparam("of_order"))
    .distinct()
)
"""The mails that told what left of an order; their other letters may be about many orders."""


Told = Mapping[str, str]
"""What each subject of a kind is called, by its id."""


def timeline_of(
    connection: sa.Connection, number: str, mail_ids: Sequence[int]
) -> Iterator[tuple[sa.Row[Any], str]]:
    """Rows of the history, oldest first, each with what it is about: a subject, a recipient.

    `mail_ids` are the mails that the order's revisions came in.
    """
    subjects = _subjects(connection, number, mail_ids)
    about = [
        sa.and_(history.c.kind == kind, history.c.subject_id.in_(list(told)))
        for kind, told in subjects.items()
        if told
    ]
    rows = connection.execute(sa.select(history).where(sa.or_(*about)).order_by(history.c.id))
    for row in rows:
        yield row, subjects[row.kind][row.subject_id]


def _subjects(
    connection: sa.Connection, number: str, mail_ids: Sequence[int]
) -> Mapping[str, Told]:
    asked = connection.execute(
        sa.select(questions.c.id, questions.c.address, questions.c.answer_mail_id).where(
            is_asked_of(number)
        )
    ).all()
    every = {*mail_ids, *(q.answer_mail_id for q in asked if q.answer_mail_id)}
    told = connection.execute(TOLD_OF, {"of_order": number}).scalars()
    letters = sa.select(outbox.c.id, outbox.c.recipient, outbox.c.subject)
    waiting = sa.select(cases.c.number).where(
        cases.c.kind == "order",
        sa.or_(
            cases.c.subject_id.in_((number, list_number(number))),
            cases.c.subject_id.startswith(supply_number(number, 0)[:-1], autoescape=True),
        ),
    )
    return {
        "order": {number: ""},
        "mail": {
            str(row.id): row.subject
            for row in connection.execute(
                sa.select(mails.c.id, mails.c.subject).where(mails.c.id.in_({*every, *told}))
            )
        },
        "question": {str(q.id): q.address for q in asked},
        "case": dict.fromkeys(connection.execute(waiting).scalars(), ""),
        "message": {
            str(row.id): f"{row.recipient}: {row.subject}"
            for row in connection.execute(letters.where(_is_about(number, every)))
        },
    }


def is_asked_of(number: str) -> sa.ColumnElement[bool]:
    """Questions about an order, and about each of its supplementary lists."""
    asked = questions.c.order_number
    return sa.or_(asked == number, asked.startswith(supply_number(number, 0)[:-1], autoescape=True))


def _is_about(number: str, mail_ids: set[int]) -> sa.ColumnElement[bool]:
    """Letters about the order itself, and those that answer the mails it came in."""
    supplies = supply_number(number, 0)[:-1]
    return sa.or_(
        outbox.c.subject_id == number,
        outbox.c.subject_id.startswith(f"{number}-", autoescape=True),
        outbox.c.subject_id.startswith(supplies, autoescape=True),
        outbox.c.mail_id.in_(mail_ids),
    )
