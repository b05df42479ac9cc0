"""Supplementary lists as the books know them: what one would send, and what an answer to it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mailflow.desk.answer_mail import AnswerMail, verdict_of
from mailflow.desk.answers import REASONS, reply_to
from mailflow.desk.supplying import Supply, effects_of_supply
from mailflow.domain.allocation import Covers, Shortage
from mailflow.domain.answer import Word
from mailflow.domain.effect import AnswerQuestion, Effect, EndCase, Post, SettleMail
from mailflow.domain.mail import MailState
from mailflow.domain.notice_asked import Verdict
from mailflow.domain.order import Listed, OrderState
from mailflow.domain.question import QuestionState
from mailflow.ports import Work


def supply_of(
    shortages: Sequence[Shortage], covers: Covers, work: Work, today: date, number: str = ""
) -> Supply | None:
    """Under a number of its own where none was given out yet. None where the order is not accepted
    any more: it lacks nothing then."""
    first = shortages[0]
    order = work.load_revision(first.order, first.revision)
    if order is None or order.state is not OrderState.ACCEPTED:
        return None
    origin = work.origin(order.mail_id)
    number = number or work.shortages.next_supply(order.number)
    return Supply(number, order, origin, tuple(shortages), covers, today)


def effects_of_supply_answer(mail: AnswerMail, work: Work) -> tuple[Effect, ...]:
    """One word of the sales admin who was asked; a yes sends just what he saw, where it still lies
    there."""
    verdict = verdict_of(mail)
    supply = _proposed(mail, work) if verdict is Verdict.AGREED else None
    if verdict is Verdict.AGREED and supply is None:
        verdict = Verdict.SUPERSEDED
    if verdict is Verdict.REFUSED:
        verdict = Verdict.NOT_SUPPLIED
    return (
        *_consequences(mail, verdict, supply),
        Post(reply_to(mail, verdict, Listed.OUT if supply else mail.listed)),
        SettleMail(MailState.DONE, REASONS[verdict]),
    )


def _consequences(mail: AnswerMail, verdict: Verdict, supply: Supply | None) -> Iterator[Effect]:
    question, received = mail.question, mail.facts.received
    if verdict in (Verdict.AGREED, Verdict.NOT_SUPPLIED):
        word = Word.AGREE if verdict is Verdict.AGREED else Word.REFUSE
        yield AnswerQuestion(question.answered_with(word, mail.address, mail.mail_id, received))
        yield EndCase(question.order, f"M{mail.mail_id} {mail.address}: {word.value}")
    elif verdict is Verdict.EXPIRED and question.state is QuestionState.OPEN:
        yield AnswerQuestion(question.expired_by(mail.address, mail.mail_id, received))
    if supply is not None:
        yield from effects_of_supply(supply, mail.facts.register, mail.language)


def _proposed(mail: AnswerMail, work: Work) -> Supply | None:
    """None where the stock would not do for it any more."""
    number, register = mail.question.order, mail.facts.register
    mine = _shortages_of(number, work)
    customer = mail.order.customer
    if not mine or customer is None:
        return None
    count = work.count_of(register.warehouse_of(customer.region))
    if count is None:
        return None
    free = work.stock().available(count)
    needed: dict[str, int] = {}
    for shortage in mine:
        needed[shortage.sku] = needed.get(shortage.sku, 0) + shortage.proposed
    if any(tins > free.get(sku, 0) for sku, tins in needed.items()):
        return None
    return proposed(number, work, mail.today)


def proposed(number: str, work: Work, today: date) -> Supply | None:
    """What a supplementary list would send that was asked about, whether or not it still lies there.
    None where nothing of it is wanted any more."""
    mine = _shortages_of(number, work)
    if not mine:
        return None
    covers = tuple((s.id, s.proposed) for s in mine)
    return supply_of(mine, covers, work, today, number)


def _shortages_of(number: str, work: Work) -> tuple[Shortage, ...]:
    every = work.shortages.open_ones()
    return tuple(s for s, _ in every if s.proposal == number and s.proposed)
