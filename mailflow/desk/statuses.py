"""Who may know where an order stands, and what he is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from mailflow.desk.release import name_of
from mailflow.domain.access import ROLE_OF, may_for, may_in
from mailflow.domain.access_table import Action
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.notice_help import MailTold, OrderTold, Turn
from mailflow.domain.order_status import Awaited, MailStatus, OrderStatus
from mailflow.domain.register import Register


class Sight(Enum):
    """How much of an order somebody sees."""

    WHOLE = auto()
    GOODS = auto()
    """What was listed and left; nothing of what was decided, nor of what waits."""


def sight(status: OrderStatus, sender: Sender, register: Register) -> Sight | None:
    """None: he may not know that there is such an order. Whoever sent it may, whosever it is."""
    if _is(status.sender, sender):
        return Sight.WHOLE
    customer = status.order.customer
    if customer is None:
        return Sight.WHOLE if may_in(sender.people, Action.DECIDE, None, register) else None
    if may_for(sender, Action.STATUS, customer, register):
        return Sight.WHOLE
    if status.lists and may_for(sender, Action.GOODS, customer, register):
        return Sight.GOODS
    return None


def orders_told(
    statuses: Iterable[OrderStatus], sender: Sender, register: Register
) -> Iterator[OrderTold]:
    """Those that he may know of."""
    for status in statuses:
        seen = sight(status, sender, register)
        if seen is None:
            continue
        customer = status.order.customer
        region = customer.region if customer else ""
        is_whole = seen is Sight.WHOLE
        turns = tuple(_turns(status.awaited, region, register)) if is_whole else ()
        yield OrderTold(status=status, turns=turns)


def mail_told(status: MailStatus, sender: Sender, register: Register) -> MailTold | None:
    """To whoever sent it, and to the sales admin of its case."""
    is_admins = bool(status.awaited) and may_in(
        sender.people, Action.DECIDE, status.region or None, register
    )
    if not (_is(status.sender, sender) or is_admins):
        return None
    return MailTold(status=status, turns=tuple(_turns(status.awaited, status.region, register)))


def _is(address: str, sender: Sender) -> bool:
    return bool(address) and address.casefold() == (sender.address or "").casefold()


def _turns(awaited: Sequence[Awaited], region: str, register: Register) -> Iterator[Turn]:
    for each in awaited:
        names = tuple(name_of(address, register) for address in each.addresses)
        if not names and (role := ROLE_OF.get(each.asked)):
            names = tuple(person.name for person in register.people(role, region or None))
        asked = each.asked if each.asked is not Asked.NOBODY else Asked.SALES_ADMIN
        yield Turn(asked=asked, reason=each.reason, since=each.since, names=names)
