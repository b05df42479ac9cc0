"""Notices are the typed contents of letters; how they read is the templates' business."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from mailflow.domain.allocation import ShortGoods
from mailflow.domain.asking import Urging
from mailflow.domain.bounce import UndeliveredNotice
from mailflow.domain.budget import BudgetUse
from mailflow.domain.chase import Stage
from mailflow.domain.confirmed import NOTHING_CONFIRMED, Confirmed
from mailflow.domain.decision import Outcome
from mailflow.domain.document import Refused
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Thread
from mailflow.domain.money_notice import MoneyNotice
from mailflow.domain.notice_budget import BudgetNotice
from mailflow.domain.notice_clock import (
    DeliveredNotice,
    ShipReminderNotice,
    WaybillFile,
    WaybillsNotice,
)
from mailflow.domain.notice_dispute import DisputeNotice
from mailflow.domain.notice_goods import BatchFile, BatchNotice, GoodsSentNotice, ShippingNotice
from mailflow.domain.notice_help import HelpNotice, StatusNotice
from mailflow.domain.notice_late import (
    CancelDecidedNotice,
    CancelRequestNotice,
    ListCancelledNotice,
)
from mailflow.domain.notice_month import (
    ConsolidationNotice,
    GridFile,
    InventoryNotice,
    MonthGridNotice,
    ReportsDueNotice,
    StockFile,
    StockPictures,
)
from mailflow.domain.notice_payments import PaymentsDueNotice
from mailflow.domain.notice_register import RegisterChangedNotice, RegisterFile, RegisterNotice
from mailflow.domain.notice_statistics import StatisticsFile, StatisticsNotice, StatisticsPictures
from mailflow.domain.notice_stock import (
    Lack,
    ShortageNotice,
    StockNotice,
    SupplyNotice,
    lacks_of,
)
from mailflow.domain.order import BookedOrder, Change, DispatchList, Listed
from mailflow.domain.question import Question
from mailflow.domain.register import Person
from mailflow.domain.statement import (
    StatementFile,
    StatementNotice,
    StatementsFile,
    StatementsNotice,
    StatementWhichNotice,
)
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class OrderReport:
    """What became of one order, for the letters that tell of it.

    `waits_on` are the people it lies with, in the order they are asked.
    """

    order: BookedOrder
    outcome: Outcome
    findings: tuple[Finding, ...]
    dispatch_list: DispatchList | None = None
    waits_on: tuple[tuple[Asked, Person | None], ...] = ()
    replaced: int | None = None
    """The revision that this one takes the place of, where it corrects one."""
    is_again: bool = False
    """It was here already: nothing is booked, and its sender hears how it stands."""
    is_late: bool = False
    """It changes an order of which goods have left: nothing is booked, nothing changed."""
    changes: tuple[Change, ...] = ()
    """What would have been different, where it comes too late."""
    short: tuple[int, ...] = ()
    """Tins of each line that are not in stock; empty where all of the order is."""

    @property
    def lacks(self) -> tuple[Lack, ...]:
        return lacks_of(self.order, self.short)


@dataclass(frozen=True, slots=True)
class ListNotice:
    """To the warehouse: one dispatch list."""

    dispatch_list: DispatchList
    code: ClassVar[str] = "dispatch-list"


@dataclass(frozen=True, slots=True)
class AnswerNotice:
    """To whoever sent the mail: what became of everything in it, in one letter.

    `findings` are those of the mail as a whole (unknown documents, nothing attached).
    """

    recipient: str
    subject: str
    received: datetime
    outcome: Outcome
    reports: tuple[OrderReport, ...]
    refused: tuple[Refused, ...] = ()
    findings: tuple[Finding, ...] = ()
    changes: tuple[Finding, ...] = ()
    """What was changed as its sender agreed, in the order `replaces`."""
    replaces: str = ""
    confirmed: Confirmed = NOTHING_CONFIRMED
    """What else he said of that order."""

    @property
    def is_again(self) -> bool:
        """Nothing new came with the mail."""
        return bool(self.reports) and not self.findings and all(r.is_again for r in self.reports)

    @property
    def is_late(self) -> bool:
        """All that came with the mail comes too late."""
        return self.is_again and any(r.is_late for r in self.reports)

    code: ClassVar[str] = "order-answer"


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


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One matter of the digest: what it is, on whom it waits, since when.

    `reference` is what `mailflow show` takes; `what` names the notice's wording in the catalogue.
    `waits_on` is nobody where that is not known; `steps` settle it for good.
    """

    reference: str
    what: str
    who: str
    subject: str
    since: datetime
    findings: tuple[Finding, ...] = ()
    region: str = ""
    waits_on: Asked = Asked.NOBODY
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestCounts:
    """The day in numbers, for the admin's regions."""

    mails: int
    accepted: int
    returned: int
    held: int
    review: int
    ignored: int
    lists: int
    unsent: int


