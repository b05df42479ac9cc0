"""What people look at: counts, lists, the whole story of one thing, the matters of a digest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.allocation import ShortGoods
from mailflow.domain.batch import Traced
from mailflow.domain.budget import Spent
from mailflow.domain.chase import Chased
from mailflow.domain.goods_clock import UnderWay, Unshipped
from mailflow.domain.kept_inventory import InventoryState, StockLine
from mailflow.domain.matter import DayCounts, Matter
from mailflow.domain.order import order_of
from mailflow.domain.settlement import number_in
from mailflow.domain.vitals import Waiting
from mailflow.store import goods_clock
from mailflow.store.account_story import account_story, totals
from mailflow.store.balances import open_amounts
from mailflow.store.batches import batch_story, every_batch, traced
from mailflow.store.budgets import used_by_month, used_in
from mailflow.store.chases import chased_in
from mailflow.store.connection import Database, get_meta, number_of
from mailflow.store.inventories import changed_since_told, expiring_of, rows_between, standing
from mailflow.store.ledger import IN_FORCE
from mailflow.store.matters import day_counts_in, matters_in
from mailflow.store.sender_story import LEFT_OUT, of_sender
from mailflow.store.shipments import loads_told
from mailflow.store.shortages import summed_in
from mailflow.store.shown import shown
from mailflow.store.spending import spent_in
from mailflow.store.tables import (
    cases,
    dispatch_lists,
    history,
    jobs,
    mails,
    order_lines,
    orders,
    questions,
    settlements,
)
from mailflow.store.tables_outbox import outbox
from mailflow.store.tables_stock import shortages
from mailflow.store.timeline import is_asked_of, timeline_of
from mailflow.store.vitals import waiting_in

COUNTED = {
    "mails": mails,
    "orders": orders,
    "cases": cases,
    "messages": outbox,
    "shortages": shortages,
}
TABLES = {**COUNTED, "settlements": settlements}
PAGE = 500
INSIDE = ("content", "findings", "marks", "letter", "epoch", "holder", "around_key", "key")
REVISION = ("id", "revision", "state", "mail_id", "received", "tins", "amount_cents")
TOLD = ("findings", "marks")
"""What a list leaves out, and what of it the story of one thing tells."""


def _as_dict(row: Any, *leave_out: str) -> dict[str, Any]:
    return {k: shown(v) for k, v in row._mapping.items() if k not in leave_out}


class SqlRecords:
    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        found: dict[str, dict[str, int]] = {}
        with self._database.reading() as connection:
            for name, table in COUNTED.items():
                by_state = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
                rows = connection.execute(by_state.order_by(table.c.state))
                found[name] = {row[0]: row[1] for row in rows}
        return found

    def last_poll(self) -> datetime | None:
        with self._database.reading() as connection:
            value = get_meta(connection, "last_poll")
        return datetime.fromisoformat(value) if value else None

    def waiting(self) -> Waiting:
        with self._database.reading() as connection:
            return waiting_in(connection)

    def listing(self, kind: str, state: str | None) -> Iterator[Mapping[str, Any]]:
        """Page by page: whoever looks slowly must not keep others from writing."""
        if kind == "batches":
            with self._database.reading() as connection:
                lines = list(every_batch(connection))
            yield from lines
            return
        table = TABLES[kind]
        after: sa.BindParameter[int] = sa.bindparam("after")
        rows = sa.select(table).where(table.c.id > after).order_by(table.c.id).limit(PAGE)
        if state:
            rows = rows.where(table.c.state == state)
        last = 0
        while True:
            with self._database.reading() as connection:
                page = connection.execute(rows, {"after": last}).all()
            yield from (_as_dict(row, *INSIDE) for row in page)
            if len(page) < PAGE:
                return
            last = page[-1].id

    def story(self, kind: str, subject_id: str) -> Mapping[str, Any] | None:
        with self._database.reading() as connection:
            if kind == "batch":
                return batch_story(connection, subject_id)
            if kind == "sender":
                return _sender(connection, subject_id)
            if kind == "account":
                return account_story(connection, subject_id)
            found = _FIND[kind](connection, subject_id)
            if found is None:
                return None
            told = _as_dict(found, *(name for name in INSIDE if name not in TOLD))
            key = told["number"] if kind in ("order", "case") else told["id"]
            if kind == "order":
                told |= _of_order(connection, found)
                told["sender"] = _sender_of(connection, found.mail_id)
            if kind == "mail":
                told |= _of_mail(connection, found.id)
            told["history"] = _history(connection, kind, str(key))
            return told

    def matters(self, since: datetime, until: datetime) -> Sequence[Matter]:
        with self._database.reading() as connection:
            return list(matters_in(connection, since, until))

    def inventories(self, months: Sequence[date]) -> Mapping[tuple[str, date], InventoryState]:
        with self._database.reading() as connection:
            return standing(connection, months)

    def stock_rows(self, first: date, last: date) -> Iterator[tuple[object, ...]]:
        with self._database.reading() as connection:
            yield from rows_between(connection, first, last)

    def expiring(self, month: date) -> Sequence[tuple[str, StockLine]]:
        with self._database.reading() as connection:
            return list(expiring_of(connection, month))

    def used(self, month: date) -> Mapping[str, Decimal]:
        with self._database.reading() as connection:
            return used_in(connection, month)

    def used_by_month(self) -> Mapping[date, Mapping[str, Decimal]]:
        with self._database.reading() as connection:
            return used_by_month(connection)

    def spent(self, first: date, after: date) -> Sequence[Spent]:
        with self._database.reading() as connection:
            return spent_in(connection, first, after)

    def open_amounts(self, codes: Collection[str], after: date) -> Mapping[str, Decimal]:
        with self._database.reading() as connection:
            return open_amounts(connection, codes, after)

    def inventories_changed(self, month: date) -> Mapping[str, datetime] | None:
        with self._database.reading() as connection:
            return changed_since_told(connection, month)

    def is_done(self, job: str, period: str) -> bool:
        this = sa.select(jobs.c.job).where(jobs.c.job == job, jobs.c.period == period)
        with self._database.reading() as connection:
            return connection.execute(this).first() is not None

    def ledger(self) -> Mapping[str, Any]:
        with self._database.reading() as connection:
            return totals(connection)

    def traced(self, batch: str) -> Traced:
        with self._database.reading() as connection:
            return traced(connection, batch)

    def unshipped(self) -> Sequence[Unshipped]:
        with self._database.reading() as connection:
            return list(goods_clock.unshipped(connection))

    def under_way(self, zone: ZoneInfo) -> Sequence[UnderWay]:
        with self._database.reading() as connection:
            return goods_clock.under_way(connection, zone)

    def asked_on(self, names: Sequence[str]) -> Mapping[str, tuple[date, ...]]:
        with self._database.reading() as connection:
            return goods_clock.asked_on(connection, names)

    def short_goods(self) -> Sequence[ShortGoods]:
        with self._database.reading() as connection:
            return summed_in(connection)

    def chased(self) -> Chased:
        with self._database.reading() as connection:
            return chased_in(connection)

    def day_counts(self, since: datetime, until: datetime) -> Sequence[DayCounts]:
        with self._database.reading() as connection:
            return day_counts_in(connection, since, until)


def _mail(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    number = number_of(text.removeprefix("M"))
    return connection.execute(sa.select(mails).where(mails.c.id == number)).first()


def _order(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    rows = sa.select(orders).where(orders.c.number == order_of(text)).order_by(*IN_FORCE)
    return connection.execute(rows).first()


def _case(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(cases).where(cases.c.number == text)).first()


def _message(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(outbox).where(outbox.c.id == number_of(text))).first()


def _settlement(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    chosen = sa.select(settlements).where(settlements.c.id == number_in(text))
    return connection.execute(chosen).first()


_FIND = {
    "mail": _mail,
    "order": _order,
    "case": _case,
    "message": _message,
    "settlement": _settlement,
}


def _sender(connection: sa.Connection, text: str) -> dict[str, Any] | None:
    address = text.strip().lower()
    found = of_sender(connection, address)
    if found is None:
        return None
    told = {name: [_as_dict(row, *LEFT_OUT) for row in rows] for name, rows in found.items()}
    return {"sender": address, **told}


def _sender_of(connection: sa.Connection, mail_id: int) -> str:
    mail = connection.execute(sa.select(mails.c.sender).where(mails.c.id == mail_id)).first()
    return mail.sender if mail else ""


def _of_order(connection: sa.Connection, order: sa.Row[Any]) -> dict[str, Any]:
    lines = sa.select(order_lines).where(order_lines.c.order_id == order.id)
    revisions = sa.select(*(orders.c[name] for name in REVISION)).order_by(orders.c.revision)
    every = connection.execute(revisions.where(orders.c.number == order.number)).all()
    ids = [row.id for row in every]
    lists = sa.select(dispatch_lists).where(dispatch_lists.c.order_id.in_(ids))
    mail_ids = {row.mail_id for row in every}
    return {
        "customer": order.content.get("customer"),
        "ship_to": order.content.get("ship_to"),
        "lines": [_as_dict(r, "order_id") for r in connection.execute(lines)],
        "dispatch_lists": [_as_dict(r) for r in connection.execute(lists)],
        "shipments": loads_told(connection, ids),
        "revisions": [_as_dict(row, "id") for row in every],
        "questions": _questions(connection, order.number),
        "messages": _messages(connection, outbox.c.mail_id.in_(mail_ids)),
        "timeline": [
            {**_as_dict(row, "id"), "about": about}
            for row, about in timeline_of(connection, order.number, sorted(mail_ids))
        ],
    }


def _questions(connection: sa.Connection, number: str) -> list[dict[str, Any]]:
    """Who was asked, and what he answered; never a token."""
    told = ("revision", "role", "address", "state", "answer", "answered_by", "answer_mail_id")
    chosen = sa.select(*(questions.c[name] for name in (*told, "created", "expires", "answered")))
    rows = chosen.where(is_asked_of(number)).order_by(questions.c.id)
    return [_as_dict(row) for row in connection.execute(rows)]


def _of_mail(connection: sa.Connection, mail_id: int) -> dict[str, Any]:
    rows = sa.select(orders.c.number, orders.c.revision, orders.c.state, orders.c.findings).where(
        orders.c.mail_id == mail_id
    )
    return {
        "orders": [_as_dict(r) for r in connection.execute(rows)],
        "messages": _messages(connection, outbox.c.mail_id == mail_id),
    }


def _messages(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    chosen = sa.select(
        outbox.c.id, outbox.c.notice, outbox.c.recipient, outbox.c.subject, outbox.c.state
    )
    return [_as_dict(r) for r in connection.execute(chosen.where(where).order_by(outbox.c.id))]


def _history(connection: sa.Connection, kind: str, subject_id: str) -> list[dict[str, Any]]:
    rows = (
        sa.select(history)
        .where(history.c.kind == kind, history.c.subject_id == subject_id)
        .order_by(history.c.id)
    )
    return [_as_dict(r, "id", "kind", "subject_id") for r in connection.execute(rows)]
