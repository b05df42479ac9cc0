"""The Store door, held to on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from mailflow.domain.mail import Aside, Head, MailKey, MailState, Trust
from mailflow.domain.message import MessageState
from mailflow.domain.order import DispatchList
from mailflow.ports import Arrival
from mailflow.store.sql import SqlStore
from mailflow.store.work import NotWaiting
from tests.contract.stores import DECISION, NOW, arrival, message, order, post, worker


def test_an_empty_store_has_nothing_to_do(store: SqlStore) -> None:
    assert store.journal.waiting(10) == []
    assert store.shelf.take_due(NOW, 10) == []
    assert store.journal.unfiled(10) == []
    assert store.recover(NOW) == 0


@pytest.mark.fault("I09")
def test_an_arrival_has_one_receipt_however_often_it_is_recorded(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    store.journal.record([arrival(1)], NOW)
    assert store.journal.known("a", "INBOX", 7) == {1}
    assert [row.id for row in store.journal.waiting(10)] == [1]


@pytest.mark.fault("I01", "B01", "A09")
def test_the_same_bytes_at_two_places_are_one_mail(store: SqlStore) -> None:
    store.journal.record([arrival(1, "a" * 64), arrival(2, "a" * 64)], NOW)
    assert len(store.journal.waiting(10)) == 1
    assert store.journal.known("a", "INBOX", 7) == {1, 2}


@pytest.mark.fault("I01")
def test_another_uidvalidity_is_another_place(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    assert store.journal.known("a", "INBOX", 8) == frozenset()


@pytest.mark.fault("D11")
@pytest.mark.parametrize(
    ("left", "state", "cases"), [("before-start", "ignored", 0), ("too-large", "failed", 1)]
)
def test_a_mail_left_on_the_server_says_why(
    store: SqlStore, left: str, state: str, cases: int
) -> None:
    store.journal.record([Arrival(MailKey("a", "INBOX", 7, 1), NOW, 9, None, left)], NOW)
    [mail] = store.records.listing("mails", None)
    assert (mail["state"], mail["reason"]) == (state, left)
    assert len(list(store.records.listing("cases", "open"))) == cases


@pytest.mark.fault("K04")
def test_attempts_are_counted_before_they_start(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    assert [store.journal.begin_attempts([1], NOW) for _ in range(2)] == [{1: 1}, {1: 2}]
    assert store.journal.waiting(10)[0].attempts == 2


def test_attempts_of_several_mails_are_one_commit_and_each_is_noted(store: SqlStore) -> None:
    store.journal.record([arrival(1), arrival(2), arrival(3)], NOW)
    store.journal.set_aside(2, Aside.CRASHED, "", NOW)
    assert store.journal.begin_attempts([3, 1, 2, 99], NOW) == {1: 1, 3: 1}
    for mail, attempts in (("1", 1), ("2", 0), ("3", 1)):
        story = store.records.story("mail", mail)
        assert story is not None
        noted = [row["reason"] for row in story["history"]]
        assert noted.count("attempt 1") == attempts


def test_an_attempt_given_back_was_none(store: SqlStore) -> None:
    store.journal.record([arrival(1), arrival(2)], NOW)
    store.journal.begin_attempts([1], NOW)
    store.journal.give_back([1, 2, 99], NOW)
    assert [row.attempts for row in store.journal.waiting(10)] == [0, 0]
    store.journal.begin_attempts([1], NOW)
    store.journal.set_aside(1, Aside.CRASHED, "", NOW)
    store.journal.give_back([1], NOW)
    assert [m["attempts"] for m in store.records.listing("mails", None)] == [1, 0]


def test_a_mail_set_aside_waits_no_longer_and_is_a_case(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    store.journal.set_aside(1, Aside.CRASHED, "SIGABRT, at once", NOW)
    assert store.journal.waiting(10) == []
    [case] = store.records.listing("cases", "open")
    assert (case["number"], case["reason"]) == ("M1", Aside.CRASHED)
    [mail] = store.records.listing("mails", "failed")
    assert mail["reason"] == "quarantined:crashed: SIGABRT, at once"


@pytest.mark.fault("S13", "K06")
def test_a_transaction_that_fails_leaves_no_trace(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with contextlib.suppress(ZeroDivisionError), store.begin(NOW) as work:
        work.book(order(), DECISION, None)
        work.post(message())
        work.settle(1, MailState.DONE, "booked", Head(None), ())
        _ = 1 / 0
    assert store.records.counts() == {
        "mails": {"waiting": 1}, "orders": {}, "cases": {}, "messages": {}, "shortages": {},
    }  # fmt: skip


@pytest.mark.fault("I09")
def test_a_settled_mail_cannot_be_claimed_again(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        assert work.claim(1) is not None
        work.settle(1, MailState.DONE, "booked", Head("m@x.example"), ())
    with store.begin(NOW) as work:
        assert work.claim(1) is None
    assert [state for _, state in store.journal.unfiled(10)] == [MailState.DONE]


def test_an_order_comes_back_as_it_was_booked(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    booked = order()
    with store.begin(NOW) as work:
        work.book(booked, DECISION, DispatchList("FH1", 1, booked, date(2026, 11, 9), "ab"))
    with store.begin(NOW) as work:
        assert work.load_order("DD1") == booked
        facts = work.facts(Head("nobody@x.example"), NOW)
    assert facts.balances["C1"].cash_accepted == Decimal("2022.00")
    assert facts.earlier[0].their_number == "PO-1"
    assert facts.sender.trust is Trust.C


@pytest.mark.fault("B02")
def test_an_order_number_means_one_order(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(), DECISION, None)
    with pytest.raises(sa.exc.IntegrityError), store.begin(NOW) as work:
        work.book(order(), DECISION, None)


@pytest.mark.fault("B01")
def test_the_same_notice_to_the_same_person_is_queued_once(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        assert work.post(message())
        assert not work.post(message())
        assert work.post(message(recipient="other@x.example"))
    assert len(store.shelf.take_due(NOW, 10)) == 2


@pytest.mark.fault("S10")
def test_a_message_taken_is_not_taken_twice(store: SqlStore) -> None:
    post(store, message(1), message(2, due=NOW + timedelta(hours=1)))
    [taken] = store.shelf.take_due(NOW, 10)
    assert (taken.state, taken.attempts, taken.mime) == (MessageState.SENDING, 1, message(1).mime)
    assert store.shelf.take_due(NOW, 10) == []


@pytest.mark.fault("S08", "K07", "K08")
def test_after_a_restart_what_was_not_sent_is_ready_and_what_may_be_is_in_doubt(
    store: SqlStore, url: str
) -> None:
    post(store, message(1), message(2))
    first, second = store.shelf.take_due(NOW, 10)
    store.shelf.put_back(second.ending(), NOW)
    store.close()
    again = worker(url)
    try:
        assert again.recover(NOW) == 2
        assert [m.id for m in again.shelf.take_due(NOW, 10)] == [first.id]
        assert again.shelf.doubtful(NOW) == []
        assert [m.id for m in again.shelf.doubtful(NOW + timedelta(minutes=3))] == [second.id]
    finally:
        again.close()


def test_what_was_taken_and_not_put_back_is_given_back_when_asked(store: SqlStore) -> None:
    post(store, message(1))
    [taken] = store.shelf.take_due(NOW, 10)
    assert store.shelf.take_due(NOW, 10) == []
    assert store.recover(NOW) == 1
    [again] = store.shelf.take_due(NOW, 10)
    assert (again.id, again.attempts) == (taken.id, 2)


def test_large_messages_are_taken_a_few_at_a_time(store: SqlStore) -> None:
    large = b"x" * (9 * 1024 * 1024)
    post(store, *(message(n, mime=large + bytes([n])) for n in range(3)))
    assert [len(store.shelf.take_due(NOW, 10)) for _ in range(2)] == [1, 0]
    store.recover(NOW)
    post(store, message(4, recipient="other@x.example"))
    [first, *_] = store.shelf.take_due(NOW, 10)
    assert first.mime == large + bytes([0])


def test_no_text_of_a_mail_is_too_strange_to_be_kept(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    strange = "a\0b\ud800c" + "长" * 5000
    with store.begin(NOW) as work:
        work.settle(1, MailState.IGNORED, "stranger", Head(None, subject=strange), ())
    [mail] = store.records.listing("mails", None)
    assert mail["subject"].startswith("a\ufffdb?c长")


@pytest.mark.fault("I09")
def test_a_settled_mail_cannot_be_settled_again(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.settle(1, MailState.DONE, "booked", Head(None), ())
    with pytest.raises(NotWaiting), store.begin(NOW) as work:
        work.settle(1, MailState.RETURNED, "x", Head(None), ())
    assert [m["state"] for m in store.records.listing("mails", None)] == ["done"]


@pytest.mark.fault("T01", "T06")
def test_a_job_is_done_once_a_period(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        assert work.take_job("digest:a", "2026-11-09")
        assert not work.take_job("digest:a", "2026-11-09")
        assert work.take_job("digest:a", "2026-11-10")


@pytest.mark.fault("D03")
def test_every_change_of_state_has_a_row_in_the_history(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    post(store, message(1, mail_id=1))
    [taken] = store.shelf.take_due(NOW, 10)
    store.shelf.put_back(taken.accepted(), NOW)
    story = store.records.story("message", "1")
    assert story is not None
    assert [(h["before"], h["after"]) for h in story["history"]] == [
        ("", "ready"), ("ready", "sending"), ("sending", "accepted"),
    ]  # fmt: skip


@pytest.mark.fault("Z08")
@pytest.mark.parametrize("change", ["delete from history", "update history set reason = 'x'"])
def test_history_can_be_added_to_and_never_changed(store: SqlStore, change: str) -> None:
    store.journal.record([arrival(1)], NOW)
    engine = store._database.engine
    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.execute(sa.text(change))
