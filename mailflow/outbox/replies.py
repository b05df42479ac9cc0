"""Which letters answer a mail."""

from __future__ import annotations

from mailflow.domain.money_notice import MoneyNotice
from mailflow.domain.notice import Letter
from mailflow.domain.notice_announcement import (
    AnnouncementAnswerNotice,
    AnnouncementHeardNotice,
    AnnouncementStatusNotice,
    Told,
)
from mailflow.domain.notice_archive import ArchivedNotice, FoundNotice
from mailflow.domain.notice_asked import ReplyNotice
from mailflow.domain.notice_calls import CallAnswerNotice, WaivedNotice
from mailflow.domain.notice_consumers import ConsumersNotice, ForgottenNotice
from mailflow.domain.notice_dispute import DisputeNotice, DisputeStage
from mailflow.domain.notice_goods import BatchNotice, ShippingNotice
from mailflow.domain.notice_help import HelpNotice, StatusNotice
from mailflow.domain.notice_month import (
    InventoryNotice,
    MonthGridNotice,
)
from mailflow.domain.notice_orders import AnswerNotice
from mailflow.domain.notice_paper import PaperNotice
from mailflow.domain.notice_register import RegisterNotice
from mailflow.domain.notice_request import RequestAnswerNotice
from mailflow.domain.notice_stock import StockNotice
from mailflow.domain.statement import (
    StatementNotice,
    StatementsNotice,
    StatementWhichNotice,
)

REPLIES = (
    AnswerNotice,
    ReplyNotice,
    ShippingNotice,
    BatchNotice,
    MoneyNotice,
    InventoryNotice,
    StockNotice,
    StatementsNotice,
    StatementWhichNotice,
    MonthGridNotice,
    HelpNotice,
    StatusNotice,
    RegisterNotice,
    CallAnswerNotice,
    PaperNotice,
    AnnouncementAnswerNotice,
    AnnouncementHeardNotice,
    WaivedNotice,
    ArchivedNotice,
    FoundNotice,
    RequestAnswerNotice,
    ConsumersNotice,
)
"""What answers a mail, in the words of RFC 3834."""


def is_reply(letter: Letter) -> bool:
    """A statement of account is one where somebody asked for it, and what is told of an objection
    where it goes to whoever objects. That all have confirmed an announcement, or that it did not get to somebody, nobody asked."""
    if isinstance(letter.notice, StatementNotice):
        return bool(letter.notice.subject)
    if isinstance(letter.notice, DisputeNotice):
        return letter.notice.stage is not DisputeStage.RAISED
    if isinstance(letter.notice, ForgottenNotice):
        return bool(letter.notice.subject)
    if isinstance(letter.notice, AnnouncementStatusNotice):
        return letter.notice.why not in (Told.COMPLETE, Told.LOST)
    return isinstance(letter.notice, REPLIES)
