"""Stages by the clock: reached once, one at a time, and never all that were missed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.answer import Word
from mailflow.domain.asking import OPEN_FOR, Term
from mailflow.domain.chase import Stage, stage_of_question, stage_of_returned
from mailflow.domain.finding import Asked
from mailflow.domain.question import Question
from mailflow.domain.workdays import Workdays, plain_year

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = Workdays(plain_year, SHANGHAI)
ASKED = datetime(2026, 11, 9, 10, 0, tzinfo=SHANGHAI)
"""A Monday."""
looks = st.lists(st.integers(0, 30 * 24), min_size=1, max_size=40).map(sorted)


def question(since: datetime = ASKED) -> Question:
    return Question(
        order="DD261109-0001", revision=1, role=Asked.FINANCE, address="f@x.example", id=1,
        allowed=(Word.AGREE,), created=since, expires=DAYS.due(since, OPEN_FOR),
    )  # fmt: skip


def test_nothing_is_due_at_once() -> None:
    for hours in (0, 23):
        now = ASKED + timedelta(hours=hours)
        assert stage_of_question(question(), Term(), DAYS, now, ()) is None
        assert stage_of_returned(ASKED, DAYS, now, {}) is None


def test_a_question_is_reminded_of_moves_on_and_is_reminded_of_before_it_ends() -> None:
    def after(days: int, *done: Stage) -> Stage | None:
        return stage_of_question(question(), Term(), DAYS, ASKED + timedelta(days=days), done)

    assert after(1) is Stage.REMIND
    assert after(1, Stage.REMIND) is None
    assert after(2, Stage.REMIND) is Stage.MOVE
    assert after(2, Stage.REMIND, Stage.MOVE) is None
    assert after(2, Stage.MOVE) is None
    assert after(4, Stage.MOVE) is Stage.AGAIN
    assert after(4, Stage.MOVE, Stage.AGAIN) is None
    assert after(7, Stage.MOVE) is None
    assert after(7) is Stage.MOVE


def test_a_house_has_terms_of_its_own() -> None:
    term = Term(remind=2, due=3)
    days = [
        stage_of_question(question(), term, DAYS, ASKED + timedelta(days=n), ()) for n in (1, 2, 3)
    ]
    assert days == [None, Stage.REMIND, Stage.MOVE]


@given(looks=looks)
def test_a_returned_order_is_reminded_of_twice_at_most_and_then_closed(looks: list[int]) -> None:
    done: dict[str, datetime] = {}
    for hours in looks:
        now = ASKED + timedelta(hours=hours)
        stage = stage_of_returned(ASKED, DAYS, now, done)
        if stage is not None:
            assert stage not in done
            done[stage] = now
    if Stage.CLOSE in done:
        assert done[Stage.CLOSE] >= DAYS.due(ASKED, OPEN_FOR)
        assert done[Stage.CLOSE] >= DAYS.due(done[Stage.AGAIN], 1)
    if Stage.AGAIN in done and Stage.REMIND in done:
        assert done[Stage.REMIND] < done[Stage.AGAIN]


@pytest.mark.fault("T08")
def test_after_a_week_away_there_is_one_reminder_and_a_day_to_heed_it() -> None:
    back = ASKED + timedelta(days=8)
    assert stage_of_returned(ASKED, DAYS, back, {}) is Stage.AGAIN
    done = {Stage.AGAIN.value: back}
    assert stage_of_returned(ASKED, DAYS, back, done) is None
    assert stage_of_returned(ASKED, DAYS, back + timedelta(days=1), done) is Stage.CLOSE


@pytest.mark.fault("T02")
@given(looks=looks, jump=st.integers(-48, 48))
def test_a_clock_that_jumps_does_nothing_twice(looks: list[int], jump: int) -> None:
    done: set[Stage] = set()
    for hours in (*looks, *(h + jump for h in looks)):
        now = ASKED + timedelta(hours=hours)
        stage = stage_of_question(question(), Term(), DAYS, now, done)
        assert stage not in done
        done |= {stage} if stage else set()
