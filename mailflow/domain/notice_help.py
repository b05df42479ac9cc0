"""The letters that answer what people ask of the desk itself: what they can do, where things stand."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mailflow.domain.access_table import Action, Scope
from mailflow.domain.coming import Coming
from mailflow.domain.finding import Asked
from mailflow.domain.notice_request import RequestTold
from mailflow.domain.order_status import MailStatus, OrderStatus, Step
from mailflow.domain.request import Text
from mailflow.domain.value import dataclass

MOST_NAMED = 4
MOST_LISTED = 30
"""Orders, and requests, that a letter tells one by one; all of them stand in a sheet beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one may do, for whom, and with what an example of it can be made.

    `names` are distributors or regions, as `scope` says; `who`, `number` and `period` stand in
    examples and are empty where nothing fits.
    """

    action: Action
    scope: Scope
    names: tuple[str, ...] = ()
    who: str = ""
    number: str = ""
    period: str = ""
    kinds: tuple[Text, ...] = ()
    """What kinds of requests he may make."""

    @property
    def named(self) -> tuple[str, ...]:
        return self.names[:MOST_NAMED]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTheirs:
    """What was asked by somebody who may not know it, and the names of those to ask."""

    action: Action
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNotice:
    """To whoever asked for help, or for what is not his to know: what he can do by mail, and how."""

    recipient: str
    subject: str
    offers: tuple[Offer, ...]
    coming: Coming = Coming()
    refused: NotTheirs | None = None
    code: ClassVar[str] = "help-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn it is since when, and why; `names` may be empty where nobody is known."""

    asked: Asked
    reason: str
    since: datetime
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTold:
    """One order with those on whom it waits, as far as he who asks may know."""

    status: OrderStatus
    turns: tuple[Turn, ...] = ()

    @property
    def step(self) -> Step:
        return self.status.step


_STEPS = (
    *(Step.CORRECTING, Step.CHECKING, Step.APPROVAL, Step.SHORT),
    *(Step.TO_SHIP, Step.PARTLY, Step.UNDER_WAY, Step.DELIVERED, Step.CLOSED),
)


def urgency(told: OrderTold) -> tuple[int, datetime, str]:
    """The most urgent first: what waits on a person before what waits on goods before what is under
    way, and of each the oldest."""
    order = told.status.order
    since = min((turn.since for turn in told.turns), default=order.received)
    return _STEPS.index(told.step), since, order.number


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTold:
    status: MailStatus
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusNotice:
    """To whoever asked where something stands.

    `asked` are the numbers that he named, none where he asked for all that is his; `unknown` those
    of them that are nothing, or nothing that he may know of.
    """

    subject: str
    orders: tuple[OrderTold, ...] = ()
    mails: tuple[MailTold, ...] = ()
    requests: tuple[RequestTold, ...] = ()
    asked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    coming: Coming = Coming()
    code: ClassVar[str] = "status-answer"

    @property
    def listed(self) -> tuple[OrderTold, ...]:
        return self.orders[:MOST_LISTED]

    @property
    def listed_requests(self) -> tuple[RequestTold, ...]:
        return self.requests[:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        """How many of them the letter has no room for."""
        every = len(self.orders) + len(self.requests)
        return every - len(self.listed) - len(self.listed_requests)

    @property
    def only(self) -> OrderTold | None:
        """The one order that it is about."""
        is_one = len(self.orders) == 1 and not (self.mails or self.requests or self.unknown)
        return self.orders[0] if is_one else None
