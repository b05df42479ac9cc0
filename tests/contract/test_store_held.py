"""An outbox that is held gives nothing out, whoever asks; a database put back gives no number twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailflow.domain.message import MessageState
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival, ids, message, post, visitor

LATER = NOW + timedelta(hours=1)


def test_nobody_holds_it_at_first(store: SqlStore) -> None:
    assert store.shelf.held() is None
    assert store.reread_since() is None


def test_while_it_is_held_nothing_is_due_and_nothing_is_looked_for(
    store: SqlStore, url: str
) -> None:
    post(store, message(1), message(2))
    [first] = store.shelf.take_due(NOW, 1)
    store.shelf.put_back(first.lost_sight_of("gone", NOW), NOW)
    operator = visitor(url)
    assert operator.act("hold", "outbox", "all", "a rehearsal", NOW) == "held"
    assert operator.act("hold", "outbox", "all", "again", LATER) == "held"
    held = store.shelf.held()
    assert held is not None
    assert (held.since, held.why) == (NOW, "a rehearsal")
    assert store.shelf.take_due(LATER, 9) == []
    assert store.shelf.doubtful(LATER) == []
    assert operator.act("release", "outbox", "all", "done", LATER) == "open"
    assert store.shelf.held() is None
    assert len(store.shelf.take_due(LATER, 9)) == 1
    assert len(store.shelf.doubtful(LATER)) == 1
    operator.close()


@pytest.mark.fault("D08")
def test_a_database_put_back_doubts_what_had_not_left_and_leaves_a_gap(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    post(store, message(1), message(2))
    [sent] = store.shelf.take_due(NOW, 1)
    store.shelf.put_back(sent.ending(), NOW)
    store.shelf.put_back(sent.ending().accepted(), NOW)
    store.take_as_restored("from Monday", LATER)
    states = {m["id"]: m["state"] for m in store.records.listing("messages", None)}
    assert sorted(states.values()) == [MessageState.ACCEPTED.value, MessageState.UNKNOWN.value]
    store.journal.record([arrival(2)], LATER)
    first, second = ids(store.journal.waiting(9))
    assert second - first > 1000
    assert store.reread_since() == NOW - timedelta(hours=1)
    store.has_reread(LATER)
    assert store.reread_since() is None
    assert not list(store.evidence.breaks(()))


def test_of_an_empty_database_nothing_is_doubted(store: SqlStore) -> None:
    store.take_as_restored("from Monday", NOW)
    store.journal.record([arrival(1)], NOW)
    assert ids(store.journal.waiting(9))[0] > 1000
