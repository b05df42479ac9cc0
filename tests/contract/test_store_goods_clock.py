"""What is still to leave, what is under way, what arrived, and a list that lies in the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from mailflow.domain.delivery import Delivered
from mailflow.domain.message import MessageState
from mailflow.domain.order import DispatchList
from mailflow.domain.shipping import Load, SentLine
from mailflow.store.sql import SqlStore
from tests.contract.stores import CUSTOMER, DECISION, NOW, arrival, message, order
from tests.contract.test_store_shipments import listed, shipped

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 10)
LOAD = Load(lines=(SentLine(sku="P1", tins=6),), carrier="顺丰", waybill="SF1", shipped_on=DAY)
REST = Load(lines=(SentLine(sku="P1", tins=6),), waybill="SF2")


def test_nothing_waits_in_an_empty_house(store: SqlStore) -> None:
    assert list(store.records.unshipped()) == []
    assert list(store.records.under_way(ZONE)) == []
    assert store.records.asked_on(["waybill:1"]) == {}
    with store.begin(NOW) as work:
        assert work.arrived() == frozenset()
        assert not work.is_unsent("FH1", 1)


def test_a_list_waits_until_all_of_it_has_left(store: SqlStore) -> None:
    listed(store)
    [waits] = store.records.unshipped()
    assert (waits.sheet, waits.order, waits.tins, waits.left) == ("FH1", "DD1", 12, 0)
    shipped(store, LOAD)
    [waits] = store.records.unshipped()
    assert (waits.tins, waits.left, waits.created) == (12, 6, NOW)
    shipped(store, REST)
    assert list(store.records.unshipped()) == []


def test_what_left_of_one_product_is_reckoned_against_that_alone(store: SqlStore) -> None:
    [line] = order().lines
    two = replace(order(), lines=(line, replace(line, where="S!A2", sku="P2", tins=6)))
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(two, DECISION, DispatchList("FH1", 1, two, DAY, "aa"))
    [waits] = store.records.unshipped()
    assert (waits.tins, waits.left, waits.distributor) == (18, 0, CUSTOMER.name)
    shipped(store, replace(LOAD, lines=(SentLine(sku="P1", tins=18),)))
    [waits] = store.records.unshipped()
    assert (waits.tins, waits.left) == (18, 12)
    [load] = store.records.under_way(ZONE)
    assert load.distributor == CUSTOMER.name
    shipped(store, replace(REST, lines=(SentLine(sku="P2", tins=6),)))
    assert list(store.records.unshipped()) == []


def test_a_load_is_under_way_until_it_arrives_and_arrives_once(store: SqlStore) -> None:
    listed(store)
    shipped(store, LOAD)
    shipped(store, REST)
    first, second = store.records.under_way(ZONE)
    assert (first.waybill, first.shipped_on, first.sheet) == ("SF1", DAY, "FH1")
    assert second.shipped_on == NOW.astimezone(ZONE).date()
    with store.begin(NOW) as work:
        work.deliver(Delivered(first, DAY, "李伟"), 1)
    assert [x.waybill for x in store.records.under_way(ZONE)] == ["SF2"]
    with store.begin(NOW) as work:
        assert work.arrived() == frozenset({"sf1"})
    with pytest.raises(IntegrityError), store.begin(NOW) as work:
        work.deliver(Delivered(first, None), 1)
    story = store.records.story("order", "DD1")
    assert story is not None
    assert [h["after"] for h in story["history"]][-1] == "delivered"


def test_jobs_tell_on_which_days_they_were_done(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        for day in (DAY, DAY + timedelta(days=2)):
            assert work.take_job("waybill:1", day.isoformat())
    assert store.records.asked_on(["waybill:1"]) == {"waybill:1": (DAY, DAY + timedelta(days=2))}


def test_a_list_in_the_outbox_is_kept_back_and_one_under_way_is_not(store: SqlStore) -> None:
    listed(store)
    with store.begin(NOW) as work:
        work.post(message())
        assert work.is_unsent("FH1", 1)
        assert not work.is_unsent("FH1", 2)
    [taken] = store.shelf.take_due(NOW, 10)
    with store.begin(NOW) as work:
        assert not work.is_unsent("FH1", 1)
        work.withdraw("FH1", 1, "too late")
    store.shelf.put_back(taken.deferred("no route", NOW), NOW)
    with store.begin(NOW) as work:
        assert work.is_unsent("FH1", 1)
        work.withdraw("FH1", 1, "in time")
    assert store.shelf.take_due(NOW + timedelta(days=1), 10) == []
    [row] = store.records.listing("messages", None)
    assert row["state"] == MessageState.SUPPRESSED.value
