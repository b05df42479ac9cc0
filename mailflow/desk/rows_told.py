"""What a letter has no room for, as rows of a sheet that goes with it: nothing is left out there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.domain.announcement import Addressee, Announcement, Receipt
from mailflow.domain.notice_rows import RowsFile

AND = "、"


def people_file(
    announcement: Announcement, receipts: Sequence[Receipt], zone: ZoneInfo, language: str
) -> RowsFile:
    """How it stands with each, in the order of the receipts; instants in `zone`."""
    return RowsFile(
        name="people",
        number=announcement.number,
        columns=("person", "address", "reached", "confirmed_at", "why", "relays"),
        rows=tuple(
            (
                *(r.addressee.name, r.addressee.address, r.reached.value),
                *(_clock(r.confirmed, zone), r.why, AND.join(r.addressee.relays)),
            )
            for r in receipts
        ),
        language=language,
    )


def addressees_file(announcement: Announcement, language: str) -> RowsFile:
    """Who gets it, or would get it."""
    return RowsFile(
        name="people",
        number=announcement.number,
        columns=("person", "address", "relays"),
        rows=tuple(map(_named, announcement.people)),
        language=language,
    )


def _named(person: Addressee) -> tuple[str, str, str]:
    return person.name, person.address, AND.join(person.relays)


def _clock(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else ""
