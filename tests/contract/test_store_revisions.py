"""An order has revisions: one of them is in force, and its story tells all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailflow.domain.mail import Head, MailState
from mailflow.domain.order import BookedOrder, OrderState
from mailflow.ports import Refusal
from mailflow.store.sql import SqlStore
from tests.contract.stores import DECISION, NOW, arrival, case_of, message, order

HELD, ACCEPTED, CLOSED = OrderState.HELD, OrderState.ACCEPTED, OrderState.CLOSED


def revision(number: int, state: OrderState) -> BookedOrder:
    """Of mail 1 the first, of mail 2 the second, ..."""
    return replace(order(state=state), revision=number, mail_id=number)


def booked(store: SqlStore, *states: OrderState) -> None:
    store.journal.record([arrival(n) for n, _ in enumerate(states, start=1)], NOW)
    with store.begin(NOW) as work:
        for number, state in enumerate(states, start=1):
            work.book(revision(number, state), DECISION, None)
            work.post(message(number, notice="order-answer", mail_id=number))


@pytest.mark.parametrize(
    ("states", "in_force"),
    [
        ((ACCEPTED,), 1),
        ((CLOSED, HELD), 2),
        ((ACCEPTED, HELD), 2),
        ((ACCEPTED, CLOSED), 1),
        ((CLOSED, CLOSED), 2),
    ],
)
def test_the_newest_that_is_not_closed_is_in_force(
    store: SqlStore, states: tuple[OrderState, ...], in_force: int
) -> None:
    booked(store, *states)
    with store.begin(NOW) as work:
        found = work.load_order("DD1")
    assert found == revision(in_force, states[in_force - 1])
    story = store.records.story("order", "DD1")
    assert story is not None
    assert story["revision"] == in_force
    assert [r["revision"] for r in story["revisions"]] == list(range(1, len(states) + 1))
    assert len(story["messages"]) == len(states)
    is_change = states == (ACCEPTED, HELD)
    told = "closed: revision 2; revision 1 is accepted" if is_change else "closed"
    assert store.act("close", "order", "DD1", "why", NOW) == told
    assert store.records.counts()["orders"].get("closed") == max(
        1, sum(s is CLOSED for s in states) + (states[in_force - 1] is not CLOSED)
    )


def test_with_its_case_every_mail_of_an_order_is_done(store: SqlStore) -> None:
    booked(store, CLOSED, HELD)
    with store.begin(NOW) as work:
        work.open_case(case_of("DD1"))
        for mail_id in (1, 2):
            work.settle(mail_id, MailState.HELD, "waiting-approval", Head(None), ())
    store.act("close", "order", "DD1", "why", NOW)
    assert {m["state"] for m in store.records.listing("mails", None)} == {"done"}


def test_a_mail_is_not_read_anew_once_its_order_was_corrected(store: SqlStore) -> None:
    booked(store, CLOSED, HELD)
    with pytest.raises(Refusal, match="mailflow redo 2"):
        store.act("redo", "mail", "M1", "why", NOW)
    assert store.act("redo", "mail", "M2", "why", NOW) == "waiting"


@pytest.mark.parametrize(
    ("states", "kept"), [((ACCEPTED, HELD), "ready"), ((ACCEPTED,), "suppressed")]
)
def test_a_change_that_is_closed_leaves_the_list_it_would_have_changed(
    store: SqlStore, states: tuple[OrderState, ...], kept: str
) -> None:
    booked(store, *states)
    with store.begin(NOW) as work:
        work.post(message(9, subject_id="FH1", revision=1))
    store.act("close", "order", "DD1", "why", NOW)
    [goods] = [m for m in store.records.listing("messages", None) if m["notice"] == "dispatch-list"]
    assert goods["state"] == kept
