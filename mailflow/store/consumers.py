"""Consumers are kept while they are called: put down once, passed on once, deleted for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from mailflow.domain.consumer_list import (
    Batch,
    Consumer,
    ConsumerList,
    KeptList,
    KnownConsumer,
    ListState,
    Part,
    Personal,
)
from mailflow.domain.notice_consumers import CallsNotice
from mailflow.store.connection import Pen
from mailflow.store.forgetting import forget, mark, want
from mailflow.store.tables_consumers import consumer_lists, consumers, personal_mails
from mailflow.store.tables_outbox import outbox

SEVERAL = 500
"""Numbers looked up with one statement: a database takes only so many values."""
FIELDS = tuple(field.name for field in fields(Consumer))
KEEP_LIST = sa.insert(consumer_lists).returning(consumer_lists.c.id)
KEEP = sa.insert(consumers)
KNOWN = (
    sa.select(consumers.c.key, consumer_lists.c.number, consumer_lists.c.sender)
    .join(consumer_lists, consumer_lists.c.id == consumers.c.list_id)
    .where(consumers.c.key.in_(sa.bindparam("keys", expanding=True)))
)
LIST = sa.select(consumer_lists.c.id).where(consumer_lists.c.number == sa.bindparam("of"))
NOBODY = consumers.c.agent == ""
PASS = sa.update(consumers).where(
    consumers.c.list_id == sa.bindparam("of_list"),
    consumers.c.region == sa.bindparam("of_region"),
    NOBODY,
)
LEFT = sa.select(sa.func.count()).where(consumers.c.list_id == sa.bindparam("of_list"), NOBODY)
ALL_PASSED = sa.update(consumer_lists).where(consumer_lists.c.id == sa.bindparam("of_list"))
WANTED_GONE = sa.exists().where(
    personal_mails.c.mail_id == consumer_lists.c.mail_id, personal_mails.c.wanted.is_not(None)
)
WAITING = (
    sa.select(consumers, consumer_lists.c.number, consumer_lists.c.mail_id)
    .join(consumer_lists, consumer_lists.c.id == consumers.c.list_id)
    .where(NOBODY, ~WANTED_GONE)
    .order_by(consumers.c.id)
)
SHEETS = sa.select(sa.func.count()).where(
    outbox.c.notice == CallsNotice.code, outbox.c.subject_id == sa.bindparam("of")
)
ANY = (
    sa.select(consumers.c.id)
    .join(consumer_lists, consumer_lists.c.id == consumers.c.list_id)
    .where(NOBODY, ~WANTED_GONE)
    .limit(1)
)
NUMBERED = sa.select(consumer_lists).where(consumer_lists.c.number == sa.bindparam("of"))
PARTS = (
    sa.select(consumers.c.region, sa.func.count(), consumers.c.agent)
    .where(consumers.c.list_id == sa.bindparam("of_list"))
    .group_by(consumers.c.region, consumers.c.agent)
    .order_by(sa.func.min(consumers.c.id))
)


class NotWaiting(Exception):
    """Consumers are passed on that were passed on before; nothing of it is committed."""


class SqlConsumers:
    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def known(self, keys: Collection[str]) -> Mapping[str, KnownConsumer]:
        found: dict[str, KnownConsumer] = {}
        ordered = sorted(keys)
        for start in range(0, len(ordered), SEVERAL):
            some = {"keys": ordered[start : start + SEVERAL]}
            for row in self._connection.execute(KNOWN, some):
                found[row.key] = KnownConsumer(row.number, row.sender)
        return found

    def keep(self, taken: ConsumerList) -> None:
        row = {
            "number": taken.number,
            "mail_id": taken.mail_id,
            "sender": taken.sender,
            "received": taken.received,
            "consumers": len(taken.rows),
            "state": ListState.KEPT.value,
        }
        list_id = self._connection.execute(KEEP_LIST, row).scalar_one()
        rows = [{"list_id": list_id, "agent": "", **_values(each)} for each in taken.rows]
        self._connection.execute(KEEP, rows)
        told = f"M{taken.mail_id}: {len(taken.rows)}"
        self._pen.note("consumers", taken.number, ("", ListState.KEPT.value), told)

    def passed(self, number: str, region: str, to: str) -> None:
        list_id = self._connection.execute(LIST, {"of": number}).scalar_one()
        which = {"of_list": list_id, "of_region": region}
        count = self._connection.execute(PASS, {**which, "agent": to}).rowcount
        if not count:
            raise NotWaiting(f"consumers {number} {region}: nothing of them waits")
        after = ListState.KEPT
        if not self._connection.execute(LEFT, {"of_list": list_id}).scalar_one():
            after = ListState.PASSED
            self._connection.execute(ALL_PASSED, {"of_list": list_id, "state": after.value})
        states = ListState.KEPT.value, after.value
        self._pen.note("consumers", number, states, f"{region}: {count} → {to}")

    def waiting(self) -> Sequence[Batch]:
        rows: dict[tuple[str, str], list[Consumer]] = {}
        mails: dict[str, int] = {}
        for row in self._connection.execute(WAITING):
            rows.setdefault((row.number, row.region), []).append(consumer_of(row))
            mails[row.number] = row.mail_id
        return tuple(
            Batch(number, region, mails[number], tuple(every), self._sheets(number, region))
            for (number, region), every in rows.items()
        )

    def _sheets(self, number: str, region: str) -> int:
        return self._connection.execute(SHEETS, {"of": f"{number} {region}"}).scalar_one()

    def kept(self, number: str) -> KeptList | None:
        row = self._connection.execute(NUMBERED, {"of": number}).first()
        if row is None:
            return None
        parts = self._connection.execute(PARTS, {"of_list": row.id})
        return KeptList(
            number=row.number,
            mail_id=row.mail_id,
            sender=row.sender,
            count=row.consumers,
            state=ListState(row.state),
            parts=tuple(Part(*part) for part in parts),
        )

    def want_forgotten(self, number: str, reason: str) -> None:
        kept = self.kept(number)
        if kept is None:
            raise LookupError(f"consumers {number}: no such list")
        want(self._pen, kept, reason)

    def mark_personal(self, mail_id: int, day: date) -> None:
        mark(self._pen, mail_id, day)

    def forget(self, gone: Personal, note: bytes) -> bool:
        return forget(self._pen, gone, note)


def is_waiting(connection: sa.Connection) -> bool:
    return connection.execute(ANY).first() is not None


def _values(consumer: Consumer) -> dict[str, object]:
    return {name: getattr(consumer, name) for name in FIELDS}


def consumer_of(row: sa.Row[Any]) -> Consumer:
    values = row._mapping
    return Consumer(**{name: values[name] for name in FIELDS})
