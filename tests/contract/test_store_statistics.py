"""What the books sum up to is the same on every database, and agrees with the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from mailflow.domain.appraisal import Funding
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.order import BookedOrder, DispatchList, OrderState, with_state
from mailflow.domain.period import period_in
from mailflow.domain.statistics import Account, Books, Goods, Listed
from mailflow.store.sql import SqlStore
from mailflow.store.tables_shipping import shipments, shipped_lines
from mailflow.store.tables_stock import shortages
from tests.contract.stores import DECISION, NOW, arrival, order

NOVEMBER = period_in("2026-11")


def two_fundings(number: str, state: OrderState = OrderState.ACCEPTED) -> BookedOrder:
    """12 tins of P1 for cash and 6 for expense, 168.50 each."""
    booked = order(number, state)
    [line] = booked.lines
    given = replace(line, tins=6, amount=Decimal("1011.00"), funding=Funding.EXPENSE)
    return replace(booked, lines=(line, given))


def book(store: SqlStore, booked: BookedOrder, sheet: str = "") -> None:
    store.journal.record([arrival(booked.mail_id)], NOW)
    listed = DispatchList(sheet, 1, booked, date(2026, 11, 9), "aa") if sheet else None
    with store.begin(NOW) as work:
        work.book(booked, DECISION, listed)


def ship(store: SqlStore, tins: int, **more: Any) -> None:
    """A load of the only list."""
    values = {"list_id": 1, "mail_id": 1, "at": NOW, "state": "counted", "fingerprint": "a" * 64}
    with store.records._database.writing(NOW) as pen:
        chosen = sa.insert(shipments).values(**{**values, **more}).returning(shipments.c.id)
        number = pen.connection.execute(chosen).scalar_one()
        line = {"shipment_id": number, "position": 0, "sku": "P1", "tins": tins}
        pen.connection.execute(sa.insert(shipped_lines), line)


def test_empty_books_sum_up_to_nothing(store: SqlStore) -> None:
    assert store.statistics.books(NOVEMBER) == Books(NOVEMBER)


def test_an_order_that_waits_or_was_refused_is_not_ordered(store: SqlStore) -> None:
    for at, state in enumerate((OrderState.HELD, OrderState.RETURNED, OrderState.CLOSED)):
        book(store, replace(two_fundings(f"DD{at}", state), mail_id=at + 1))
    books = store.statistics.books(NOVEMBER)
    assert books.orders == books.goods == books.accounts == books.months == ()


def test_an_order_counts_once_with_its_goods_by_what_pays_for_them(store: SqlStore) -> None:
    book(store, two_fundings("DD1"))
    books = store.statistics.books(NOVEMBER)
    assert books.orders == (("C1", "东区", 1),)
    assert books.goods == (Goods("C1", "P1", 18, Decimal("2022.00"), Decimal("1011.00")),)
    assert books.months == ((date(2026, 11, 1), "C1", Decimal("3033.00")),)


def test_what_was_ordered_is_what_the_ledger_entered(store: SqlStore) -> None:
    book(store, two_fundings("DD1"))
    account = Account(
        "C1", owed=Decimal("2022.00"), sales=Decimal("2022.00"), taken=Decimal("1011.00")
    )
    assert store.statistics.books(NOVEMBER).accounts == (account,)
    later = store.statistics.books(period_in("2027"))
    assert later.accounts == (Account("C1", owed=Decimal("2022.00")),)
    assert store.statistics.books(period_in("2026-10")).accounts == ()


def test_a_period_has_only_its_own_orders(store: SqlStore) -> None:
    book(store, replace(two_fundings("DD1"), month=date(2026, 12, 1)))
    assert store.statistics.books(NOVEMBER).goods == ()
    for text in ("2026-12", "2026-Q4", "2026"):
        assert store.statistics.books(period_in(text)).orders == (("C1", "东区", 1),)
    assert store.statistics.books(period_in("2025")).orders == ()


def test_a_list_that_nothing_left_of_is_told_with_its_day(store: SqlStore) -> None:
    book(store, order(), "FH1")
    assert store.statistics.books(NOVEMBER).lists == (Listed("C1", date(2026, 11, 9), None, 1),)


def test_what_left_counts_on_its_day_and_the_first_load_is_the_lists(store: SqlStore) -> None:
    book(store, order(), "FH1")
    ship(store, 4, shipped_on=date(2026, 12, 2), fingerprint="b" * 64)
    ship(store, 8, shipped_on=date(2026, 11, 11))
    ship(store, 100, shipped_on=date(2026, 11, 10), state="replaced", fingerprint="c" * 64)
    books = store.statistics.books(NOVEMBER)
    assert [g.shipped for g in books.goods] == [8]
    assert books.lists == (Listed("C1", date(2026, 11, 9), date(2026, 11, 11), 1),)
    december = store.statistics.books(period_in("2026-12"))
    assert december.goods == (Goods("C1", "P1", shipped=4),)


def test_a_load_without_a_day_left_when_it_was_booked(store: SqlStore) -> None:
    book(store, order(), "FH1")
    ship(store, 12)
    books = store.statistics.books(NOVEMBER)
    assert [g.shipped for g in books.goods] == [12]
    assert books.lists == (Listed("C1", date(2026, 11, 9), date(2026, 11, 9), 1),)


def test_what_an_order_lacked_when_it_came_is_short_whatever_became_of_it(store: SqlStore) -> None:
    book(store, order(), "FH1")
    with store.begin(NOW) as work:
        work.shortages.keep(order(), (6,))
    assert [g.short for g in store.statistics.books(NOVEMBER).goods] == [6]
    with store.records._database.writing(NOW) as pen:
        pen.connection.execute(sa.update(shortages).values(state="listed", list_number="FH1-B1"))
    assert [g.short for g in store.statistics.books(NOVEMBER).goods] == [6]
    assert store.statistics.books(period_in("2026-12")).goods == ()
    assert store.statistics.books(NOVEMBER).decided == (("accepted", 1),)


def test_orders_are_told_by_how_they_were_first_decided(store: SqlStore) -> None:
    found = (Finding("loose-tins", Severity.ERROR, Asked.SENDER),)
    returned = replace(order("DD2", OrderState.RETURNED), mail_id=2)
    store.journal.record([arrival(2)], NOW)
    book(store, order())
    with store.begin(NOW) as work:
        work.book(returned, replace(DECISION, findings=found, outcome=Outcome.RETURNED), None)
        work.set_order_state(with_state(order(), OrderState.SHIPPED), "all of it has left")
    books = store.statistics.books(NOVEMBER)
    assert books.decided == (("accepted", 1), ("returned", 1))
    assert books.reasons == (("loose-tins", 1),)
    assert books.mails == (("waiting", 2),)
