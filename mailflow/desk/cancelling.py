"""Cancelling: the sender of an order takes it back in one word, as long as it is not decided."""

from __future__ import annotations

from mailflow.desk.answers import REASONS
from mailflow.desk.people import language_of
from mailflow.domain.effect import CloseOrder, Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import Head, MailState, Origin, thread_of
from mailflow.domain.notice import Letter, ReplyNotice, Verdict
from mailflow.domain.order import BookedOrder, OrderState, with_state

UNDECIDED = (OrderState.HELD, OrderState.REVIEW, OrderState.RETURNED)


def may_cancel(order: BookedOrder, origin: Origin, facts: Facts) -> bool:
    """What is with the warehouse, changed or not, is called back by people; another's order is not
    his to cancel."""
    address = (facts.sender.address or "").casefold()
    is_listed = order.amends is not None
    return order.state in UNDECIDED and not is_listed and address == origin.sender.casefold()


def effects_of_cancelling(
    mail: tuple[int, Head], order: BookedOrder, facts: Facts, language: str
) -> tuple[Effect, ...]:
    """The order is closed, what was asked of others about it is superseded, its sender is told."""
    mail_id, head = mail
    address = facts.sender.address or ""
    closed = with_state(order, OrderState.CLOSED)
    verdict = Verdict.CANCELLED
    letter = Letter(
        notice=ReplyNotice(verdict, closed, None, address),
        to=(address,),
        subject_id=f"{order.number}-M{mail_id}",
        about=order.number,
        revision=order.revision,
        language=language_of(facts.sender, language),
        thread=thread_of(head),
        mail_id=mail_id,
    )
    return (
        CloseOrder(closed, f"M{mail_id} {address}: cancel"),
        Post(letter),
        SettleMail(MailState.DONE, REASONS[verdict]),
    )
