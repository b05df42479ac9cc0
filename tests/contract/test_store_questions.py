"""Questions are put once, answered once, and found by whatever an answer points with."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from mailflow.domain.answer import Word
from mailflow.domain.document import Amount, Order, OrderLine
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.order import OrderState
from mailflow.domain.proposal import Proposal
from mailflow.domain.question import Clues, Pointed, Question, QuestionState
from mailflow.domain.sheet import Place, Span, Written
from mailflow.ports import StoreTrouble
from mailflow.store.asked import NotOpen
from mailflow.store.sql import SqlStore
from tests.contract.stores import DECISION, NOW, arrival, at_once, case_of, message, order

NUMBER = "DD261109-0001"
PLACE = Place("a.xlsx", "S", 3, 4)
TOKEN = "7K3M9QWX2ZB4T6VD8HCF"


def asked(
    token: str = TOKEN, role: Asked = Asked.FINANCE, address: str = "f@x.example"
) -> Question:
    return Question(
        order=NUMBER,
        revision=1,
        role=role,
        address=address,
        allowed=(Word.AGREE, Word.REFUSE),
        created=NOW,
        expires=NOW + timedelta(days=7),
        mail_id=1,
        token=token,
    )


@pytest.fixture
def waiting(store: SqlStore) -> SqlStore:
    """With one order that waits on finance."""
    store.journal.record([arrival(1), arrival(2)], NOW)
    with store.begin(NOW) as work:
        work.book(order(NUMBER, OrderState.HELD), DECISION, None)
        work.open_case(case_of(NUMBER))
        work.ask(asked())
        work.post(message(1, notice="approval-request", subject_id=NUMBER))
        work.post(message(2, notice="order-answer", subject_id=f"{NUMBER}-released"))
    return store


def found(store: SqlStore) -> list[QuestionState]:
    with store.begin(NOW) as work:
        return [q.state for q in work.questions(NUMBER)]


def test_what_was_put_is_what_is_found(waiting: SqlStore) -> None:
    with waiting.begin(NOW) as work:
        [kept] = work.questions(NUMBER)
    assert replace(kept, id=None) == asked()


def test_the_order_that_a_yes_would_make_is_kept_whole(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    price = Amount("170", PLACE, Decimal("170.00"))
    sheet = Span("a.xlsx", "S", 0, 0, 9, 9)
    line = OrderLine(sheet, name=Written("一段", PLACE), unit_price=price)
    finding = Finding("price-mismatch", Severity.ERROR, Asked.SENDER, at=PLACE, proposal="168.00")
    kept = Proposal(Order("a.xlsx", sheet, "xlsx", (line,)), (finding,), "急用")
    with store.begin(NOW) as work:
        work.ask(replace(asked(role=Asked.SENDER), proposal=kept))
        [question] = work.questions(NUMBER)
    assert question.proposal == kept


def test_every_clue_finds_it(waiting: SqlStore) -> None:
    for clues in (
        Clues(tokens=("A" * 20, TOKEN)),
        Clues(message_ids=("<0@x.example>", "<1@x.example>")),
        Clues(message_ids=("<2@x.example>",)),
        Clues(numbers=(NUMBER,)),
    ):
        with waiting.begin(NOW) as work:
            pointed = work.pointed(clues)
        every = (*pointed.by_token, *pointed.by_thread, *pointed.by_number)
        assert [q.token for q in every] == [TOKEN], clues
        assert pointed.orders == (NUMBER,)


def test_no_clue_finds_nothing(waiting: SqlStore) -> None:
    with waiting.begin(NOW) as work:
        pointed = work.pointed(Clues(("A" * 20,), ("<9@x.example>",), ("DD261109-0002",)))
    assert pointed == Pointed(orders=("DD261109-0002",))


@pytest.mark.fault("P04")
def test_it_is_answered_once(waiting: SqlStore) -> None:
    with waiting.begin(NOW) as work:
        [question] = work.questions(NUMBER)
        answered = question.answered_with(Word.AGREE, "f@x.example", 2, NOW)
        work.answer(answered)
        assert work.questions(NUMBER) == (answered,)
    with pytest.raises(NotOpen), waiting.begin(NOW) as work:
        work.answer(question.answered_with(Word.REFUSE, "f@x.example", 2, NOW))
    story = waiting.records.story("order", NUMBER)
    assert story is not None
    assert "M2 f@x.example agree" in [h["reason"] for h in story["history"]]


@pytest.mark.fault("P04", "P10")
def test_two_at_once_answer_it_once(waiting: SqlStore) -> None:
    def deed(word: Word) -> str:
        try:
            with waiting.begin(NOW) as work:
                [question] = work.questions(NUMBER)
                work.answer(question.answered_with(word, "f@x.example", 2, NOW))
        except (NotOpen, StoreTrouble):
            return "refused"
        return word.value

    done = at_once(lambda: deed(Word.AGREE), lambda: deed(Word.REFUSE))
    assert done.count("refused") == 1


def test_what_is_decided_otherwise_is_asked_no_more(waiting: SqlStore) -> None:
    waiting.act("close", "order", NUMBER, "called", NOW)
    assert found(waiting) == [QuestionState.SUPERSEDED]


def test_what_a_person_holds_no_answer_lets_go(waiting: SqlStore) -> None:
    waiting.act("hold", "order", NUMBER, "not yet", NOW)
    assert found(waiting) == [QuestionState.SUPERSEDED]


def test_a_rollback_leaves_no_question(waiting: SqlStore) -> None:
    with contextlib.suppress(ZeroDivisionError), waiting.begin(NOW) as work:
        work.ask(asked("B" * 20, Asked.MARKETING_GM, "gm@x.example"))
        _ = 1 // 0
    assert found(waiting) == [QuestionState.OPEN]


def test_the_case_passes_on_to_the_next_who_is_asked(waiting: SqlStore) -> None:
    with waiting.begin(NOW) as work:
        work.pass_on("order", NUMBER, Asked.MARKETING_GM)
    [case] = waiting.records.listing("cases", "open")
    assert case["waits_on"] == "marketing_gm"
