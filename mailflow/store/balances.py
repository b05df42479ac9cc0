"""What each customer has taken already, as the books say."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from mailflow.domain.facts import Balance
from mailflow.domain.order import IN_BOOKS
from mailflow.store.engine import open_engine, sqlite_path, translated
from mailflow.store.schema import refuse_another, version_of
from mailflow.store.tables import orders

ACCEPTED = (
    sa.select(
        orders.c.distributor,
        sa.func.sum(orders.c.cash_cents).label("cash"),
        sa.func.sum(orders.c.expense_cents).label("expense"),
    )
    .where(orders.c.state.in_([state.value for state in IN_BOOKS]))
    .group_by(orders.c.distributor)
)


def balances_of(connection: sa.Connection) -> dict[str, Balance]:
    return {
        distributor: Balance(
            cash_accepted=Decimal(int(cash)) / 100, expense_accepted=Decimal(int(expense)) / 100
        )
        for distributor, cash, expense in connection.execute(ACCEPTED)
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
