"""What `mailflow rules` lists besides the checks and routes, which list themselves: kinds, notices and the
codes of findings that no check of orders has."""

from __future__ import annotations

from mailflow.domain.bounce import UndeliveredNotice
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
from mailflow.domain.notice_calls import CallAnswerNotice, CallSumsNotice, WaivedNotice
from mailflow.domain.notice_clock import DeliveredNotice, ShipReminderNotice, WaybillsNotice
from mailflow.domain.notice_consumers import (
    CallsNotice,
    ConsumersNotice,
    ForgottenNotice,
    NoCallerNotice,
)
from mailflow.domain.notice_digest import DigestNotice
from mailflow.domain.notice_dispute import DisputeNotice
from mailflow.domain.notice_goods import BatchNotice, GoodsSentNotice, ShippingNotice
from mailflow.domain.notice_help import HelpNotice, StatusNotice
from mailflow.domain.notice_late import (
    CancelDecidedNotice,
    CancelRequestNotice,
    ListCancelledNotice,
)
from mailflow.domain.notice_month import (
    ConsolidationNotice,
    InventoryNotice,
    MonthGridNotice,
    ReportsDueNotice,
)
from mailflow.domain.notice_orders import AnswerNotice, ListNotice
from mailflow.domain.notice_paper import PaperNotice
from mailflow.domain.notice_payments import PaymentsDueNotice
from mailflow.domain.notice_proof import ProofNotice
from mailflow.domain.notice_register import RegisterChangedNotice, RegisterNotice
from mailflow.domain.notice_request import (
    RequestAnswerNotice,
    RequestNewsNotice,
    RequestStepNotice,
)
from mailflow.domain.notice_statistics import StatisticsNotice
from mailflow.domain.notice_stock import ShortageNotice, StockNotice, SupplyNotice
from mailflow.domain.report import ReportKind
from mailflow.domain.statement import StatementNotice, StatementsNotice, StatementWhichNotice

