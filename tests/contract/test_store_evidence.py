"""What was kept can be shown to be what was kept, on each database."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mailflow.domain.history_chain import Broken, Seal
from mailflow.store.engine import open_engine
from mailflow.store.sql import SqlStore
from tests.contract.stores import DECISION, NOW, arrival, at_once, message, order, post, visitor


def tamper(url: str, *statements: str) -> None:
    """As whoever has the database itself in his hands could, all refusals switched off."""
    engine = open_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            named = sa.text("select name from sqlite_master where type = 'trigger'")
            for trigger in connection.execute(named).scalars().all():
                connection.exec_driver_sql(f"drop trigger {trigger}")
        else:
            connection.exec_driver_sql("set local session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def three_mails(store: SqlStore) -> Seal:
    for number in (1, 2, 3):
        store.journal.record([arrival(number)], NOW + timedelta(minutes=number))
    seal = store.evidence.seal()
    assert seal is not None
    return seal


def test_an_empty_house_has_no_seal_and_nothing_is_wrong(store: SqlStore) -> None:
    assert store.evidence.seal() is None
    assert store.evidence.rows() == 0
    assert not list(store.evidence.breaks(()))
    assert not list(store.evidence.mails())
    assert not list(store.evidence.altered_letters())
    assert not list(store.evidence.off_balance())


def test_what_the_program_itself_does_breaks_nothing(store: SqlStore) -> None:
    first = three_mails(store)
    with store.begin(NOW) as work:
        work.claim(store.journal.waiting(limit=1)[0].id)
        work.book(order(), DECISION, None)
    post(store, message(1), message(2))
    assert not list(store.evidence.breaks([first]))
    assert store.evidence.seal() != first
    assert [sha256 for _, sha256 in store.evidence.mails()] == [f"{n:064d}" for n in (1, 2, 3)]
    assert not list(store.evidence.altered_letters())
    assert not list(store.evidence.off_balance())


def test_words_of_strangers_are_linked_as_they_are_kept(store: SqlStore) -> None:
    [mail] = (store.journal.record([arrival(1)], NOW), store.journal.waiting(limit=1))[1]
    strange = "a\0b \ud800 " + "长" * 3000
    store.act("hold", "mail", str(mail.id), strange, NOW)
    assert not list(store.evidence.breaks(()))


def test_several_who_write_at_once_make_one_chain(store: SqlStore, url: str) -> None:
    others = [visitor(url) for _ in range(3)]

    def write(number: int) -> None:
        for one in range(8):
            key = 100 * number + one
            others[number].journal.record([arrival(key)], NOW + timedelta(seconds=key))

    at_once(*(lambda n=n: write(n) for n in range(3)))  # type: ignore[misc] # bound now
    for other in others:
        other.close()
    assert store.evidence.rows() == 24
    assert not list(store.evidence.breaks(()))


@pytest.mark.fault("Z08")
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("update history set reason = 'other' where id = {second}", 1),
        ("update history set at = at + 1 where id = {second}", 1),
        ("delete from history where id = {second}", 1),
        ("delete from history where id = {third}", 1),
        ("update history set link = '' where id = {third}", 1),
    ],
)
def test_a_history_that_somebody_changed_is_found(
    store: SqlStore, url: str, change: str, found: int
) -> None:
    seal = three_mails(store)
    tamper(url, change.format(second=seal.id - 1, third=seal.id))
    assert len(list(store.evidence.breaks([seal]))) == found


@pytest.mark.fault("Z08")
def test_the_end_of_a_history_is_missed_by_its_seal_alone(store: SqlStore, url: str) -> None:
    seal = three_mails(store)
    tamper(url, f"delete from history where id = {seal.id}")
    assert not list(store.evidence.breaks(()))
    assert list(store.evidence.breaks([seal])) == [Broken(None, seal.id - 1)]


def test_a_letter_that_was_altered_is_found(store: SqlStore, url: str) -> None:
    post(store, message(1), message(2))
    kept = "x'6162'" if url.startswith("sqlite") else "'\\x6162'"
    tamper(
        url,
        f"update letters set mime = {kept} where sha256 = (select max(sha256) from letters)",
    )
    assert len(list(store.evidence.altered_letters())) == 1


@pytest.mark.parametrize(
    "change",
    [
        "update balances set owed = owed + 1, sales = sales - 1",
        "update postings set cents = cents * 2",
        "delete from balances",
    ],
)
def test_a_balance_that_is_not_its_sum_is_found(store: SqlStore, url: str, change: str) -> None:
    three_mails(store)
    with store.begin(NOW) as work:
        work.claim(store.journal.waiting(limit=1)[0].id)
        work.book(order(), DECISION, None)
    assert not list(store.evidence.off_balance())
    tamper(url, change)
    assert list(store.evidence.off_balance()) == ["C1"]
