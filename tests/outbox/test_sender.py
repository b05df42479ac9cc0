"""The loop that sends: nothing is lost, nothing is sent twice without being told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mailflow.domain.message import WAITS, MessageState
from mailflow.domain.pace import Rate
from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.pace import Pace
from mailflow.outbox.sender import Drained, drain, settle_doubtful
from mailflow.ports import NotSent, PerhapsSent
from tests.contract.fakes import MemorySender, MemoryShelf
from tests.outbox.messages import NOON, a_message

MINUTE = timedelta(minutes=1)
S = MessageState


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def shelf_of(count: int) -> MemoryShelf:
    shelf = MemoryShelf()
    shelf.put(*(a_message(number) for number in range(1, count + 1)))
    return shelf


def states(shelf: MemoryShelf) -> list[MessageState]:
    return [message.state for _, message in sorted(shelf.messages.items())]


class TestSilence:
    def test_an_empty_shelf_asks_no_carrier(self) -> None:
        sender = MemorySender()
        assert drain(MemoryShelf(), sender, Clock()) == Drained()
        assert sender.asked == 0

    def test_what_is_not_due_stays(self) -> None:
        shelf, sender = MemoryShelf(), MemorySender()
        shelf.put(a_message(due=NOON + MINUTE))
        assert drain(shelf, sender, Clock()) == Drained()
        assert (sender.asked, states(shelf)) == (0, [S.READY])

    def test_what_is_suppressed_failed_or_sent_is_never_sent(self) -> None:
        shelf, sender = MemoryShelf(), MemorySender()
        for number, state in enumerate((S.SUPPRESSED, S.FAILED, S.ACCEPTED, S.UNKNOWN), 1):
            shelf.put(a_message(number, state=state))
        drain(shelf, sender, Clock())
        assert sender.asked == 0


def test_everything_due_is_sent_in_order_batch_by_batch() -> None:
    shelf, sender = shelf_of(120), MemorySender()
    assert drain(shelf, sender, Clock()) == Drained(sent=120)
    assert [m.id for m in sender.taken] == list(range(1, 121))
    assert set(states(shelf)) == {S.ACCEPTED}


@pytest.mark.fault("S01", "K08")
def test_the_end_of_the_data_is_committed_before_it_is_sent() -> None:
    shelf = shelf_of(1)
    drain(shelf, MemorySender(), Clock())
    assert shelf.history[1] == [S.SENDING, S.END_OF_DATA, S.ACCEPTED]


@pytest.mark.fault("S05", "S14")
def test_one_refused_recipient_stops_nobody_else() -> None:
    shelf = shelf_of(3)
    sender = MemorySender([None, NotSent("no such user", permanent=True)])
    assert drain(shelf, sender, Clock()) == Drained(sent=2, failed=1)
    assert states(shelf) == [S.ACCEPTED, S.FAILED, S.ACCEPTED]
    assert shelf.messages[2].last_error == "no such user"


@pytest.mark.fault("S06", "S11")
def test_a_temporary_refusal_is_tried_again_with_the_same_bytes() -> None:
    shelf, clock = shelf_of(1), Clock()
    sender = MemorySender([NotSent("busy")])
    assert drain(shelf, sender, clock) == Drained(deferred=1)
    assert shelf.messages[1].due == NOON + WAITS[0]
    clock.now = NOON + WAITS[0]
    assert drain(shelf, sender, clock) == Drained(sent=1)
    first = a_message(1)
    assert (sender.taken[0].mime, sender.taken[0].message_id) == (first.mime, first.message_id)


@pytest.mark.fault("S14", "S15")
def test_one_always_busy_recipient_of_fifty_ends_as_failed_and_delays_nobody() -> None:
    shelf, clock = shelf_of(50), Clock()
    drained = drain(shelf, MemorySender([NotSent("busy")]), clock)
    assert (drained.sent, drained.deferred) == (49, 1)
    tries = 1
    while shelf.messages[1].state is S.RETRY:
        clock.now = shelf.messages[1].due
        drain(shelf, MemorySender([NotSent("busy")]), clock)
        tries += 1
    assert (tries, shelf.messages[1].state) == (len(WAITS) + 1, S.FAILED)
    assert clock.now - NOON > timedelta(days=2)


def test_a_carrier_that_is_down_is_asked_once_not_once_a_message() -> None:
    shelf, clock = shelf_of(120), Clock()
    sender = MemorySender([CarrierDown("away")])
    assert drain(shelf, sender, clock) == Drained(deferred=50)
    assert sender.asked == 1
    assert set(states(shelf)) == {S.READY}
    assert {m.attempts for m in shelf.messages.values()} == {0}
    clock.now += MINUTE
    assert drain(shelf, sender, clock) == Drained(sent=120)


def test_an_outage_of_weeks_fails_nothing() -> None:
    shelf, clock = shelf_of(3), Clock()
    for _ in range(1000):
        drain(shelf, MemorySender([CarrierDown("away")]), clock)
        clock.now += timedelta(minutes=30)
    assert {m.last_error for m in shelf.messages.values()} == {"away"}
    assert drain(shelf, MemorySender(), clock) == Drained(sent=3)


def test_a_provider_that_wants_a_pause_counts_for_the_message_it_was_said_to() -> None:
    shelf, clock = shelf_of(3), Clock()
    sender = MemorySender([None, CarrierDown("too frequently", tried=True)])
    assert drain(shelf, sender, clock) == Drained(sent=1, deferred=2)
    assert [m.attempts for m in shelf.messages.values()] == [1, 1, 0]
    assert sender.asked == 2


def test_a_pause_wanted_at_the_last_of_a_batch_ends_the_round_too() -> None:
    shelf = shelf_of(3)
    sender = MemorySender([CarrierDown("too frequently", tried=True)])
    drain(shelf, sender, Clock(), pace=Pace((Rate(1, MINUTE),)))
    assert sender.asked == 1


@pytest.mark.fault("S08", "S09")
def test_a_doubt_is_kept_and_not_sent_again_by_itself() -> None:
    shelf, clock = shelf_of(2), Clock()
    sender = MemorySender([PerhapsSent("cut")])
    assert drain(shelf, sender, clock) == Drained(sent=1, unknown=1)
    clock.now += timedelta(days=1)
    assert drain(shelf, sender, clock) == Drained()
    assert shelf.messages[1].state is S.UNKNOWN


@pytest.mark.fault("S01")
def test_evidence_ends_a_doubt_without_a_second_copy() -> None:
    shelf, clock = shelf_of(1), Clock()
    sender = MemorySender([PerhapsSent("cut")])
    drain(shelf, sender, clock)
    assert settle_doubtful(shelf, sender, clock) == 0
    clock.now += 2 * MINUTE
    assert settle_doubtful(shelf, sender, clock) == 1
    drain(shelf, sender, clock)
    assert (states(shelf), len(sender.taken)) == ([S.ACCEPTED], 1)


@pytest.mark.fault("S01", "S09")
def test_a_list_in_doubt_is_looked_for_a_quarter_of_an_hour_then_sent_once_more() -> None:
    shelf, clock = shelf_of(1), Clock()
    sender = MemorySender([PerhapsSent("cut"), PerhapsSent("cut again")], knows=False)
    drain(shelf, sender, clock)
    for _ in range(14):
        clock.now += MINUTE
        assert settle_doubtful(shelf, sender, clock) == 0
        drain(shelf, sender, clock)
    assert len(sender.taken) == 1
    clock.now += MINUTE
    assert settle_doubtful(shelf, sender, clock) == 1
    assert drain(shelf, sender, clock) == Drained(unknown=1)
    assert sender.taken[0].mime == sender.taken[1].mime
    clock.now += 15 * MINUTE
    assert settle_doubtful(shelf, sender, clock) == 1
    assert states(shelf) == [S.FAILED]
    assert "held" in shelf.messages[1].last_error
    assert "cut again" in shelf.messages[1].last_error


def test_an_answer_in_doubt_is_sent_once_more_at_the_first_look() -> None:
    shelf, clock = MemoryShelf(), Clock()
    shelf.put(a_message(1, notice="order-answer", goods=False))
    sender = MemorySender([PerhapsSent("cut"), PerhapsSent("cut")], knows=False)
    drain(shelf, sender, clock)
    clock.now += 2 * MINUTE
    settle_doubtful(shelf, sender, clock)
    drain(shelf, sender, clock)
    assert len(sender.taken) == 2
    clock.now += 2 * MINUTE
    settle_doubtful(shelf, sender, clock)
    assert states(shelf) == [S.FAILED]


def test_known_absence_is_no_doubt_and_sent_at_once() -> None:
    shelf, clock = MemoryShelf(), Clock()
    shelf.put(a_message(1, state=S.UNKNOWN, attempts=1))
    assert settle_doubtful(shelf, MemorySender(), clock) == 1
    sender = MemorySender()
    assert drain(shelf, sender, clock) == Drained(sent=1)
    assert shelf.messages[1].resends == 0
