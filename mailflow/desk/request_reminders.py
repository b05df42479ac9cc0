"""Whoever has a step of a request and does not answer is reminded, then his deputy is asked, then it is
everybody's; whoever asks and does not tell what is missing is reminded too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.desk.request_letters import Come, answer_letter, step_letter
from mailflow.desk.request_people import Here, Owner, deputy_of
from mailflow.desk.request_steps import KIND, ask_owner
from mailflow.domain.asking import Urging
from mailflow.domain.chase import Stage
from mailflow.domain.effect import Effect, Escalate, Post, VoidQuestion
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_request import RequestVerdict
from mailflow.domain.question import Question
from mailflow.domain.request import Request, RequestState
from mailflow.domain.value import dataclass
from mailflow.rules.request_lacks import Lack


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """A question of a request that nobody has answered. `thread` is that of the mail that made the
    request, `lacks` what is still missing of it."""

    request: Request
    question: Question
    questions: Sequence[Question]
    thread: Thread
    lacks: tuple[Lack, ...]
    here: Here


def effects_on_idle(stage: Stage, idle: Idle) -> Iterator[Effect]:
    question, request, here = idle.question, idle.request, idle.here
    if stage is Stage.MOVE or not here.register.knows(question.address):
        yield from _moved_on(idle)
    elif request.state is RequestState.ASKED:
        yield Post(_asked_again(idle, stage))
    else:
        owner = Owner(here.register.person(question.address)[0])
        yield Post(
            step_letter(
                request,
                owner,
                here,
                request.mail_id,
                urging=Urging.REMINDER,
                what=f"-{question.id}-{stage.value}",
                question=question,
            )
        )


def _moved_on(idle: Idle) -> Iterator[Effect]:
    """What is missing only its requester can tell, so nobody stands in for him."""
    question, request = idle.question, idle.request
    asked = tuple(q.address for q in idle.questions if q.revision == question.revision)
    deputy = deputy_of(question, request, asked, idle.here)
    if deputy is None or request.state is not RequestState.OPEN:
        yield Escalate(request.number, f"nobody answered question {question.id}", KIND)
        return
    yield VoidQuestion(question, f"moved on to {deputy.email}")
    yield ask_owner(request, Owner(deputy), idle.here, request.mail_id, Urging.DEPUTY)


def _asked_again(idle: Idle, stage: Stage) -> Letter:
    request = idle.request
    letter = answer_letter(
        RequestVerdict.MISSING,
        request,
        idle.here,
        Come(mail_id=request.mail_id, thread=idle.thread),
        to=request.requester,
        lacks=idle.lacks,
        question=idle.question,
        is_urged=True,
    )
    return replace(letter, subject_id=f"{request.number}-{idle.question.id}-{stage.value}")
