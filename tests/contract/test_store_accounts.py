"""The ledger of the database: one entry a source, balances that are always their sum, no edits."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.domain.appraisal import Funding
from mailflow.domain.ledger import Account, Entry, EntryKind, payment_posting
from mailflow.domain.mail import Head
from mailflow.domain.order import BookedOrder, OrderState, with_state
from mailflow.store.sql import SqlStore
from mailflow.store.tables_accounts import balances, entries, postings
from tests.contract.stores import DECISION, NOW, arrival, load, order

ROW = {
    "code": "C1", "name": "某某商贸", "region": "东区", "regional_manager": "m@x.example",
    "consignee": "某", "phone": "1", "address": "某路", "credit_limit": "1",
}  # fmt: skip


def rows(store: SqlStore, table: sa.Table) -> list[dict[str, Any]]:
    with store.records._database.reading() as connection:
        return [dict(r) for r in connection.execute(sa.select(table)).mappings()]


def keys(store: SqlStore) -> list[str]:
    return [row["key"] for row in sorted(rows(store, entries), key=lambda r: r["id"])]


def sums(store: SqlStore) -> dict[str, int]:
    """The row of C1, which is what its postings sum to."""
    [kept] = rows(store, balances)
    summed = dict.fromkeys((a.value for a in Account), 0)
    for posting in rows(store, postings):
        summed[posting["account"]] += posting["cents"]
    assert {**summed, "distributor": "C1"} == kept
    return {account: n for account, n in summed.items() if n}


def booked(store: SqlStore, *orders: BookedOrder) -> None:
    if not store.records.counts()["mails"]:
        store.journal.record([arrival(1)], NOW)
    for each in orders:
        with store.begin(NOW) as work:
            work.book(each, DECISION, None)


def mixed() -> BookedOrder:
    paid = order().lines[0]
    taken = replace(paid, funding=Funding.EXPENSE, amount=Decimal("100.05"))
    return replace(order(), lines=(paid, taken))


def opened(store: SqlStore, sha256: str, owed: str, left: str) -> None:
    load(store, "customers", sha256, [{**ROW, "owed": owed, "expense_balance": left}], NOW)


def test_what_waits_or_was_returned_is_entered_nowhere(store: SqlStore) -> None:
    waiting = (OrderState.HELD, OrderState.REVIEW, OrderState.RETURNED)
    booked(store, *(replace(order(f"DD{n}", s), position=n) for n, s in enumerate(waiting)))
    assert rows(store, entries) == rows(store, postings) == rows(store, balances) == []


def test_an_accepted_order_is_one_entry_with_its_mail_and_cells(store: SqlStore) -> None:
    booked(store, mixed())
    [entry] = rows(store, entries)
    assert (entry["key"], entry["mail_id"], entry["cell"]) == ("order:DD1/1", 1, "S!A1:B2")
    assert entry["attachment"] == "a.xlsx"
    assert sums(store) == {
        "owed": 202200, "sales": -202200, "unused": -10005, "taken": 10005,
    }  # fmt: skip


def test_an_order_that_is_released_is_entered_then_and_one_shipped_stays(store: SqlStore) -> None:
    booked(store, order(state=OrderState.HELD))
    with store.begin(NOW) as work:
        work.set_order_state(order(), "agreed")
        assert work.facts(Head(None), NOW).balances["C1"].cash_accepted == Decimal("2022.00")
    with store.begin(NOW) as work:
        work.set_order_state(with_state(order(), OrderState.SHIPPED), "all has left")
        work.set_order_state(order(), "corrected")
    assert keys(store) == ["order:DD1/1"]


def test_an_order_that_is_closed_is_taken_back_by_an_entry_of_its_own(store: SqlStore) -> None:
    booked(store, mixed(), replace(order("DD2"), position=1))
    store.act("close", "order", "DD1", "误下", NOW)
    assert keys(store) == ["order:DD1/1", "order:DD2/1", "reversal:order:DD1/1"]
    assert sums(store) == {"owed": 202200, "sales": -202200}
    with store.begin(NOW) as work:
        work.set_order_state(with_state(replace(order("DD2"), position=1), OrderState.CLOSED), "x")
        assert work.facts(Head(None), NOW).balances == {}
    assert sums(store) == {}


def test_what_is_rolled_back_is_entered_nowhere(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with contextlib.suppress(ZeroDivisionError), store.begin(NOW) as work:
        work.book(order(), DECISION, None)
        _ = 1 / 0
    assert rows(store, entries) == rows(store, balances) == []


def test_a_register_loaded_again_opens_nothing_twice(store: SqlStore) -> None:
    opened(store, "a", "100.10", "50")
    opened(store, "a", "100.10", "50")
    opened(store, "b", "100.10", "50")
    assert keys(store) == ["opening:C1@1"]
    booked(store, order())
    opened(store, "c", "90.10", "50")
    assert keys(store)[-1] == "opening:C1@3"
    assert sums(store) == {
        "owed": 9010 + 202200, "owed_before": -9010, "sales": -202200,
        "unused": 5000, "unused_before": -5000,
    }  # fmt: skip
    opened(store, "a", "100.10", "50")
    assert sums(store)["owed_before"] == -10010, "as the register of now says"


def test_the_ledger_and_the_facts_say_the_same(store: SqlStore) -> None:
    opened(store, "a", "100.10", "150")
    booked(store, mixed())
    facts = store.facts(Head(None), NOW)
    [customer] = facts.register.customers
    assert facts.owed(customer) * 100 == sums(store)["owed"]
    assert facts.expense_left(customer) * 100 == sums(store)["unused"]


def test_openings_of_a_register_from_before_the_ledger_come_with_its_next_look(
    store: SqlStore,
) -> None:
    opened(store, "a", "7", "0")
    with store.records._database.writing(NOW) as pen:
        for table in ("entries", "postings"):
            _without_guard(pen.connection, table)
        pen.connection.execute(sa.delete(balances))
        pen.connection.exec_driver_sql("delete from meta where key = 'opening_balances'")
    opened(store, "a", "7", "0")
    assert sums(store) == {"owed": 700, "owed_before": -700}


def _without_guard(connection: sa.Connection, table: str) -> None:
    """As a database is that had no ledger."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.exec_driver_sql(f"delete from {table}")
        return
    made = f"select sql from sqlite_master where name = '{table}_no_delete'"
    statement = connection.exec_driver_sql(made).scalar_one()
    connection.exec_driver_sql(f"drop trigger {table}_no_delete")
    connection.exec_driver_sql("pragma defer_foreign_keys = on")
    connection.exec_driver_sql(f"delete from {table}")
    connection.exec_driver_sql(statement)


