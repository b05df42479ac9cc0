"""A mail that the house sends to itself, and waits for: whether what leaves arrives, and what arrives is
seen (reliability Z01). A provider that takes mails and drops them says nothing of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from mailflow.domain.value import dataclass

JOB = "round-trip"
SIGN_LENGTH = 12


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """One that left at `left`; `is_back` once it was seen in the mailbox."""

    left: datetime
    is_back: bool


def period_of(now: datetime, every: timedelta) -> str:
    """When the time began in which one such mail leaves: the same for whoever starts anew in it."""
    since = timedelta(seconds=now.timestamp())
    began = datetime.fromtimestamp((since // every * every).total_seconds(), UTC)
    return f"{began:%Y-%m-%dT%H:%MZ}"


def sign_of(instance: str, period: str) -> str:
    """What its subject is known by, also where a provider writes another Message-ID. Letters alone:
    figures could be taken for somebody's telephone."""
    digest = hashlib.sha256(f"{JOB}\n{instance}\n{period}".encode()).hexdigest()[:SIGN_LENGTH]
    return "".join(chr(ord("a") + int(figure, 16)) for figure in digest)


def away_since(trips: Iterable[RoundTrip]) -> datetime | None:
    """Since when none has come back, of these with the latest first; None where the latest has, or
    a later one than those that are lost."""
    since = None
    for trip in trips:
        if trip.is_back:
            break
        since = trip.left
    return since
