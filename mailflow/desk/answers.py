"""Answers: what follows from one word of a person who was asked, and what from anything else."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.desk.answer_mail import LONGEST_REASON, RETURNED, WAITING, AnswerMail, verdict_of
from mailflow.desk.calling_back import (
    CalledBack,
    change_too_late,
    effects_of_no,
    effects_of_yes,
)
from mailflow.desk.people import language_of
from mailflow.desk.release import effects_of_release, in_his_thread, name_of
from mailflow.domain.answer import Word, without_tokens
from mailflow.domain.case import Case
from mailflow.domain.effect import (
    AnswerQuestion,
    CloseOrder,
    Effect,
    OpenCase,
    PassOn,
    Post,
    ReleaseOrder,
    SettleMail,
)
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_asked import RefusalNotice, ReplyNotice, Verdict
from mailflow.domain.order import Listed, OrderState, is_supply, with_state
from mailflow.domain.question import QuestionState

REASONS = {
    Verdict.AGREED: "approval-applied",
    Verdict.ACCEPTED: "proposals-taken",
    Verdict.REFUSED: "approval-applied",
    Verdict.NOTED: "approval-noted",
    Verdict.UNCLEAR: "answer-unclear",
    Verdict.UNREASONED: "answer-unclear",
    Verdict.TORN: "answer-unclear",
    Verdict.BESIDE: "answer-unclear",
    Verdict.NOT_YOURS: "answer-not-asked",
    Verdict.ALREADY: "answer-again",
    Verdict.SUPERSEDED: "answer-superseded",
    Verdict.MOVED: "answer-moved-on",
    Verdict.EXPIRED: "answer-late",
    Verdict.NOT_SUPPLIED: "approval-applied",
    Verdict.CANCELLED: "order-cancelled",
    Verdict.PASSED_ON: "cancellation-asked",
    Verdict.TOO_LATE: "cancelled-too-late",
    Verdict.CALLED_BACK: "approval-applied",
    Verdict.KEPT: "approval-applied",
}
"""Why a mail that answered is done: the finer state beside it."""
ASKED_BACK = (Verdict.UNCLEAR, Verdict.UNREASONED, Verdict.BESIDE)
SEEN_BY_ADMIN = (Verdict.UNCLEAR, Verdict.UNREASONED, Verdict.TORN)


def effects_of_taking(mail: AnswerMail) -> tuple[Effect, ...]:
    """What ends with the old order, before the one that takes its place is booked."""
    question = mail.question
    word = mail.word or Word.ACCEPT
    why = f"M{mail.mail_id} {mail.address}: {word.value}"
    answered = question.answered_with(word, mail.address, mail.mail_id, mail.facts.received)
    return (
        AnswerQuestion(answered),
        CloseOrder(with_state(mail.order, OrderState.CLOSED), why),
    )


def effects_of_answer(mail: AnswerMail) -> tuple[Effect, ...]:
    """All that follows, the mail's own end last."""
    verdict = verdict_of(mail)
    follows = tuple(_consequences(mail, verdict))
    return (
        *follows,
        Post(reply_to(mail, _as_told(mail, verdict), _listed(mail, follows))),
        SettleMail(MailState.DONE, REASONS[verdict]),
    )


def _listed(mail: AnswerMail, follows: tuple[Effect, ...]) -> Listed:
    """Where the list is once all that follows is done."""
    released = next((e for e in follows if isinstance(e, ReleaseOrder)), None)
    if released is None:
        return mail.listed
    return Listed.OUT if released.dispatch_list else Listed.NEVER


def _as_told(mail: AnswerMail, verdict: Verdict) -> Verdict:
    """No warehouse is told to stop where it never had a list."""
    is_unlisted = verdict is Verdict.CALLED_BACK and mail.listed is Listed.NEVER
    return Verdict.CANCELLED if is_unlisted else verdict


