"""What waits for an answer, and which of its stages were done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.chase import Chased, Returned, job_of
from mailflow.domain.order import OrderState
from mailflow.domain.question import QuestionState
from mailflow.store.asked import question_of
from mailflow.store.tables import jobs, orders, questions

MOST_AT_ONCE = 500
"""Jobs that one statement names."""
# What a yes would take is large and not needed here.
OPEN: sa.Select[Any] = (
    sa.select(
        *(c for c in questions.c if c is not questions.c.proposal), sa.null().label("proposal")
    )
    .where(questions.c.state == QuestionState.OPEN.value)
    .order_by(questions.c.id)
)
RETURNED = (
    sa.select(orders.c.number, orders.c.revision, orders.c.received)
    .where(orders.c.state == OrderState.RETURNED.value)
    .order_by(orders.c.id)
)
DONE = sa.select(jobs).where(jobs.c.job.in_(sa.bindparam("of", expanding=True)))


def chased_in(connection: sa.Connection) -> Chased:
    asked = tuple(question_of(row) for row in connection.execute(OPEN))
    returned = tuple(Returned(*row) for row in connection.execute(RETURNED))
    names = [*map(job_of, asked), *(each.job for each in returned)]
    return Chased(asked, returned, _done(connection, names))


def _done(connection: sa.Connection, names: Sequence[str]) -> dict[tuple[str, str], datetime]:
    found = {}
    for start in range(0, len(names), MOST_AT_ONCE):
        some = names[start : start + MOST_AT_ONCE]
        for row in connection.execute(DONE, {"of": some}):
            found[row.job, row.period] = row.done
    return found
