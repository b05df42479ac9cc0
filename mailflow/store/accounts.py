"""The ledger as rows: entries are added and never changed, balances go with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import (
    Account,
    Entry,
    EntryKind,
    Opening,
    Posting,
    checked,
    opening_entry,
    order_entry,
    order_key,
    reversal_of,
)
from mailflow.domain.money import of_cents
from mailflow.domain.order import IN_BOOKS, BookedOrder
from mailflow.domain.register import Customer
from mailflow.store.connection import Pen
from mailflow.store.ledger import cents
from mailflow.store.tables_accounts import balances, entries, postings

ENTER = sa.insert(entries).returning(entries.c.id)
POST = sa.insert(postings)
BY_KEY = sa.select(entries).where(entries.c.key == sa.bindparam("of_key"))
POSTINGS = sa.select(postings.c.account, postings.c.cents).where(
    postings.c.entry_id == sa.bindparam("of_entry")
)
LIKE = (
    sa.select(entries, postings.c.account, postings.c.cents)
    .outerjoin(postings, postings.c.entry_id == entries.c.id)
    .where(
        entries.c.kind == sa.bindparam("of_kind"),
        entries.c.distributor == sa.bindparam("of_distributor"),
        sa.or_(
            entries.c.key == sa.bindparam("of_key"),
            entries.c.day == sa.bindparam("of_day"),
            sa.and_(entries.c.document == sa.bindparam("of_document"), entries.c.document != ""),
        ),
    )
    .order_by(entries.c.id, postings.c.account)
)
KNOWN = sa.select(entries.c.id).where(entries.c.key == sa.bindparam("of_key"))
BALANCES = sa.select(balances)


@cache
def _added(dialect: str) -> Any:
    """The same in the words of each database: a row of its own the first time, else added up."""
    begun = import_module(f"sqlalchemy.dialects.{dialect}").insert(balances)
    sums = {a.value: balances.c[a.value] + begun.excluded[a.value] for a in Account}
    return begun.on_conflict_do_update(index_elements=[balances.c.distributor], set_=sums)


NOTHING = dict.fromkeys((account.value for account in Account), 0)


class NotEntered(Exception):
    """An entry is to be taken back that there is not; our own mistake."""


def enter(pen: Pen, entry: Entry) -> bool:
    """False where its source was entered before. Raises `Unbalanced`."""
    checked(entry)
    connection = pen.connection
    if connection.execute(KNOWN, {"of_key": entry.key}).first() is not None:
        return False
    row = {
        **{"key": entry.key, "kind": entry.kind.value, "distributor": entry.distributor},
        **{"day": entry.day, "period": entry.period, "at": pen.now, "document": entry.document},
        **{"mail_id": entry.mail_id, "attachment": entry.attachment, "cell": entry.cell},
        **{"remark": entry.remark, "reverses": entry.reverses or None},
    }
    entry_id = connection.execute(ENTER, row).scalar_one()
    moved = {p.account.value: cents(p.amount) for p in entry.postings}
    if moved:
        rows = [{"entry_id": entry_id, "account": a, "cents": n} for a, n in moved.items()]
        connection.execute(POST, rows)
        sums = {"distributor": entry.distributor, **NOTHING, **moved}
        connection.execute(_added(connection.dialect.name), sums)
    return True


def keep_order(pen: Pen, order: BookedOrder, before: str) -> None:
    """An order that comes into the books is entered, one that leaves them is taken back."""
    was_in = before in IN_BOOKS
    if order.state in IN_BOOKS and not was_in:
        enter(pen, order_entry(order, pen.today))
    elif was_in and order.state not in IN_BOOKS:
        take_back(pen, order_key(order.number, order.revision), "")


def take_back(pen: Pen, key: str, remark: str) -> None:
    """Raises `NotEntered`."""
    entry = entry_of(pen.connection, key)
    if entry is None:
        raise NotEntered(key)
    enter(pen, reversal_of(entry, pen.today, remark))


def entry_of(connection: sa.Connection, key: str) -> Entry | None:
    row = connection.execute(BY_KEY, {"of_key": key}).first()
    if row is None:
        return None
    moved = connection.execute(POSTINGS, {"of_entry": row.id})
    return as_entry(row, [(account, int(number)) for account, number in moved])


def entered_like(connection: sa.Connection, entry: Entry) -> tuple[Entry, ...]:
    of: dict[str, Any] = {"of_kind": entry.kind.value, "of_distributor": entry.distributor}
    of |= {"of_key": entry.key, "of_document": entry.document, "of_day": entry.day}
    found: dict[int, tuple[sa.Row[Any], list[tuple[str, int]]]] = {}
    for row in connection.execute(LIKE, of):
        _, moved = found.setdefault(row.id, (row, []))
        if row.account:
            moved.append((row.account, int(row.cents)))
    return tuple(as_entry(row, moved) for row, moved in found.values())


def as_entry(row: sa.Row[Any], moved: Iterable[tuple[str, int]]) -> Entry:
    return Entry(
        key=row.key,
        kind=EntryKind(row.kind),
        distributor=row.distributor,
        day=row.day,
        period=row.period,
        postings=tuple(Posting(Account(account), of_cents(number)) for account, number in moved),
        document=row.document,
        mail_id=row.mail_id,
        attachment=row.attachment,
        cell=row.cell,
        remark=row.remark,
        reverses=row.reverses or "",
    )


def sums_in(connection: sa.Connection) -> Iterator[tuple[str, Mapping[Account, Decimal]]]:
    """The balances of every distributor that has an entry."""
    for row in connection.execute(BALANCES).mappings():
        yield str(row["distributor"]), {a: of_cents(int(row[a.value])) for a in Account}


def enter_openings(pen: Pen, customers: Iterable[Customer], version: int) -> None:
    """What this version of the register changes in the opening balances; the same is nothing new.

    Whoever stands in the register no more keeps the balance that he has.
    """
    entered = dict(sums_in(pen.connection))
    for customer in customers:
        stated = Opening(customer.code, customer.owed, customer.expense_balance)
        entry = opening_entry(stated, entered.get(customer.code, {}), version, pen.today)
        if entry is not None:
            enter(pen, entry)