@dataclass(frozen=True, slots=True)
class DigestNotice:
    """To a sales admin, once a day: what needs a decision, and what waits on others."""

    recipient: Person
    day: date
    counts: DigestCounts
    decide: tuple[DigestLine, ...] = ()
    waiting: tuple[DigestLine, ...] = ()
    unread: tuple[DigestLine, ...] = ()
    machine: tuple[DigestLine, ...] = ()
    shadow: bool = False
    shortages: tuple[ShortGoods, ...] = ()
    budgets: tuple[BudgetUse, ...] = ()
    """Those that are nearly used or more."""
    code: ClassVar[str] = "digest"


Notice = (
    ShippingNotice
    | GoodsSentNotice
    | BatchNotice
    | ListNotice
    | AnswerNotice
    | ApprovalNotice
    | ReplyNotice
    | RefusalNotice
    | ReturnedNotice
    | ShipReminderNotice
    | WaybillsNotice
    | DeliveredNotice
    | CancelRequestNotice
    | ListCancelledNotice
    | CancelDecidedNotice
    | ShortageNotice
    | StockNotice
    | SupplyNotice
    | DigestNotice
    | MoneyNotice
    | InventoryNotice
    | ReportsDueNotice
    | PaymentsDueNotice
    | StatementNotice
    | StatementsNotice
    | StatementWhichNotice
    | DisputeNotice
    | StatisticsNotice
    | ConsolidationNotice
    | MonthGridNotice
    | BudgetNotice
    | HelpNotice
    | RegisterNotice
    | RegisterChangedNotice
    | StatusNotice
    | UndeliveredNotice
)


@dataclass(frozen=True, slots=True)
class ListFile:
    """The dispatch list as a workbook."""

    dispatch_list: DispatchList


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """The sender's own workbook with the wrong cells coloured and commented.

    For other formats than .xlsx a workbook made from what was read. `orders` of the attachment
    are all marked in the one copy, every sheet.
    """

    mail_id: int
    attachment: str
    format: str
    findings: tuple[Finding, ...]
    language: str = "zh"


Pressed = (
    ListFile
    | MarkedCopy
    | BatchFile
    | StatementFile
    | StatementsFile
    | WaybillFile
    | StockFile
    | GridFile
    | RegisterFile
)
"""What is made in the children that wait for such work."""
Pictures = StockPictures | StatisticsPictures
"""What a letter shows in itself, and goes without where it cannot be drawn."""
Enclosure = Pressed | StatisticsFile | Pictures


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice with its envelope. `subject_id` and `revision` make it unique per recipient."""

    notice: Notice
    to: tuple[str, ...]
    subject_id: str
    cc: tuple[str, ...] = ()
    revision: int = 1
    language: str = "zh"
    thread: Thread | None = None
    reply_to: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    mail_id: int | None = None
    about: str = ""
    """The number in the subject, where it is not `subject_id`."""
    question: Question | None = None
    """What the letter asks; put in when the question is put, with its token."""

    @property
    def reference(self) -> str:
        """What stands in brackets in the subject: the number, and the token of what is asked."""
        number = self.about or self.subject_id
        return f"{number} #{self.question.token}" if self.question else number
