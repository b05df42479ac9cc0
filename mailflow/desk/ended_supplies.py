"""Supplementary lists of an order that is changed or called back end with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailflow.desk.people import Desk, addresses
from mailflow.domain.effect import Effect, Post
from mailflow.domain.effect_goods import Withdraw
from mailflow.domain.finding import Asked
from mailflow.domain.notice import Letter
from mailflow.domain.notice_late import ListCancelledNotice
from mailflow.domain.order import BookedOrder


def effects_on_supplies(
    supplied: Mapping[str, BookedOrder], desk: Desk, mail_id: int, why: str
) -> Iterator[Effect]:
    """Else the warehouse would send what nobody wants any more, or the same goods by two lists.
    `supplied` are their numbers, each with the lines of the order that it sends."""
    for number, order in supplied.items():
        region = order.customer.region if order.customer else None
        warehouse = desk.warehouse(region)
        contact = desk.asked(Asked.SALES_ADMIN, region)
        yield Withdraw(number, order.revision, why)
        yield Post(
            Letter(
                notice=ListCancelledNotice(order, f"{number} R{order.revision}", contact),
                to=addresses(warehouse),
                subject_id=number,
                revision=order.revision,
                language=warehouse[0].language or "zh",
                mail_id=mail_id,
            )
        )