def _consequences(mail: AnswerMail, verdict: Verdict) -> Iterator[Effect]:
    question, received = mail.question, mail.facts.received
    match verdict:
        case Verdict.AGREED | Verdict.NOTED | Verdict.REFUSED:
            word = Word.REFUSE if verdict is Verdict.REFUSED else Word.AGREE
            answered = question.answered_with(word, mail.address, mail.mail_id, received)
            yield AnswerQuestion(answered)
            yield from _decided(mail, verdict, f"M{mail.mail_id} {mail.address}: {word.value}")
        case Verdict.CALLED_BACK | Verdict.KEPT | Verdict.TOO_LATE:
            word = Word.CANCEL if verdict is Verdict.CALLED_BACK else Word.REFUSE
            yield AnswerQuestion(question.answered_with(word, mail.address, mail.mail_id, received))
            back = _called_back(mail, f"M{mail.mail_id} {mail.address}: {verdict.value}")
            if verdict is Verdict.CALLED_BACK:
                yield from effects_of_yes(back)
            elif mail.before:
                yield CloseOrder(with_state(mail.order, OrderState.CLOSED), back.why)
                yield Post(change_too_late(mail.order, mail.before, back))
            else:
                yield from effects_of_no(back, is_late=verdict is Verdict.TOO_LATE)
        case Verdict.EXPIRED if question.state is QuestionState.OPEN:
            yield AnswerQuestion(question.expired_by(mail.address, mail.mail_id, received))
        case _ if verdict in SEEN_BY_ADMIN and mail.order.state in (*WAITING, *RETURNED):
            yield OpenCase(_case(mail))


def _decided(mail: AnswerMail, verdict: Verdict, why: str) -> Iterator[Effect]:
    register, order, origin = mail.facts.register, mail.order, mail.origin
    if verdict is Verdict.AGREED:
        yield from effects_of_release(
            (order, mail.before), register, origin, mail.today, why, mail.at_hand, mail.supplied
        )
    elif verdict is Verdict.NOTED:
        yield PassOn(order.number, mail.awaited[0].role)
    else:
        yield CloseOrder(with_state(order, OrderState.CLOSED), why)
        notice = RefusalNotice(
            order=order,
            by=name_of(mail.address, register),
            role=mail.question.role,
            reason=" ".join(mail.besides)[:LONGEST_REASON],
            subject=origin.subject,
        )
        yield Post(in_his_thread(notice, order, register, origin))


def _called_back(mail: AnswerMail, why: str) -> CalledBack:
    return CalledBack(
        order=mail.order,
        origin=mail.origin,
        register=mail.facts.register,
        mail_id=mail.mail_id,
        by=mail.address,
        why=why,
        reason=" ".join(mail.besides),
        is_listed=mail.listed is not Listed.NEVER,
        supplied=mail.supplied,
    )


def _case(mail: AnswerMail) -> Case:
    """A matter of the order's: it ends when the order is decided."""
    customer = mail.order.customer
    return Case(
        number=f"M{mail.mail_id}",
        kind="order",
        subject_id=mail.order.number,
        waits_on=Asked.SALES_ADMIN,
        region=customer.region if customer else "",
        reason="answer-unclear",
        since=mail.facts.received,
    )


def reply_to(mail: AnswerMail, verdict: Verdict, listed: Listed = Listed.OUT) -> Letter:
    """In the thread of the answer; a question that is still open is asked with its token again,
    of nobody but the person it was put to."""
    question, register = mail.question, mail.facts.register
    is_open = verdict in ASKED_BACK and not is_supply(question.order)
    notice = ReplyNotice(
        verdict=verdict,
        order=mail.order,
        question=question,
        owner=name_of((mail.successor or question).address, register),
        by=_decided_by(mail),
        said=without_tokens(mail.said.first),
        waiting=tuple(name_of(q.address, register) for q in mail.awaited),
        listed=listed,
    )
    return Letter(
        notice=notice,
        to=(mail.address,),
        subject_id=f"{mail.order.number}-M{mail.mail_id}",
        about=mail.order.number,
        revision=mail.order.revision,
        language=language_of(mail.facts.sender, mail.language),
        thread=thread_of(mail.head),
        mail_id=mail.mail_id,
        question=question if is_open else None,
    )


def _decided_by(mail: AnswerMail) -> str:
    """Who answered this question, or who decided the order meanwhile; empty where nobody by mail."""
    question = mail.question
    if question.state is QuestionState.USED:
        return name_of(question.answered_by, mail.facts.register)
    used = [q for q in mail.questions if q.state is QuestionState.USED]
    return name_of(used[-1].answered_by, mail.facts.register) if used else ""
