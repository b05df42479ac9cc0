"""What the rules are told of the books: balances, earlier orders, the register, as they are now."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mailflow.domain.mail import Head
from mailflow.domain.master import MasterFile, MasterKind
from mailflow.domain.order import OrderState
from mailflow.ports import StoreTrouble
from mailflow.store.habits import MOST_ORDERS
from mailflow.store.sql import SqlStore
from tests.contract.stores import DECISION, NOW, arrival, load, order, visitor


def earlier(store: SqlStore, received: datetime = NOW) -> list[tuple[str, str]]:
    return [(e.number, e.state) for e in store.facts(Head(None), received).earlier]


def test_earlier_orders_are_as_they_are_now_whoever_changed_them(store: SqlStore, url: str) -> None:
    store.journal.record([arrival(1)], NOW)
    assert earlier(store) == []
    for position in (0, 1):
        with store.begin(NOW) as work:
            waits = order(f"DD{position}", OrderState.REVIEW)
            work.book(replace(waits, position=position), DECISION, None)
        assert earlier(store)[-1] == (f"DD{position}", "review")
    other = visitor(url)
    other.act("close", "order", "DD0", "why", NOW)
    assert earlier(store) == earlier(other) == [("DD0", "closed"), ("DD1", "review")]
    other.close()


def test_an_order_counts_as_an_earlier_one_for_ninety_days(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    for position, days in enumerate((200, 91, 89, 0)):
        with store.begin(NOW) as work:
            of_then = replace(order(f"DD{days}"), received=NOW - timedelta(days=days))
            work.book(replace(of_then, position=position), DECISION, None)
    assert {number for number, _ in earlier(store)} == {"DD0", "DD89"}
    # A mail from long ago is judged by what came before it.
    assert ("DD200", "accepted") in earlier(store, NOW - timedelta(days=150))
    assert {number for number, _ in earlier(store)} == {"DD0", "DD89"}


def test_an_order_that_was_rolled_back_is_no_earlier_one(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with contextlib.suppress(ZeroDivisionError), store.begin(NOW) as work:
        work.book(order(), DECISION, None)
        assert len(work.facts(Head(None), NOW).earlier) == 1
        _ = 1 / 0
    assert earlier(store) == []
    with store.begin(NOW) as work:
        work.book(order("DD2"), DECISION, None)
    assert earlier(store) == [("DD2", "accepted")]


def test_a_waiting_order_counts_for_no_balance(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(state=OrderState.HELD), DECISION, None)
        assert "C1" not in work.facts(Head(None), NOW).balances


def test_facts_looked_at_ahead_are_those_of_the_books(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(), DECISION, None)
        inside = work.facts(Head("nobody@x.example"), NOW)
    assert store.facts(Head("nobody@x.example"), NOW) == inside


def test_a_register_that_another_process_loaded_is_seen(store: SqlStore, url: str) -> None:
    row = {"sku": "P1", "name": "一段", "units_per_case": "6", "price": "168"}
    assert store.register().products == ()
    other = visitor(url)
    load(other, "products", "a", [row], NOW)
    other.close()
    with store.begin(NOW) as work:
        assert [p.sku for p in work.facts(Head(None), NOW).register.products] == ["P1"]


@pytest.mark.fault("D10", "K01")
def test_files_that_hold_together_are_taken_together_or_not_at_all(store: SqlStore) -> None:
    row = {"sku": "P1", "name": "一段", "units_per_case": "6", "price": "168"}
    files = [(MasterKind.PRODUCTS, "a", [row]), (MasterKind.BUDGETS, "b", [])]

    def until_it_fails() -> Iterator[MasterFile]:
        yield from files
        raise StoreTrouble("the server is down")

    with pytest.raises(StoreTrouble):
        store.load_masters(until_it_fails(), NOW)
    assert store.register().products == ()
    assert not store.has_loaded("products", "a")
    assert store.load_masters(files, NOW)
    assert not store.load_masters(files, NOW)


@pytest.mark.fault("B10")
def test_a_master_table_is_loaded_once_and_prices_keep_their_history(store: SqlStore) -> None:
    row = {"sku": "P1", "name": "一段", "units_per_case": "6", "price": "168"}
    assert load(store, "products", "a", [row], NOW)
    assert not load(store, "products", "a", [row], NOW)
    later = NOW + timedelta(days=2)
    assert load(store, "products", "b", [{**row, "price": "170"}], later)
    [product] = store.register().products
    assert product.price_on(date(2026, 11, 9)) == 168
    assert product.price_on(date(2026, 11, 11)) == 170


def test_a_price_list_holds_from_its_day_beside_the_prices_of_the_products(store: SqlStore) -> None:
    row = {"sku": "P1", "name": "一段", "units_per_case": "6", "price": "168"}
    listed = {"sku": "p1", "price": "175", "since": "2026-12-01", "region": "", "list": "PL"}
    assert load(store, "products", "a", [row], NOW)
    assert load(store, "prices", "b", [listed], NOW)
    assert store.register().version == "1.0.0.0.2"
    later = NOW + timedelta(days=2)
    assert load(store, "products", "c", [{**row, "price": "170"}], later)
    [product] = store.register().products
    days = (date(2026, 11, 9), date(2026, 11, 30), date(2026, 12, 1))
    assert [product.price_on(day) for day in days] == [168, 170, 175]


def habit(store: SqlStore) -> tuple[Mapping[str, int], ...]:
    habits = store.facts(Head(None), NOW).habits
    return habits["C1"].orders if "C1" in habits else ()


def test_a_habit_is_of_accepted_orders_as_they_are_now(store: SqlStore, url: str) -> None:
    store.journal.record([arrival(1)], NOW)
    assert habit(store) == ()
    for position, state in enumerate((OrderState.ACCEPTED, OrderState.HELD, OrderState.ACCEPTED)):
        with store.begin(NOW) as work:
            booked = replace(order(f"DD{position}", state), position=position)
            twice = replace(booked, lines=booked.lines * (position + 1))
            work.book(twice, DECISION, None)

    assert habit(store) == ({"P1": 12}, {"P1": 36})
    other = visitor(url)
    assert habit(other) == habit(store)
    with store.begin(NOW) as work:
        work.set_order_state(replace(order("DD0"), state=OrderState.CLOSED), "why")
    assert habit(store) == habit(other) == ({"P1": 36},)
    other.close()


def test_an_order_that_was_rolled_back_made_no_habit(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with contextlib.suppress(ZeroDivisionError), store.begin(NOW) as work:
        work.book(order(), DECISION, None)
        assert len(work.facts(Head(None), NOW).habits["C1"].orders) == 1
        _ = 1 / 0
    assert habit(store) == ()


def test_only_the_last_orders_are_a_habit(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    for position in range(MOST_ORDERS + 2):
        with store.begin(NOW) as work:
            work.book(replace(order(f"DD{position}"), position=position), DECISION, None)
    assert len(habit(store)) == MOST_ORDERS
