"""Where an order stands: on whom it waits, what is listed, what left and what arrived."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState
from mailflow.domain.order import BookedOrder, OrderState
from mailflow.domain.value import dataclass


class Step(StrEnum):
    """The one thing that is to happen next, or that has happened last."""

    CHECKING = "checking"
    """A sales admin looks at it."""
    APPROVAL = "approval"
    """Somebody has to say yes."""
    CORRECTING = "correcting"
    """Its sender is to mend it."""
    SHORT = "short"
    """Accepted, and nothing of it is in stock."""
    TO_SHIP = "to-ship"
    PARTLY = "partly"
    """Some of it has left, or all that was listed while the rest is short."""
    UNDER_WAY = "under-way"
    DELIVERED = "delivered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLoad:
    """A load that counts. `delivered_on` may be None where only the fact was told."""

    tins: int
    carrier: str
    waybill: str
    shipped_on: date
    is_delivered: bool = False
    delivered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedList:
    """The newest revision of a dispatch list, with every load of its number."""

    number: str
    revision: int
    issued: date
    tins: int
    loads: tuple[SentLoad, ...] = ()
    is_lost: bool = False
    """Its letter was refused or came back: nobody of the warehouse has it by mail."""

    @property
    def left(self) -> int:
        """Tins that have left."""
        return sum(load.tins for load in self.loads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """An open case: whose turn it is, why, since when. `addresses` are those whom an open question
    was put to."""

    asked: Asked
    reason: str
    since: datetime
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStatus:
    """`sender` is the address its mail came from; `short` are tins that no list tells to send."""

    order: BookedOrder
    sender: str
    awaited: tuple[Awaited, ...] = ()
    lists: tuple[IssuedList, ...] = ()
    short: int = 0

    @property
    def left(self) -> int:
        return sum(each.left for each in self.lists)

    @property
    def step(self) -> Step:
        match self.order.state:
            case OrderState.REVIEW:
                return Step.CHECKING
            case OrderState.HELD:
                return Step.APPROVAL
            case OrderState.RETURNED:
                return Step.CORRECTING
            case OrderState.CLOSED:
                return Step.CLOSED
            case OrderState.SHIPPED:
                loads = [load for each in self.lists for load in each.loads]
                return Step.DELIVERED if all(x.is_delivered for x in loads) else Step.UNDER_WAY
            case OrderState.ACCEPTED:
                if not self.lists:
                    return Step.SHORT
                return Step.PARTLY if self.left else Step.TO_SHIP


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStatus:
    """A mail without orders, as its receipt stands."""

    number: str
    sender: str
    subject: str
    received: datetime
    state: MailState
    reason: str
    region: str = ""
    """Of its open case."""
    awaited: tuple[Awaited, ...] = ()
