"""A second pair of eyes: a thread that sees a pass hang which could not say so itself."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailflow import __version__
from mailflow.domain.vitals import Signs, Waiting, ailments
from mailflow.log import get_logger
from mailflow.ports import Clock, Trouble
from mailflow.vigil.health import Health
from mailflow.works import PassReport

LOOKS = 4
"""In an interval between two polls."""

Told = Callable[[Health], None]
"""Whoever is told what each look found; may not fail."""

log = get_logger()


@dataclass(slots=True)
class Watch:
    """`ticking` is seconds by a clock that never jumps; `waits` what the books say, asked for by
    the daemon's own thread after each pass. One instance a daemon."""

    instance: str
    interval: int
    clock: Clock
    ticking: Callable[[], float]
    waits: Callable[[], Waiting]
    told: Sequence[Told] = ()
    _report: PassReport | None = None
    _seen: tuple[int, ...] = ()
    _moved: float = 0.0
    _polled: float = 0.0
    _last_poll: datetime | None = None
    _waiting: Waiting = field(default_factory=Waiting)
    _sums: PassReport = field(default_factory=PassReport)
    _started: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._started, self._polled = self.clock(), self.ticking()
        self._thread = threading.Thread(target=self._keep_looking, name="watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def begins(self, report: PassReport) -> None:
        """A pass begins; it counts in `report` what it gets done."""
        with self._lock:
            self._report, self._seen, self._moved = report, _done(report), self.ticking()

    def ends(self) -> None:
        """The pass that began has ended, as its report says."""
        try:
            waiting = self.waits()
        except Trouble as trouble:
            log.warning("trouble", what=str(trouble))
            waiting = self._waiting
        with self._lock:
            report = self._report or PassReport()
            if report.polled:
                self._polled, self._last_poll = self.ticking(), self.clock()
            self._waiting, self._report = waiting, None
            self._sums = report.after(self._sums)

    def look(self) -> Health:
        """How the daemon is at this moment."""
        with self._lock:
            now, at = self.clock(), self.ticking()
            report = self._report
            if report is not None and (done := _done(report)) != self._seen:
                self._seen, self._moved = done, at
            signs = Signs(
                poll=timedelta(seconds=at - self._polled),
                progress=None if report is None else timedelta(seconds=at - self._moved),
                interval=timedelta(seconds=self.interval),
            )
            sums = report.after(self._sums) if report else self._sums
            return Health(
                instance=self.instance,
                version=__version__,
                pid=os.getpid(),
                started=self._started or now,
                checked=now,
                last_poll=self._last_poll,
                poll_age=at - self._polled,
                interval=self.interval,
                waiting=self._waiting,
                done={"taken": sums.taken, "dealt": sums.dealt, "sent": sums.sent},
                states=dict(sums.states),
                troubles=sums.troubles,
                ailments=tuple(ailments(signs, self._waiting, now)),
            )

    def _keep_looking(self) -> None:
        while True:
            health = self.look()
            for tell in self.told:
                tell(health)
            if self._ended.wait(max(0.2, self.interval / LOOKS)):
                return


def _done(report: PassReport) -> tuple[int, ...]:
    return report.taken, report.dealt, report.failed, report.due, report.sent, report.unsent
