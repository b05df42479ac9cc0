"""Mails and letters that are over by their term, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.domain.mail import Head, MailState
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival, case_of, message, post

AFTER = NOW + timedelta(days=1)


def settled(store: SqlStore, states: list[MailState]) -> list[int]:
    store.journal.record([arrival(n) for n, _ in enumerate(states, start=1)], NOW)
    with store.begin(NOW) as work:
        for number, state in enumerate(states, start=1):
            work.settle(number, state, "x", Head(sender="n@x.example", subject="秘密"), ())
    return list(range(1, len(states) + 1))


@pytest.mark.fault("Z09")
def test_a_mail_is_over_once_nothing_about_it_is_open(store: SqlStore) -> None:
    done, waits, asked, unsent = settled(
        store, [MailState.DONE, MailState.REVIEW, MailState.DONE, MailState.DONE]
    )
    post(store, message(1, mail_id=unsent))
    with store.begin(NOW) as work:
        work.open_case(replace(case_of(f"M{asked}"), kind="mail", subject_id=str(asked)))
        assert not work.retention.old_mails(NOW, 9)
        [old] = work.retention.old_mails(AFTER, 9)
        assert (old.id, old.sha256) == (done, f"{1:064d}")
        work.retention.forget_mail(old)
        assert not work.retention.old_mails(AFTER, 9)
    assert [m["subject"] for m in store.records.listing("mails", None)] == ["", *["秘密"] * 3]
    assert [number for number, _ in store.evidence.mails()] == [waits, asked, unsent]


@pytest.mark.fault("Z09")
def test_a_letter_goes_with_the_last_that_has_left_and_only_then(store: SqlStore) -> None:
    same = message(1).mime
    post(store, message(1), message(2, mime=same))
    [first, second] = store.shelf.take_due(NOW, 9)
    store.shelf.put_back(first.ending(), NOW)
    store.shelf.put_back(first.ending().accepted(), NOW)
    with store.begin(NOW) as work:
        assert work.retention.forget_letters(NOW, 9) == 0
        assert work.retention.forget_letters(AFTER, 9) == 1
        assert work.retention.forget_letters(AFTER, 9) == 0
    store.shelf.put_back(replace(second, state=first.state).deferred("busy", NOW), NOW)
    [again] = store.shelf.take_due(AFTER, 9)
    assert again.mime == same
    store.shelf.put_back(again.ending(), AFTER)
    store.shelf.put_back(again.ending().accepted(), AFTER)
    with store.begin(AFTER) as work:
        assert work.retention.forget_letters(AFTER, 9) == 1
    assert not list(store.evidence.altered_letters())
    assert [m["subject"] for m in store.records.listing("messages", None)] == ["", ""]
