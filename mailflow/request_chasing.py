"""Steps of requests that nobody answers are asked for again when they are due; one is ended by hand."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from mailflow.desk.request_letters import news
from mailflow.desk.request_people import Here
from mailflow.desk.request_reminders import Idle, effects_on_idle
from mailflow.desk.request_steps import ended
from mailflow.domain import failpoint
from mailflow.domain.asking import Term
from mailflow.domain.chase import Chased, job_of, stage_of_request
from mailflow.domain.facts import Sender
from mailflow.domain.mail import Trust
from mailflow.domain.notice_request import RequestEvent
from mailflow.domain.question import Question, QuestionKind, QuestionState
from mailflow.domain.request import Request, RequestState
from mailflow.performing import Office, once_prepared, perform
from mailflow.ports import Refusal, Work
from mailflow.reminding import SOONEST
from mailflow.rules.request_whose import weighed

TO_TELL = Term(remind=1, due=3)
"""Working days that whoever asks has to tell what is missing."""


def chase_requests(office: Office, now: datetime) -> int:
    """How many stages were reached; each is a transaction of its own."""
    chased = office.store.records.chased()
    attempts = (
        partial(_asked_again, q, chased, office, now)
        for q in chased.questions
        if q.kind is QuestionKind.REQUEST and now - q.created >= SOONEST
    )
    return sum(once_prepared(attempt, b"", office) for attempt in attempts)


def _asked_again(question: Question, chased: Chased, office: Office, now: datetime) -> bool:
    job = job_of(question)
    done, workdays = chased.done_of(job), office.house.workdays
    with office.store.begin(now) as work:
        request = work.requests.request(question.order)
        if request is None or request.is_ended or request.revision != question.revision:
            return False
        stage = stage_of_request(question, _term(request), workdays, now, done)
        if stage is None or not work.take_job(job, stage.value):
            return False
        idle = _idle(request, question, (work, office), now)
        perform(tuple(effects_on_idle(stage, idle)), work, office, now)
        failpoint.reached("reminder.queued")
    return True


def _term(request: Request) -> Term:
    if request.state is RequestState.ASKED:
        return TO_TELL
    return Term(request.at.remind, request.at.days)


def _idle(request: Request, question: Question, doors: tuple[Work, Office], now: datetime) -> Idle:
    work, office = doors
    here = Here(office.store.register(), office.house, now)
    who, register = request.requester, here.register
    asker = Sender(who, Trust.A, register.person(who), register.customers_of(who))
    return Idle(
        request=request,
        question=question,
        questions=work.questions(request.number),
        thread=work.origin(request.mail_id).thread,
        lacks=weighed(request.kind, dict(request.values), asker, here.house.lexicon).lacks,
        here=here,
    )


def close_request(number: str, reason: str, office: Office, now: datetime) -> str:
    """An operator ends it; who asked and who has it hear so. Raises `Refusal`."""
    with office.store.begin(now) as work:
        request = work.requests.request(number)
        if request is None:
            raise Refusal(f"request {number}: there is none: see `mailflow list cases`")
        if request.is_ended:
            raise Refusal(f"request {number} is {request.state.value}: nothing is left to close")
        here = Here(office.store.register(), office.house, now)
        questions = work.questions(number)
        owners = (q.address for q in questions if q.state is QuestionState.OPEN)
        effects = (
            *ended(request, RequestState.CLOSED, reason, questions),
            *news(
                RequestEvent.CLOSED,
                request,
                here,
                (request.requester, *owners),
                by="",
                mail_id=request.mail_id,
                said=reason,
            ),
        )
        perform(effects, work, office, now)
    return RequestState.CLOSED.value
