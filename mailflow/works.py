"""What a pass of the daemon works with, and what it reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import time

from mailflow.domain.certificate import Certificate
from mailflow.domain.document import Reading
from mailflow.intake import IntakeLimits
from mailflow.parsers.sandbox import Pending
from mailflow.performing import Office
from mailflow.ports import Clock, Mailbox, Sender, Spool
from mailflow.proving import Proving
from mailflow.round_trip import RoundTrips

Read = Callable[[bytes], Pending[Reading] | Proving]


@dataclass(frozen=True, slots=True)
class Works:
    """All that a pass needs; the roof plugs it together. `expect` says that mails have come: who
    will work on them may get ready."""

    office: Office
    mailbox: Callable[[], Mailbox]
    sender: Callable[[], Sender]
    spool: Spool
    read: Read
    expect: Callable[[], None]
    clock: Clock
    digest_at: time
    limits: Callable[[], IntakeLimits]
    refresh: Callable[[], None]
    certificates: Callable[[], Sequence[Certificate]] = tuple
    """Of the servers, as far as they were connected to."""
    round_trips: RoundTrips | None = None
    ending: Callable[[], bool] = lambda: False
    """Whether somebody wants the daemon to end: a pass then goes no further than it must."""


@dataclass(slots=True)
class PassReport:
    """What one pass did; `states` are those of the mails dealt with, `troubles` what the world
    refused, in words for the operator. `polled`: the mailbox was looked through to its end. `queue`:
    what waits for a limit of the provider, and until when."""

    taken: int = 0
    dealt: int = 0
    states: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    due: int = 0
    sent: int = 0
    unsent: int = 0
    troubles: tuple[str, ...] = ()
    polled: bool = False
    queue: str = ""

    def after(self, earlier: PassReport) -> PassReport:
        """Both together: what was done is added up, what is still open is what this one left."""
        added = ("taken", "dealt", "failed", "due", "sent")
        sums = {name: getattr(earlier, name) + getattr(self, name) for name in added}
        return replace(self, states=earlier.states + self.states, **sums)


Progress = Callable[[str, int, int], None]
"""Told the step, how many are done and how many there are."""


def silent(_step: str, _done: int, _all: int) -> None:
    """For when nobody is looking."""


def how_many(works: Works, progress: Progress, kind: str, states: Sequence[str]) -> int:
    """Counted only for somebody: it takes a look at every row."""
    if progress is silent:
        return 0
    counts = works.office.store.records.counts()[kind]
    return sum(counts.get(state, 0) for state in states)
