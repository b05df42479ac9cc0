"""What regions have used of their budgets, summed up from the orders in the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from mailflow.domain.money import of_cents
from mailflow.domain.order import IN_BOOKS
from mailflow.store.tables import orders

IS_SPENT = sa.and_(
    orders.c.state.in_([state.value for state in IN_BOOKS]), orders.c.expense_cents > 0
)
USED = (
    sa.select(orders.c.region, sa.func.sum(orders.c.expense_cents))
    .where(orders.c.month == sa.bindparam("of_month"), IS_SPENT)
    .group_by(orders.c.region)
)
BETWEEN = (
    sa.select(orders.c.month, orders.c.region, sa.func.sum(orders.c.expense_cents))
    .where(
        IS_SPENT, orders.c.month >= sa.bindparam("first"), orders.c.month < sa.bindparam("after")
    )
    .group_by(orders.c.month, orders.c.region)
    .order_by(orders.c.month, orders.c.region)
)
EVERY_MONTH = (
    sa.select(orders.c.month, orders.c.region, sa.func.sum(orders.c.expense_cents))
    .where(IS_SPENT)
    .group_by(orders.c.month, orders.c.region)
)


def used_in(connection: sa.Connection, month: date) -> dict[str, Decimal]:
    """By region, of the orders that count to the month."""
    rows = connection.execute(USED, {"of_month": month})
    return {region: of_cents(int(number)) for region, number in rows}


def used_by_month(connection: sa.Connection) -> dict[date, Mapping[str, Decimal]]:
    found: dict[date, dict[str, Decimal]] = defaultdict(dict)
    for month, region, number in connection.execute(EVERY_MONTH):
        found[month][region] = of_cents(int(number))
    return dict(found)


def taken_between(
    connection: sa.Connection, first: date, after: date
) -> Iterator[tuple[date, str, Decimal]]:
    """Expense goods of the orders that count to these months, by month and region."""
    for month, region, number in connection.execute(BETWEEN, {"first": first, "after": after}):
        yield month, region, of_cents(int(number))
