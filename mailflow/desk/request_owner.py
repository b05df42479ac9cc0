"""What the owner of a step answers: it goes on, it ends, or he is asked once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.desk.request_letters import news
from mailflow.desk.request_mail import Outcome, RequestReply, passed_on, told
from mailflow.desk.request_people import may_answer, owner_of, told_of_the_end
from mailflow.desk.request_steps import at_step, ended, put_to_owner
from mailflow.domain.answer import Word
from mailflow.domain.effect import AnswerQuestion, Effect, VoidQuestion
from mailflow.domain.effect_people import KeepRequest
from mailflow.domain.notice_request import RequestEvent, RequestVerdict
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.request import CaseFile, Request, RequestState


def of_owner(mail: RequestReply, question: Question) -> Outcome:
    """The answer of whom a step was put to."""
    request, reply = mail.request, mail.reply
    if reply.word is None and not request.is_ended:
        return passed_on(mail)
    verdict = _verdict(mail, question)
    match verdict:
        case RequestVerdict.AGREED | RequestVerdict.DONE:
            return verdict, tuple(_gone_on(mail, question, verdict))
        case RequestVerdict.REFUSED:
            return verdict, tuple(_refused(mail, question))
        case RequestVerdict.LATE:
            return verdict, tuple(_anew(mail, question))
        case RequestVerdict.ENDED:
            return passed_on(mail)
        case _:
            kept = KeepRequest(mail.kept, f"{mail.why}: {verdict.value}")
            return verdict, (kept, told(mail, verdict, request))


def _verdict(mail: RequestReply, question: Question) -> RequestVerdict:
    request, reply, step = mail.request, mail.reply, mail.request.at
    if question.state is QuestionState.USED:
        return RequestVerdict.ALREADY
    if request.is_ended:
        return RequestVerdict.ENDED
    if question.state is not QuestionState.OPEN or question.revision != request.revision:
        return RequestVerdict.OUTDATED
    if not may_answer(mail.sender, step, request, mail.here):
        return RequestVerdict.NOT_YOURS
    if question.is_late(mail.here.now):
        return RequestVerdict.LATE
    if reply.word is Word.REFUSE:
        return RequestVerdict.REFUSED if reply.text else RequestVerdict.UNREASONED
    if reply.is_conditional:
        return RequestVerdict.CONDITIONAL
    if step.wants and not reply.text:
        return RequestVerdict.WANTING
    return RequestVerdict.AGREED if reply.word is Word.AGREE else RequestVerdict.DONE


def _gone_on(mail: RequestReply, question: Question, verdict: RequestVerdict) -> Iterator[Effect]:
    """To the next step, or to its end where there is none."""
    here, kept, said = mail.here, mail.kept, mail.reply.text
    word = mail.request.at.yes
    yield AnswerQuestion(question.answered_with(word, mail.sender, mail.come.mail_id, here.now))
    if kept.following is None:
        done = replace(kept, state=RequestState.DONE, due=None)
        yield from ended(kept, RequestState.DONE, f"{mail.why}: {word.value}", ())
        to = told_of_the_end(kept, here)
        yield from news(
            RequestEvent.DONE,
            done,
            here,
            to,
            by=mail.sender,
            mail_id=mail.come.mail_id,
            said=said,
            files=_result(mail, done),
        )
        yield told(mail, verdict, done)
        return
    moved = at_step(kept, kept.step + 1, here)
    owner = owner_of(moved.at, moved, here)
    names = (owner.person.name,) if owner else ()
    yield from put_to_owner(moved, here, mail.come.mail_id, f"{mail.why}: {word.value}")
    yield from news(
        RequestEvent.MOVED,
        moved,
        here,
        (moved.requester,),
        by=mail.sender,
        mail_id=mail.come.mail_id,
        said=said,
        owners=names,
    )
    yield told(mail, verdict, moved, names)


def _result(mail: RequestReply, done: Request) -> tuple[CaseFile, ...]:
    """What came with the last answer; where nothing did, what came while that step was open."""
    return mail.files or done.result


def _refused(mail: RequestReply, question: Question) -> Iterator[Effect]:
    """It ends here; whoever asked hears why, and so do those who had agreed before."""
    here, refused = mail.here, replace(mail.kept, state=RequestState.REFUSED, due=None)
    yield AnswerQuestion(
        question.answered_with(Word.REFUSE, mail.sender, mail.come.mail_id, here.now)
    )
    yield from ended(mail.kept, RequestState.REFUSED, f"{mail.why}: refuse", ())
    before = (q.address for q in mail.questions if q.state is QuestionState.USED)
    yield from news(
        RequestEvent.REFUSED,
        refused,
        here,
        (refused.requester, *before),
        by=mail.sender,
        mail_id=mail.come.mail_id,
        said=mail.reply.text,
        files=mail.files,
    )
    yield told(mail, RequestVerdict.REFUSED, refused)


def _anew(mail: RequestReply, question: Question) -> Iterator[Effect]:
    """Its letter counts no more; he gets another one, whose buttons do."""
    again = at_step(mail.kept, mail.request.step, mail.here)
    yield VoidQuestion(question, f"{mail.why}: too late, asked anew")
    yield from put_to_owner(again, mail.here, mail.come.mail_id, f"{mail.why}: asked anew")
    yield told(mail, RequestVerdict.LATE, again)
