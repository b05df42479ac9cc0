"""What was counted is promised once, whoever decides; what is short is kept until it is sent or void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mailflow.domain.allocation import StockCount, lacking
from mailflow.domain.order import DispatchList, OrderState, supply_number, with_state
from mailflow.store.shortages import summed_in
from mailflow.store.sql import SqlStore
from mailflow.store.tables_stock import shortages
from tests.contract.stores import DECISION, NOW, arrival, at_once, order, worker

DAY = date(2026, 11, 9)
COUNT = StockCount("", DAY, NOW, {"P1": 30})


def counted(store: SqlStore, tins: int = 30) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.take_stock(replace(COUNT, tins={"P1": tins}), 1)


def accepted(store: SqlStore, number: str, position: int = 0) -> int:
    """An order of 12 tins; how many of them are short."""
    mine = replace(order(number), position=position)
    with store.begin(NOW) as work:
        [short] = lacking(mine.lines, work.stock().free().get(""))
        sheet = DispatchList(f"FH{number[2:]}", 1, mine, DAY, "aa", short=(short,))
        work.book(mine, DECISION, sheet)
        work.shortages.keep(mine, (short,)) if short else None
    return short


def test_nothing_is_known_where_nothing_was_counted(store: SqlStore) -> None:
    with store.begin(NOW) as work:
        assert work.stock().free() == {}
        assert work.count_of("") is None
        assert work.shortages.open_ones() == ()


def test_lists_and_what_is_short_go_before_new_orders(store: SqlStore) -> None:
    counted(store)
    assert [accepted(store, f"DD{n}", n) for n in range(1, 5)] == [0, 0, 6, 12]
    with store.begin(NOW) as work:
        assert work.stock().free() == {"": {"P1": -18}}
        assert work.stock().available(COUNT) == {"P1": 0}
        assert work.stock(without=("DD4",)).free() == {"": {"P1": -6}}
        assert [(s.order, s.tins) for s, _ in work.shortages.open_ones()] == [
            ("DD3", 6),
            ("DD4", 12),
        ]
    with store.records._database.reading() as connection:
        [goods] = summed_in(connection)
    assert (goods.region, goods.sku, goods.tins, goods.orders) == ("东区", "P1", 18, 2)


def test_a_list_of_long_ago_holds_nothing(store: SqlStore) -> None:
    counted(store)
    accepted(store, "DD1")
    with store.begin(NOW + timedelta(days=40)) as work:
        later = replace(COUNT, taken=NOW + timedelta(days=40), day=DAY + timedelta(days=40))
        assert work.stock().available(later) == {"P1": 30}


def test_a_new_count_replaces_the_one_before_as_a_whole(store: SqlStore) -> None:
    counted(store)
    with store.begin(NOW) as work:
        work.take_stock(replace(COUNT, tins={"P2": 5}), 1)
        assert work.count_of("") == replace(COUNT, tins={"P2": 5})
        assert work.stock().free() == {"": {"P2": 5}}


def test_a_part_is_sent_and_the_rest_stays_short(store: SqlStore) -> None:
    counted(store, 0)
    assert accepted(store, "DD1") == 12
    sheet = DispatchList(supply_number("DD1", 1), 1, order("DD1"), DAY, "aa")
    with store.begin(NOW) as work:
        assert work.shortages.next_supply("DD1") == "FH1-B1"
        [(short, _)] = work.shortages.open_ones()
        work.issue(sheet)
        work.shortages.supply(sheet, ((short.id, 6),))
        assert work.shortages.next_supply("DD1") == "FH1-B2"
    assert kept(store) == [(6, "listed"), (6, "open")]
    with store.begin(NOW) as work:
        work.set_order_state(with_state(order("DD1"), OrderState.CLOSED), "void")
    assert kept(store) == [(6, "cancelled"), (6, "listed")]


def kept(store: SqlStore) -> list[tuple[int, str]]:
    with store.records._database.reading() as connection:
        rows = connection.execute(sa.select(shortages.c.tins, shortages.c.state))
        return sorted((int(tins), str(state)) for tins, state in rows)


def test_no_line_lacks_something_twice(store: SqlStore) -> None:
    counted(store, 0)
    accepted(store, "DD1")
    with pytest.raises(sa.exc.IntegrityError), store.begin(NOW) as work:
        work.shortages.keep(order("DD1"), (12,))


@pytest.mark.fault("B09")
def test_who_decide_at_once_do_not_promise_the_same_goods(store: SqlStore) -> None:
    counted(store)
    assert sum(raced([store] * 4)) == 4 * 12 - 30


@pytest.mark.fault("B09")
def test_workers_at_once_do_not_promise_the_same_goods(made_postgres: str) -> None:
    workers = [worker(made_postgres) for _ in range(3)]
    try:
        counted(workers[0])
        assert sum(raced([*workers, workers[0]])) == 4 * 12 - 30
    finally:
        for each in workers:
            each.close()


def raced(stores: Sequence[SqlStore]) -> list[int]:
    deeds = [
        lambda s=store, n=number: accepted(s, f"DD{n}", n)  # type: ignore[misc] # bound here
        for number, store in enumerate(stores, start=1)
    ]
    return at_once(*deeds)
