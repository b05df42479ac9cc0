"""The entries of one distributor and month, and what stood before them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import Account
from mailflow.domain.money import of_cents
from mailflow.domain.register import Customer
from mailflow.domain.statement import Statement, StatementLine
from mailflow.store.tables_accounts import entries, postings

OWN = (Account.OWED.value, Account.UNUSED.value)
_MINE = sa.and_(postings.c.entry_id == entries.c.id, postings.c.account.in_(OWN))
OF_MONTH = (
    sa.select(entries, postings.c.account, postings.c.cents)
    .outerjoin(postings, _MINE)
    .where(
        entries.c.distributor == sa.bindparam("who"), entries.c.period == sa.bindparam("of_period")
    )
    .order_by(entries.c.day, entries.c.id)
)
BEFORE = (
    sa.select(postings.c.account, sa.func.sum(postings.c.cents))
    .join(entries, _MINE)
    .where(
        entries.c.distributor == sa.bindparam("who"), entries.c.period < sa.bindparam("of_period")
    )
    .group_by(postings.c.account)
)


def statement_of(
    connection: sa.Connection, customer: Customer, period: date, today: date
) -> Statement:
    of = {"who": customer.code, "of_period": period}
    before = {account: int(cents) for account, cents in connection.execute(BEFORE, of)}
    owed, left = (before.get(account, 0) for account in OWN)
    moved: dict[int, dict[str, int]] = {}
    rows: dict[int, sa.Row[Any]] = {}
    for row in connection.execute(OF_MONTH, of):
        rows[row.id] = row
        mine = moved.setdefault(row.id, {})
        if row.account:
            mine[row.account] = int(row.cents)
    return Statement(
        code=customer.code,
        name=customer.name,
        region=customer.region,
        period=period,
        made_on=today,
        owed_before=of_cents(owed),
        left_before=of_cents(left),
        lines=_lines(rows, moved, (owed, left)),
    )


def _lines(
    rows: Mapping[int, sa.Row[Any]], moved: Mapping[int, Mapping[str, int]], before: tuple[int, int]
) -> tuple[StatementLine, ...]:
    owed, left = before
    lines = []
    for number, row in rows.items():
        cash, expense = (moved[number].get(account, 0) for account in OWN)
        owed, left = owed + cash, left + expense
        line = StatementLine(
            day=row.day,
            kind=row.kind,
            document=row.document,
            cash=of_cents(cash),
            owed=of_cents(owed),
            expense=of_cents(expense),
            left=of_cents(left),
        )
        lines.append(line)
    return tuple(lines)
