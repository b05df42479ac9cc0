"""A message came back: it is marked, and where goods hang on it somebody hears at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailflow.desk.people import addresses
from mailflow.domain.bounce import Bounce, Sent, UndeliveredNotice
from mailflow.domain.effect import Effect, MarkBounced, Post
from mailflow.domain.notice import Letter
from mailflow.domain.notice_late import ListCancelledNotice
from mailflow.domain.notice_orders import ListNotice
from mailflow.domain.order import BookedOrder
from mailflow.domain.register import Person, Register, Role

URGENT = (ListNotice.code, ListCancelledNotice.code)
"""The warehouse picks, or goes on picking, what it does not know of; all else has time until the
next digest."""


def effects_of_a_bounce_on(
    message: Sent,
    bounce: Bounce,
    order: BookedOrder | None,
    register: Register,
    language: str,
) -> Iterator[Effect]:
    """`order` is the one a list belongs to, where it is known."""
    yield MarkBounced(message, bounce.why)
    if message.notice not in URGENT:
        return
    region = order.customer.region if order and order.customer else None
    told = _who_can_be_told(register, region, message.recipient)
    if told:
        yield Post(
            Letter(
                notice=UndeliveredNotice(message, bounce.why),
                to=addresses(told),
                subject_id=f"{message.subject_id}-{message.id}",
                about=message.subject_id,
                language=told[0].language or language,
            )
        )


def _who_can_be_told(register: Register, region: str | None, back: str) -> Sequence[Person]:
    """The sales admin of the region, else who runs the machine; never whoever was not reached."""
    for role in (Role.SALES_ADMIN, Role.IT_ADMIN):
        people = [p for p in register.people(role, region) if p.email.casefold() != back.casefold()]
        if people:
            return people
    return ()
