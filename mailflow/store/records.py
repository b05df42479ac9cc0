"""What people look at: counts, lists, the whole story of one thing, the matters of a digest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.allocation import ShortGoods
from mailflow.domain.announcement import LostLetter
from mailflow.domain.batch import Traced
from mailflow.domain.budget import Spent
from mailflow.domain.chase import Chased
from mailflow.domain.consumer_list import Personal
from mailflow.domain.goods_clock import UnderWay, Unshipped
from mailflow.domain.kept_inventory import InventoryState, StockLine
from mailflow.domain.matter import DayCounts, Matter
from mailflow.domain.vitals import Waiting
from mailflow.store import goods_clock
from mailflow.store.account_story import totals
from mailflow.store.announcement_lost import lost_announcements
from mailflow.store.announcements import open_announcements
from mailflow.store.balances import open_amounts
from mailflow.store.batches import every_batch, traced
from mailflow.store.budgets import used_by_month, used_in
from mailflow.store.chases import chased_in
from mailflow.store.connection import Database, get_meta
from mailflow.store.consumers import is_waiting
from mailflow.store.forgetting import expired_before
from mailflow.store.inventories import changed_since_told, expiring_of, rows_between, standing
from mailflow.store.matters import day_counts_in, matters_in
from mailflow.store.sample_stories import every_shortfall
from mailflow.store.shortages import summed_in
from mailflow.store.spending import spent_in
from mailflow.store.stories import INSIDE, as_dict, story_of
from mailflow.store.tables import (
    cases,
    jobs,
    mails,
    orders,
    register_proposals,
    settlements,
)
from mailflow.store.tables_announcements import announcements
from mailflow.store.tables_consumers import consumer_lists
from mailflow.store.tables_outbox import outbox
from mailflow.store.tables_stock import shortages
from mailflow.store.vitals import waiting_in

COUNTED = {
    "mails": mails,
    "orders": orders,
    "cases": cases,
    "messages": outbox,
    "shortages": shortages,
}
TABLES = {
    **COUNTED,
    "settlements": settlements,
    "announcements": announcements,
    "registers": register_proposals,
    "consumers": consumer_lists,
}
PAGE = 500

DONE = sa.select(jobs.c.job).where(
    jobs.c.job == sa.bindparam("of_job"), jobs.c.period == sa.bindparam("of_period")
)
LATELY = (
    sa.select(jobs.c.period, jobs.c.done)
    .where(jobs.c.job == sa.bindparam("of_job"))
    .order_by(jobs.c.done.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
COME = (
    sa.select(mails.c.id)
    .where(mails.c.arrived >= sa.bindparam("since"), mails.c.subject.like(sa.bindparam("like")))
    .limit(1)
)


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
        if kind == "shortfalls":
            with self._database.reading() as connection:
                told = list(every_shortfall(connection, state))
            yield from told
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
            yield from (as_dict(row, *INSIDE) for row in page)
            if len(page) < PAGE:
                return
            last = page[-1].id

    def story(self, kind: str, subject_id: str) -> Mapping[str, Any] | None:
        with self._database.reading() as connection:
            return story_of(connection, kind, subject_id)

    def matters(self, since: datetime, until: datetime) -> Sequence[Matter]:
        with self._database.reading() as connection:
            return list(matters_in(connection, since, until))

    def inventories(self, months: Sequence[date]) -> Mapping[tuple[str, date], InventoryState]:
        with self._database.reading() as connection:
            return standing(connection, months)

    def stock_rows(self, first: date, last: date) -> Iterator[tuple[object, ...]]:
        with self._database.reading() as connection:
            yield from rows_between(connection, first, last)

    def expiring(self, month: date, before: date) -> Sequence[tuple[str, StockLine]]:
        with self._database.reading() as connection:
            return list(expiring_of(connection, month, before))

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
        this = {"of_job": job, "of_period": period}
        with self._database.reading() as connection:
            return connection.execute(DONE, this).first() is not None

    def done_lately(self, job: str, most: int) -> Sequence[tuple[str, datetime]]:
        with self._database.reading() as connection:
            rows = connection.execute(LATELY, {"of_job": job, "most": most})
            return [(row.period, row.done) for row in rows]

    def has_come(self, sign: str, since: datetime) -> bool:
        with self._database.reading() as connection:
            this = {"since": since, "like": f"%{sign}%"}
            return connection.execute(COME, this).first() is not None

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

    def open_announcements(self) -> Sequence[tuple[str, datetime]]:
        with self._database.reading() as connection:
            return open_announcements(connection)

    def lost_announcements(self, since: datetime) -> Sequence[LostLetter]:
        with self._database.reading() as connection:
            return lost_announcements(connection, since)

    def chased(self) -> Chased:
        with self._database.reading() as connection:
            return chased_in(connection)

    def consumers_wait(self) -> bool:
        with self._database.reading() as connection:
            return is_waiting(connection)

    def consumers_expired(self, before: date) -> Sequence[Personal]:
        with self._database.reading() as connection:
            return expired_before(connection, before)

    def day_counts(self, since: datetime, until: datetime) -> Sequence[DayCounts]:
        with self._database.reading() as connection:
            return day_counts_in(connection, since, until)
