"""What an operator does by hand: it takes effect, stands in the history, or names the way out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mailflow.domain.mail import Aside, Head, MailState
from mailflow.domain.message import MessageState
from mailflow.domain.order import DispatchList, OrderState
from mailflow.ports import Arrival, Refusal
from mailflow.store.sql import SqlStore
from tests.contract.stores import (
    DECISION,
    NOW,
    arrival,
    case_of,
    ids,
    message,
    order,
    post,
    visitor,
    worker,
)


def state(store: SqlStore, kind: str, subject_id: str) -> tuple[str, str]:
    """The state it shows, and the last reason in its history."""
    story = store.records.story(kind, subject_id)
    assert story is not None
    return story["state"], story["history"][-1]["reason"]


def waiting_order(store: SqlStore, outcome: OrderState = OrderState.REVIEW) -> None:
    """Mail 1 lies with a person for its one order."""
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(state=outcome), DECISION, None)
        work.open_case(case_of("DD1"))
        work.settle(1, MailState(outcome.value), "needs-clarification", Head(None), ())


def set_aside(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    store.journal.set_aside(1, Aside.CRASHED, "", NOW)


@pytest.mark.fault("Z10")
def test_redo_of_a_booked_mail_is_refused_with_the_way_out(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(), DECISION, None)
        work.settle(1, MailState.DONE, "booked", Head(None), ())
    with pytest.raises(Refusal, match="mailflow close order DD1"):
        store.act("redo", "mail", "M1", "why", NOW)
    store.act("close", "order", "DD1", "why", NOW)
    assert store.act("redo", "mail", "M1", "why", NOW) == "waiting"
    assert store.journal.waiting(10)[0].revision == 2


def test_redo_of_a_mail_that_was_never_fetched_is_refused(store: SqlStore) -> None:
    store.journal.record([Arrival(arrival(1).key, NOW, 9, None, "too-large")], NOW)
    with pytest.raises(Refusal, match="too-large"):
        store.act("redo", "mail", "M1", "why", NOW)


@pytest.mark.fault("Z10")
def test_a_held_mail_is_not_dealt_with_until_it_is_released(store: SqlStore) -> None:
    store.journal.record([arrival(1), arrival(2)], NOW)
    assert store.act("hold", "mail", "M1", "wait for the fax", NOW) == "held"
    assert ids(store.journal.waiting(10)) == [2]
    with store.begin(NOW) as work:
        assert work.claim(1) is None
    assert store.journal.begin_attempts([1], NOW) == {}
    assert state(store, "mail", "M1") == ("held", "wait for the fax")
    assert [m.reference for m in store.records.matters(NOW, NOW)] == ["M1"]
    assert store.act("release", "mail", "M1", "it came", NOW) == "waiting"
    assert ids(store.journal.waiting(10)) == [1, 2]
    assert state(store, "mail", "M1") == ("waiting", "it came")
    assert store.records.matters(NOW, NOW) == []


def test_a_mail_held_by_hand_is_not_filed_away(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    store.act("hold", "mail", "1", "why", NOW)
    assert store.journal.unfiled(10) == []


@pytest.mark.fault("Z10")
@pytest.mark.parametrize("verb", ["hold", "release"])
def test_holding_and_releasing_are_safe_to_repeat(store: SqlStore, verb: str) -> None:
    store.journal.record([arrival(1)], NOW)
    first = store.act(verb, "mail", "M1", "why", NOW)
    assert store.act(verb, "mail", "M1", "again", NOW) == first
    assert len(list(store.records.listing("cases", "open"))) == (1 if verb == "hold" else 0)


def test_the_case_of_a_held_mail_is_the_mail(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    store.act("hold", "mail", "M1", "why", NOW)
    assert store.act("release", "case", "M1", "why", NOW) == "waiting"
    assert ids(store.journal.waiting(10)) == [1]


def test_only_a_mail_that_waits_can_be_held(store: SqlStore) -> None:
    waiting_order(store)
    with pytest.raises(Refusal, match="is review"):
        store.act("hold", "mail", "M1", "why", NOW)


def test_a_mail_that_waits_for_its_order_is_released_by_way_of_the_order(store: SqlStore) -> None:
    waiting_order(store)
    with pytest.raises(Refusal, match="mailflow release order DD1 --reason"):
        store.act("release", "mail", "M1", "why", NOW)


def test_a_mail_that_was_set_aside_is_released_by_redo(store: SqlStore) -> None:
    set_aside(store)
    for kind in ("mail", "case"):
        with pytest.raises(Refusal, match="mailflow redo"):
            store.act("release", kind, "M1", "why", NOW)
    store.act("redo", "mail", "M1", "why", NOW)
    assert ids(store.journal.waiting(10)) == [1]
    assert store.records.matters(NOW, NOW) == []


@pytest.mark.parametrize("kind", ["mail", "case"])
def test_closing_a_mail_that_was_set_aside_settles_it_and_its_case(
    store: SqlStore, kind: str
) -> None:
    set_aside(store)
    assert store.act("close", kind, "M1", "read by hand", NOW) == "done"
    assert state(store, "mail", "M1") == ("done", "read by hand")
    assert state(store, "case", "M1") == ("closed", "read by hand")


def test_closing_a_mail_closes_what_waits_of_it(store: SqlStore) -> None:
    waiting_order(store)
    assert store.act("close", "mail", "M1", "settled by phone", NOW) == "done"
    assert state(store, "order", "DD1") == ("closed", "settled by phone")
    assert store.records.matters(NOW, NOW) == []
    assert [h["after"] for h in history(store, "mail", "M1")] == ["waiting", "review", "done"]


def test_closing_a_mail_leaves_what_is_booked(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(), DECISION, None)
        work.settle(1, MailState.DONE, "booked", Head(None), ())
    assert store.act("close", "mail", "M1", "why", NOW) == "done"
    assert state(store, "order", "DD1")[0] == "accepted"


@pytest.mark.parametrize("before", ["wait", "hold"])
def test_closing_a_mail_that_nobody_read_ignores_it(store: SqlStore, before: str) -> None:
    store.journal.record([arrival(1)], NOW)
    if before == "hold":
        store.act("hold", "mail", "M1", "why", NOW)
    assert store.act("close", "mail", "M1", "spam", NOW) == "ignored"
    assert store.journal.waiting(10) == []
    with store.begin(NOW) as work:
        assert work.claim(1) is None
    assert state(store, "mail", "M1") == ("ignored", "spam")
    assert list(store.records.listing("cases", "open")) == []
    assert [s for _, s in store.journal.unfiled(10)] == [MailState.IGNORED]


@pytest.mark.parametrize("kind", ["order", "case"])
def test_closing_an_order_closes_its_case_and_ends_the_waiting_of_its_mail(
    store: SqlStore, kind: str
) -> None:
    waiting_order(store)
    assert len(store.records.matters(NOW, NOW)) == 1
    assert store.act("close", kind, "DD1", "why", NOW) == "closed"
    assert store.records.matters(NOW, NOW) == []
    assert state(store, "mail", "M1") == ("done", "why")


def test_a_mail_waits_while_one_of_its_orders_does(store: SqlStore) -> None:
    waiting_order(store)
    second = order("DD1-2", OrderState.HELD)
    with store.begin(NOW) as work:
        work.book(replace(second, position=1), DECISION, None)
        work.open_case(case_of("DD1-2"))
    store.act("close", "order", "DD1", "why", NOW)
    assert state(store, "mail", "M1")[0] == "review"
    store.act("close", "order", "DD1-2", "why", NOW)
    assert state(store, "mail", "M1")[0] == "done"


def test_a_list_that_has_not_left_when_its_order_is_closed_stays_here(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    booked = order()
    with store.begin(NOW) as work:
        work.book(booked, DECISION, DispatchList("FH1", 1, booked, NOW.date(), "ab"))
    post(store, message(1), message(2))
    store.act("close", "order", "FH1", "cancelled", NOW)
    assert ids(store.shelf.take_due(NOW, 10)) == [2]
    assert state(store, "message", "1") == ("suppressed", "cancelled")


@pytest.mark.parametrize("kind", ["order", "case"])
def test_holding_an_order_keeps_its_case_open(store: SqlStore, kind: str) -> None:
    waiting_order(store)
    assert store.act("hold", kind, "DD1", "why", NOW) == "held"
    assert state(store, "order", "DD1") == ("held", "why")
    assert [m.reference for m in store.records.matters(NOW, NOW)] == ["DD1"]


@pytest.mark.parametrize("outcome", [OrderState.ACCEPTED, OrderState.RETURNED, OrderState.CLOSED])
def test_only_an_order_that_waits_can_be_held(store: SqlStore, outcome: OrderState) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(state=outcome), DECISION, None)
    with pytest.raises(Refusal, match=f"is {outcome}"):
        store.act("hold", "order", "DD1", "why", NOW)


def test_an_act_on_an_order_leaves_its_older_revisions_closed(store: SqlStore) -> None:
    waiting_order(store)
    store.act("redo", "mail", "M1", "why", NOW)
    with store.begin(NOW) as work:
        work.book(replace(order(state=OrderState.REVIEW), revision=2), DECISION, None)
    store.act("hold", "order", "DD1", "why", NOW)
    assert [o["state"] for o in store.records.listing("orders", None)] == ["closed", "held"]


@pytest.mark.fault("Z10")
def test_a_held_message_stays_until_it_is_released(store: SqlStore) -> None:
    post(store, message(1))
    assert store.act("hold", "message", "1", "wait", NOW) == "suppressed"
    assert store.shelf.take_due(NOW, 10) == []
    assert store.act("release", "message", "1", "go", NOW) == "ready"
    assert ids(store.shelf.take_due(NOW, 10)) == [1]


@pytest.mark.fault("Z10")
def test_nothing_can_be_changed_of_a_message_that_is_on_its_way(store: SqlStore) -> None:
    post(store, message(1))
    [taken] = store.shelf.take_due(NOW, 10)
    with pytest.raises(Refusal, match="is sending"):
        store.act("hold", "message", "1", "why", NOW)
    store.shelf.put_back(taken.accepted(), NOW)
    with pytest.raises(Refusal, match="is accepted"):
        store.act("close", "message", "1", "why", NOW)
    assert state(store, "message", "1")[0] == MessageState.ACCEPTED


@pytest.mark.parametrize("kind", ["mail", "order", "case", "message"])
@pytest.mark.parametrize("strange", ["7", "²", "9" * 30, "", "'; drop"])
def test_what_is_not_there_is_refused_and_says_where_to_look(
    store: SqlStore, kind: str, strange: str
) -> None:
    with pytest.raises(Refusal, match=f"there is none: see `mailflow list {kind}s`"):
        store.act("close", kind, strange, "why", NOW)
    assert store.records.story(kind, strange) is None


def test_a_verb_that_makes_no_sense_names_those_that_do(store: SqlStore) -> None:
    with pytest.raises(Refusal, match=r"possible are redo mail, .*release order"):
        store.act("redo", "order", "DD1", "why", NOW)


@pytest.mark.fault("Z10")
def test_what_a_person_did_is_told_from_what_the_daemon_did(url: str) -> None:
    daemon = worker(url)
    daemon.journal.record([arrival(1)], NOW)
    daemon.close()
    person = visitor(url)
    person.act("hold", "mail", "M1", "why", NOW)
    assert [h["by"] for h in history(person, "mail", "M1")] == ["mailflow", "operator"]
    person.close()


def history(store: SqlStore, kind: str, subject_id: str) -> list[dict[str, Any]]:
    story = store.records.story(kind, subject_id)
    assert story is not None
    return list(story["history"])
