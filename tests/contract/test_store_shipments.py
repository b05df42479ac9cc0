"""What a list tells to send is kept with it, and what was sent counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mailflow.domain.mail import Head
from mailflow.domain.order import DispatchList, OrderState, with_state
from mailflow.domain.shipping import Load, SentLine
from mailflow.ports import Refusal
from mailflow.store.shipments import NotCounted
from mailflow.store.sql import SqlStore
from mailflow.store.tables_shipping import list_lines
from tests.contract.stores import DECISION, NOW, arrival, message, order


def listed(store: SqlStore) -> None:
    """Order DD1 of 12 tins P1, and its list FH1."""
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        sheet = DispatchList("FH1", 1, order(), date(2026, 11, 9), "aa")
        work.book(order(), DECISION, sheet)


def test_an_order_without_a_list_has_nothing_to_send(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(state=OrderState.HELD), DECISION, None)
        assert work.shipped_of("DD1") == {}
    assert lines_of(store) == []


def test_a_list_is_kept_line_by_line(store: SqlStore) -> None:
    listed(store)
    assert lines_of(store) == [(0, "P1", "cash", 12, 0)]
    with store.begin(NOW) as work:
        assert work.shipped_of("DD1") == {}


def lines_of(store: SqlStore) -> list[tuple[object, ...]]:
    columns = ("position", "sku", "funding", "tins", "short")
    with store.records._database.reading() as connection:
        rows = connection.execute(sa.select(*(list_lines.c[name] for name in columns)))
        return [tuple(row) for row in rows]


LOAD = Load(
    lines=(
        SentLine(sku="P1", tins=6, batch="Ｂ 1", expires=date(2028, 3, 1), list_position=0),
        SentLine(sku="P9", tins=6, batch=""),
    ),
    carrier="顺丰",
    waybill="SF1",
    shipped_on=date(2026, 11, 10),
)


def shipped(store: SqlStore, load: Load = LOAD) -> None:
    with store.begin(NOW) as work:
        [sheet] = work.lists_out("FH1")
        work.ship(sheet, load, 1)


def test_a_list_nobody_issued_is_not_found(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        assert work.lists_out("FH1") == ()
        assert work.pointed_lists(()) == work.pointed_lists(("<1@x.example>",)) == ()
        assert work.traced("").lines == ()
        assert work.traced("B1").lines == ()


def test_what_left_comes_back_as_it_was_told(store: SqlStore) -> None:
    listed(store)
    shipped(store)
    with store.begin(NOW) as work:
        [sheet] = work.lists_out("FH1")
        assert work.shipped_of("DD1") == {"P1": 6, "P9": 6}
    [load] = sheet.loads
    assert replace(load, id=None) == LOAD
    assert load.fingerprint == LOAD.fingerprint
    assert (sheet.order, sheet.order_revision, sheet.tins) == ("DD1", 1, {"P1": 12})
    story = store.records.story("order", "DD1")
    assert story is not None
    assert story["shipments"][0]["goods"] == ["P1 6 Ｂ 1", "P9 6"]
    assert [h["after"] for h in story["history"]] == ["accepted", "listed", "sent"]


def test_the_same_load_twice_is_refused(store: SqlStore) -> None:
    listed(store)
    shipped(store)
    with pytest.raises(IntegrityError):
        shipped(store)
    with store.begin(NOW) as work:
        assert work.shipped_of("DD1") == {"P1": 6, "P9": 6}


def test_a_load_that_is_replaced_counts_no_more_and_may_be_told_again(store: SqlStore) -> None:
    listed(store)
    shipped(store)
    with store.begin(NOW) as work:
        [sheet] = work.lists_out("FH1")
        work.unship(sheet, sheet.loads[0], "M2")
    with store.begin(NOW) as work:
        assert work.shipped_of("DD1") == {}
        assert work.lists_out("FH1")[0].loads == ()
        assert work.traced("B1").lines == ()
        with pytest.raises(NotCounted):
            work.unship(sheet, sheet.loads[0], "M2")
    shipped(store)
    story = store.records.story("order", "DD1")
    assert story is not None
    assert [s["state"] for s in story["shipments"]] == ["replaced", "counted"]


def test_a_batch_is_found_however_it_is_written(store: SqlStore) -> None:
    listed(store)
    shipped(store)
    for text in ("B1", "b1", " b 1", "Ｂ１"):
        found = store.records.traced(text)
        [line] = found.lines
        assert (line.distributor, line.sku, line.tins, line.waybill) == ("C1", "P1", 6, "SF1")
        assert found.unsaid == ()
    assert store.records.traced("B").lines == ()
    assert [row["batch"] for row in store.records.listing("batches", None)] == ["Ｂ 1"]


def test_a_message_points_to_the_list_it_brought(store: SqlStore) -> None:
    listed(store)
    with store.begin(NOW) as work:
        work.post(message(1))
        work.post(message(2, notice="order-answer"))
    with store.begin(NOW) as work:
        ids = ("<1@x.example>", "<2@x.example>", "<3@x.example>")
        assert work.pointed_lists(ids) == (("FH1", 1),)


def test_what_has_left_is_not_closed_by_hand(store: SqlStore) -> None:
    listed(store)
    shipped(store)
    with pytest.raises(Refusal, match="12 tins of it have left"):
        store.act("close", "order", "DD1", "why", NOW)
    with store.begin(NOW) as work:
        [sheet] = work.lists_out("FH1")
        work.unship(sheet, sheet.loads[0], "M2")
    assert store.act("close", "order", "DD1", "why", NOW) == "closed"


def test_a_shipped_order_counts_as_an_accepted_one(store: SqlStore) -> None:
    listed(store)
    before = store.facts(Head(None), NOW)
    assert before.balances["C1"].cash_accepted == 2022
    assert before.habits["C1"].orders
    with store.begin(NOW) as work:
        work.set_order_state(with_state(order(), OrderState.SHIPPED), "M2")
        assert work.load_order("DD1") == with_state(order(), OrderState.SHIPPED)
    after = store.facts(Head(None), NOW)
    assert after.balances == before.balances
    assert after.habits == before.habits
    assert store.records.counts()["orders"] == {"shipped": 1}
    with pytest.raises(Refusal, match="booked and its list sent"):
        store.act("redo", "mail", "M1", "why", NOW)