KINDS = (
    ("order", "an order of one distributor"),
    ("stock", "what lies in the warehouse"),
    ("inventory-report", "what lies in a distributor's store at the end of a month"),
    ("payments", "money that arrived from distributors"),
    ("expenses", "marketing expenses that were approved"),
    ("distributor-register", "all distributors with their columns of master data"),
    ("product-register", "all products with their columns of master data"),
    ("staff-register", "the people of the house, their parts and regions"),
    ("price-list", "prices with the day they hold from, for all, a region or a distributor"),
    ("dispatch-list", "a dispatch list of ours come back from the warehouse, filled in or not"),
    ("shipment", "what a warehouse sent, of many dispatch lists"),
    ("waybills", "where the goods are that were sent"),
    ("consumers", "parents who bought our formula, with telephone and store"),
    ("call-backs", "whom customer service called back, and what was said"),
    ("unknown", "a sheet no parser claims, or several kinds may claim"),
)
NOTICES = (
    ListNotice,
    AnswerNotice,
    ApprovalNotice,
    ReplyNotice,
    RefusalNotice,
    ReturnedNotice,
    ShippingNotice,
    GoodsSentNotice,
    ShipReminderNotice,
    WaybillsNotice,
    DeliveredNotice,
    CancelRequestNotice,
    CancelDecidedNotice,
    ListCancelledNotice,
    BatchNotice,
    ShortageNotice,
    StockNotice,
    SupplyNotice,
    DigestNotice,
    MoneyNotice,
    InventoryNotice,
    ReportsDueNotice,
    PaymentsDueNotice,
    StatementNotice,
    StatementsNotice,
    StatementWhichNotice,
    DisputeNotice,
    StatisticsNotice,
    ConsolidationNotice,
    MonthGridNotice,
    BudgetNotice,
    HelpNotice,
    PaperNotice,
    ArchivedNotice,
    FoundNotice,
    StatusNotice,
    RegisterNotice,
    RegisterChangedNotice,
    RequestAnswerNotice,
    RequestStepNotice,
    RequestNewsNotice,
    ConsumersNotice,
    CallsNotice,
    NoCallerNotice,
    ProofNotice,
    ForgottenNotice,
    UndeliveredNotice,
    CallAnswerNotice,
    CallSumsNotice,
    AnnouncementNotice,
    AnnouncementAnswerNotice,
    AnnouncementStatusNotice,
    AnnouncementReplyNotice,
    AnnouncementHeardNotice,
    WaivedNotice,
)
OTHERS = (
    ("uncertain-line", "error", "sales_admin", "Nothing uncertain is ever booked."),
    ("unknown-document", "error", "sales_admin", "An attachment is no order."),
    ("attachment-refused", "error", "sender", "An attachment cannot be read."),
    ("report-unclear", "error", "sales_admin", "A sheet may be several kinds of report."),
    ("report-doubt", "warning", "sales_admin", "Something on a report was not understood."),
    ("report-whose", "warning", "sales_admin", "Nobody can tell of which distributor a report is."),
    ("report-figure", "warning", "sales_admin", "A figure of a report cannot be right."),
    ("stock-value", "error", "sender", "A stock count of a warehouse cannot be taken as it is."),
    ("report-repeated", "warning", "sales_admin", "A row of a report says the same as another."),
    ("statement-disputed", "warning", "sales_admin", "A statement of account is said to be wrong."),
    ("money-words", "warning", "sender", "Words beside a payment or an expense that may deny it."),
    (
        "money-again",
        "warning",
        "sender",
        "A payment or an expense that may be in the ledger already.",
    ),
    ("money-region", "warning", "sender", "A payment of a distributor that is not the sender's."),
    ("register-added", "info", "nobody", "A mailed register brings a new distributor."),
    ("register-changed", "info", "nobody", "A mailed register has another value."),
    ("register-removed", "info", "nobody", "A distributor is missing on a mailed register."),
    ("register-suspect", "warning", "nobody", "What a mailed register changes may be a slip."),
    ("register-value", "warning", "sales_admin", "A value that the register cannot take."),
    ("call-value", "error", "sender", "A row of call-back results cannot be counted as it is."),
    ("announcement-recipient", "error", "sender", "A recipient of an announcement is not certain."),
    (
        "announcement-content",
        "error",
        "sender",
        "An announcement cannot go to these people as it is.",
    ),
    ("consumer-phone", "warning", "sender", "A consumer's number cannot be called."),
    ("consumer-name", "warning", "sender", "A consumer without a name."),
    ("consumer-store", "warning", "sender", "Nobody can tell in which store a consumer bought."),
    ("consumer-region", "warning", "sender", "Of which region a consumer is, or not the sender's."),
    ("consumer-again", "info", "nobody", "A consumer's number was taken before."),
    ("consumer-doubts", "warning", "sender", "Too much of a list of consumers is not clear."),
    ("report-total", "warning", "sales_admin", "A report's total is not the sum of its rows."),
    ("goods-missed", "warning", "sales_admin", "Fewer left than a dispatch list says."),
    ("goods-over", "error", "sales_admin", "More left than a dispatch list says."),
    ("goods-wrong", "error", "sales_admin", "A product left that is not on its list."),
    ("list-unknown", "error", "sender", "The warehouse names a list that we never issued."),
    ("list-outdated", "error", "sender", "An older revision of a list was filled in."),
    ("list-not-yours", "error", "sender", "A warehouse fills in a list of another one."),
    ("list-closed", "error", "sender", "A list was filled in whose order is closed."),
    ("shipment-unclear", "error", "sender", "What left cannot be told with certainty."),
    ("waybill-unclear", "warning", "sales_admin", "Nobody can tell what logistics says of goods."),
    (
        "paper-barred",
        "warning",
        "sales_admin",
        "A document was asked for by one who may not have it.",
    ),
    ("paper-expired", "warning", "sales_admin", "A document was asked for that has expired."),
    (
        "paper-absent",
        "warning",
        "sales_admin",
        "A document was asked for that the index does not name.",
    ),
    (
        "paper-lost",
        "warning",
        "sales_admin",
        "A document of the index has no file that can be sent.",
    ),
    ("papers-read", "warning", "sales_admin", "A mail brought papers to be kept and says more."),
    ("letter-stopped", "warning", "sales_admin", "A letter was kept from one who may not have it."),
    ("inventory-columns", "error", "sender", "An inventory report lacks a column or all figures."),
    (
        "inventory-month",
        "error",
        "sender",
        "Nobody can tell which month an inventory report is of.",
    ),
    ("inventory-product", "error", "sender", "An inventory report names a product we do not sell."),
    (
        "inventory-opening",
        "error",
        "sender",
        "The opening is not what the month before closed with.",
    ),
    (
        "inventory-twice",
        "error",
        "sender",
        "One mail brings two reports of one distributor and month.",
    ),
    *(
        (kind.received, "warning", "sales_admin", "A report came that a person has to look at.")
        for kind in ReportKind
    ),
)
