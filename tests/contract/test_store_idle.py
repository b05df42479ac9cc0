"""Mails that were answered without anything being decided are counted, for one sender and a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.desk.idle import ANSWERS, WINDOW
from mailflow.domain.mail import Head, MailState
from mailflow.store.sql import SqlStore
from tests.contract.stores import DECISION, NOW, arrival, message, order

HIM, OTHER = Head("he@x.example"), Head("other@x.example")


@pytest.mark.fault("L02")
def test_only_what_decided_nothing_is_counted(store: SqlStore) -> None:
    store.journal.record([arrival(n) for n in range(1, 6)], NOW)
    answer = replace(message(1), notice="order-answer", goods=False)
    with store.begin(NOW) as work:
        work.settle(1, MailState.DONE, ANSWERS[0], HIM, ())
        work.settle(2, MailState.DONE, ANSWERS[0], OTHER, ())
        work.settle(3, MailState.DONE, "approval-applied", HIM, ())
        work.post(replace(answer, subject_id="M4", mail_id=4))
        work.settle(4, MailState.RETURNED, "rejected-notified", HIM, ())
        work.book(replace(order(), mail_id=5), DECISION, None)
        work.post(replace(answer, subject_id="DD1", mail_id=5))
        work.settle(5, MailState.DONE, "booked", HIM, ())
    with store.begin(NOW) as work:
        assert work.answered_idly("he@x.example", NOW - WINDOW) == 2
        assert work.answered_idly("nobody@x.example", NOW - WINDOW) == 0
    with store.begin(NOW + WINDOW + timedelta(seconds=1)) as work:
        assert work.answered_idly("he@x.example", NOW + timedelta(seconds=1)) == 0
