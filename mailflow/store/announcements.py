"""Announcements to rows and back: kept before they go, out once, confirmed once by each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.announcement import (
    IS_OUT,
    Announcement,
    AnnouncementState,
    Receipt,
    receipt_of,
)
from mailflow.domain.attached import Attached
from mailflow.domain.message import MessageState
from mailflow.domain.notice_announcement import AnnouncementNotice
from mailflow.store.announcement_rows import addressee_of, person_row, version_bound, version_row
from mailflow.store.connection import Pen
from mailflow.store.tables import mails
from mailflow.store.tables_announcements import addressees, announcements
from mailflow.store.tables_outbox import outbox

KIND = "announcement"
OUT = tuple(state.value for state in IS_OUT)
VERSION = (
    sa.select(announcements, mails.c.sha256)
    .join(mails, mails.c.id == announcements.c.mail_id)
    .where(announcements.c.number == sa.bindparam("of_number"))
    .order_by(announcements.c.revision.desc())
    .limit(1)
)
NEWEST_OUT = VERSION.where(announcements.c.state.in_(OUT))
PROPOSED = VERSION.where(announcements.c.state == AnnouncementState.PROPOSED.value)
ID_OF = sa.select(announcements.c.id).where(
    announcements.c.number == sa.bindparam("of_number"),
    announcements.c.revision == sa.bindparam("of_revision"),
)
PEOPLE = (
    sa.select(addressees)
    .where(addressees.c.announcement_id == sa.bindparam("of"))
    .order_by(addressees.c.position)
)
CONFIRM = sa.update(addressees).where(
    addressees.c.announcement_id == ID_OF.scalar_subquery(),
    addressees.c.key == sa.bindparam("of_key"),
    addressees.c.confirmed.is_(None),
)
BY_TOKEN = (
    sa.select(announcements.c.number, addressees.c.address)
    .join(announcements, announcements.c.id == addressees.c.announcement_id)
    .where(addressees.c.token.in_(sa.bindparam("tokens", expanding=True)))
)
REVISIONS_BY_TOKEN = (
    sa.select(announcements.c.revision)
    .join(addressees, addressees.c.announcement_id == announcements.c.id)
    .where(
        announcements.c.number == sa.bindparam("of_number"),
        addressees.c.token.in_(sa.bindparam("tokens", expanding=True)),
    )
)
REVISIONS_BY_LETTER = sa.select(outbox.c.revision).where(
    outbox.c.notice == AnnouncementNotice.code,
    outbox.c.message_id.in_(sa.bindparam("ids", expanding=True)),
    # Also what reminded of it, whose `subject_id` goes on behind the number.
    outbox.c.subject_id.startswith(sa.bindparam("of_number")),
)
LETTERS = (
    sa.select(outbox.c.recipient, outbox.c.state, outbox.c.last_error)
    .where(
        outbox.c.notice == AnnouncementNotice.code,
        # Also what reminded of it; the last letter to somebody tells how it stands with him.
        sa.or_(
            outbox.c.subject_id == sa.bindparam("of_number"),
            outbox.c.subject_id.startswith(sa.bindparam("of_number") + "-"),
        ),
        outbox.c.revision == sa.bindparam("of_revision"),
    )
    .order_by(outbox.c.id)
)
OPEN = (
    sa.select(announcements.c.number, announcements.c.asked)
    .where(announcements.c.state == AnnouncementState.OPEN.value)
    .order_by(announcements.c.id)
)
MOST_TOKENS = 30


class NotThatState(Exception):
    """An announcement is changed that is another one meanwhile; nothing of it is committed."""


class SqlAnnouncements:
    """What `ports.Announcements` says."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection

    def propose(self, announcement: Announcement) -> None:
        row = {
            **version_row(announcement),
            "mail_id": announcement.mail_id,
            "announcer": announcement.announcer,
            "title": announcement.title,
            "text": announcement.text,
            "wanted": list(announcement.wanted),
            "confirm": announcement.confirm,
            "internal": announcement.is_internal,
            "attached": [[a.name, a.path, a.size, a.sha256] for a in announcement.attached],
            "state": announcement.state.value,
        }
        statement = sa.insert(announcements).returning(announcements.c.id)
        number = self._connection.execute(statement, row).scalar_one()
        people = [person_row(number, n, p) for n, p in enumerate(announcement.people)]
        self._connection.execute(sa.insert(addressees), people)
        told = f"M{announcement.mail_id} {announcement.announcer}"
        self._note(announcement, "", announcement.state, told)

    def announce(self, announcement: Announcement, tokens: Mapping[str, str], reason: str) -> None:
        state = AnnouncementState.OPEN if announcement.confirm else AnnouncementState.DONE
        self._set(announcement, AnnouncementState.PROPOSED, state, asked=self._pen.now)
        number = self._connection.execute(ID_OF, version_bound(announcement)).scalar_one()
        for key, token in tokens.items():
            this = sa.update(addressees).where(
                addressees.c.announcement_id == number, addressees.c.key == key
            )
            if not self._connection.execute(this.values(token=token)).rowcount:
                raise NotThatState(f"announcement {announcement.number}: nobody of address {key}")
        self._note(announcement, AnnouncementState.PROPOSED.value, state, reason)

    def confirm(self, announcement: Announcement, address: str, mail_id: int) -> None:
        values = {"confirmed": self._pen.now, "confirm_mail_id": mail_id}
        of = {**version_bound(announcement), "of_key": address.casefold(), **values}
        if not self._connection.execute(CONFIRM, of).rowcount:
            raise NotThatState(f"announcement {announcement.number}: {address} has confirmed it")
        state = announcement.state
        self._note(announcement, state.value, state, f"M{mail_id} {address}: confirmed")

    def end(self, announcement: Announcement, state: AnnouncementState, reason: str) -> None:
        self._set(announcement, announcement.state, state)
        self._note(announcement, announcement.state.value, state, reason)

    def urge(self, announcement: Announcement) -> None:
        is_open = AnnouncementState.OPEN
        self._set(announcement, is_open, is_open, asked=self._pen.now)

    def out(self, number: str) -> Announcement | None:
        return self._read(NEWEST_OUT, number)

    def proposed(self, number: str) -> Announcement | None:
        return self._read(PROPOSED, number)

    def newest(self, number: str) -> Announcement | None:
        return self._read(VERSION, number)

    def last_revision(self, number: str) -> int:
        row = self._connection.execute(VERSION, {"of_number": number}).first()
        return int(row.revision) if row else 0

    def receipts(self, announcement: Announcement) -> tuple[Receipt, ...]:
        return receipts_of(self._connection, announcement)

    def tokens(self, announcement: Announcement) -> Mapping[str, str]:
        return {row.key: row.token for row in _people(self._connection, announcement) if row.token}

    def revision_of(
        self, number: str, tokens: Sequence[str], message_ids: Sequence[str]
    ) -> int | None:
        of = {"of_number": number}
        signs = {**of, "tokens": list(tokens[:MOST_TOKENS])}
        ids = {**of, "ids": list(message_ids[:MOST_TOKENS])}
        found = [
            *self._connection.execute(REVISIONS_BY_TOKEN, signs).scalars(),
            *self._connection.execute(REVISIONS_BY_LETTER, ids).scalars(),
        ]
        return max(found, default=None)

    def same_out(self, announcement: Announcement) -> str:
        same = sa.select(announcements.c.number).where(
            announcements.c.number != announcement.number,
            announcements.c.announcer == announcement.announcer,
            announcements.c.title == announcement.title,
            announcements.c.text == announcement.text,
            announcements.c.state.in_(OUT),
        )
        newest = same.order_by(announcements.c.id.desc()).limit(1)
        return self._connection.execute(newest).scalar() or ""

    def of_tokens(self, tokens: Sequence[str]) -> tuple[tuple[str, str], ...]:
        if not tokens:
            return ()
        rows = self._connection.execute(BY_TOKEN, {"tokens": list(tokens[:MOST_TOKENS])})
        return tuple((row.number, row.address) for row in rows)

    def _set(
        self,
        announcement: Announcement,
        before: AnnouncementState,
        after: AnnouncementState,
        **more: datetime,
    ) -> None:
        this = sa.update(announcements).where(
            announcements.c.number == announcement.number,
            announcements.c.revision == announcement.revision,
            announcements.c.state == before.value,
        )
        if not self._connection.execute(this.values(state=after.value, **more)).rowcount:
            raise NotThatState(f"announcement {announcement.number} is not {before.value} any more")

    def _note(
        self, announcement: Announcement, before: str, after: AnnouncementState, reason: str
    ) -> None:
        self._pen.note(KIND, announcement.number, (before, after.value), reason)

    def _read(self, statement: sa.Select[Any], number: str) -> Announcement | None:
        row = self._connection.execute(statement, {"of_number": number}).first()
        return _announcement(self._connection, row) if row else None


