"""Versions of announcements, and those they go to, as rows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from mailflow.domain.announcement import Addressee, Announcement


def addressee_of(row: sa.Row[Any]) -> Addressee:
    return Addressee(row.address, row.name, row.staff, row.language, tuple(row.relays))


def person_row(number: int, position: int, person: Addressee) -> dict[str, object]:
    return {
        "announcement_id": number,
        "key": person.address.casefold(),
        "position": position,
        "address": person.address,
        "name": person.name,
        "staff": person.is_staff,
        "language": person.language,
        "relays": list(person.relays),
    }


def version_row(announcement: Announcement) -> dict[str, str | int]:
    return {"number": announcement.number, "revision": announcement.revision}


def version_bound(announcement: Announcement) -> dict[str, str | int]:
    return {f"of_{name}": value for name, value in version_row(announcement).items()}
