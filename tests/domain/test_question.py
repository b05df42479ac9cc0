"""A mail is filed to the one question that its clues point to; clues that disagree decide nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.answer import Word
from mailflow.domain.finding import Asked
from mailflow.domain.question import (
    Clues,
    Pointed,
    Question,
    QuestionKind,
    QuestionState,
    filed,
)

NOW = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def question(
    number: int, order: str = "DD261109-0001", address: str = "f@x.example", **more: object
) -> Question:
    values = {
        "order": order,
        "revision": 1,
        "role": Asked.FINANCE,
        "address": address,
        "allowed": (Word.AGREE, Word.REFUSE),
        "created": NOW,
        "expires": NOW + WEEK,
        "id": number,
        "token": f"{number:020d}",
    }
    return Question(**{**values, **more})  # type: ignore[arg-type] # fields of any kind


ONE, TWO = question(1), question(2, "DD261109-0002")


def test_nothing_points_nowhere() -> None:
    assert filed(Pointed(), Clues(), "f@x.example") is None


@pytest.mark.fault("P09")
def test_a_token_counts_before_all_else_of_the_same_order() -> None:
    other = question(3, address="g@x.example")
    pointed = Pointed(by_token=(ONE,), by_thread=(other, ONE), by_number=(other, ONE))
    found = filed(pointed, Clues((ONE.token,), (), (ONE.order,)), "g@x.example")
    assert found is not None
    assert (found.question, found.by_token, found.is_torn) == (ONE, True, False)


def test_in_a_thread_his_own_open_newest_question_is_meant() -> None:
    used = question(4, state=QuestionState.USED)
    older, newer = question(5), question(6)
    stranger = question(7, address="g@x.example")
    found = filed(Pointed(by_thread=(used, older, newer, stranger)), Clues(), "F@x.example")
    assert found is not None
    assert found.question == newer


@pytest.mark.fault("P03")
def test_clues_that_disagree_are_torn() -> None:
    token, number = Clues((ONE.token,)), Clues((), (), (TWO.order,))
    for pointed, clues in (
        (Pointed(by_token=(ONE,), by_thread=(TWO,)), token),
        (Pointed(by_token=(ONE,)), Clues((ONE.token,), (), (TWO.order,))),
        (Pointed(by_thread=(ONE,), by_number=(TWO,)), number),
        (Pointed(by_token=(ONE, TWO)), Clues((ONE.token, TWO.token))),
        (Pointed(by_thread=(ONE,)), Clues(("9" * 20,))),
        (Pointed(by_token=(ONE,)), Clues((ONE.token, "9" * 20))),
    ):
        found = filed(pointed, clues, "f@x.example")
        assert found is not None
        assert found.is_torn, (pointed, clues)


@pytest.mark.fault("P05")
def test_it_is_late_from_the_very_instant() -> None:
    assert not ONE.is_late(NOW)
    assert ONE.is_late(NOW + WEEK)


def test_what_a_question_is_about_is_told_by_what_it_asks() -> None:
    called_back = (Word.CANCEL, Word.REFUSE)
    assert [
        question(1).kind,
        question(1, role=Asked.SENDER, allowed=(Word.ACCEPT,)).kind,
        question(1, role=Asked.SALES_ADMIN, allowed=called_back).kind,
        question(1, "FH261109-0001-B1", role=Asked.SALES_ADMIN).kind,
        question(1, "MD261109-0001", role=Asked.SALES_ADMIN).kind,
        question(1, "GG261109-0001", role=Asked.SENDER, allowed=(Word.SEND, Word.CANCEL)).kind,
        question(1, "R-2026-0001", role=Asked.OWNER, allowed=(Word.DONE,)).kind,
        question(1, "QR261109-0001", role=Asked.SENDER).kind,
    ] == list(QuestionKind)


def test_who_agreed_before_was_not_asked_the_other_thing_yet() -> None:
    agreed = question(1, mail_id=1)
    back = question(2, mail_id=5, allowed=(Word.CANCEL, Word.REFUSE))
    again = question(3, mail_id=9, allowed=(Word.CANCEL, Word.REFUSE))
    deputy = question(4, mail_id=9, address="g@x.example", allowed=(Word.CANCEL, Word.REFUSE))
    assert [q.is_another_of(again) for q in (agreed, back, again, deputy)] == [
        *(False, False),
        *(True, True),
    ]
