"""Returned orders are not forgotten: their senders are reminded, and in the end they are closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mailflow.desk.people import Desk
from mailflow.domain.access import may_for
from mailflow.domain.access_table import Action
from mailflow.domain.chase import Stage
from mailflow.domain.effect import CloseOrder, Effect, Post
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Origin, Trust
from mailflow.domain.notice import Letter
from mailflow.domain.notice_asked import ReturnedNotice
from mailflow.domain.order import BookedOrder, OrderState, with_state
from mailflow.domain.question import Question
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Uncorrected:
    """A returned order, what was wrong with it, and what its sender is asked in one word, where
    he is. `closes` is the instant after which it is closed."""

    order: BookedOrder
    findings: tuple[Finding, ...]
    origin: Origin
    question: Question | None
    closes: datetime
    register: Register
    language: str = "zh"


def effects_on_returned(stage: Stage, uncorrected: Uncorrected) -> Iterator[Effect]:
    order = uncorrected.order
    if stage is Stage.CLOSE:
        why = "not corrected in time"
        yield CloseOrder(with_state(order, OrderState.CLOSED), why)
    letter = _letter(stage, uncorrected)
    if letter is not None:
        yield Post(letter)


def _letter(stage: Stage, uncorrected: Uncorrected) -> Letter | None:
    """In his thread, to who sent it; that it is closed his manager and the sales admin hear too.
    Who is not in the registers any more is not written to."""
    register = uncorrected.register
    is_end = stage is Stage.CLOSE
    wanted = [_corrector(uncorrected), *(_others(uncorrected) if is_end else ())]
    once = {a.casefold(): a for a in reversed(wanted) if register.knows(a)}
    people = tuple(reversed(once.values()))
    if not people:
        return None
    return _to(people, stage, uncorrected, stage.value)


def letter_handed_over(uncorrected: Uncorrected) -> Letter | None:
    """To the manager of now, who has not heard of it; None where nobody knows him."""
    address = uncorrected.order.customer.regional_manager if uncorrected.order.customer else ""
    people = uncorrected.register.managers(address)[:1]
    if not people:
        return None
    return _to((people[0].email,), Stage.REMIND, uncorrected, "handover")


def _corrector(uncorrected: Uncorrected) -> str:
    """Who sent it, as long as he orders for that distributor; then its manager of now."""
    register, customer = uncorrected.register, uncorrected.order.customer
    sender = uncorrected.origin.sender
    now = register.by_code.get(customer.code.casefold()) if customer else None
    if now is None or _is_strange(uncorrected):
        return sender
    people, customers = register.person(sender), register.customers_of(sender)
    may = may_for(Sender(sender, Trust.A, people, customers), Action.ORDER, now, register)
    return sender if may or not register.managers(now.regional_manager) else now.regional_manager


def _is_strange(uncorrected: Uncorrected) -> bool:
    """Whether who sent it never was to order for that distributor."""
    return any(f.code == "not-entitled" for f in uncorrected.findings)


def _to(people: tuple[str, ...], stage: Stage, uncorrected: Uncorrected, what: str) -> Letter:
    register, order, origin = uncorrected.register, uncorrected.order, uncorrected.origin
    is_open = uncorrected.question is not None and stage is not Stage.CLOSE
    language = next((p.language for p in register.person(people[0]) if p.language), None)
    return Letter(
        notice=ReturnedNotice(
            order=order,
            findings=tuple(f for f in uncorrected.findings if f.asked is Asked.SENDER),
            subject=origin.subject,
            stage=stage,
            closes=uncorrected.closes,
        ),
        to=people[:1],
        # Who gets a copy must not see the token; nobody does where there is one.
        cc=people[1:],
        subject_id=f"{order.number}-{what}",
        about=order.number,
        revision=order.revision,
        language=language or uncorrected.language,
        thread=origin.thread if origin.message_id else None,
        mail_id=order.mail_id,
        question=uncorrected.question if is_open else None,
    )


def _others(uncorrected: Uncorrected) -> Iterator[str]:
    """The manager where whoever sent it may order for that distributor: others' business is not
    told to him; the sales admin in any case."""
    customer = uncorrected.order.customer
    if customer is not None and not _is_strange(uncorrected):
        yield customer.regional_manager
    admin = Desk(uncorrected.register).asked(
        Asked.SALES_ADMIN, customer.region if customer else None
    )
    if admin is not None:
        yield admin.email
