"""Whoever takes messages to send them asks here how many; the books say what has left already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mailflow.domain.pace import Allowed, Rate, allowed, longest_of
from mailflow.ports import Shelf


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits of the carrier; without any, only a provider that says "too many" slows it down."""

    rates: tuple[Rate, ...] = ()

    def allows(self, shelf: Shelf, now: datetime) -> Allowed:
        slowed = shelf.slowed()
        departed: Sequence[datetime] = ()
        if self.rates or (slowed and slowed.remembered(now)):
            departed = shelf.departed(now - longest_of(self.rates))
        return allowed(self.rates, departed, slowed, now)


UNLIMITED = Pace()


@dataclass(frozen=True, slots=True)
class Queue:
    """Messages that could leave by now and have to wait: how many, until when the first one, why."""

    waiting: int
    allowed: Allowed

    def __str__(self) -> str:
        until = self.allowed.until
        when = f" until {until.isoformat(timespec='seconds')}" if until else ""
        return f"{self.waiting} messages wait{when}: {reason_of(self.allowed)}"


def queue_of(shelf: Shelf, pace: Pace, now: datetime) -> Queue | None:
    """None where nothing waits for a limit."""
    allows = pace.allows(shelf, now)
    if allows.most or not (waiting := shelf.overdue(now)):
        return None
    return Queue(waiting, allows)


def reason_of(allows: Allowed) -> str:
    if allows.limit is None:
        return f"the provider wants a pause ({allows.why})"
    return f"{said(allows.limit)} have left, which is the limit (transport.limits)"


def said(rate: Rate) -> str:
    seconds = int(rate.within.total_seconds())
    unit = {60: "a minute", 3600: "an hour", 86400: "24 hours"}.get(seconds, f"{seconds} s")
    return f"{rate.most} in {unit}"
