"""A database is this version's, or brought to it with all its rows, or refused in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.domain.mail import Head
from mailflow.domain.proof import Belief
from mailflow.ports import StoreTrouble
from mailflow.store.balances import read_balances
from mailflow.store.connection import Database
from mailflow.store.engine import open_engine, sqlite_path
from mailflow.store.evidence import SqlEvidence
from mailflow.store.sql import Opening, open_store
from mailflow.store.upgrade import upgrade
from tests.contract.stores import (
    DECISION,
    NOW,
    ZONE,
    arrival,
    at_once,
    ids,
    message,
    order,
    post,
    worker,
)

UPGRADING = Opening(ZONE, belief=Belief(from_line=True), exclusive=True, upgrade=upgrade)

CUSTOMERS = (
    "insert into masters (id, kind, sha256, loaded, rows) values (2, 'customers', 'cd', 1, :older), "
    "(3, 'customers', 'ce', 1, :newer), (4, 'staff', 'cf', 1, :gone), (5, 'staff', 'cg', 1, :staff)"
)
NEWEST = {
    "older": '[{"code": "C0", "email": "old@x.example"}]',
    "newer": '[{"code": "C1", "email": " D@x.example"}, {"code": "C2"}]',
    "gone": '[{"role": "customer_service", "name": "x", "email": "gone@x.example"}]',
    "staff": '[{"role": "warehouse", "name": "x", "email": "w@x.example", "regions": "E"}, '
    '{"role": "Customer_Service ", "name": "x", "email": " K@x.example", "regions": "E、 F,"}, '
    '{"role": "customer_service", "name": "x", "email": "r@x.example"}]',
}

ROWS = """
insert into meta values ('epoch', '4'), ('first_start', '2026-11-01T00:00:00+00:00');
insert into mails (id, sha256, size, received, arrived, state, reason, settled, marks, findings)
values (1, 'aa', 9, 1, 1, 'waiting', 'spooled', null, '[]', '[]'),
       (2, null, 9, 1, 1, 'ignored', 'before-start', 1, '[]', '[]'),
       (3, 'bb', 9, 1, 1, 'done', 'booked', 1, '[]', '[]');
insert into arrivals (account, folder, uidvalidity, uid, mail_id, filed)
values ('a', 'INBOX', 7, 1, 1, ''), ('a', 'INBOX', 7, 2, 2, ''), ('a', 'INBOX', 7, 3, 3, '');
insert into masters (id, kind, sha256, loaded, rows) values (1, 'products', 'cc', 1, '[]');
insert into orders (id, number, revision, mail_id, position, distributor, region, their_number,
    fingerprint, day, received, month, state, tins, amount_cents, cash_cents, expense_cents,
    content, findings)
values (1, 'DD1', 1, 3, 0, 'C1', 'E', 'PO', 'ff', '2026-11-09', 1, '2026-11-01', 'accepted', 12,
    202200, 202200, 0, '{}', '[]');
insert into order_lines values (1, 0, 'S!A1', 'P1', 12, 16850, 202200, 'cash');
insert into dispatch_lists (id, number, revision, order_id, issued, created)
values (1, 'FH1', 1, 1, '2026-11-09', 1);
insert into cases (id, number, kind, subject_id, waits_on, region, reason, since, state)
values (1, 'M9', 'mail', '9', 'finance', '', 'x', 1, 'open');
insert into letters values ('dd', 'bytes');
insert into outbox (id, notice, subject_id, revision, recipient, sender, subject, message_id,
    letter, goods, created, due, state, attempts, resends, last_error, epoch, mail_id)
values (1, 'dispatch-list', 'FH1', 1, 'w@x.example', 'o@x.example', 's', '<1@x.example>', 'dd',
    true, 1, 1, 'sending', 1, 0, '', 4, 3);
