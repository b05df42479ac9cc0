"""Whoever is not answered again is seen by a person, and nothing is said to wait on him."""

from __future__ import annotations

from mailflow.desk.idle import without_letters
from mailflow.desk.orders import mail_case
from mailflow.domain.case import Case
from mailflow.domain.effect import Effect, OpenCase, SettleMail
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState
from tests.rules.desk import facts


def left_of(*effects: Effect) -> tuple[list[Case], SettleMail]:
    *rest, end = without_letters(7, effects, facts())
    assert isinstance(end, SettleMail)
    return [e.case for e in rest if isinstance(e, OpenCase)], end


def test_what_waits_on_a_person_of_ours_stays_as_it_is() -> None:
    case = mail_case(7, ("answer-unclear", Asked.SALES_ADMIN), facts())
    done = SettleMail(MailState.DONE, "answer-unclear")
    assert left_of(OpenCase(case), done) == ([case], done)


def test_what_would_wait_on_its_sender_waits_on_the_sales_admin() -> None:
    case = mail_case(7, ("attachment-refused", Asked.SENDER), facts())
    [left], end = left_of(OpenCase(case), SettleMail(MailState.RETURNED, "rejected-notified"))
    assert (left.waits_on, left.reason) == (Asked.SALES_ADMIN, "attachment-refused,not-told")
    assert end == SettleMail(MailState.REVIEW, "not-told")


def test_what_nobody_would_see_is_a_case() -> None:
    [left], end = left_of(SettleMail(MailState.DONE, "answer-late"))
    assert left.waits_on is Asked.SALES_ADMIN
    assert end == SettleMail(MailState.REVIEW, "answer")
