"""What waits for an answer goes through stages by the clock; each is reached once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from mailflow.domain.asking import OPEN_FOR, Term
from mailflow.domain.question import Question
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import Workdays


class Stage(StrEnum):
    """Also the period under which it is noted as done."""

    REMIND = "remind"
    AGAIN = "again"
    """A second and last reminder."""
    MOVE = "move"
    """Somebody else is asked."""
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Returned:
    """An order that waits for its sender's correction."""

    number: str
    revision: int
    since: datetime

    @property
    def job(self) -> str:
        return f"returned:{self.number}:{self.revision}"


@dataclass(frozen=True, slots=True)
class Chased:
    """All that waits for an answer, and when which stage of it was done."""

    questions: tuple[Question, ...] = ()
    returned: tuple[Returned, ...] = ()
    done: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    def done_of(self, job: str) -> Mapping[str, datetime]:
        return {stage: at for (of, stage), at in self.done.items() if of == job}


def job_of(question: Question) -> str:
    return f"question:{question.id}"


def stage_of_question(
    question: Question, term: Term, workdays: Workdays, now: datetime, done: Collection[str]
) -> Stage | None:
    """What is due now, however long nobody looked: one stage, never all that were missed."""
    reached = [
        stage
        for stage, days in (
            (Stage.REMIND, term.remind),
            (Stage.MOVE, term.due),
            (Stage.AGAIN, OPEN_FOR - 1),
        )
        if workdays.due(question.created, days) <= now
    ]
    if Stage.MOVE in reached and Stage.MOVE not in done:
        return Stage.MOVE
    if question.is_late(now) or not reached:
        return None
    last = Stage.AGAIN if Stage.AGAIN in reached else Stage.REMIND
    # Once it moved on, its first reminder has nothing to say any more.
    is_idle = last in done or (last is Stage.REMIND and Stage.MOVE in done)
    return None if is_idle else last


def stage_of_request(
    question: Question, term: Term, workdays: Workdays, now: datetime, done: Collection[str]
) -> Stage | None:
    """As of any question, but each step has days of its own: the second reminder comes two working days
    after it was due, to whoever has it then."""
    moves = workdays.due(question.created, term.due) <= now
    if moves and Stage.MOVE not in done:
        return Stage.MOVE
    if question.is_late(now):
        return None
    if moves:
        is_due = workdays.due(question.created, term.due + 2) <= now
        return Stage.AGAIN if is_due and Stage.AGAIN not in done else None
    is_due = workdays.due(question.created, term.remind) <= now
    return Stage.REMIND if is_due and Stage.REMIND not in done else None


def stage_of_returned(
    since: datetime, workdays: Workdays, now: datetime, done: Mapping[str, datetime]
) -> Stage | None:
    """Reminded after one and two working days, closed after five; never closed before a working
    day has gone by since the last reminder, however long we were away."""
    if workdays.due(since, 2) <= now:
        reminded = done.get(Stage.AGAIN)
        if reminded is None:
            return Stage.AGAIN
        is_over = workdays.due(since, OPEN_FOR) <= now and workdays.due(reminded, 1) <= now
        return Stage.CLOSE if is_over and Stage.CLOSE not in done else None
    is_due = workdays.due(since, 1) <= now and Stage.REMIND not in done
    return Stage.REMIND if is_due else None
