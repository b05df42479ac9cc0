"""A person lets a waiting order go: it is listed as it stands, and its manager is told."""

from __future__ import annotations

from datetime import date

from mailflow.desk.orders import dispatch_list_of, list_letter
from mailflow.desk.people import Desk
from mailflow.domain.decision import Outcome
from mailflow.domain.effect import Effect, Post, ReleaseOrder
from mailflow.domain.notice import AnswerNotice, Letter, ListFile, OrderReport
from mailflow.domain.order import BookedOrder, OrderState, with_state
from mailflow.domain.register import Register

WAITING = (OrderState.HELD, OrderState.REVIEW)


class NotReleasable(Exception):
    """The order cannot go as it stands; the text says why and what can be done."""


def effects_of_release(
    order: BookedOrder, register: Register, today: date, reason: str
) -> tuple[Effect, ...]:
    """Raises `NotReleasable`."""
    if order.state not in WAITING:
        raise NotReleasable(
            f"order {order.number} is {order.state}: only one that is held or in review can be "
            "released; one that was returned comes back corrected by its manager"
        )
    if order.customer is None or not order.lines or not order.is_complete:
        raise NotReleasable(
            f"order {order.number} was not fully understood: ask for a corrected one, then "
            f"`mailflow close order {order.number} --reason …`"
        )
    desk = Desk(register)
    released = with_state(order, OrderState.ACCEPTED)
    sheet = dispatch_list_of(released, today, f"mail {order.mail_id}")
    report = OrderReport(released, Outcome.ACCEPTED, (), sheet)
    manager = register.person(order.customer.regional_manager)
    letter = Letter(
        notice=AnswerNotice(
            recipient=manager[0].name if manager else order.customer.name,
            subject=order.number,
            received=order.received,
            outcome=Outcome.ACCEPTED,
            reports=(report,),
        ),
        to=(order.customer.regional_manager,),
        subject_id=f"{order.number}-released",
        revision=order.revision,
        language=(manager[0].language if manager else None) or "zh",
        enclosures=(ListFile(sheet),),
        mail_id=order.mail_id,
    )
    return (
        ReleaseOrder(released, sheet, reason),
        Post(list_letter(sheet, desk, order.mail_id, "zh")),
        Post(letter),
    )
