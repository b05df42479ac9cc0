"""What an operator sees of an announcement, and how he ends one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from mailflow.domain.announcement import Announcement, AnnouncementState
from mailflow.ports import Refusal
from mailflow.store.announcements import SqlAnnouncements, newest_of, receipts_of
from mailflow.store.asked import supersede
from mailflow.store.connection import Pen
from mailflow.store.shown import shown
from mailflow.store.tables_announcements import announcements
from mailflow.store.waiting_cases import close_case


def close_by_hand(pen: Pen, number: str, reason: str) -> str:
    """The state it then has. Raises `Refusal`."""
    books = SqlAnnouncements(pen)
    waiting, out = books.proposed(number), books.out(number)
    newest = waiting or out or newest_of(pen.connection, number)
    if newest is None:
        raise Refusal(f"announcement {number}: there is none: see `mailflow list announcements`")
    state = newest.state
    if waiting is not None:
        state = AnnouncementState.REFUSED
        books.end(waiting, state, reason)
        supersede(pen, number, reason)
    if out is not None and out.state is AnnouncementState.OPEN:
        state = AnnouncementState.CLOSED
        books.end(out, state, reason)
    close_case(pen, number, reason)
    return state.value


def assert_not_out(connection: sa.Connection, mail_id: int) -> None:
    """Read anew, it would go to everybody once more. Raises `Refusal`."""
    kept = sa.select(announcements.c.number).where(
        announcements.c.mail_id == mail_id, announcements.c.asked.is_not(None)
    )
    if number := connection.execute(kept.limit(1)).scalar():
        raise Refusal(
            f"mail {mail_id}: its announcement {number} is out: whoever sent it mails a correction "
            "(更正), or the same as a new mail"
        )


def announcement_story(connection: sa.Connection, number: str) -> dict[str, Any] | None:
    """The version that is out, else the newest: who has it and who has confirmed it; no token."""
    found = newest_of(connection, number)
    return {**_told(found), "people": _people(connection, found)} if found else None


def _told(found: Announcement) -> dict[str, Any]:
    return {
        "number": found.number,
        "revision": found.revision,
        "state": found.state.value,
        "mail_id": found.mail_id,
        "announcer": found.announcer,
        "title": found.title,
        "text": found.text,
        "wanted": list(found.wanted),
        "confirm": found.confirm,
        "internal": found.is_internal,
        "attached": [a.name for a in found.attached],
        "asked": shown(found.asked),
    }


def _people(connection: sa.Connection, found: Announcement) -> list[dict[str, Any]]:
    return [
        {
            "name": receipt.addressee.name,
            "address": receipt.addressee.address,
            "reached": receipt.reached.value,
            "confirmed": shown(receipt.confirmed),
            "message": receipt.message.value if receipt.message else "",
            "why": receipt.why,
            "tells": list(receipt.addressee.relays),
        }
        for receipt in receipts_of(connection, found)
    ]
