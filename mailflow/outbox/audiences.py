"""What each kind of letter and enclosure is, by whom it may be read; a new one is not built without
a line here (the type checker says so)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mailflow.domain.audience import INTERNAL, PARTNER, PUBLIC, Audience, Content
from mailflow.domain.bounce import UndeliveredNotice
from mailflow.domain.coming import Coming
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.money_notice import MoneyNotice
from mailflow.domain.notice import Enclosure, Letter, ListFile, MarkedCopy, Notice
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
from mailflow.domain.notice_stock import ShortageNotice, StockNotice, SupplyNotice
from mailflow.domain.order import BookedOrder
from mailflow.domain.request import Request
from mailflow.domain.statement import (
    StatementFile,
    StatementNotice,
    Statements,
    StatementsFile,
    StatementsNotice,
    StatementWhichNotice,
)


def contents_of(letter: Letter) -> Iterator[Content]:
    """Of the letter itself, and of each thing that goes with it."""
    yield content_of(letter.notice)
    yield from map(content_enclosed, letter.enclosures)
    if isinstance(letter.notice, CallAnswerNotice) and letter.enclosures:
        # His own sheet, and what consumers said stands in it.
        yield from (Content(Audience.PERSONAL, region=r) for r in letter.notice.regions)


def content_of(notice: Notice) -> Content:
    """What tells of the books of one distributor is that one's; what answers a mail of theirs about
    an order tells them what they wrote."""
    match notice:
        case PaperNotice() | ProofNotice():
            return PUBLIC
        case HelpNotice():
            return _with(notice.coming) if notice.coming.count else PUBLIC
        case StatusNotice():
            return _with(notice.coming)
        case (
            AnswerNotice()
            | ReplyNotice()
            | RefusalNotice()
            | ReturnedNotice()
            | CancelDecidedNotice()
            | ConsumersNotice()
            | ForgottenNotice()
        ):
            return PARTNER
        case InventoryNotice(parts=parts):
            return _about(*(part.customer.code for part in parts))
        case ShortageNotice() | GoodsSentNotice() | DeliveredNotice():
            return _of_order(notice.order)
        case RequestAnswerNotice() | RequestNewsNotice():
            return _of_request(notice.request)
        case StatementNotice(statement):
            return _about(statement.code)
        case StatementsNotice(statements):
            return _of_each(statements)
        case StatementWhichNotice():
            return _about(*(customer.code for customer in notice.candidates))
        case PaymentsDueNotice():
            return _about(*(debt.customer.code for debt in notice.debts))
        case DisputeNotice():
            return _about(notice.customer.code)
        case (
            ListNotice()
            | ApprovalNotice()
            | ShippingNotice()
            | BatchNotice()
            | ShipReminderNotice()
            | WaybillsNotice()
            | CancelRequestNotice()
            | ListCancelledNotice()
            | StockNotice()
            | SupplyNotice()
            | DigestNotice()
            | MoneyNotice()
            | ReportsDueNotice()
            | StatisticsNotice()
            | ConsolidationNotice()
            | MonthGridNotice()
            | BudgetNotice()
            | RegisterNotice()
            | RegisterChangedNotice()
            | CallsNotice()
            | NoCallerNotice()
            | UndeliveredNotice()
            | ArchivedNotice()
            | FoundNotice()
            | CallAnswerNotice()
            | CallSumsNotice()
            | WaivedNotice()
            | RequestStepNotice()
        ):
            return INTERNAL
        case AnnouncementNotice():
            return Content(notice.audience)
        case AnnouncementHeardNotice():
            return PARTNER
        case AnnouncementAnswerNotice() | AnnouncementStatusNotice() | AnnouncementReplyNotice():
            return INTERNAL
    assert_never(notice)


def content_enclosed(enclosure: Enclosure) -> Content:
    match enclosure:
        case ListFile(dispatch_list):
            return _of_order(dispatch_list.order)
        case MarkedCopy():
            return PARTNER
        case MailedFile():
            return Content(enclosure.audience)
        case PaperFile(paper):
            return paper.content
        case RowsFile():
            return Content(enclosure.audience, enclosure.about)
        case CallSheet():
            masked = enclosure.is_masked
            return INTERNAL if masked else Content(Audience.PERSONAL, region=enclosure.region)
        case StatementFile(statement):
            return _about(statement.code)
        case StatementsFile(statements):
            return _of_each(statements)
        case (
            BatchFile()
            | WaybillFile()
            | StockFile()
            | GridFile()
            | RegisterFile()
            | CallSumsFile()
            | StatisticsFile()
            | StockPictures()
            | StatisticsPictures()
        ):
            return INTERNAL
    assert_never(enclosure)


def _of_order(order: BookedOrder) -> Content:
    return _about(order.customer.code if order.customer else "")


def _of_request(request: Request) -> Content:
    """That of the distributor that it is about; a kind that none has to do with is internal."""
    if not request.is_partners:
        return INTERNAL
    return _about(request.distributor) if request.distributor else PARTNER


def _with(coming: Coming) -> Content:
    """What one distributor pays no other may read; budgets are the house's own."""
    return INTERNAL if coming.budgets else _about(*coming.codes)


def _of_each(statements: Statements) -> Content:
    return _about(*(each.code for each in statements.each))


def _about(*codes: str) -> Content:
    return Content(Audience.PARTNER, tuple(dict.fromkeys(codes)))
