"""A mail that is listed and not given is counted, shown, and dealt with once when it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.domain.mail import Aside, MailKey
from mailflow.domain.withheld import LONGEST_WAIT, SHOWN_AFTER, Withheld
from mailflow.ports import Arrival
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival, worker

KEY = MailKey("a", "INBOX", 7, 1)
HELD = Withheld(KEY, 100, NOW, NOW)


def refused(polls: int) -> Withheld:
    mail = HELD
    for _ in range(polls):
        mail = mail.refused(NOW)
    return mail


def shown(store: SqlStore) -> None:
    store.journal.withhold([refused(SHOWN_AFTER)], NOW)


def mails(store: SqlStore) -> list[tuple[int, str, str]]:
    return [(m["id"], m["state"], m["reason"]) for m in store.records.listing("mails", None)]


def open_cases(store: SqlStore) -> list[tuple[str, str]]:
    return [(c["number"], c["reason"]) for c in store.records.listing("cases", "open")]


def test_of_a_folder_without_such_mails_nothing_is_said(store: SqlStore) -> None:
    assert store.journal.withheld("a", "INBOX") == []
    store.journal.withhold([], NOW)
    store.journal.renumber({}, [], NOW)
    assert mails(store) == []


def test_it_is_asked_for_at_each_of_the_first_polls_and_then_ever_more_seldom() -> None:
    assert [refused(n).due - NOW for n in range(SHOWN_AFTER)] == [timedelta(0)] * SHOWN_AFTER
    waits = [refused(SHOWN_AFTER + n).due - NOW for n in range(100)]
    assert waits[0] > timedelta(0)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_the_count_outlives_the_process_and_belongs_to_one_folder(
    store: SqlStore, url: str
) -> None:
    store.journal.withhold([refused(2)], NOW)
    store.close()
    again = worker(url)
    try:
        assert again.journal.withheld("a", "INBOX") == [refused(2)]
        assert again.journal.withheld("a", "Other") == []
        assert again.journal.known("a", "INBOX", 7) == frozenset()
        assert mails(again) == []
    finally:
        again.close()


def test_after_the_third_poll_it_is_a_mail_that_waits_on_a_person_and_stays_one(
    store: SqlStore,
) -> None:
    for polls in range(1, SHOWN_AFTER + 4):
        store.journal.withhold([refused(polls)], NOW)
    assert mails(store) == [(1, "failed", Aside.NOT_GIVEN)]
    assert open_cases(store) == [("M1", Aside.NOT_GIVEN)]
    [matter] = store.records.matters(NOW, NOW)
    assert (matter.reference, matter.since, matter.region) == ("M1", NOW, "")
    assert store.journal.waiting(10) == []
    assert store.journal.unfiled(10) == []


@pytest.mark.parametrize("polls", [0, 2, SHOWN_AFTER, SHOWN_AFTER + 1])
def test_when_it_comes_it_is_one_mail_that_waits_to_be_read(store: SqlStore, polls: int) -> None:
    store.journal.withhold([refused(polls)], NOW)
    store.journal.record([arrival(1)], NOW)
    store.journal.record([arrival(1)], NOW)
    [row] = store.journal.waiting(10)
    assert (row.id, row.sha256, row.reason) == (1, arrival(1).sha256, "spooled")
    assert store.journal.withheld("a", "INBOX") == []
    assert store.journal.known("a", "INBOX", 7) == {1}
    assert open_cases(store) == []
    assert len(mails(store)) == 1


def test_bytes_that_came_before_from_elsewhere_are_not_read_twice(store: SqlStore) -> None:
    store.journal.record([arrival(5, "f" * 64)], NOW)
    shown(store)
    store.journal.record([arrival(1, "f" * 64)], NOW)
    assert [row.id for row in store.journal.waiting(10)] == [1]
    assert mails(store)[1] == (2, "ignored", "same as M1")
    assert open_cases(store) == []


def test_what_turns_out_too_large_stays_with_a_person(store: SqlStore) -> None:
    shown(store)
    store.journal.record([Arrival(KEY, NOW, 10**9, None, Aside.TOO_LARGE)], NOW)
    assert mails(store) == [(1, "failed", Aside.TOO_LARGE)]
    assert open_cases(store) == [("M1", Aside.TOO_LARGE)]
    assert store.journal.known("a", "INBOX", 7) == {1}


def test_what_a_person_has_settled_is_not_dealt_with_when_it_comes(store: SqlStore) -> None:
    shown(store)
    store.act("close", "mail", "M1", "entered by hand", NOW)
    store.journal.record([arrival(1)], NOW)
    assert store.journal.waiting(10) == []
    assert mails(store) == [(1, "done", "closed")]


def test_a_mail_that_is_gone_is_counted_no_more_and_who_was_told_of_it_decides(
    store: SqlStore,
) -> None:
    store.journal.withhold([replace(refused(1), key=MailKey("a", "INBOX", 7, 2))], NOW)
    shown(store)
    store.journal.renumber({}, [KEY, MailKey("a", "INBOX", 7, 2)], NOW)
    assert store.journal.withheld("a", "INBOX") == []
    assert open_cases(store) == [("M1", Aside.NOT_GIVEN)]
    story = store.records.story("mail", "M1")
    assert story is not None
    assert story["history"][-1]["reason"] == "gone from the mailbox, never fetched"


def test_under_another_number_it_is_the_same_mail(store: SqlStore) -> None:
    shown(store)
    new = MailKey("a", "INBOX", 8, 4)
    store.journal.renumber({KEY: new}, [], NOW)
    assert store.journal.withheld("a", "INBOX") == [replace(refused(SHOWN_AFTER), key=new)]
    store.journal.record([Arrival(new, NOW, 100, "e" * 64)], NOW)
    assert [row.id for row in store.journal.waiting(10)] == [1]
    assert open_cases(store) == []
