"""Notices are the typed contents of letters; how they read is the templates' business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from mailflow.domain.decision import Outcome
from mailflow.domain.document import Refused
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Thread
from mailflow.domain.order import BookedOrder, DispatchList
from mailflow.domain.register import Person


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
    code: ClassVar[str] = "order-answer"


@dataclass(frozen=True, slots=True)
class ApprovalNotice:
    """To the person who must agree before an order moves; answers go to `contact`."""

    recipient: Person
    report: OrderReport
    contact: Person | None
    code: ClassVar[str] = "approval-request"


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
    code: ClassVar[str] = "digest"


Notice = ListNotice | AnswerNotice | ApprovalNotice | DigestNotice


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


Enclosure = ListFile | MarkedCopy


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
