"""A person lets a waiting order go: it is listed as it stands, and its manager is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mailflow.desk.booking import dispatch_list_of
from mailflow.desk.ended_supplies import effects_on_supplies
from mailflow.desk.orders import list_letter
from mailflow.desk.people import Desk
from mailflow.desk.shortages import Allotting, effects_on_shortage
from mailflow.domain.access import may_in
from mailflow.domain.access_table import Action
from mailflow.domain.at_hand import AtHand
from mailflow.domain.decision import Outcome
from mailflow.domain.deducting import Deducting
from mailflow.domain.effect import CloseOrder, Effect, Post, ReleaseOrder
from mailflow.domain.effect_goods import TakeSamples
from mailflow.domain.mail import Origin
from mailflow.domain.notice import Letter, ListFile, Notice
from mailflow.domain.notice_orders import AnswerNotice, OrderReport
from mailflow.domain.order import IN_BOOKS, BookedOrder, DispatchList, OrderState, with_state
from mailflow.domain.register import Register

WAITING = (OrderState.HELD, OrderState.REVIEW)


class NotReleasable(Exception):
    """The order cannot go as it stands; the text says why and what can be done."""


def effects_of_release(
    orders: tuple[BookedOrder, BookedOrder | None],
    register: Register,
    origin: Origin,
    today: date,
    reason: str,
    at_hand: AtHand,
    supplied: Mapping[str, BookedOrder],
) -> tuple[Effect, ...]:
    """The order, and the revision it amends where the warehouse has a list of that one: it ends in
    the same transaction, and the new list says what is different. `at_hand` is what
    it may get, as if it had got nothing yet; `supplied` are the supplementary lists of the revision that ends.

    Raises `NotReleasable`.
    """
    order, before = orders
    _assert_releasable(order)
    released = with_state(order, OrderState.ACCEPTED)
    released = Deducting(at_hand.shortfalls).less(released)
    before = before if before and before.state in IN_BOOKS else None
    source = origin.sha256 or f"mail {order.mail_id}"
    short = Allotting(register, at_hand.stock).short_of(released)
    sheet = dispatch_list_of(released, today, source, before, short)
    report = OrderReport(released, Outcome.ACCEPTED, (), sheet, short=short)
    to, copies = told(order, register, origin)
    notice = AnswerNotice(
        recipient=name_of(to, register),
        subject=origin.subject,
        received=order.received,
        outcome=Outcome.ACCEPTED,
        reports=(report,),
    )
    enclosed = (ListFile(sheet),) if sheet else ()
    return (
        *_ended((order, before), supplied, register, reason),
        ReleaseOrder(released, sheet, reason),
        *([TakeSamples(released)] if released.deductions or order.deductions else ()),
        *_listed(sheet, register),
        *effects_on_shortage(released, short, (to, *copies), "zh"),
        Post(in_his_thread(notice, order, register, origin, *enclosed)),
    )


def _ended(
    orders: tuple[BookedOrder, BookedOrder | None],
    supplied: Mapping[str, BookedOrder],
    register: Register,
    reason: str,
) -> Iterator[Effect]:
    order, before = orders
    if before is not None:
        why = f"revision {order.revision}: {reason}"
        yield CloseOrder(with_state(before, OrderState.CLOSED), why)
        yield from effects_on_supplies(supplied, Desk(register), order.mail_id, why)


def _listed(sheet: DispatchList | None, register: Register) -> Iterator[Effect]:
    if sheet is not None:
        yield Post(list_letter(sheet, Desk(register), sheet.order.mail_id, "zh"))


def _assert_releasable(order: BookedOrder) -> None:
    if order.state not in WAITING:
        raise NotReleasable(
            f"order {order.number} is {order.state}: only one that is held or in review can be "
            "released; one that was returned comes back corrected by its manager"
        )
    if not order.is_releasable:
        raise NotReleasable(
            f"order {order.number} was not fully understood: ask for a corrected one, then "
            f"`mailflow close order {order.number} --reason …`"
        )


def in_his_thread(
    notice: Notice,
    order: BookedOrder,
    register: Register,
    origin: Origin,
    *enclosures: ListFile,
) -> Letter:
    """A letter about an order that was answered before, in the thread of the mail it came in."""
    to, copies = told(order, register, origin)
    what = "released" if isinstance(notice, AnswerNotice) else "refused"
    sender = origin.sender
    if what == "refused" and sender not in (to, *copies) and register.knows(sender):
        # He may not order for this distributor, and was told with whom it lies: he hears the end.
        to, copies = sender, (to, *copies)
    language = next((p.language for p in register.person(to) if p.language), None)
    return Letter(
        notice=notice,
        to=(to,),
        cc=copies,
        subject_id=f"{order.number}-{what}",
        about=order.number,
        revision=order.revision,
        language=language or "zh",
        thread=origin.thread if origin.message_id else None,
        enclosures=enclosures,
        mail_id=order.mail_id,
    )


def told(order: BookedOrder, register: Register, origin: Origin) -> tuple[str, tuple[str, ...]]:
    """Who hears of it, and who gets a copy: whoever sent the order where he may, and its manager
    (rulings of the desk, 15); the manager alone of an order that another sent in his place."""
    customer, sender = order.customer, origin.sender
    if customer is None:
        return sender, ()
    manager = customer.regional_manager
    is_for_others = may_in(register.person(sender), Action.ORDER, None, register)
    if sender and (is_for_others or sender.casefold() == customer.email.casefold()):
        return sender, () if sender.casefold() == manager.casefold() else (manager,)
    return manager, ()


def name_of(address: str, register: Register) -> str:
    """The name in the registers; the address where it has none."""
    people, customers = register.person(address), register.customers_of(address)
    return people[0].name if people else customers[0].name if customers else address
