"""How many messages may leave now: within what the provider allows, and slower after its "too many".

Limits are counted over a window that ends now: whatever hour a provider's own day or minute begins
at, no more than its limit falls into it (reliability, section 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from mailflow.domain.value import dataclass

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR)
"""How long nothing is tried after a "too many", the next one within `REMEMBERED`, and so on."""

REMEMBERED = 3 * HOUR
"""Until then after a "too many" fewer leave a minute; longer than the longest pause of our own."""

LONGEST = DAY
"""A pause that a provider asks for is believed up to here: its day is over then."""

USUAL = 60
"""Messages a minute which are halved where a provider that publishes no limit says "too many"."""

ENDLESS = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many messages within any time of that length."""

    most: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Slowed:
    """A provider's "too many": when it said so (oldest first, within `REMEMBERED`), until when nothing
    is tried, and its words."""

    times: tuple[datetime, ...]
    until: datetime
    why: str

    def remembered(self, now: datetime) -> tuple[datetime, ...]:
        return tuple(at for at in self.times if now - at < REMEMBERED)


@dataclass(frozen=True, slots=True)
class Allowed:
    """`most` may leave now; where that is none, `until` says when the next one may, and `why`: the
    limit that is reached, or the provider's words."""

    most: int = ENDLESS
    until: datetime | None = None
    limit: Rate | None = None
    why: str = ""


FREELY = Allowed()


def slowed_again(before: Slowed | None, asked_for: timedelta, why: str, now: datetime) -> Slowed:
    """After one more "too many". `asked_for` is the pause that its words name, zero for none."""
    times = (*(before.remembered(now) if before else ()), now)
    own = PAUSES[min(len(times), len(PAUSES)) - 1]
    until = now + max(own, min(asked_for, LONGEST))
    return Slowed(times, max(until, before.until) if before else until, why)


def allowed(
    rates: Sequence[Rate], departed: Sequence[datetime], slowed: Slowed | None, now: datetime
) -> Allowed:
    """`departed`: when messages left, oldest first, at least all within the longest window."""
    if slowed is not None and now < slowed.until:
        return Allowed(0, slowed.until, why=slowed.why)
    answers = [_within(rate, departed, now) for rate in (*rates, *_slower(rates, slowed, now))]
    full = [answer for answer in answers if answer.until is not None]
    if full:
        return max(full, key=lambda a: a.until or now)
    return min(answers, key=lambda a: a.most, default=FREELY)


def _slower(rates: Sequence[Rate], slowed: Slowed | None, now: datetime) -> Sequence[Rate]:
    """Half as many a minute for each "too many" that is remembered, at least one."""
    times = slowed.remembered(now) if slowed else ()
    if not times:
        return ()
    usual = min((rate.most for rate in rates if rate.within <= MINUTE), default=USUAL)
    return (Rate(max(1, usual >> len(times)), MINUTE),)


def _within(rate: Rate, departed: Sequence[datetime], now: datetime) -> Allowed:
    counted = [at for at in departed if at > now - rate.within]
    left = rate.most - len(counted)
    if left > 0:
        return Allowed(left, limit=rate)
    return Allowed(0, counted[-rate.most] + rate.within, limit=rate)


def longest_of(rates: Sequence[Rate]) -> timedelta:
    """How far back departures have to be known."""
    return max((rate.within for rate in rates), default=MINUTE)
