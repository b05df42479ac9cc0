"""Receipts: every mail the mailbox showed has exactly one row, whatever happened since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.domain.mail import Aside, MailKey, MailState
from mailflow.domain.withheld import Withheld
from mailflow.ports import Arrival, MailRow
from mailflow.store.connection import Database, Lock, Pen, set_meta
from mailflow.store.engine import translated
from mailflow.store.presence import Presence
from mailflow.store.tables import arrivals, mails
from mailflow.store.waiting_cases import open_case, unread_case
from mailflow.store.withheld import forget, given, place_of, renumber, withheld_of, withhold

LEFT = {
    "before-start": (MailState.IGNORED, "before-start"),
    Aside.TOO_LARGE.value: (MailState.FAILED, Aside.TOO_LARGE.value),
}
BATCH = 500
"""Arrivals committed together, so that a first look at a full mailbox blocks nobody."""

SHARE = 20
"""Mails that a worker takes at once where there are others who may be idle."""

WAITS = mails.c.state == MailState.WAITING.value
WAITING = (MailState.WAITING.value, MailState.WAITING.value)
RECEIPT = (
    *(mails.c.id, mails.c.sha256, mails.c.received, mails.c.state),
    *(mails.c.reason, mails.c.attempts, mails.c.redone, mails.c.acknowledged),
)
OLDEST = (
    sa.select(*RECEIPT)
    .where(WAITS)
    .order_by(mails.c.received, mails.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
FREE = OLDEST.where(mails.c.holder.not_in(sa.bindparam("others", expanding=True))).with_for_update(
    skip_locked=True
)
TAKE = sa.update(mails).where(mails.c.id.in_(sa.bindparam("ids", expanding=True)))
ATTEMPT = (
    sa.update(mails)
    .where(mails.c.id.in_(sa.bindparam("ids", expanding=True)), WAITS)
    .values(attempts=mails.c.attempts + 1, reason="parsing")
    .returning(mails.c.id, mails.c.attempts)
)
GIVE_BACK = (
    sa.update(mails)
    .where(mails.c.id == sa.bindparam("mail"), WAITS, mails.c.attempts > 0)
    .values(attempts=mails.c.attempts - 1)
)
ASIDE = sa.update(mails).where(mails.c.id == sa.bindparam("mail"), WAITS)
SAME_BYTES = sa.select(mails.c.id, mails.c.state).where(mails.c.sha256 == sa.bindparam("of"))
NEW_MAIL = sa.insert(mails).returning(mails.c.id)
NEW_ARRIVAL = sa.insert(arrivals)
THERE = sa.and_(
    arrivals.c.account == sa.bindparam("at_account"),
    arrivals.c.folder == sa.bindparam("at_folder"),
    arrivals.c.uidvalidity == sa.bindparam("at_uidvalidity"),
)
KNOWN = sa.select(arrivals.c.uid).where(THERE)
OTHERWISE = (
    sa.select(arrivals.c.uid)
    .where(
        arrivals.c.account == sa.bindparam("at_account"),
        arrivals.c.folder == sa.bindparam("at_folder"),
        arrivals.c.uidvalidity != sa.bindparam("at_uidvalidity"),
        arrivals.c.uidvalidity > 0,
    )
    .limit(1)
)
FETCHED = sa.select(sa.func.coalesce(sa.func.sum(mails.c.size), 0)).where(
    mails.c.arrived > sa.bindparam("since"), mails.c.sha256.is_not(None)
)
RECORDED = KNOWN.where(arrivals.c.uid == sa.bindparam("at_uid"))
FILED = sa.update(arrivals).where(THERE, arrivals.c.uid == sa.bindparam("at_uid"))
UNFILED = (
    sa.select(arrivals, mails.c.state)
    .join(mails, mails.c.id == arrivals.c.mail_id)
    .where(arrivals.c.filed == "", mails.c.settled.is_not(None))
    .order_by(arrivals.c.mail_id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


def mail_row(row: sa.Row[*tuple[Any, ...]]) -> MailRow:
    return MailRow(
        id=row.id,
        sha256=row.sha256,
        received=row.received,
        state=MailState(row.state),
        reason=row.reason,
        attempts=row.attempts,
        revision=row.redone + 1,
        is_acknowledged=row.acknowledged is not None,
    )


class SqlJournal:
    def __init__(self, database: Database, presence: Presence) -> None:
        self._database = database
        self._presence = presence

    def known(self, account: str, folder: str, uidvalidity: int) -> frozenset[int]:
        place = {"at_account": account, "at_folder": folder, "at_uidvalidity": uidvalidity}
        with self._database.reading() as connection:
            return frozenset(connection.execute(KNOWN, place).scalars())

    def knows_otherwise(self, account: str, folder: str, uidvalidity: int) -> bool:
        place = {"at_account": account, "at_folder": folder, "at_uidvalidity": uidvalidity}
        with self._database.reading() as connection:
            return connection.execute(OTHERWISE, place).first() is not None

    def fetched_since(self, since: datetime) -> int:
        with self._database.reading() as connection:
            return int(connection.execute(FETCHED, {"since": since}).scalar_one())

    def record(self, news: Sequence[Arrival], now: datetime) -> None:
        for start in range(0, len(news), BATCH):
            with self._database.writing(now, Lock.INTAKE) as pen:
                for arrival in news[start : start + BATCH]:
                    _record(pen, arrival)

    def withheld(self, account: str, folder: str) -> Sequence[Withheld]:
        with self._database.reading() as connection:
            return withheld_of(connection, account, folder)

    def withhold(self, refused: Sequence[Withheld], now: datetime) -> None:
        if refused:
            with self._database.writing(now, Lock.INTAKE) as pen:
                for mail in refused:
                    withhold(pen, mail)

    def renumber(
        self, moved: Mapping[MailKey, MailKey], gone: Sequence[MailKey], now: datetime
    ) -> None:
        if moved or gone:
            with self._database.writing(now, Lock.INTAKE) as pen:
                for old, new in moved.items():
                    renumber(pen, old, new)
                for key in gone:
                    forget(pen, key)

    def waiting(self, limit: int) -> Sequence[MailRow]:
        """Where several workers share a database, each is given mails of its own."""
        self._presence.announce()
        if self._presence.alone:
            with self._database.reading() as connection:
                return [mail_row(row) for row in connection.execute(OLDEST, {"most": limit})]
        return self._taken(min(limit, SHARE))

    def _taken(self, limit: int) -> Sequence[MailRow]:
        with translated(), self._database.engine.begin() as connection:
            others = self._presence.others(connection)
            rows = connection.execute(FREE, {"most": limit, "others": others}).all()
            if rows:
                ids = [row.id for row in rows]
                connection.execute(TAKE, {"ids": ids, "holder": self._presence.epoch})
        failpoint.reached("mails.taken")
        return [mail_row(row) for row in rows]

    def begin_attempts(self, mail_ids: Collection[int], now: datetime) -> Mapping[int, int]:
        """Where a mail does not wait any more there is nothing to count."""
        with self._database.writing(now) as pen:
            rows = pen.connection.execute(ATTEMPT, {"ids": sorted(mail_ids)}).all()
            attempts = {int(row.id): int(row.attempts) for row in rows}
            for mail_id, attempt in sorted(attempts.items()):
                pen.note("mail", mail_id, WAITING, f"attempt {attempt}")
        return attempts

    def give_back(self, mail_ids: Collection[int], now: datetime) -> None:
        with self._database.writing(now) as pen:
            for mail_id in sorted(mail_ids):
                if pen.connection.execute(GIVE_BACK, {"mail": mail_id}).rowcount:
                    pen.note("mail", mail_id, WAITING, "attempt given back")

    def set_aside(self, mail_id: int, why: Aside, detail: str, now: datetime) -> None:
        state, reason = MailState.FAILED.value, f"{why}: {detail}" if detail else why.value
        aside = {"mail": mail_id, "state": state, "reason": reason, "settled": now, "holder": 0}
        with self._database.writing(now) as pen:
            if pen.connection.execute(ASIDE, aside).rowcount:
                pen.note("mail", mail_id, (MailState.WAITING.value, state), reason)
                open_case(pen, unread_case(mail_id, why.value, now))

    def unfiled(self, limit: int) -> Sequence[tuple[MailKey, MailState]]:
        with self._database.reading() as connection:
            return [
                (MailKey(r.account, r.folder, r.uidvalidity, r.uid), MailState(r.state))
                for r in connection.execute(UNFILED, {"most": limit})
            ]

    def filed(self, keys: Sequence[MailKey], now: datetime) -> None:
        day = now.date().isoformat()
        if keys:
            with self._database.writing(now) as pen:
                pen.connection.execute(FILED, [{**place_of(key), "filed": day} for key in keys])

    def completed_poll(self, now: datetime) -> None:
        with self._database.writing(now, Lock.INTAKE) as pen:
            set_meta(pen.connection, "last_poll", now.isoformat())


def _record(pen: Pen, arrival: Arrival) -> None:
    if pen.connection.execute(RECORDED, place_of(arrival.key)).first():
        return
    key = arrival.key
    row = {
        "account": key.account,
        "folder": key.folder,
        "uidvalidity": key.uidvalidity,
        "uid": key.uid,
        "mail_id": _mail_of(pen, arrival),
        "filed": "left" if arrival.left else "",
    }
    pen.connection.execute(NEW_ARRIVAL, row)


def _mail_of(pen: Pen, arrival: Arrival) -> int:
    """The logical mail of an arrival: the one of the same bytes, else a new one."""
    # Nothing has the bytes that are unknown: no row is equal to NULL.
    same = pen.connection.execute(SAME_BYTES, {"of": arrival.sha256}).first()
    known = given(pen, arrival, int(same.id) if same else None)
    if same:
        pen.note("mail", same.id, (same.state, same.state), "seen again")
        return int(same.id)
    if known is not None:
        return known
    state, reason = LEFT.get(arrival.left, (MailState.WAITING, "spooled"))
    row: dict[str, Any] = {
        "sha256": arrival.sha256,
        "size": arrival.size,
        "received": arrival.received,
        "arrived": pen.now,
        "state": state.value,
        "reason": reason,
        "settled": None if state is MailState.WAITING else pen.now,
        "marks": [],
        "findings": [],
    }
    mail_id = int(pen.connection.execute(NEW_MAIL, row).scalar_one())
    pen.note("mail", mail_id, ("", state.value), reason)
    if state is MailState.FAILED:
        open_case(pen, unread_case(mail_id, reason, pen.now))
    return mail_id
