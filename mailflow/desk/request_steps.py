"""A request goes on: a step is put to its owner, or its requester is asked for what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.desk.request_letters import Come, answer_letter, step_letter
from mailflow.desk.request_people import Here, Owner, owner_of
from mailflow.domain.access import asked_of
from mailflow.domain.answer import Word
from mailflow.domain.asking import OPEN_FOR, Urging
from mailflow.domain.case import Case
from mailflow.domain.effect import Ask, Effect, EndCase, OpenCase, VoidQuestion
from mailflow.domain.effect_people import KeepRequest
from mailflow.domain.finding import Asked
from mailflow.domain.notice_request import RequestVerdict
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.request import CaseFile, Request, RequestState
from mailflow.rules.request_lacks import Lack

WITH_OWNER, WITH_REQUESTER, WITH_NOBODY = "request-open", "request-missing", "request-nobody"
KIND = "request"


def at_step(request: Request, step: int, here: Here) -> Request:
    """As it is once a step is put: it is due so many working days from now."""
    due = here.house.workdays.due(here.now, request.kind.steps[step].days)
    return replace(
        request, state=RequestState.OPEN, step=step, revision=request.revision + 1, due=due
    )


def put_to_owner(request: Request, here: Here, mail_id: int, why: str) -> Iterator[Effect]:
    """`request` is at its step (`at_step`). Where nobody could be asked, it is everybody's."""
    owner = owner_of(request.at, request, here)
    yield KeepRequest(request, why)
    yield OpenCase(_case(request, here, owner))
    if owner is not None:
        yield ask_owner(request, owner, here, mail_id)


def ask_owner(
    request: Request, owner: Owner, here: Here, mail_id: int, urging: Urging = Urging.NONE
) -> Ask:
    what = f"-{urging.value}" if urging is not Urging.NONE else ""
    question = Question(
        order=request.number,
        revision=request.revision,
        role=Asked.OWNER,
        address=owner.person.email,
        allowed=request.at.allowed,
        created=here.now,
        expires=here.now,
        mail_id=mail_id,
        open_for=request.at.days + OPEN_FOR,
    )
    return Ask(question, step_letter(request, owner, here, mail_id, urging=urging, what=what))


def ask_requester(
    request: Request,
    lacks: Sequence[Lack],
    here: Here,
    come: Come,
    files: tuple[CaseFile, ...] = (),
) -> Iterator[Effect]:
    """It has its number from the start, so that what he answers is filed to it."""
    asked = replace(request, state=RequestState.ASKED, revision=request.revision + 1, due=None)
    missing = ", ".join(lack.field.name for lack in lacks)
    yield KeepRequest(asked, f"M{come.mail_id}: missing {missing}")
    yield OpenCase(_case(asked, here, None))
    question = Question(
        order=asked.number,
        revision=asked.revision,
        role=Asked.SENDER,
        address=asked.requester,
        allowed=(Word.CANCEL,),
        created=here.now,
        expires=here.now,
        mail_id=come.mail_id,
        open_for=OPEN_FOR,
    )
    letter = answer_letter(
        RequestVerdict.MISSING, asked, here, come, to=asked.requester, lacks=lacks, files=files
    )
    yield Ask(question, letter)


def ended(
    request: Request, state: RequestState, why: str, questions: Sequence[Question]
) -> Iterator[Effect]:
    """It waits on nobody any more."""
    yield KeepRequest(replace(request, state=state, due=None), why)
    for question in questions:
        if question.state is QuestionState.OPEN:
            yield VoidQuestion(question, why)
    yield EndCase(request.number, why)


def _case(request: Request, here: Here, owner: Owner | None) -> Case:
    """It stands in the digests of the region; where nobody could be asked, in all of them."""
    is_open = request.state is RequestState.OPEN
    reason = WITH_OWNER if owner else WITH_NOBODY if is_open else WITH_REQUESTER
    on = asked_of(owner.person.role) if owner else Asked.SALES_ADMIN if is_open else Asked.SENDER
    return Case(
        number=request.number,
        kind=KIND,
        subject_id=request.number,
        waits_on=on,
        region=request.region if owner or not is_open else "",
        reason=reason,
        since=here.now,
    )
