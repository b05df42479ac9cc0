"""What waits for the daemon itself, as each database tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailflow.domain.mail import Aside, Head, MailState
from mailflow.domain.message import MessageState
from mailflow.domain.vitals import Waiting
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival, message, post


def test_in_an_empty_house_nothing_waits(store: SqlStore) -> None:
    assert store.records.waiting() == Waiting()


def test_mails_wait_since_the_oldest_of_them_came_and_not_once_they_are_settled(
    store: SqlStore,
) -> None:
    store.journal.record([arrival(1)], NOW)
    store.journal.record([arrival(2), arrival(3, left="before-start")], NOW + timedelta(hours=1))
    waiting = store.records.waiting()
    assert (waiting.mails, waiting.mails_since) == (2, NOW)
    first = store.journal.waiting(limit=1)[0]
    store.journal.set_aside(first.id, Aside.REFUSED, "", NOW)
    waiting = store.records.waiting()
    assert (waiting.mails, waiting.mails_since) == (1, NOW + timedelta(hours=1))


def test_messages_wait_until_they_left_and_what_is_in_doubt_or_given_up_is_told_apart(
    store: SqlStore,
) -> None:
    states = (MessageState.ACCEPTED, MessageState.UNKNOWN, MessageState.FAILED)
    post(store, *(message(n, created=NOW + timedelta(minutes=n)) for n in range(1, 6)))
    for taken, state in zip(store.shelf.take_due(NOW, 3), states, strict=True):
        store.shelf.put_back(replace(taken, state=state), NOW)
    waiting = store.records.waiting()
    assert (waiting.messages, waiting.in_doubt, waiting.failed) == (2, 1, 1)
    assert waiting.messages_since == NOW + timedelta(minutes=4)


def test_what_was_done_lately_and_what_has_come_is_told_the_latest_first(store: SqlStore) -> None:
    assert store.records.done_lately("round-trip", 3) == []
    for number, period in enumerate(("a", "b", "c")):
        with store.begin(NOW + timedelta(hours=number)) as work:
            assert work.take_job("round-trip", period)
            assert work.take_job("digest", period)
    later = [("c", NOW + timedelta(hours=2)), ("b", NOW + timedelta(hours=1))]
    assert store.records.done_lately("round-trip", 2) == later
    store.journal.record([arrival(1)], NOW)
    [row] = store.journal.waiting(limit=1)
    with store.begin(NOW) as work:
        head = Head("a@b.example", subject="check abcdef")
        work.settle(row.id, MailState.IGNORED, "own-mail", head, ())
    assert store.records.has_come("abcdef", NOW)
    assert not store.records.has_come("abcdeg", NOW)
    assert not store.records.has_come("abcdef", NOW + timedelta(seconds=1))
