"""Whoever was asked is reminded; what he does not answer moves on to his deputy, then to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from mailflow.desk.calling_back import CANCELLATION, sheet_of
from mailflow.desk.people import Desk
from mailflow.desk.release import name_of
from mailflow.desk.supplying import Supply
from mailflow.domain.access import ROLE_OF
from mailflow.domain.asking import Asking, Urging
from mailflow.domain.chase import Stage
from mailflow.domain.decision import Outcome
from mailflow.domain.effect import Ask, Effect, Escalate, Post, VoidQuestion
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.notice import Letter, Notice
from mailflow.domain.notice_asked import ApprovalNotice
from mailflow.domain.notice_late import CancelRequestNotice
from mailflow.domain.notice_orders import OrderReport
from mailflow.domain.notice_stock import SupplyNotice
from mailflow.domain.order import BookedOrder, Listed
from mailflow.domain.question import Question, QuestionKind
from mailflow.domain.register import Person, Register
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that is open, and the books of its order. `questions` are all that were put of the
    kind; `sender` is who sent the order, who may not agree to it himself (P11). `supply` is what a
    supplementary list would send that was asked about."""

    question: Question
    order: BookedOrder
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    sender: str
    register: Register
    asking: Asking
    language: str = "zh"
    supply: Supply | None = None
    listed: Listed = Listed.OUT


def effects_of_stage(stage: Stage, unanswered: Unanswered) -> Iterator[Effect]:
    """Who is not in the registers any more is not written to: then it moves on at once."""
    question = unanswered.question
    person = _person(question.address, question.role, unanswered.register)
    if stage is Stage.MOVE or person is None:
        yield from _moved_on(unanswered)
    else:
        yield Post(letter_again(unanswered, question, person, Urging.REMINDER, stage.value))


def _moved_on(unanswered: Unanswered) -> Iterator[Effect]:
    question = unanswered.question
    deputy = _deputy(unanswered)
    if deputy is None:
        yield Escalate(question.order, f"nobody answered question {question.id}")
        return
    yield VoidQuestion(question, f"moved on to {deputy.email}")
    moved = replace(question, id=None, token="", address=deputy.email)
    yield Ask(moved, letter_again(unanswered, None, deputy, Urging.DEPUTY, "moved"))


def _deputy(unanswered: Unanswered) -> Person | None:
    """Settled in the configuration; else another of the same part and region. Each is asked once,
    so that what nobody answers does not go round."""
    question, register = unanswered.question, unanswered.register
    region = unanswered.order.customer.region if unanswered.order.customer else None
    settled = unanswered.asking.deputy_of(question.address)
    role = ROLE_OF[question.role]
    wanted = [settled] if settled else [p.email for p in register.people(role, region)]
    asked = {q.address.casefold() for q in unanswered.questions if q.is_another_of(question)}
    asked.add(unanswered.sender.casefold())
    for address in wanted:
        person = _person(address, question.role, register)
        if person is not None and address.casefold() not in asked:
            return person
    return None


def _person(address: str, asked: Asked, register: Register) -> Person | None:
    """As the one who has this part, whatever else he does."""
    role = ROLE_OF[asked]
    mine = register.person(address, role) or register.person(address)
    return replace(mine[0], role=role) if mine else None


def letter_again(
    unanswered: Unanswered,
    question: Question | None,
    person: Person,
    urging: Urging,
    what: str,
) -> Letter:
    """What was asked before is asked once more, of him or of another; `what` tells it from the
    letters before it."""
    order = unanswered.order
    return Letter(
        notice=_notice(unanswered, person, urging),
        to=(person.email,),
        subject_id=f"{unanswered.question.order}-{what}{_topic(unanswered.question)}",
        about=unanswered.question.order,
        revision=order.revision,
        language=person.language or unanswered.language,
        mail_id=order.mail_id,
        question=question,
    )


def _notice(unanswered: Unanswered, person: Person, urging: Urging) -> Notice:
    order, kind = unanswered.order, unanswered.question.kind
    match kind:
        case QuestionKind.SUPPLY:
            assert unanswered.supply is not None
            return SupplyNotice(unanswered.supply.sheet, unanswered.supply.left, urging)
        case QuestionKind.CALL_BACK:
            by = name_of(unanswered.sender, unanswered.register)
            sheet, listed = sheet_of(order), unanswered.listed
            return CancelRequestNotice(person, order, sheet, by, is_urged=True, listed=listed)
        case (
            QuestionKind.APPROVAL
            | QuestionKind.CORRECTION
            | QuestionKind.REGISTER
            | QuestionKind.ANNOUNCEMENT
            | QuestionKind.REQUEST
            | QuestionKind.SENDER_PROOF
        ):
            region = order.customer.region if order.customer else None
            contact = Desk(unanswered.register).asked(Asked.SALES_ADMIN, region)
            report = OrderReport(order, Outcome(order.state.value), unanswered.findings)
            return ApprovalNotice(person, report, contact, urging)
        case unknown:
            assert_never(unknown)


def _topic(question: Question) -> str:
    """What tells the letters about one order apart; a supplementary list has a number of its own."""
    match question.kind:
        case QuestionKind.SUPPLY:
            return ""
        case QuestionKind.CALL_BACK:
            return f"-{CANCELLATION}-{question.mail_id}"
        case (
            QuestionKind.APPROVAL
            | QuestionKind.CORRECTION
            | QuestionKind.REGISTER
            | QuestionKind.ANNOUNCEMENT
            | QuestionKind.REQUEST
            | QuestionKind.SENDER_PROOF
        ):
            return f"-{question.role.value}"
        case unknown:
            assert_never(unknown)
