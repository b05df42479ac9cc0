"""Messages that leave in a thread of their own: what became of each is known, whatever happened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from mailflow.domain.message import Message, MessageState
from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.leaving import Leaving, SendingEnded
from mailflow.outbox.sender import Drained
from mailflow.ports import NotSent, StoreTrouble
from tests.contract.fakes import MemorySender, MemoryShelf
from tests.outbox.messages import NOON, a_message

S = MessageState
LONG = 30.0


def noon() -> datetime:
    return NOON


def taken(shelf: MemoryShelf, count: int) -> list[Message]:
    shelf.put(*(a_message(number) for number in range(1, count + 1)))
    return list(shelf.take_due(NOON, count))


def states(shelf: MemoryShelf) -> list[MessageState]:
    return [message.state for _, message in sorted(shelf.messages.items())]


@dataclass
class Slow(MemorySender):
    """Says when it is at work, and goes on when it may."""

    begun: threading.Event = field(default_factory=threading.Event)
    may: threading.Event = field(default_factory=threading.Event)

    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        self.begun.set()
        assert self.may.wait(LONG)
        super().send(message, before_end)


class Wrong(MemorySender):
    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        raise ZeroDivisionError


class Broken(MemoryShelf):
    """A database that is lost at the second message."""

    def put_back(self, message: Message, now: datetime) -> None:
        if message.id == 2 and message.state is S.END_OF_DATA:
            raise StoreTrouble("database: gone")
        super().put_back(message, now)


def test_whoever_took_them_goes_on_meanwhile() -> None:
    shelf, sender = MemoryShelf(), Slow()
    leaving = Leaving(taken(shelf, 2), shelf, sender, noon)
    assert sender.begun.wait(LONG)
    assert states(shelf) == [S.SENDING, S.SENDING]
    sender.may.set()
    assert leaving.result() == Drained(sent=2)
    assert states(shelf) == [S.ACCEPTED, S.ACCEPTED]
    assert [m.id for m in sender.taken] == [1, 2]


def test_what_was_refused_or_never_tried_is_told_as_without_a_thread() -> None:
    shelf = MemoryShelf()
    sender = MemorySender([None, NotSent("no", permanent=True), CarrierDown("away")])
    drained = Leaving(taken(shelf, 4), shelf, sender, noon).result()
    assert (drained, drained.why) == (Drained(sent=1, failed=1, deferred=2), "away")
    assert states(shelf) == [S.ACCEPTED, S.FAILED, S.READY, S.READY]


def test_trouble_of_the_database_is_raised_where_the_result_is_asked_for() -> None:
    shelf, sender = Broken(), MemorySender()
    leaving = Leaving(taken(shelf, 3), shelf, sender, noon)
    with pytest.raises(StoreTrouble, match="gone"):
        leaving.result()
    assert [m.id for m in sender.taken] == [1]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_our_own_mistake_is_no_result() -> None:
    shelf = MemoryShelf()
    leaving = Leaving(taken(shelf, 1), shelf, Wrong(), noon)
    with pytest.raises(SendingEnded):
        leaving.result()
    assert states(shelf) == [S.SENDING]


def test_who_gives_up_sends_nothing_after_the_message_under_way() -> None:
    shelf, sender = MemoryShelf(), Slow()
    leaving = Leaving(taken(shelf, 3), shelf, sender, noon)
    assert sender.begun.wait(LONG)
    leaving.give_up()
    sender.may.set()
    leaving.result()
    assert [m.id for m in sender.taken] == [1]
    assert states(shelf) == [S.ACCEPTED, S.SENDING, S.SENDING]
