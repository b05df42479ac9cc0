"""Questions about an order: who has to agree, each asked at once by a letter of his own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.desk.intake import JudgedMail
from mailflow.desk.people import Desk
from mailflow.domain.answer import Word
from mailflow.domain.decision import OUTCOME_OF, Outcome
from mailflow.domain.effect import Ask, Effect, Post
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Trust
from mailflow.domain.notice import Letter
from mailflow.domain.notice_asked import ApprovalNotice
from mailflow.domain.notice_orders import OrderReport
from mailflow.domain.question import Question
from mailflow.domain.register import Person

WAITING = (Outcome.HELD, Outcome.REVIEW)


def approvals(mail: JudgedMail, report: OrderReport, desk: Desk) -> Iterator[Effect]:
    """Everyone whose yes an order needs is asked; nothing is asked where a yes would have nobody
    to give it, for then a person has to look anyway."""
    if report.outcome not in WAITING or not _can_answer(mail):
        return
    order = report.order
    region = order.customer.region if order.customer else None
    contact = desk.asked(Asked.SALES_ADMIN, region)
    for role, person in who_agrees(report, contact):
        allowed = (Word.AGREE, Word.REFUSE) if order.is_releasable else (Word.REFUSE,)
        yield Ask(
            Question(
                order=order.number,
                revision=order.revision,
                role=role,
                address=person.email,
                allowed=allowed,
                created=mail.facts.received,
                expires=mail.facts.received,
                mail_id=mail.mail_id,
            ),
            Letter(
                notice=ApprovalNotice(person, report, contact),
                to=(person.email,),
                subject_id=order.number,
                revision=order.revision,
                language=person.language or mail.language,
                mail_id=mail.mail_id,
            ),
        )


def _can_answer(mail: JudgedMail) -> bool:
    """Where the sender of an order is not proven, nobody's answer would be: nothing is asked by
    mail that no mail can decide."""
    return mail.facts.sender.trust is Trust.A


def told_or_asked(
    mail: JudgedMail, reports: tuple[OrderReport, ...], answer: Letter
) -> tuple[Effect, ...]:
    """The answer to the sender; where all he has to say is yes, it asks him. Only he may see the
    token, so others who get a copy then get a letter of their own, which asks nothing."""
    if mail.proposal is None or len(reports) != 1 or not _can_answer(mail):
        return (Post(answer),)
    order = reports[0].order
    question = Question(
        order=order.number,
        revision=order.revision,
        role=Asked.SENDER,
        address=answer.to[0],
        allowed=mail.proposal.words,
        created=mail.facts.received,
        expires=mail.facts.received,
        mail_id=mail.mail_id,
        proposal=mail.proposal,
    )
    copy = (Post(replace(answer, to=answer.cc, cc=())),) if answer.cc else ()
    return (Ask(question, replace(answer, cc=())), *copy)


def who_agrees(report: OrderReport, contact: Person | None) -> tuple[tuple[Asked, Person], ...]:
    """Each person once, with the part in which he is asked; the sales admin stands in for a part
    that nobody has. Empty where not even he is there."""
    people: dict[str, tuple[Asked, Person]] = {}
    for asked, person in report.waits_on:
        if OUTCOME_OF[asked] not in WAITING:
            continue
        role, somebody = (asked, person) if person else (Asked.SALES_ADMIN, contact)
        if somebody is None:
            return ()
        people.setdefault(somebody.email.casefold(), (role, somebody))
    return tuple(people.values())
