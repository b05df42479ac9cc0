"""Notices are the typed contents of letters; how they read is the templates' business."""

from __future__ import annotations

from mailflow.domain.bounce import UndeliveredNotice
from mailflow.domain.finding import Finding
from mailflow.domain.mail import Thread
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.money_notice import MoneyNotice
from mailflow.domain.notice_announcement import (
    AnnouncementAnswerNotice,
    AnnouncementHeardNotice,
    AnnouncementNotice,
    AnnouncementReplyNotice,
    AnnouncementStatusNotice,
)
from mailflow.domain.notice_archive import ArchivedNotice, FoundNotice
from mailflow.domain.notice_asked import ApprovalNotice, RefusalNotice, ReplyNotice, ReturnedNotice
from mailflow.domain.notice_budget import BudgetNotice
from mailflow.domain.notice_calls import (
    CallAnswerNotice,
    CallSumsFile,
    CallSumsNotice,
    WaivedNotice,
)
from mailflow.domain.notice_clock import (
    DeliveredNotice,
    ShipReminderNotice,
    WaybillFile,
    WaybillsNotice,
)
from mailflow.domain.notice_consumers import (
    CallSheet,
    CallsNotice,
    ConsumersNotice,
    ForgottenNotice,
    NoCallerNotice,
)
from mailflow.domain.notice_digest import DigestNotice
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
from mailflow.domain.notice_orders import AnswerNotice, ListNotice
from mailflow.domain.notice_paper import PaperFile, PaperNotice
from mailflow.domain.notice_payments import PaymentsDueNotice
from mailflow.domain.notice_proof import ProofNotice
from mailflow.domain.notice_register import RegisterChangedNotice, RegisterFile, RegisterNotice
from mailflow.domain.notice_request import (
    RequestAnswerNotice,
    RequestNewsNotice,
    RequestStepNotice,
)
from mailflow.domain.notice_rows import RowsFile
from mailflow.domain.notice_statistics import StatisticsFile, StatisticsNotice, StatisticsPictures
from mailflow.domain.notice_stock import (
    ShortageNotice,
    StockNotice,
    SupplyNotice,
)
from mailflow.domain.order import DispatchList
from mailflow.domain.question import Question
from mailflow.domain.statement import (
    StatementFile,
    StatementNotice,
    StatementsFile,
    StatementsNotice,
    StatementWhichNotice,
)
from mailflow.domain.value import dataclass

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
    | PaperNotice
    | ArchivedNotice
    | FoundNotice
    | RegisterNotice
    | RegisterChangedNotice
    | RequestAnswerNotice
    | RequestStepNotice
    | RequestNewsNotice
    | StatusNotice
    | ConsumersNotice
    | CallsNotice
    | NoCallerNotice
    | ForgottenNotice
    | UndeliveredNotice
    | CallAnswerNotice
    | CallSumsNotice
    | AnnouncementNotice
    | AnnouncementAnswerNotice
    | AnnouncementStatusNotice
    | AnnouncementReplyNotice
    | AnnouncementHeardNotice
    | WaivedNotice
    | ProofNotice
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
    | MailedFile
    | CallSumsFile
    | CallSheet
    | RowsFile
)
"""What is made in the children that wait for such work, or taken out of a mail there."""
Pictures = StockPictures | StatisticsPictures
"""What a letter shows in itself, and goes without where it cannot be drawn."""
Enclosure = Pressed | StatisticsFile | PaperFile | Pictures


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
    token: str = ""
    """Whereby an answer is filed where nothing is asked that decides anything."""

    @property
    def reference(self) -> str:
        """What stands in brackets in the subject: the number, and the token of what is asked."""
        number = self.about or self.subject_id
        token = self.question.token if self.question else self.token
        return f"{number} #{token}" if token else number