def newest_of(connection: sa.Connection, number: str) -> Announcement | None:
    """The version that is out, else the newest there is."""
    for statement in (NEWEST_OUT, VERSION):
        if row := connection.execute(statement, {"of_number": number}).first():
            return _announcement(connection, row)
    return None


def receipts_of(connection: sa.Connection, announcement: Announcement) -> tuple[Receipt, ...]:
    of = version_bound(announcement)
    letters = {
        row.recipient.casefold(): (MessageState(row.state), row.last_error)
        for row in connection.execute(LETTERS, of)
    }
    asked, found = announcement.confirm, []
    for row in _people(connection, announcement):
        state, why = letters.get(row.key, (None, ""))
        found.append(receipt_of(addressee_of(row), state, row.confirmed, asked=asked, why=why))
    return tuple(found)


def open_announcements(connection: sa.Connection) -> Sequence[tuple[str, datetime]]:
    """Numbers of those that wait for confirmations, each with when these were last asked for."""
    return [(row.number, row.asked) for row in connection.execute(OPEN)]


def _people(connection: sa.Connection, announcement: Announcement) -> Sequence[sa.Row[Any]]:
    number = connection.execute(ID_OF, version_bound(announcement)).scalar_one()
    return connection.execute(PEOPLE, {"of": number}).all()


def _announcement(connection: sa.Connection, row: sa.Row[Any]) -> Announcement:
    people = connection.execute(PEOPLE, {"of": row.id})
    return Announcement(
        number=row.number,
        revision=row.revision,
        mail_id=row.mail_id,
        sha256=row.sha256 or "",
        announcer=row.announcer,
        title=row.title,
        text=row.text,
        wanted=tuple(row.wanted),
        confirm=row.confirm,
        is_internal=row.internal,
        attached=tuple(Attached(*each) for each in row.attached),
        people=tuple(map(addressee_of, people)),
        state=AnnouncementState(row.state),
        asked=row.asked,
    )
