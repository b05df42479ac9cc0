"""A dispatch list is called back: asked of the sales admin, and told to the warehouse once he agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime

from mailflow.desk.ended_supplies import effects_on_supplies
from mailflow.desk.orders import too_late
from mailflow.desk.people import Desk, addresses
from mailflow.desk.release import in_his_thread, name_of, told
from mailflow.domain.answer import Word
from mailflow.domain.case import Case
from mailflow.domain.decision import Outcome
from mailflow.domain.effect import Ask, CloseOrder, Effect, EndCase, OpenCase, Post
from mailflow.domain.effect_goods import Withdraw
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Origin
from mailflow.domain.notice import Letter
from mailflow.domain.notice_late import (
    CancelDecidedNotice,
    CancelRequestNotice,
    ListCancelledNotice,
)
from mailflow.domain.notice_orders import AnswerNotice
from mailflow.domain.order import BookedOrder, Listed, OrderState, list_number, with_state
from mailflow.domain.order_change import changes_of, ordered_of
from mailflow.domain.question import Question
from mailflow.domain.register import Person, Register
from mailflow.domain.value import dataclass

CANCELLATION = "cancellation"
LONGEST_REASON = 300


def sheet_of(order: BookedOrder) -> str:
    return f"{list_number(order.number)} R{order.revision}"


def asked_to_call_back(
    mail_id: int,
    order: BookedOrder,
    admin: Person,
    facts: Facts,
    wish: tuple[str, Listed],
    language: str,
) -> Iterator[Effect]:
    """Until he agrees the order and its list stand as they are. `wish`: what was written, and where
    the list then is."""
    address, (reason, listed) = facts.sender.address or "", wish
    by = name_of(address, facts.register)
    said = reason[:LONGEST_REASON]
    notice = CancelRequestNotice(admin, order, sheet_of(order), by, said, listed=listed)
    yield Ask(
        _question(mail_id, order, admin, facts.received),
        Letter(
            notice=notice,
            to=(admin.email,),
            # A further wish after a no is a further question.
            subject_id=f"{order.number}-M{mail_id}",
            about=order.number,
            revision=order.revision,
            language=admin.language or language,
            mail_id=mail_id,
        ),
    )
    yield OpenCase(
        Case(
            number=order.number,
            kind="order",
            subject_id=order.number,
            waits_on=Asked.SALES_ADMIN,
            region=order.customer.region if order.customer else "",
            reason=CANCELLATION,
            since=facts.received,
        )
    )


def _question(mail_id: int, order: BookedOrder, admin: Person, at: datetime) -> Question:
    return Question(
        order=order.number,
        revision=order.revision,
        role=Asked.SALES_ADMIN,
        address=admin.email,
        allowed=(Word.CANCEL, Word.REFUSE),
        created=at,
        expires=at,
        mail_id=mail_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack:
    """What a sales admin said of a list that is to be called back. `reason` stands below his word;
    without `is_listed` there never was a list."""

    order: BookedOrder
    origin: Origin
    register: Register
    mail_id: int
    by: str
    why: str
    reason: str = ""
    is_listed: bool = True
    supplied: Mapping[str, BookedOrder] = field(default_factory=dict)
    """Its supplementary lists: one may have been issued since the sales admin was asked."""

    @property
    def desk(self) -> Desk:
        return Desk(self.register)


def effects_of_yes(back: CalledBack) -> Iterator[Effect]:
    """The order ends, a list that has not left stays here, and whoever has it hears."""
    order = back.order
    closed = with_state(order, OrderState.CLOSED)
    yield CloseOrder(closed, back.why)
    yield Withdraw(list_number(order.number), order.revision, back.why)
    if back.is_listed:
        yield Post(_to_warehouse(back, closed))
    yield from effects_on_supplies(back.supplied, back.desk, back.mail_id, back.why)
    yield Post(_to_sender(back, closed, is_cancelled=True))


def effects_of_no(back: CalledBack, *, is_late: bool = False) -> Iterator[Effect]:
    """`is_late`: whatever he said, goods have left."""
    # What else waits of the order, as a truck that is late, still does.
    yield EndCase(back.order.number, back.why)
    yield Post(_to_sender(back, back.order, is_cancelled=False, is_late=is_late))


def _to_warehouse(back: CalledBack, order: BookedOrder) -> Letter:
    region = order.customer.region if order.customer else None
    warehouse = back.desk.warehouse(region)
    contact = back.desk.asked(Asked.SALES_ADMIN, region)
    return Letter(
        notice=ListCancelledNotice(order, sheet_of(order), contact),
        to=addresses(warehouse),
        subject_id=list_number(order.number),
        revision=order.revision,
        language=warehouse[0].language or "zh",
        mail_id=back.mail_id,
    )


def _to_sender(
    back: CalledBack, order: BookedOrder, *, is_cancelled: bool, is_late: bool = False
) -> Letter:
    register, origin = back.register, back.origin
    to, copies = told(order, register, origin)
    notice = CancelDecidedNotice(
        order=order,
        sheet=sheet_of(order) if back.is_listed else "",
        is_cancelled=is_cancelled,
        by=name_of(back.by, register),
        subject=origin.subject,
        reason=back.reason[:LONGEST_REASON],
        is_late=is_late,
    )
    language = next((p.language for p in register.person(to) if p.language), None)
    return Letter(
        notice=notice,
        to=(to,),
        cc=copies,
        subject_id=f"{order.number}-M{back.mail_id}",
        about=order.number,
        revision=order.revision,
        language=language or "zh",
        thread=origin.thread if origin.message_id else None,
        mail_id=back.mail_id,
    )


def change_too_late(order: BookedOrder, before: BookedOrder, back: CalledBack) -> Letter:
    """To whoever wanted an order changed of which goods have left before anybody agreed."""
    register, origin = back.register, back.origin
    to, _ = told(order, register, origin)
    notice = AnswerNotice(
        recipient=name_of(to, register),
        subject=origin.subject,
        received=order.received,
        outcome=Outcome.ACCEPTED,
        reports=(too_late(before, changes_of(ordered_of(before), ordered_of(order))),),
    )
    letter = in_his_thread(notice, order, register, origin)
    return replace(letter, subject_id=f"{order.number}-M{back.mail_id}-late")
