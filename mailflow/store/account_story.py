"""The account of one distributor as people look at it: every entry, and what stood after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import Account
from mailflow.domain.money import of_cents, shown
from mailflow.store.tables_accounts import balances, entries, postings

OWN = (Account.OWED, Account.UNUSED)
CHOSEN = (
    sa.select(entries, postings.c.account, postings.c.cents)
    .outerjoin(postings, sa.and_(postings.c.entry_id == entries.c.id, postings.c.account.in_(OWN)))
    .where(sa.func.lower(entries.c.distributor) == sa.bindparam("who"))
    .order_by(entries.c.id)
)
TOTALS = sa.select(
    sa.func.count(), *(sa.func.coalesce(sa.func.sum(balances.c[a.value]), 0) for a in OWN)
)
KEPT = sa.select(*(sa.func.coalesce(sa.func.sum(balances.c[a.value]), 0) for a in Account))
SUMMED = sa.select(postings.c.account, sa.func.sum(postings.c.cents)).group_by(postings.c.account)


def account_story(connection: sa.Connection, code: str) -> dict[str, Any] | None:
    """Amounts are texts with two decimals: `cash` and `expense` as they moved what is owed and what
    is left. None where nothing was ever entered."""
    rows = connection.execute(CHOSEN, {"who": code.strip().lower()}).all()
    if not rows:
        return None
    moved: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.account:
            moved[row.id][row.account] = int(row.cents)
    told = list(_told({row.id: row for row in rows}, moved))
    return {
        "distributor": rows[0].distributor,
        "owed": told[-1]["owed"],
        "expense_left": told[-1]["expense_left"],
        "entries": told,
    }


def _told(
    rows: Mapping[int, sa.Row[Any]], moved: Mapping[int, Mapping[str, int]]
) -> Iterator[dict[str, Any]]:
    owed = left = 0
    for number, row in rows.items():
        cash = moved[number].get(Account.OWED, 0)
        expense = moved[number].get(Account.UNUSED, 0)
        owed, left = owed + cash, left + expense
        yield {
            "id": number,
            "day": row.day.isoformat(),
            "month": row.period.isoformat()[:7],
            "kind": row.kind,
            "document": row.document,
            "cash": shown(of_cents(cash)),
            "owed": shown(of_cents(owed)),
            "expense": shown(of_cents(expense)),
            "expense_left": shown(of_cents(left)),
            "mail_id": row.mail_id,
            "attachment": row.attachment,
            "cell": row.cell,
            "remark": row.remark,
            "entered": row.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        }


def totals(connection: sa.Connection) -> Mapping[str, Any]:
    """What all distributors together owe and have left."""
    number, owed, left = connection.execute(TOTALS).one()
    return {
        "distributors": int(number),
        "owed": shown(of_cents(int(owed))),
        "expense_left": shown(of_cents(int(left))),
    }


def trial_balance(connection: sa.Connection) -> str:
    """Empty where the kept balances are the sums of all postings and every book sums to zero."""
    kept = dict(zip(Account, map(int, connection.execute(KEPT).one()), strict=True))
    summed = {Account(account): int(n) for account, n in connection.execute(SUMMED)}
    wrong = [
        f"{a} {kept[a]} against {summed.get(a, 0)}" for a in Account if kept[a] != summed.get(a, 0)
    ]
    for book in {a.book for a in Account}:
        if off := sum(n for a, n in summed.items() if a.book is book):
            wrong.append(f"{book} is off by {off}")
    return ", ".join(wrong)
