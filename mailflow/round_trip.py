"""A mail goes around from time to time, in a house that wants it: sent to itself, looked for in the mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailflow.domain import failpoint
from mailflow.domain.round_trip import JOB, RoundTrip, away_since, period_of, sign_of
from mailflow.outbox.probe import Probes
from mailflow.ports import NotSent, PerhapsSent, Sender, Store

LOOKED_AT = 3
"""Trips, the latest first."""
EARLIER = timedelta(hours=1)
"""How far the clocks of two machines may be apart."""


@dataclass(slots=True)
class RoundTrips:
    """`words`: subject and text, the sign behind the subject."""

    every: timedelta
    probes: Probes
    words: tuple[str, str]
    _back: set[str] = field(default_factory=set)

    def send(self, store: Store, sender: Sender, now: datetime) -> None:
        """Once in each time of that length; a second copy, after a death in between, does no harm.

        Raises `NotSent`: it is tried again; not where it was refused for good, which is that it is away.
        """
        period = period_of(now, self.every)
        if store.records.is_done(JOB, period) or store.shelf.held():
            return
        sign, (subject, text) = self._sign(period), self.words
        message = self.probes.probe((JOB, sign), (f"{subject} {sign}", text), now)
        try:
            with suppress(PerhapsSent):  # it comes back, or it does not
                sender.send(message, lambda: None)
        except NotSent as refusal:
            if refusal.permanent:
                self._taken(store, period, now)
            raise
        failpoint.reached("round-trip.sent")
        self._taken(store, period, now)

    def _taken(self, store: Store, period: str, now: datetime) -> None:
        with store.begin(now) as work:
            work.take_job(JOB, period)

    def away_since(self, store: Store) -> datetime | None:
        """Since when none has come back; None where all is well, or none was sent yet."""
        return away_since(self._trips(store))

    def _trips(self, store: Store) -> Iterator[RoundTrip]:
        for period, left in store.records.done_lately(JOB, LOOKED_AT):
            sign = self._sign(period)
            if period not in self._back and store.records.has_come(sign, left - EARLIER):
                self._back.add(period)
            yield RoundTrip(left, period in self._back)

    def _sign(self, period: str) -> str:
        return sign_of(self.probes.instance, period)
