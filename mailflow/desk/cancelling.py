"""Cancelling: whoever sent an order takes it back in one word as long as nobody has its list; after
that the sales admin is asked, and after shipping it is too late."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.desk.answers import REASONS
from mailflow.desk.calling_back import asked_to_call_back, sheet_of
from mailflow.desk.people import Desk, language_of
from mailflow.domain.access import may_for
from mailflow.domain.access_table import Action
from mailflow.domain.effect import Ask, CloseOrder, Effect, Post, SettleMail
from mailflow.domain.effect_goods import Withdraw
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, MailState, Origin, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_asked import ReplyNotice, Verdict
from mailflow.domain.order import (
    IN_BOOKS,
    BookedOrder,
    Listed,
    OrderState,
    list_number,
    with_state,
)
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.value import dataclass

UNDECIDED = (OrderState.HELD, OrderState.REVIEW, OrderState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMail:
    """A mail that asks to cancel a whole order, and the books of it.

    `is_bare`: it is the one word and nothing else. `listed`: whether its list is out;
    `has_left`: whether goods of the order are. `reason` is what was written besides.
    """

    mail_id: int
    head: Head
    order: BookedOrder
    origin: Origin
    facts: Facts
    questions: tuple[Question, ...] = ()
    is_bare: bool
    listed: Listed
    has_left: bool
    reason: str = ""
    language: str = "zh"

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""

    @property
    def may_at_once(self) -> bool:
        """Another's order is not his to take back; a change of one that is listed is no order."""
        order = self.order
        is_here = order.state in UNDECIDED or (
            order.state is OrderState.ACCEPTED and self.listed is not Listed.OUT
        )
        is_his = self.address.casefold() == self.origin.sender.casefold()
        return is_here and order.amends is None and is_his and self.is_bare

    @property
    def may_ask(self) -> bool:
        customer = self.order.customer
        is_accepted = self.order.state in IN_BOOKS
        sender, register = self.facts.sender, self.facts.register
        is_his = customer is not None and may_for(sender, Action.CANCEL, customer, register)
        return is_accepted and is_his

    @property
    def asked_before(self) -> Question | None:
        return next(
            (
                q
                for q in self.questions
                if q.cancels and q.state is QuestionState.OPEN and q.revision == self.order.revision
            ),
            None,
        )


def effects_of_cancelling(mail: CancelMail) -> tuple[Effect, ...] | None:
    """None where it is not his to cancel, or nobody is there to ask: a person reads it."""
    if mail.may_at_once:
        return (*_taken_back(mail), SettleMail(MailState.DONE, REASONS[Verdict.CANCELLED]))
    if not mail.may_ask:
        return None
    region = mail.order.customer.region if mail.order.customer else None
    admin = Desk(mail.facts.register).asked(Asked.SALES_ADMIN, region)
    if admin is None:
        return None
    verdict = Verdict.PASSED_ON
    asking: tuple[Effect, ...] = ()
    if mail.has_left or mail.order.state is OrderState.SHIPPED:
        verdict = Verdict.TOO_LATE
    elif mail.asked_before is None:
        wish = (mail.reason, mail.listed)
        asked = (mail.mail_id, mail.order, admin, mail.facts, wish, mail.language)
        asking = tuple(asked_to_call_back(*asked))
    end = SettleMail(MailState.DONE, REASONS[verdict])
    if any(isinstance(e, Ask) and e.question.is_put_to(mail.address) for e in asking):
        return (*asking, end)  # it is put to himself: that he is asked says all
    return (*asking, Post(_reply(mail, verdict, mail.order, admin.name)), end)


def _taken_back(mail: CancelMail) -> Iterator[Effect]:
    """The order is closed, what was asked of others about it is superseded, its sender is told."""
    order = mail.order
    closed = with_state(order, OrderState.CLOSED)
    why = f"M{mail.mail_id} {mail.address}: cancel"
    yield CloseOrder(closed, why)
    if order.state is OrderState.ACCEPTED:
        yield Withdraw(list_number(order.number), order.revision, why)
    yield Post(_reply(mail, Verdict.CANCELLED, closed, mail.address))


def _reply(mail: CancelMail, verdict: Verdict, order: BookedOrder, owner: str) -> Letter:
    return Letter(
        notice=ReplyNotice(verdict, order, None, owner, by=sheet_of(order), listed=mail.listed),
        to=(mail.address,),
        subject_id=f"{order.number}-M{mail.mail_id}",
        about=order.number,
        revision=order.revision,
        language=language_of(mail.facts.sender, mail.language),
        thread=thread_of(mail.head),
        mail_id=mail.mail_id,
    )
