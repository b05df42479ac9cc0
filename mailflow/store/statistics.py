"""Statistics are summed up by the database; what comes out is a row a distributor and product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.ledger import Account as In
from mailflow.domain.money import ZERO, of_cents
from mailflow.domain.order import IN_BOOKS, OrderState
from mailflow.domain.period import Period
from mailflow.domain.statistics import Account, Books, Goods, Listed
from mailflow.store.budgets import taken_between
from mailflow.store.connection import Database
from mailflow.store.shipments import COUNTED
from mailflow.store.spending import approved_in
from mailflow.store.tables import dispatch_lists, history, mails, order_lines, orders
from mailflow.store.tables_accounts import entries, postings
from mailflow.store.tables_shipping import shipments, shipped_lines
from mailflow.store.tables_stock import shortages

FIRST: sa.BindParameter[date] = sa.bindparam("first")
AFTER: sa.BindParameter[date] = sa.bindparam("after")
SINCE: sa.BindParameter[datetime] = sa.bindparam("since")
UNTIL: sa.BindParameter[datetime] = sa.bindparam("until")
IS_BOOKED = orders.c.state.in_([state.value for state in IN_BOOKS])
IN_PERIOD = sa.and_(IS_BOOKED, orders.c.month >= FIRST, orders.c.month < AFTER)


def _if(funding: str, column: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((order_lines.c.funding == funding, column), else_=0))


ORDERS = (
    sa.select(orders.c.distributor, sa.func.max(orders.c.region), sa.func.count())
    .where(IN_PERIOD)
    .group_by(orders.c.distributor)
)
ORDERED = (
    sa.select(
        *(orders.c.distributor, order_lines.c.sku, sa.func.sum(order_lines.c.tins)),
        *(_if("cash", order_lines.c.amount_cents), _if("expense", order_lines.c.amount_cents)),
    )
    .join(orders, orders.c.id == order_lines.c.order_id)
    .where(IN_PERIOD)
    .group_by(orders.c.distributor, order_lines.c.sku)
)
MONTHS = (
    sa.select(
        *(orders.c.month, orders.c.distributor),
        sa.func.sum(orders.c.cash_cents + orders.c.expense_cents),
    )
    .where(IN_PERIOD)
    .group_by(orders.c.month, orders.c.distributor)
    .order_by(orders.c.month, orders.c.distributor)
)
# A load whose day was not said counts on the day it was booked.
HAS_LEFT = sa.and_(
    shipments.c.state == COUNTED,
    sa.or_(
        sa.and_(shipments.c.shipped_on >= FIRST, shipments.c.shipped_on < AFTER),
        sa.and_(shipments.c.shipped_on.is_(None), shipments.c.at >= SINCE, shipments.c.at < UNTIL),
    ),
)
SHIPPED = (
    sa.select(orders.c.distributor, shipped_lines.c.sku, sa.func.sum(shipped_lines.c.tins))
    .join(shipments, shipments.c.id == shipped_lines.c.shipment_id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(HAS_LEFT)
    .group_by(orders.c.distributor, shipped_lines.c.sku)
)
IS_ISSUED = sa.and_(IS_BOOKED, dispatch_lists.c.issued >= FIRST, dispatch_lists.c.issued < AFTER)
# Whatever became of it since: what was supplied later was short all the same.
SHORT = (
    sa.select(orders.c.distributor, shortages.c.sku, sa.func.sum(shortages.c.tins))
    .join(
        orders,
        sa.and_(
            orders.c.number == shortages.c.order_number, orders.c.revision == shortages.c.revision
        ),
    )
    .where(IN_PERIOD)
    .group_by(orders.c.distributor, shortages.c.sku)
)
FIRST_LOAD = (
    sa.select(
        shipments.c.list_id,
        sa.func.min(shipments.c.shipped_on).label("left_on"),
        sa.func.min(shipments.c.at).label("at"),
    )
    .where(shipments.c.state == COUNTED)
    .group_by(shipments.c.list_id)
    .subquery()
)
LISTS = (
    sa.select(
        *(orders.c.distributor, dispatch_lists.c.issued, FIRST_LOAD.c.left_on, FIRST_LOAD.c.at),
    )
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .outerjoin(FIRST_LOAD, FIRST_LOAD.c.list_id == dispatch_lists.c.id)
    .where(IS_ISSUED)
)
ENTERED = (
    sa.select(entries.c.distributor, postings.c.account, sa.func.sum(postings.c.cents))
    .join(postings, postings.c.entry_id == entries.c.id)
    .where(entries.c.period >= FIRST, entries.c.period < AFTER)
    .group_by(entries.c.distributor, postings.c.account)
)
OWED = (
    sa.select(entries.c.distributor, sa.func.sum(postings.c.cents))
    .join(postings, postings.c.entry_id == entries.c.id)
    .where(entries.c.period < AFTER, postings.c.account == In.OWED.value)
    .group_by(entries.c.distributor)
)
MAILS = (
    sa.select(mails.c.state, sa.func.count())
    .where(mails.c.received >= SINCE, mails.c.received < UNTIL, mails.c.reason != "before-start")
    .group_by(mails.c.state)
    .order_by(mails.c.state)
)
# Other things are noted of an order beside its states, such as what is short.
IS_FIRST = sa.and_(
    history.c.kind == "order",
    history.c.before == "",
    history.c.after.in_([state.value for state in OrderState]),
    history.c.at >= SINCE,
    history.c.at < UNTIL,
)
DECIDED = (
    sa.select(history.c.after, sa.func.count())
    .where(IS_FIRST)
    .group_by(history.c.after)
    .order_by(history.c.after)
)
REASONS = (
    sa.select(history.c.reason, sa.func.count())
    .where(IS_FIRST, history.c.after == "returned")
    .group_by(history.c.reason)
    .order_by(history.c.reason)
)


class SqlStatistics:
    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone

    def books(self, period: Period) -> Books:
        with self._database.reading() as connection:
            return books_in(connection, period, self._zone)


def books_in(connection: sa.Connection, period: Period, zone: ZoneInfo) -> Books:
    since, until = period.bounds(zone)
    days = {"first": period.first, "after": period.after}
    instants = {"since": since, "until": until}
    return Books(
        period=period,
        orders=tuple(_rows(connection, ORDERS, days)),
        goods=tuple(_goods(connection, {**days, **instants})),
        lists=tuple(_lists(connection, days, zone)),
        accounts=tuple(_accounts(connection, days)),
        months=tuple(_months(connection, period)),
        mails=tuple(_rows(connection, MAILS, instants)),
        decided=tuple(_rows(connection, DECIDED, instants)),
        reasons=tuple(_rows(connection, REASONS, instants)),
        taken=tuple(taken_between(connection, period.first, period.after)),
        approved=approved_in(connection, period.first, period.after),
    )


def _lists(connection: sa.Connection, days: dict[str, Any], zone: ZoneInfo) -> Iterator[Listed]:
    counted: dict[tuple[Any, ...], int] = defaultdict(int)
    for distributor, issued, left_on, at in connection.execute(LISTS, days):
        left = left_on or (at.astimezone(zone).date() if at else None)
        counted[distributor, issued, left] += 1
    for (distributor, issued, left), number in counted.items():
        yield Listed(distributor, issued, left, number)


def _rows(connection: sa.Connection, chosen: sa.Select[Any], values: dict[str, Any]) -> Any:
    return map(tuple, connection.execute(chosen, values))


def _goods(connection: sa.Connection, values: dict[str, Any]) -> Iterator[Goods]:
    ordered = {row[:2]: row[2:] for row in _rows(connection, ORDERED, values)}
    shipped = {(who, sku): int(n) for who, sku, n in connection.execute(SHIPPED, values)}
    short = {(who, sku): int(n) for who, sku, n in connection.execute(SHORT, values)}
    for key in sorted({*ordered, *shipped, *short}):
        tins, cash, expense = map(int, ordered.get(key, (0, 0, 0)))
        left, missing = shipped.get(key, 0), short.get(key, 0)
        yield Goods(key[0], key[1], tins, of_cents(cash), of_cents(expense), left, missing)


def _accounts(connection: sa.Connection, days: dict[str, Any]) -> Iterator[Account]:
    moved: dict[str, dict[str, int]] = defaultdict(dict)
    for who, account, number in connection.execute(ENTERED, days):
        moved[who][account] = int(number)
    owed = {who: int(number) for who, number in connection.execute(OWED, days)}
    for who in sorted({*moved, *owed}):
        mine = moved[who]
        yield Account(
            distributor=who,
            paid=of_cents(mine.get(In.BANK, 0)),
            approved=of_cents(-mine.get(In.APPROVED, 0)),
            owed=of_cents(owed.get(who, 0)) or ZERO,
            sales=of_cents(-mine.get(In.SALES, 0)),
            taken=of_cents(mine.get(In.TAKEN, 0)),
        )


def _months(connection: sa.Connection, period: Period) -> Iterable[Any]:
    """From the first month of the year on, so that a month has something to stand beside."""
    days = {"first": period.first.replace(month=1), "after": period.after}
    return ((m, who, of_cents(int(n))) for m, who, n in connection.execute(MONTHS, days))