@pytest.mark.parametrize("table", ["entries", "postings"])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_entered(
    store: SqlStore, table: str, verb: str
) -> None:
    booked(store, order())
    change = {"update": f"update {table} set {'remark' if table == 'entries' else 'account'} = 'x'"}
    with (
        pytest.raises(sa.exc.DBAPIError, match=f"{table} is append-only"),
        store.records._database.engine.begin() as connection,
    ):
        connection.exec_driver_sql(change.get(verb, f"delete from {table}"))


def test_balances_that_do_not_balance_are_refused(store: SqlStore) -> None:
    booked(store, order())
    with (
        pytest.raises(sa.exc.IntegrityError),
        store.records._database.engine.begin() as connection,
    ):
        connection.exec_driver_sql("update balances set owed = owed + 1")


def test_a_balance_that_is_not_the_sum_of_its_postings_is_found(store: SqlStore) -> None:
    booked(store, order())
    assert store.check() == "ok"
    with store.records._database.engine.begin() as connection:
        connection.exec_driver_sql("update balances set owed = owed + 1, sales = sales - 1")
    assert "the ledger does not balance: owed 202201 against 202200" in store.check()


def test_what_is_open_of_a_month_goes_down_by_money_of_any_month(store: SqlStore) -> None:
    after = date(2026, 12, 1)
    assert store.records.open_amounts(["C1"], after) == {}
    booked(store, order())
    december = replace(order("DD2"), month=after, position=1)
    booked(store, december)
    with store.begin(NOW + timedelta(days=40)) as work:
        paid = Entry(
            key="payment:1",
            kind=EntryKind.PAYMENT,
            distributor="C1",
            day=date(2026, 12, 20),
            period=after,
            postings=payment_posting(Decimal("22.05")),
        )
        assert work.enter(paid)
        assert work.open_amounts(["C1", "C2"], after) == {"C1": Decimal("1999.95")}
    assert store.records.open_amounts(["C2"], after) == {}
    assert store.records.open_amounts(["C1"], date(2027, 1, 1)) == {"C1": Decimal("4021.95")}
    # What is taken back, or paid whole, is not asked for any more.
    with store.begin(NOW + timedelta(days=41)) as work:
        work.set_order_state(with_state(order(), OrderState.CLOSED), "called back")
    assert store.records.open_amounts(["C1"], after) == {}
