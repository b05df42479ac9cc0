"""What waits for an answer is found with what was done of it; what does not wait is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.domain.chase import Returned, job_of
from mailflow.domain.order import OrderState
from mailflow.domain.question import QuestionState
from mailflow.store.asked import NotOpen
from mailflow.store.sql import SqlStore
from tests.contract.stores import DECISION, NOW, arrival, case_of, order
from tests.contract.test_store_questions import NUMBER, asked


@pytest.fixture
def waiting(store: SqlStore) -> SqlStore:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(NUMBER, OrderState.HELD), DECISION, None)
        work.open_case(case_of(NUMBER))
        work.ask(asked())
    return store


def test_nothing_waits_in_an_empty_house(store: SqlStore) -> None:
    chased = store.records.chased()
    assert (chased.questions, chased.returned, chased.done) == ((), (), {})


def test_an_open_question_waits_and_its_stages_are_told(waiting: SqlStore) -> None:
    [question] = waiting.records.chased().questions
    assert replace(question, id=None) == asked()
    later = NOW + timedelta(days=1)
    with waiting.begin(later) as work:
        assert work.take_job(job_of(question), "remind")
        assert not work.take_job(job_of(question), "remind")
        assert work.take_job("question:99", "remind")
    chased = waiting.records.chased()
    assert chased.done_of(job_of(question)) == {"remind": later}
    assert len(chased.done) == 1


def test_a_question_that_is_void_waits_no_more_and_is_not_answered(waiting: SqlStore) -> None:
    [question] = waiting.records.chased().questions
    with waiting.begin(NOW) as work:
        work.void(question, "moved on")
    assert waiting.records.chased().questions == ()
    with pytest.raises(NotOpen), waiting.begin(NOW) as work:
        work.void(question, "moved on")
    with waiting.begin(NOW) as work:
        [kept] = work.questions(NUMBER)
    assert kept.state is QuestionState.SUPERSEDED


def test_a_returned_order_waits_until_it_is_closed(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.book(order(state=OrderState.RETURNED), DECISION, None)
        work.book(replace(order("DD2"), position=1), DECISION, None)
    assert store.records.chased().returned == (Returned("DD1", 1, NOW),)
    store.act("close", "order", "DD1", "why", NOW)
    assert store.records.chased().returned == ()


def test_a_case_that_nobody_answers_is_everybodys_and_says_so_once(waiting: SqlStore) -> None:
    for _ in range(2):
        with waiting.begin(NOW) as work:
            work.escalate("order", NUMBER, "nobody answered")
            work.escalate("order", "DD-none", "nobody answered")
    [case] = waiting.records.listing("cases", "open")
    assert (case["region"], case["reason"]) == ("", "x,nobody-answered")
    [matter] = waiting.records.matters(NOW, NOW)
    assert matter.region == ""


def test_the_findings_of_a_revision_are_kept(waiting: SqlStore) -> None:
    with waiting.begin(NOW) as work:
        found = work.load_order(NUMBER)
        assert found is not None
        assert work.findings(found) == DECISION.findings
        assert work.findings(replace(found, revision=7)) == ()
