"""What a mail about a request brings about: a step answered, words passed on, what was missing told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.desk.request_letters import news
from mailflow.desk.request_mail import Outcome, RequestReply, passed_on, told
from mailflow.desk.request_owner import of_owner
from mailflow.desk.request_people import concerned, is_among
from mailflow.desk.request_steps import ask_requester, ended
from mailflow.desk.requests import begin
from mailflow.domain.answer import Word
from mailflow.domain.effect import Effect, SettleMail, VoidQuestion
from mailflow.domain.mail import MailState
from mailflow.domain.notice_request import RequestEvent, RequestVerdict
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.request import RequestState

REASONS = {
    RequestVerdict.TAKEN: "request-opened",
    RequestVerdict.MISSING: "request-incomplete",
    RequestVerdict.AGREED: "request-agreed",
    RequestVerdict.DONE: "request-done",
    RequestVerdict.REFUSED: "request-refused",
    RequestVerdict.WITHDRAWN: "request-withdrawn",
    RequestVerdict.PASSED: "request-passed",
    RequestVerdict.UNREASONED: "answer-unclear",
    RequestVerdict.WANTING: "answer-unclear",
    RequestVerdict.CONDITIONAL: "answer-unclear",
    RequestVerdict.NOT_YOURS: "answer-not-asked",
    RequestVerdict.ALREADY: "answer-again",
    RequestVerdict.OUTDATED: "answer-superseded",
    RequestVerdict.LATE: "request-late",
    RequestVerdict.ENDED: "request-ended",
}


def effects_of_reply(mail: RequestReply) -> tuple[Effect, ...] | None:
    """None where its sender has nothing to do with it, or it says nothing: a person reads it."""
    request, question = mail.request, mail.question
    if not is_among(mail.sender, concerned(request, mail.questions, mail.here)):
        return None
    if question is not None and question.is_put_to(mail.sender) and _is_of_a_step(question):
        return _end(*of_owner(mail, question))
    if mail.is_requesters and not request.is_ended:
        return _end(*_of_requester(mail))
    return _end(*passed_on(mail)) if mail.text or mail.files else None


def _end(verdict: RequestVerdict, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    return (*effects, SettleMail(MailState.DONE, REASONS[verdict]))


def _is_of_a_step(question: Question) -> bool:
    """Whoever asks is asked for what is missing, and may own a step too where nobody else can."""
    return Word.CANCEL not in question.allowed


def _of_requester(mail: RequestReply) -> Outcome:
    request, here = mail.request, mail.here
    if mail.reply.word is Word.CANCEL:
        return RequestVerdict.WITHDRAWN, tuple(_withdrawn(mail))
    if request.state is RequestState.OPEN:
        return passed_on(mail)
    customer = mail.told.customer
    told = replace(
        mail.kept,
        values=tuple(mail.told.values.items()),
        distributor=customer.code if customer else request.distributor,
        region=customer.region if customer else request.region,
    )
    before = tuple(_void(mail.questions, f"{mail.why}: answered"))
    if mail.told.lacks:
        asked = ask_requester(told, mail.told.lacks, here, mail.come, mail.files)
        return RequestVerdict.MISSING, (*before, *asked)
    return RequestVerdict.TAKEN, (*before, *begin(told, here, mail.come, mail.files))


def _void(questions: Sequence[Question], why: str) -> Iterator[Effect]:
    yield from (VoidQuestion(q, why) for q in questions if q.state is QuestionState.OPEN)


def _withdrawn(mail: RequestReply) -> Iterator[Effect]:
    request = mail.request
    gone = replace(mail.kept, state=RequestState.WITHDRAWN, due=None)
    yield from ended(mail.kept, RequestState.WITHDRAWN, f"{mail.why}: withdrawn", mail.questions)
    if request.state is RequestState.OPEN:
        yield from news(
            RequestEvent.WITHDRAWN,
            gone,
            mail.here,
            (
                q.address
                for q in mail.questions
                if q.state in (QuestionState.OPEN, QuestionState.USED)
            ),
            by=mail.sender,
            mail_id=mail.come.mail_id,
            said=mail.reply.text,
        )
    yield told(mail, RequestVerdict.WITHDRAWN, gone)
