"""How long what people wrote is kept (reliability Z09); numbers, states, hashes and the history stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailflow.domain.value import dataclass

LEAST_DAYS = 90
"""No term is shorter: by then whatever is asked of people has ended by itself."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Whole days of 24 hours; None: for ever."""

    mails_days: int | None = None
    letters_days: int | None = None

    def mails_before(self, now: datetime) -> datetime | None:
        """Mails that were settled before this are over."""
        return _before(self.mails_days, now)

    def letters_before(self, now: datetime) -> datetime | None:
        """Letters that were made before this are over."""
        return _before(self.letters_days, now)


def _before(days: int | None, now: datetime) -> datetime | None:
    return now - timedelta(days=days) if days is not None else None


@dataclass(frozen=True, slots=True)
class OldMail:
    """A mail whose time is over: what its note says of it."""

    id: int
    sha256: str
    received: datetime
