"""From the shelf to a real server that fails: what arrives, and what the books say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailflow.domain.message import Message, MessageState
from mailflow.outbox.sender import Drained, drain, settle_doubtful
from mailflow.outbox.smtp import SmtpSender, SmtpSettings
from tests.contract.fakes import MemoryShelf
from tests.live.sink import Sink
from tests.outbox.messages import NOON, a_message

S = MessageState


class House:
    """A shelf, a carrier to the sink, and a clock that a test moves."""

    def __init__(self, sink: Sink, find: bool = False) -> None:
        self.sink, self.now, self.shelf = sink, NOON, MemoryShelf()
        settings = SmtpSettings(sink.host, sink.port, "none")
        self.sender = SmtpSender(settings, self.seen if find else None, self.seconds)

    def clock(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def seen(self, message_id: str) -> bool:
        return any(message_id.encode() in taken.raw for taken in self.sink.taken)

    def put(self, *messages: Message) -> None:
        self.shelf.put(*messages)

    def drain(self) -> Drained:
        return drain(self.shelf, self.sender, self.clock)

    def go_on_until_quiet(self) -> None:
        """Half a minute at a time for two days."""
        for _ in range(2 * 24 * 120):
            settle_doubtful(self.shelf, self.sender, self.clock)
            self.drain()
            if all(m.state in (S.ACCEPTED, S.FAILED) for m in self.shelf.messages.values()):
                return
            self.now += timedelta(seconds=30)

    def copies(self, message: Message) -> list[bytes]:
        return [t.raw for t in self.sink.taken if message.message_id.encode() in t.raw]


@pytest.fixture
def house(sink: Sink) -> Iterator[House]:
    made = House(sink)
    yield made
    made.sender.close()


@pytest.mark.fault("S02")
@pytest.mark.parametrize("phase", ["rcpt", "data"])
def test_a_loss_before_the_end_is_made_good_by_one_copy(house: House, phase: str) -> None:
    house.sink.drop_at = phase  # type: ignore[assignment]
    house.put(a_message(1))
    assert house.drain() == Drained(deferred=1)
    house.go_on_until_quiet()
    assert house.copies(a_message(1)) == [a_message(1).mime]
    assert house.shelf.messages[1].resends == 0
    assert S.UNKNOWN not in house.shelf.history[1]


@pytest.mark.fault("S01")
@pytest.mark.parametrize(("phase", "copies"), [("dot-lost", 1), ("dot-kept", 2)])
def test_a_loss_after_the_end_is_one_counted_resend_of_the_same_bytes(
    house: House, phase: str, copies: int
) -> None:
    house.sink.drop_at = phase  # type: ignore[assignment]
    house.put(a_message(1))
    assert house.drain() == Drained(unknown=1)
    house.go_on_until_quiet()
    assert house.copies(a_message(1)) == [a_message(1).mime] * copies
    assert (house.shelf.messages[1].state, house.shelf.messages[1].resends) == (S.ACCEPTED, 1)
    assert house.now - NOON >= timedelta(minutes=15)


@pytest.mark.fault("S01")
def test_with_evidence_at_hand_a_loss_after_the_end_makes_no_second_copy(sink: Sink) -> None:
    house = House(sink, find=True)
    sink.drop_at = "dot-kept"
    house.put(a_message(1))
    house.go_on_until_quiet()
    assert len(house.copies(a_message(1))) == 1
    assert (house.shelf.messages[1].state, house.shelf.messages[1].resends) == (S.ACCEPTED, 0)
    house.sender.close()


def test_a_server_that_always_hangs_up_after_the_end_gets_a_list_twice_at_most(
    house: House,
) -> None:
    house.sink.drop_at, house.sink.drops = "dot-kept", 1000
    house.put(a_message(1), a_message(2, goods=False))
    house.go_on_until_quiet()
    assert len(house.copies(a_message(1))) == len(house.copies(a_message(2))) == 2
    assert {m.state for m in house.shelf.messages.values()} == {S.FAILED}


@pytest.mark.fault("S05")
def test_of_two_recipients_the_refused_one_fails_and_the_other_gets_his(
    house: House,
) -> None:
    house.sink.refuse["gone@x.example"] = "550 5.1.1 no such user"
    house.put(a_message(1, recipient="gone@x.example"), a_message(2, recipient="here@x.example"))
    assert house.drain() == Drained(sent=1, failed=1)
    assert [taken.recipients for taken in house.sink.taken] == [("here@x.example",)]
    assert "no such user" in house.shelf.messages[1].last_error


@pytest.mark.fault("S06", "S11")
def test_a_busy_recipient_gets_the_same_bytes_later(house: House) -> None:
    house.sink.refuse["busy@x.example"] = "451 4.7.1 greylisted"
    message = a_message(1, recipient="busy@x.example")
    house.put(message)
    assert house.drain() == Drained(deferred=1)
    del house.sink.refuse["busy@x.example"]
    house.go_on_until_quiet()
    assert house.copies(message) == [message.mime]


@pytest.mark.fault("O12")
def test_a_message_too_large_for_the_server_fails_with_both_sizes(house: House) -> None:
    message = a_message(1)
    house.put(replace(message, mime=message.mime + b"x" * 1_000_000 + b"\r\n"))
    assert house.drain() == Drained(failed=1)
    assert "1000000" in house.shelf.messages[1].last_error
