"""What has left and what slowed us down is known after a restart, and to every worker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, message, post, worker

MINUTE = timedelta(minutes=1)


def test_nothing_has_left_and_nothing_waits_at_first(store: SqlStore) -> None:
    shelf = store.shelf
    assert (shelf.departed(NOW - MINUTE), shelf.overdue(NOW), shelf.slowed()) == ([], 0, None)


@pytest.mark.fault("S07", "T08")
def test_what_was_sent_to_its_end_counts_whatever_was_said_to_it(store: SqlStore, url: str) -> None:
    post(store, *(message(n) for n in range(5)), message(9, due=NOW + MINUTE))
    assert store.shelf.overdue(NOW) == 5
    accepted, refused, away, _ = store.shelf.take_due(NOW, 4)
    assert store.shelf.departed(NOW - MINUTE) == [NOW] * 4, "those under way count"
    for each in (accepted, refused):
        store.shelf.put_back(each.ending(), NOW + MINUTE)
    store.shelf.put_back(accepted.ending().accepted(), NOW + 2 * MINUTE)
    store.shelf.put_back(refused.ending().deferred("451 busy", NOW), NOW + 2 * MINUTE)
    store.shelf.put_back(away.deferred("away", NOW), NOW)
    store.shelf.slow_down(timedelta(), "too many", NOW)
    store.close()
    again = worker(url)
    try:
        again.recover(NOW)
        assert again.shelf.departed(NOW) == [NOW + MINUTE] * 2
        assert again.shelf.departed(NOW + MINUTE) == []
        slowed = again.shelf.slowed()
        assert slowed is not None
        assert (slowed.times, slowed.until, slowed.why) == ((NOW,), NOW + MINUTE, "too many")
        again.shelf.slow_down(timedelta(), "again", NOW + MINUTE)
        slowed = again.shelf.slowed()
        assert slowed is not None
        assert len(slowed.times) == 2
    finally:
        again.close()
