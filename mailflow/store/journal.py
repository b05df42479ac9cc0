"""Receipts: every mail the mailbox showed has exactly one row, whatever happened since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.finding import Asked
from mailflow.domain.mail import Aside, MailKey, MailState
from mailflow.ports import Arrival, MailRow
from mailflow.store.connection import Database
from mailflow.store.tables import arrivals, cases, mails, meta

LEFT = {
    "before-start": (MailState.IGNORED, "before-start"),
    Aside.TOO_LARGE.value: (MailState.FAILED, Aside.TOO_LARGE.value),
}


def mail_row(row: sa.Row[tuple[object, ...]]) -> MailRow:
    values = row._mapping
    return MailRow(
        id=values["id"],
        sha256=values["sha256"],
        received=values["received"],
        state=MailState(values["state"]),
        reason=values["reason"],
        attempts=values["attempts"],
        revision=values["redone"] + 1,
    )


class SqlJournal:
    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, account: str, folder: str, uidvalidity: int) -> frozenset[int]:
        where = sa.and_(
            arrivals.c.account == account,
            arrivals.c.folder == folder,
            arrivals.c.uidvalidity == uidvalidity,
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(sa.select(arrivals.c.uid).where(where)))

    def record(self, news: Sequence[Arrival], now: datetime) -> None:
        if not news:
            return
        with self._database.writing() as connection:
            for arrival in news:
                if not _is_recorded(connection, arrival.key):
                    mail_id = self._mail_of(connection, arrival, now)
                    connection.execute(
                        sa.insert(arrivals).values(
                            account=arrival.key.account,
                            folder=arrival.key.folder,
                            uidvalidity=arrival.key.uidvalidity,
                            uid=arrival.key.uid,
                            mail_id=mail_id,
                        )
                    )

    def _mail_of(self, connection: sa.Connection, arrival: Arrival, now: datetime) -> int:
        """The logical mail of an arrival: the one of the same bytes, else a new one."""
        if arrival.sha256 is not None:
            same = sa.select(mails.c.id, mails.c.state).where(mails.c.sha256 == arrival.sha256)
            if found := connection.execute(same).first():
                self._database.note(
                    connection, "mail", found.id, (found.state, found.state), "seen again", now
                )
                return int(found.id)
        state, reason = LEFT.get(arrival.left, (MailState.WAITING, "spooled"))
        row = sa.insert(mails).values(
            sha256=arrival.sha256,
            size=arrival.size,
            received=arrival.received,
            arrived=now,
            state=state.value,
            reason=reason,
            settled=None if state is MailState.WAITING else now,
            marks=[],
            findings=[],
        )
        mail_id = int(connection.execute(row.returning(mails.c.id)).scalar_one())
        self._database.note(connection, "mail", mail_id, ("", state.value), reason, now)
        if state is MailState.FAILED:
            self._case(connection, mail_id, reason, now)
        return mail_id

    def waiting(self, limit: int) -> Sequence[MailRow]:
        oldest_first = (
            sa.select(mails)
            .where(mails.c.state == MailState.WAITING.value)
            .order_by(mails.c.received, mails.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [mail_row(row) for row in connection.execute(oldest_first)]

    def begin_attempt(self, mail_id: int, now: datetime) -> int:
        more = (
            sa.update(mails)
            .where(mails.c.id == mail_id)
            .values(attempts=mails.c.attempts + 1, reason="parsing")
            .returning(mails.c.attempts)
        )
        with self._database.writing() as connection:
            attempts = int(connection.execute(more).scalar_one())
            states = (MailState.WAITING.value, MailState.WAITING.value)
            self._database.note(connection, "mail", mail_id, states, f"attempt {attempts}", now)
        return attempts

    def set_aside(self, mail_id: int, why: Aside, detail: str, now: datetime) -> None:
        reason = f"{why}: {detail}" if detail else why.value
        with self._database.writing() as connection:
            aside = (
                sa.update(mails)
                .where(mails.c.id == mail_id, mails.c.state == MailState.WAITING.value)
                .values(state=MailState.FAILED.value, reason=reason[:80], settled=now)
            )
            if connection.execute(aside).rowcount:
                states = (MailState.WAITING.value, MailState.FAILED.value)
                self._database.note(connection, "mail", mail_id, states, reason, now)
                self._case(connection, mail_id, why.value, now)

    def _case(self, connection: sa.Connection, mail_id: int, reason: str, now: datetime) -> None:
        number = f"M{mail_id}"
        connection.execute(sa.delete(cases).where(cases.c.number == number))
        connection.execute(
            sa.insert(cases).values(
                number=number,
                kind="mail",
                subject_id=str(mail_id),
                waits_on=Asked.SALES_ADMIN.value,
                region="",
                reason=reason,
                since=now,
                state="open",
            )
        )
        self._database.note(connection, "case", number, ("", "open"), reason, now)

    def unfiled(self, limit: int) -> Sequence[tuple[MailKey, MailState]]:
        settled = (
            sa.select(arrivals, mails.c.state)
            .join(mails, mails.c.id == arrivals.c.mail_id)
            .where(
                mails.c.state != MailState.WAITING.value,
                mails.c.reason.not_in([reason for _, reason in LEFT.values()]),
                arrivals.c.filed == "",
            )
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [
                (MailKey(r.account, r.folder, r.uidvalidity, r.uid), MailState(r.state))
                for r in connection.execute(settled)
            ]

    def filed(self, keys: Sequence[MailKey], now: datetime) -> None:
        with self._database.writing() as connection:
            for key in keys:
                connection.execute(
                    sa.update(arrivals).where(*_at(key)).values(filed=now.date().isoformat())
                )

    def completed_poll(self, now: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(sa.delete(meta).where(meta.c.key == "last_poll"))
            connection.execute(sa.insert(meta).values(key="last_poll", value=now.isoformat()))


def _at(key: MailKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        arrivals.c.account == key.account,
        arrivals.c.folder == key.folder,
        arrivals.c.uidvalidity == key.uidvalidity,
        arrivals.c.uid == key.uid,
    )


def _is_recorded(connection: sa.Connection, key: MailKey) -> bool:
    return connection.execute(sa.select(arrivals.c.uid).where(*_at(key))).first() is not None
