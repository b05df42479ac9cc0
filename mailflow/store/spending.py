"""Every order that takes expense goods, and who let it go where a person had to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from mailflow.domain.answer import Word
from mailflow.domain.budget import Spent
from mailflow.domain.finding import Asked
from mailflow.domain.money import of_cents
from mailflow.domain.order import OrderState
from mailflow.domain.question import QuestionState
from mailflow.store.budgets import IS_SPENT
from mailflow.store.ledger import findings_from_json
from mailflow.store.tables import history, orders, questions

RELEASED = sa.and_(
    history.c.kind == "order",
    history.c.subject_id == orders.c.number,
    history.c.before.in_([OrderState.HELD.value, OrderState.REVIEW.value]),
    history.c.after == OrderState.ACCEPTED.value,
)
ORDERS = (
    sa.select(
        *(orders.c.id, orders.c.number, orders.c.revision, orders.c.region, orders.c.month),
        *(orders.c.distributor, orders.c.expense_cents, orders.c.findings),
        *(history.c.at, history.c.by, history.c.reason),
    )
    .where(orders.c.month >= sa.bindparam("first"), orders.c.month < sa.bindparam("after"))
    .where(IS_SPENT)
    .order_by(orders.c.month, orders.c.region, orders.c.id, history.c.id.desc())
)
EVERYONE, APPROVED = (
    ORDERS.outerjoin_from(orders, history, RELEASED),
    ORDERS.join_from(orders, history, RELEASED),
)
YES = sa.select(questions).where(
    questions.c.state == QuestionState.USED.value,
    questions.c.answer == Word.AGREE.value,
    questions.c.order_number.in_(sa.bindparam("numbers", expanding=True)),
)
MOST_NUMBERS = 500


def spent_in(connection: sa.Connection, first: date, after: date) -> tuple[Spent, ...]:
    """Every order of these months that takes expense goods."""
    return _found(connection, EVERYONE, {"first": first, "after": after})


def approved_in(connection: sa.Connection, first: date, after: date) -> tuple[Spent, ...]:
    """Only those that a person let go although their expense goods were too much."""
    found = _found(connection, APPROVED, {"first": first, "after": after})
    return tuple(spent for spent in found if spent.asked)


def _found(
    connection: sa.Connection, chosen: sa.Select[Any], of: Mapping[str, date]
) -> tuple[Spent, ...]:
    rows = {row.id: row for row in _newest(connection, chosen, of)}
    released = [row for row in rows.values() if row.at is not None]
    said = _answers(connection, [row.number for row in released])
    return tuple(_spent(row, said.get((row.number, row.revision))) for row in rows.values())


def _newest(
    connection: sa.Connection, chosen: sa.Select[Any], of: Mapping[str, date]
) -> Iterator[sa.Row[Any]]:
    """Of an order that was let go more than once the last time, which its rows begin with."""
    last = None
    for row in connection.execute(chosen, of):
        if row.id != last:
            yield row
        last = row.id


def _answers(connection: sa.Connection, numbers: list[str]) -> dict[tuple[str, int], sa.Row[Any]]:
    """Of several people who had to agree, the marketing head."""
    found: dict[tuple[str, int], sa.Row[Any]] = {}
    for begin in range(0, len(numbers), MOST_NUMBERS):
        rows = connection.execute(YES, {"numbers": numbers[begin : begin + MOST_NUMBERS]})
        for row in sorted(rows, key=lambda row: row.role == Asked.MARKETING_GM.value):
            found[row.order_number, row.revision] = row
    return found


def _spent(row: sa.Row[Any], said: sa.Row[Any] | None) -> Spent:
    was_let_go = row.at is not None
    codes = (f.code for f in findings_from_json(row.findings or ()) if f.code in ASKED)
    return Spent(
        order=row.number,
        region=row.region,
        month=row.month,
        distributor=row.distributor,
        amount=of_cents(int(row.expense_cents)),
        by=(said.answered_by if said else row.by) if was_let_go else "",
        at=row.at if was_let_go else None,
        mail_id=said.answer_mail_id if said else None,
        asked=tuple(dict.fromkeys(codes)) if was_let_go else (),
        reason=row.reason if was_let_go else "",
    )


ASKED = ("over-budget", "over-expense")
"""What an approval of expense goods is asked for."""
