"""What each distributor has taken, paid and been granted, as the ledger says."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.domain.facts import Balance
from mailflow.domain.money import of_cents
from mailflow.store.engine import open_engine, sqlite_path, translated
from mailflow.store.schema import refuse_another, version_of
from mailflow.store.tables_accounts import balances

MOVED = (balances.c.sales, balances.c.taken, balances.c.bank, balances.c.approved)
BALANCES = sa.select(balances.c.distributor, *MOVED).where(sa.or_(*(c != 0 for c in MOVED)))


def balances_of(connection: sa.Connection) -> dict[str, Balance]:
    """Of every distributor of whom anything was entered beside its opening balances."""
    return {
        distributor: Balance(
            cash_accepted=of_cents(-sales),
            expense_accepted=of_cents(taken),
            payments=of_cents(bank),
            approvals=of_cents(-approved),
        )
        for distributor, sales, taken, bank, approved in connection.execute(BALANCES)
    }


def read_balances(url: str) -> dict[str, Balance]:
    """For who changes nothing, not even a database's version; none where there is none yet.

    Raises `StoreTrouble`.
    """
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return {}
    engine = open_engine(url)
    try:
        with translated(), engine.connect() as connection:
            connection = connection.execution_options(mailflow_write=False)
            version = version_of(connection)
            if version is None:
                return {}
            refuse_another(version)
            return balances_of(connection)
    finally:
        engine.dispose()
