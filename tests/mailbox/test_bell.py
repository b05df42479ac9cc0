"""Who waits for mail can be woken."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from mailflow.mailbox.bell import Bell


@pytest.fixture
def bell() -> Iterator[Bell]:
    made = Bell()
    yield made
    made.close()


def test_is_silent_unless_rung(bell: Bell) -> None:
    assert not bell.wait(0.0)


def test_ringing_before_ends_the_next_wait_and_only_that(bell: Bell) -> None:
    bell.ring()
    bell.ring()
    assert bell.wait(60.0)
    assert not bell.wait(0.0)


def test_a_signal_handler_can_ring_for_the_thread_it_interrupts(bell: Bell) -> None:
    before = signal.signal(signal.SIGUSR1, lambda *_: bell.ring())
    sends = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1))
    try:
        sends.start()
        assert bell.wait(60.0)
    finally:
        sends.join()
        signal.signal(signal.SIGUSR1, before)


def test_something_to_read_beside_it_ends_the_wait(bell: Bell) -> None:
    reading, writing = os.pipe()
    try:
        assert not bell.wait(0.0, reading)
        os.write(writing, b"x")
        assert bell.wait(60.0, reading)
    finally:
        os.close(reading)
        os.close(writing)


def test_a_closed_bell_may_still_be_rung_and_waited_for() -> None:
    bell = Bell()
    bell.close()
    bell.close()
    bell.ring()
    assert bell.wait(60.0)
