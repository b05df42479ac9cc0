"""Of a distributor and month one inventory report holds; every change of it is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mailflow.domain.kept_inventory import (
    ALL_IN,
    REVISED,
    InventoryState,
    KeptInventory,
    StockLine,
)
from mailflow.ports import Refusal
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
LINES = (
    StockLine("P1", 10, 5, 3, 0, 12, "B1", date(2027, 3, 1)),
    StockLine("P1", 1, 0, 0, -1, 0),
)
RIGHT = KeptInventory(
    distributor="C1",
    month=OCTOBER,
    state=InventoryState.VALID,
    mail_id=1,
    sender="who@example.com",
    received=NOW,
    lines=LINES,
)
WRONG = replace(RIGHT, state=InventoryState.RETURNED, lines=())


@pytest.fixture(autouse=True)
def _mail(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)


def keep(store: SqlStore, *reports: KeptInventory) -> None:
    for report in reports:
        with store.begin(NOW) as work:
            work.keep_inventory(report, "why")


def holds(store: SqlStore, month: date = OCTOBER) -> KeptInventory | None:
    with store.begin(NOW) as work:
        return work.inventory("C1", month)


def test_nothing_holds_where_nothing_came_or_only_wrong_ones_did(store: SqlStore) -> None:
    assert store.records.inventories([OCTOBER]) == {}
    keep(store, WRONG)
    assert holds(store) is None
    assert store.records.inventories([OCTOBER, NOVEMBER]) == {
        ("C1", OCTOBER): InventoryState.RETURNED
    }
    assert list(store.records.stock_rows(OCTOBER, NOVEMBER)) == []
    assert store.records.expiring(OCTOBER, date(2099, 1, 1)) == []


def test_a_right_one_is_kept_line_by_line(store: SqlStore) -> None:
    keep(store, RIGHT)
    assert holds(store) == replace(RIGHT, revision=1)
    assert holds(store, NOVEMBER) is None
    assert RIGHT.closing == {"P1": 12}
    assert list(store.records.stock_rows(OCTOBER, OCTOBER)) == [
        ("C1", "P1", OCTOBER, 10, 5, 3, 0, 12),
        ("C1", "P1", OCTOBER, 1, 0, 0, -1, 0),
    ]
    assert list(store.records.stock_rows(NOVEMBER, NOVEMBER)) == []
    assert store.records.expiring(OCTOBER, date(2027, 3, 2)) == [("C1", LINES[0])]
    assert store.records.expiring(OCTOBER, date(2027, 3, 1)) == []


def test_the_newest_right_one_holds_and_a_later_wrong_one_changes_nothing(store: SqlStore) -> None:
    later = replace(RIGHT, lines=LINES[:1])
    keep(store, WRONG, RIGHT, later, WRONG)
    assert holds(store) == replace(later, revision=3)
    assert store.records.inventories([OCTOBER])["C1", OCTOBER] is InventoryState.VALID


def test_one_found_wrong_by_hand_holds_no_more_and_cannot_be_found_wrong_again(
    store: SqlStore,
) -> None:
    keep(store, RIGHT)
    assert store.act("close", "inventory", "C1/2026-10", "miscounted", NOW) == "returned"
    assert holds(store) is None
    with pytest.raises(Refusal, match="nothing to close"):
        store.act("close", "inventory", "C1/2026-10", "miscounted", NOW)
    with pytest.raises(Refusal, match="write distributor and month"):
        store.act("close", "inventory", "C1", "miscounted", NOW)


def test_what_holds_otherwise_since_the_last_summary_is_told_by_distributor(
    store: SqlStore,
) -> None:
    hour = timedelta(hours=1)
    keep(store, RIGHT)
    assert store.records.inventories_changed(OCTOBER) is None
    with store.begin(NOW + hour) as work:
        work.take_job(ALL_IN, "2026-10")
    assert store.records.inventories_changed(OCTOBER) == {}
    assert store.records.inventories_changed(NOVEMBER) is None
    with store.begin(NOW + 2 * hour) as work:
        work.keep_inventory(WRONG, "why")  # beside a right one it changes nothing
        work.keep_inventory(replace(RIGHT, distributor="C2"), "why")
        work.keep_inventory(replace(RIGHT, month=NOVEMBER, distributor="C3"), "why")
    store.act("close", "inventory", "C1/2026-10", "miscounted", NOW + 3 * hour)
    keep_at = {"C2": NOW + 2 * hour, "C1": NOW + 3 * hour}
    assert store.records.inventories_changed(OCTOBER) == keep_at
    with store.begin(NOW + 4 * hour) as work:
        work.take_job(REVISED, "2026-10@2026-11-10")
    assert store.records.inventories_changed(OCTOBER) == {}
