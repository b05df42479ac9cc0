"""Messages that came back, as each database keeps them."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.bounce import Sent
from mailflow.domain.matter import MachineTrouble
from mailflow.domain.message import MessageState
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, message, post


def left(store: SqlStore, *numbers: int) -> None:
    post(store, *(message(number) for number in numbers))
    for each in store.shelf.take_due(NOW, 9):
        store.shelf.put_back(each.ending(), NOW)
        store.shelf.put_back(replace(each, state=MessageState.ACCEPTED), NOW)


def named(store: SqlStore, *ids: str) -> list[Sent]:
    with store.begin(NOW) as work:
        return list(work.sent_as(ids))


def test_numbers_nobody_knows_name_nothing(store: SqlStore) -> None:
    left(store, 1)
    assert named(store) == []
    assert named(store, "<2@x.example>") == []


def test_a_message_that_came_back_is_marked_told_and_may_be_sent_again(store: SqlStore) -> None:
    left(store, 1, 2)
    [sent] = named(store, "<1@x.example>", "<7@x.example>")
    assert (sent.recipient, sent.state) == ("w@x.example", MessageState.ACCEPTED)
    with store.begin(NOW) as work:
        work.come_back(sent, "550 no such user")
    rows = {m["id"]: (m["state"], m["last_error"]) for m in store.records.listing("messages", None)}
    assert rows == {1: ("bounced", "550 no such user"), 2: ("accepted", "")}
    [told] = store.records.matters(NOW, NOW)
    assert (told.reason, told.who) == (MachineTrouble.MESSAGE_BOUNCED.value, "w@x.example")
    assert store.act("release", "message", "1", "mended", NOW) == "ready"
    assert [m.id for m in store.shelf.take_due(NOW, 9)] == [1]


def test_what_is_not_out_stays_as_it_is(store: SqlStore) -> None:
    post(store, message(1))
    [sent] = named(store, "<1@x.example>")
    with store.begin(NOW) as work:
        work.come_back(sent, "550 no")
    [row] = store.records.listing("messages", None)
    assert (row["state"], row["last_error"]) == ("ready", "")
