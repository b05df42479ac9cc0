"""Notices of what is asked of people, and of what they answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from mailflow.domain.asking import Urging
from mailflow.domain.chase import Stage
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.notice_orders import OrderReport
from mailflow.domain.order import BookedOrder, Listed
from mailflow.domain.question import Question
from mailflow.domain.register import Person
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class ApprovalNotice:
    """To the person who must agree before an order moves; `contact` is the sales admin."""

    recipient: Person
    report: OrderReport
    contact: Person | None
    urging: Urging = Urging.NONE
    code: ClassVar[str] = "approval-request"


class Verdict(StrEnum):
    """What became of an answer."""

    AGREED = "agreed"
    """The last yes that was needed: the order is released."""
    NOTED = "noted"
    """A yes; others are still to say theirs."""
    ACCEPTED = "accepted"
    """All proposals are taken: an order is made of them."""
    REFUSED = "refused"
    UNCLEAR = "unclear"
    """More than one word, or none that counts: asked back."""
    UNREASONED = "unreasoned"
    """Loose tins without a reason, or with one that asks for more: asked back."""
    TORN = "torn"
    """What the mail refers to does not fit together: asked back."""
    BESIDE = "beside"
    """A word above something attached: that was dealt with, the word was not: asked back."""
    NOT_YOURS = "not-yours"
    ALREADY = "already"
    """This question was answered before."""
    SUPERSEDED = "superseded"
    """The order was decided otherwise, or read anew."""
    MOVED = "moved"
    """Somebody else was asked meanwhile, since no answer had come."""
    EXPIRED = "expired"
    NOT_SUPPLIED = "not-supplied"
    """A no to a supplementary list: what is short stays short."""
    CANCELLED = "cancelled"
    """Its sender took an order back before it was decided; no question is answered by it."""
    PASSED_ON = "passed-on"
    """The list is out: the sales admin is asked whether it is called back."""
    TOO_LATE = "too-late"
    """Goods have left."""
    CALLED_BACK = "called-back"
    """The sales admin agreed to cancel an order whose list was out."""
    KEPT = "kept"
    """He did not: order and list stand."""


TOLD_IN_REPLY = tuple(v for v in Verdict if v is not Verdict.ACCEPTED)
"""Proposals that are taken make an order, which has an answer of its own."""


@dataclass(frozen=True, slots=True)
class ReplyNotice:
    """To whoever answered a question: what became of the answer.

    `owner` is who was asked, `by` who decided where somebody did, `waiting` whose answers are
    still open; all by name. `said` is the line that was not understood.
    """

    verdict: Verdict
    order: BookedOrder
    question: Question | None
    owner: str
    by: str = ""
    said: str = ""
    waiting: tuple[str, ...] = ()
    listed: Listed = Listed.OUT
    """Where the order's list is."""
    code: ClassVar[str] = "question-answered"


@dataclass(frozen=True, slots=True)
class RefusalNotice:
    """To whoever sent an order: it was refused by the person who was asked, and is closed.

    `reason` is what that person wrote below his word; it may be empty.
    """

    order: BookedOrder
    by: str
    role: Asked
    reason: str
    subject: str
    code: ClassVar[str] = "order-refused"


@dataclass(frozen=True, slots=True)
class ReturnedNotice:
    """To whoever sent an order that was returned: it waits for his correction, or was closed.

    `findings` are what he has to correct; `closes` the instant after which it is closed.
    """

    order: BookedOrder
    findings: tuple[Finding, ...]
    subject: str
    stage: Stage
    closes: datetime
    code: ClassVar[str] = "order-reminder"
