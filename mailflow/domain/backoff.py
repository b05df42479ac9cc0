"""A server that failed is left alone for a while: longer after each failure, never for ever."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds on a monotonic clock, which is passed in; `until` is when to try again.

    The first failure waits `first`, each further one twice as long up to `longest`, and `chance`
    (0 to 1, by lot) adds up to a fifth, so that many clients do not come back at once.
    """

    first: float
    longest: float
    failures: int = 0
    until: float = 0.0

    def failed(self, now: float, chance: float) -> Backoff:
        full = min(self.longest, self.first * 2.0 ** min(self.failures, 30))
        wait = full * (1.0 + 0.2 * chance)
        return replace(self, failures=self.failures + 1, until=now + wait)

    def rested(self) -> Backoff:
        """After a success: as if nothing had ever failed."""
        return replace(self, failures=0, until=0.0)

    def left(self, now: float) -> float:
        """Seconds until the next try; 0 where it may be made now."""
        return max(0.0, self.until - now) if self.failures else 0.0


def after_trouble() -> Backoff:
    """For connections: one second to five minutes."""
    return Backoff(first=1.0, longest=300.0)


def after_refused_login() -> Backoff:
    """For logins: five to sixty minutes, under 30 tries a day: some providers lock the account."""
    return Backoff(first=300.0, longest=3600.0)
