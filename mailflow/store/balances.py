"""What each distributor has taken, paid and been granted, and has still to pay, as the ledger says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from mailflow.domain.facts import Balance
from mailflow.domain.ledger import Account, EntryKind
from mailflow.domain.money import of_cents
from mailflow.store.budgets import used_by_month
from mailflow.store.engine import open_engine, sqlite_path, translated
from mailflow.store.schema import refuse_another, version_of
from mailflow.store.tables_accounts import balances, entries, postings

MOVED = (balances.c.sales, balances.c.taken, balances.c.bank, balances.c.approved)
BALANCES = sa.select(balances.c.distributor, *MOVED).where(sa.or_(*(c != 0 for c in MOVED)))

TAKEN_BACK = entries.alias()
AFTER: sa.BindParameter[date] = sa.bindparam("after")


def _is_money(kind: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return kind == EntryKind.PAYMENT.value


# Money counts whenever it came, and so does what takes back something that counts.
OPEN = (
    sa.select(entries.c.distributor, sa.func.sum(postings.c.cents))
    .join(postings, postings.c.entry_id == entries.c.id)
    .outerjoin(TAKEN_BACK, TAKEN_BACK.c.key == entries.c.reverses)
    .where(
        postings.c.account == Account.OWED.value,
        entries.c.distributor.in_(sa.bindparam("codes", expanding=True)),
        sa.or_(
            entries.c.period < AFTER,
            _is_money(entries.c.kind),
            TAKEN_BACK.c.period < AFTER,
            _is_money(TAKEN_BACK.c.kind),
        ),
    )
    .group_by(entries.c.distributor)
)


def open_amounts(
    connection: sa.Connection, codes: Collection[str], after: date
) -> Mapping[str, Decimal]:
    """What is still to be paid of all that was entered before the month `after`; who owes nothing
    is not there."""
    rows = connection.execute(OPEN, {"codes": list(codes), "after": after})
    return {who: of_cents(int(cents)) for who, cents in rows if cents > 0}


class Balances(Mapping[str, Balance]):
    """Each is made when it is asked for: a mail asks for one of hundreds."""

    def __init__(self, cents: Mapping[str, tuple[int, int, int, int]]) -> None:
        self._cents = cents

    def __getitem__(self, distributor: str) -> Balance:
        sales, taken, bank, approved = self._cents[distributor]
        return Balance(
            cash_accepted=of_cents(-sales),
            expense_accepted=of_cents(taken),
            payments=of_cents(bank),
            approvals=of_cents(-approved),
        )

    def __contains__(self, distributor: object) -> bool:
        return distributor in self._cents

    def __iter__(self) -> Iterator[str]:
        return iter(self._cents)

    def __len__(self) -> int:
        return len(self._cents)


def balances_of(connection: sa.Connection) -> Balances:
    """Of every distributor of whom anything was entered beside its opening balances."""
    return Balances({row[0]: row[1:] for row in connection.execute(BALANCES)})


Used = Mapping[date, Mapping[str, Decimal]]


def read_balances(url: str) -> tuple[Mapping[str, Balance], Used]:
    """The balances of distributors, and what each region used of its budget by month.

    Raises `StoreTrouble`.
    """
    with read_only(url) as connection:
        if connection is None:
            return {}, {}
        return balances_of(connection), used_by_month(connection)


@contextmanager
def read_only(url: str) -> Iterator[sa.Connection | None]:
    """The books for who changes nothing, not even a database's version; None where there are none yet.

    Raises `StoreTrouble`.
    """
    path = sqlite_path(url)
    if path is not None and not path.exists():
        yield None
        return
    engine = open_engine(url)
    try:
        with translated(), engine.connect() as connection:
            connection = connection.execution_options(mailflow_write=False)
            version = version_of(connection)
            if version is not None:
                refuse_another(version)
            yield connection if version is not None else None
    finally:
        engine.dispose()