insert into jobs values ('digest:a', '2026-11-08', 1);
insert into history (id, at, kind, subject_id, before, after, by, reason)
values (1, 1, 'mail', '1', '', 'waiting', 'mailflow', 'spooled');
"""


@pytest.fixture
def url(empty_url: str) -> str:
    """Here a database has nothing in it, not even tables."""
    return empty_url


@contextmanager
def engine_of(url: str) -> Iterator[sa.Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


def made_by_0001(url: str) -> None:
    with engine_of(url) as engine, engine.begin() as connection:
        upgrade(connection, "0001")
        for statement in ROWS.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement.replace("'bytes'", _bytes(engine)))
        if engine.dialect.name == "postgresql":
            # What was inserted with its number has not moved the counter.
            for table in ("mails", "history", "outbox", "orders", "cases"):
                connection.exec_driver_sql(f"select setval('{table}_id_seq', 100)")


def _bytes(engine: sa.Engine) -> str:
    return "x'6162'" if engine.dialect.name == "sqlite" else "'\\x6162'"


def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    with engine_of(url) as engine, engine.connect() as connection:
        names = [t for t in sa.inspect(engine).get_table_names() if t != "alembic_version"]
        rows = {
            t: [dict(r._mapping) for r in connection.exec_driver_sql(f"select * from {t}")]
            for t in names
        }
    return {t: sorted(found, key=str) for t, found in rows.items()}


@pytest.mark.fault("Z05")
def test_an_older_database_is_brought_to_this_version_with_all_its_rows(url: str) -> None:
    made_by_0001(url)
    with engine_of(url) as engine, engine.begin() as connection:
        connection.execute(sa.text(CUSTOMERS), NEWEST)
    before = everything(url)
    with engine_of(url) as engine, engine.begin() as connection:
        upgrade(connection)
    after = everything(url)
    assert after.pop("withheld") == []
    assert after.pop("settlements") == []
    assert after.pop("questions") == []
    assert after.pop("shipments") == after.pop("shipped_lines") == []
    assert after.pop("deliveries") == []
    assert after.pop("inventories") == after.pop("inventory_lines") == []
    for name in ("stock_counts", "stock_lines", "shortages", "register_proposals", "calls"):
        assert after.pop(name) == []
    assert after.pop("announcements") == after.pop("addressees") == []
    for name in ("stopped_letters", "sample_shortfalls", "sample_takes", "requests"):
        assert after.pop(name) == []
    assert after.pop("archived") == after.pop("guesses") == []
    for name in [n for n in after if n.startswith("archived_words")]:
        after.pop(name)  # how SQLite keeps its index of words
    for name in ("consumer_lists", "consumers", "personal_mails", "letter_files", "letter_places"):
        assert after.pop(name) == []
    [listed] = after.pop("list_lines")
    assert listed == {
        **{"list_id": 1, "position": 0, "sku": "P1"},
        **{"funding": "cash", "tins": 12, "short": 0},
    }
    assert [e["key"] for e in after.pop("entries")] == ["order:DD1/1"]
    moved = [(p["account"], p["cents"]) for p in after.pop("postings")]
    assert moved == [("owed", 202200), ("sales", -202200)]
    [summed] = after.pop("balances")
    assert {k: v for k, v in summed.items() if v} == {
        "distributor": "C1", "owed": 202200, "sales": -202200,
    }  # fmt: skip
    assert after.pop("partner_addresses") == [{"code": "C1", "address": "d@x.example"}]
    assert after.pop("consumer_agents") == [
        {"region": region, "address": address}
        for region, address in (("", "r@x.example"), ("E", "k@x.example"), ("F", "k@x.example"))
    ]
    assert before.keys() == after.keys()
    for mail in after["mails"]:
        assert mail.pop("holder") == 0
        assert mail.pop("acknowledged") is None
        assert mail.pop("deleted") is None
        assert mail.pop("reader") == 0
    for letter in after["outbox"]:
        assert letter.pop("audience") == letter.pop("about") == letter.pop("regions") == ""
        assert letter.pop("departed") is None
        assert letter.pop("deleted") is None
    for version in after["masters"]:
        assert version.pop("source") == "file"
    for booked in after["orders"]:
        assert booked.pop("changed") == booked["id"]
    for at, filed in zip(after["arrivals"], ("", "left", ""), strict=True):
        assert at["filed"] == filed
        at["filed"] = ""
    with engine_of(url) as engine:
        assert not list(SqlEvidence(Database(engine, "x", ZONE)).breaks(()))
    for noted in after["history"]:
        assert len(noted.pop("link")) == 64
    assert {t: sorted(rows, key=str) for t, rows in after.items()} == before
    assert all(before.values())


@pytest.mark.fault("Z05")
def test_work_goes_on_where_the_older_version_left_it(url: str) -> None:
    made_by_0001(url)
    store = open_store(url, UPGRADING)
    assert ids(store.journal.waiting(10)) == [1]
    assert store.recover(NOW) == 1
    assert ids(store.shelf.take_due(NOW, 10)) == [1]
    with store.begin(NOW) as work:
        assert work.facts(Head(None), NOW).balances["C1"].cash_accepted == 2022
        assert not work.take_job("digest:a", "2026-11-08")
    store.journal.record([arrival(4)], NOW)
    assert [m["state"] for m in store.records.listing("mails", None)] == [
        "waiting", "ignored", "done", "waiting",
    ]  # fmt: skip
    store.close()


def test_what_is_made_at_once_is_what_the_migrations_make(url: str) -> None:
    """So that nobody can change the tables and forget the migration, or the other way round."""
    worker(url).close()
    made = shape(url)
    empty(url)
    with engine_of(url) as engine, engine.begin() as connection:
        upgrade(connection)
    migrated = shape(url)
    assert made.keys() == migrated.keys()
    for table, looks in made.items():
        assert migrated[table] == looks, table


def empty(url: str) -> None:
    path = sqlite_path(url)
    if path is not None:
        path.unlink()
        return
    with engine_of(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("drop schema public cascade")
        connection.exec_driver_sql("create schema public")


def shape(url: str) -> dict[str, Any]:
    with engine_of(url) as engine, engine.connect() as connection:
        look = sa.inspect(connection)
        triggers = {
            "sqlite": "select name, sql from sqlite_master where type = 'trigger'",
            "postgresql": "select tgname, pg_get_triggerdef(oid) from pg_trigger "
            "where not tgisinternal",
        }[engine.dialect.name]
        return {
            "version": connection.exec_driver_sql("select * from alembic_version").scalar(),
            "triggers": sorted(map(tuple, connection.exec_driver_sql(triggers))),
            **{
                table: {
                    "columns": {c["name"]: _column(engine, c) for c in look.get_columns(table)},
                    "key": look.get_pk_constraint(table),
                    "indexes": _sorted(map(_index, look.get_indexes(table))),
                    "unique": _sorted(look.get_unique_constraints(table)),
                    "checks": _sorted(look.get_check_constraints(table)),
                    "foreign": _sorted(look.get_foreign_keys(table)),
                }
                for table in look.get_table_names()
                if table != "alembic_version"
            },
        }


def _column(engine: sa.Engine, column: Any) -> tuple[str, ...]:
    kind = str(column["type"])
    if engine.dialect.name == "sqlite":
        # It limits neither lengths nor numbers, so no migration changed them.
        kind = (
            "TEXT"
            if kind.startswith("VARCHAR")
            else kind.removeprefix("BIG").replace("INTEGER", "INT")
        )
    default = str(column["default"]).partition("::")[0]
    return kind, str(column["nullable"]), default


def _index(index: Any) -> dict[str, Any]:
    """The condition of a partial one as its text."""
    options = {name: str(each) for name, each in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": sorted(options.items())}


def _sorted(found: Any) -> list[str]:
    return sorted(str(sorted(each.items(), key=str)) for each in found)


def test_an_older_database_that_nobody_may_upgrade_is_refused_in_one_line(url: str) -> None:
    made_by_0001(url)
    before = everything(url)
    for attempt in (lambda: worker(url), lambda: read_balances(url)):
        with pytest.raises(StoreTrouble, match=r"older mailflow .*`mailflow run`") as refused:
            attempt()
        assert "\n" not in str(refused.value)
    assert everything(url) == before


def test_a_database_from_a_newer_version_is_refused_in_one_line(url: str) -> None:
    worker(url).close()
    with engine_of(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0999'")
    for attempt in (lambda: open_store(url, UPGRADING), lambda: read_balances(url)):
        with pytest.raises(StoreTrouble, match=r"newer mailflow \(schema 0999") as refused:
            attempt()
        assert "\n" not in str(refused.value)


@pytest.mark.fault("Z05")
def test_an_older_database_is_left_alone_while_somebody_works_on_it(url: str) -> None:
    working = worker(url)
    with engine_of(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    with pytest.raises(StoreTrouble, match="stop it"):
        open_store(url, UPGRADING)
    working.close()


def test_openings_at_the_same_time_make_one_database(url: str) -> None:
    opened = at_once(*[lambda: open_store(url, Opening(ZONE))] * 4)
    opened[0].journal.record([arrival(1)], NOW)
    assert [s.records.counts()["mails"] for s in opened] == [{"waiting": 1}] * 4
    for store in opened:
        store.close()


@pytest.mark.fault("Z05")
def test_upgrades_at_the_same_time_are_one(url: str) -> None:
    made_by_0001(url)
    for store in at_once(*[lambda: open_store(url, Opening(ZONE, upgrade=upgrade))] * 3):
        assert store.records.counts()["mails"] == {"waiting": 1, "ignored": 1, "done": 1}
        store.close()


def test_reading_balances_makes_nothing(url: str) -> None:
    assert read_balances(url) == ({}, {})
    with engine_of(url) as engine:
        assert sa.inspect(engine).get_table_names() == []


def test_balances_are_read_beside_a_worker(url: str) -> None:
    store = worker(url)
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(), DECISION, None)
    post(store, message(1))
    assert read_balances(url)[0]["C1"].cash_accepted == 2022
    store.close()
