"""The watch sees by itself what the daemon can no longer say."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.vitals import Ailment, Waiting
from mailflow.ports import StoreTrouble
from mailflow.vigil.health import Health
from mailflow.vigil.watch import Watch
from mailflow.works import PassReport

NOW = datetime(2026, 11, 10, 10, tzinfo=UTC)


@dataclass
class Clocks:
    """Both move together until somebody sets the one on the wall."""

    ticks: float = 0.0
    set_forward: timedelta = timedelta(0)

    def wall(self) -> datetime:
        return NOW + timedelta(seconds=self.ticks) + self.set_forward

    def ticking(self) -> float:
        return self.ticks


@dataclass
class Daemon:
    """What a daemon does to its watch, step by step."""

    clocks: Clocks = field(default_factory=Clocks)
    waiting: Callable[[], Waiting] = Waiting

    def __post_init__(self) -> None:
        self.watch = Watch(
            "desk", 60, self.clocks.wall, self.clocks.ticking, lambda: self.waiting()
        )

    def passes(self, report: PassReport, seconds: float = 1.0) -> None:
        self.watch.begins(report)
        self.clocks.ticks += seconds
        self.watch.ends()


def test_before_anything_happened_it_is_well_and_says_that_there_was_no_poll() -> None:
    health = Daemon().watch.look()
    assert health.is_well
    assert health.last_poll is None
    assert health.shape()["done"] == {"taken": 0, "dealt": 0, "sent": 0}


@pytest.mark.fault("I03", "Z01")
def test_passes_that_poll_are_well_and_one_that_does_not_is_a_stall_after_three() -> None:
    daemon = Daemon()
    daemon.passes(PassReport(polled=True, taken=2, dealt=2, states=Counter(done=2), sent=3))
    daemon.passes(PassReport(troubles=("mailbox: no answer",)))
    daemon.clocks.ticks += 170
    assert daemon.watch.look().is_well
    daemon.clocks.ticks += 20
    health = daemon.watch.look()
    assert health.ailments == (Ailment.NO_POLL,)
    assert health.troubles == ("mailbox: no answer",)
    assert health.last_poll == NOW + timedelta(seconds=1)
    assert (health.done["sent"], health.states) == (3, {"done": 2})
    daemon.passes(PassReport(polled=True))
    assert daemon.watch.look().is_well


def test_a_clock_that_was_set_is_no_stall_and_hides_none() -> None:
    daemon = Daemon()
    daemon.passes(PassReport(polled=True))
    daemon.clocks.set_forward = timedelta(days=1)
    assert daemon.watch.look().is_well
    daemon.clocks.set_forward = timedelta(days=-1)
    daemon.clocks.ticks += 181
    assert daemon.watch.look().ailments == (Ailment.NO_POLL,)


@pytest.mark.fault("Z01")
def test_a_pass_is_seen_to_get_on_and_to_stand_still() -> None:
    daemon = Daemon()
    report = PassReport()
    daemon.watch.begins(report)
    for _ in range(40):
        daemon.clocks.ticks += 30
        report.dealt += 1
        assert daemon.watch.look().is_well
    daemon.clocks.ticks += 200
    assert daemon.watch.look().ailments == (Ailment.NO_POLL,)
    daemon.clocks.ticks += 900
    assert daemon.watch.look().ailments == (Ailment.HANGS,)


def test_a_database_that_does_not_answer_leaves_what_was_known_of_it() -> None:
    daemon = Daemon()
    daemon.waiting = lambda: Waiting(mails=4)
    daemon.passes(PassReport(polled=True))

    def lost() -> Waiting:
        raise StoreTrouble("database: gone")

    daemon.waiting = lost
    daemon.passes(PassReport(polled=True))
    assert daemon.watch.look().waiting.mails == 4


def test_whoever_is_to_be_told_is_told_until_it_stops() -> None:
    heard: list[Health] = []
    twice = threading.Event()

    def told(health: Health) -> None:
        heard.append(health)
        if len(heard) == 2:
            twice.set()

    watch = Watch("desk", 1, lambda: NOW, lambda: 0.0, Waiting, (told,))
    watch.start()
    assert twice.wait(20)
    watch.stop()
    after = len(heard)
    threading.Event().wait(0.5)
    assert len(heard) == after
