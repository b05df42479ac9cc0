"""Specimens of the letters about a list that is to be called back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.answer import Word
from mailflow.domain.bounce import Sent, UndeliveredNotice
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Thread
from mailflow.domain.message import MessageState
from mailflow.domain.notice import Letter
from mailflow.domain.notice_late import (
    CancelDecidedNotice,
    CancelRequestNotice,
    ListCancelledNotice,
)
from mailflow.domain.notice_orders import ListNotice
from mailflow.domain.order import BookedOrder, Listed, OrderState
from mailflow.domain.question import Question
from mailflow.outbox.specimen_orders import ADMIN, RECEIVED, order

SHEET = "FH261109-0042 R1"
SUBJECT = "南阳童之家11月订单"
NUMBER = "DD261109-0042"
WAREHOUSE = "warehouse.north@chenlu.example"
ACCEPTED = MessageState.ACCEPTED


def late_letters(question: Question, language: str) -> Iterator[Letter]:
    """Asked, asked again, told to the warehouse, and decided in each of its ways."""
    asked = replace(
        question,
        role=Asked.SALES_ADMIN,
        address=ADMIN.email,
        allowed=(Word.CANCEL, Word.REFUSE),
    )
    for is_urged in (False, True):
        reason = "" if is_urged else "客户搬仓库，这批先不要了"
        yield Letter(
            notice=CancelRequestNotice(ADMIN, order(), SHEET, "河南区域经理", reason, is_urged),
            to=(ADMIN.email,),
            subject_id=f"{NUMBER}-M44",
            about=NUMBER,
            language=language,
            question=asked,
        )
    for listed in (Listed.UNSENT, Listed.NEVER):
        said = "客户搬仓库，这批先不要了"
        notice = CancelRequestNotice(ADMIN, order(), SHEET, "河南区域经理", said, listed=listed)
        yield Letter(
            notice=notice,
            to=(ADMIN.email,),
            subject_id=f"{NUMBER}-M44",
            about=NUMBER,
            language=language,
            question=asked,
        )
    closed = order(OrderState.CLOSED)
    yield Letter(
        notice=ListCancelledNotice(closed, SHEET, ADMIN),
        to=(WAREHOUSE,),
        subject_id="FH261109-0042",
        language=language,
    )
    yield from _decided(closed, language)
    yield from _undelivered(language)


def _undelivered(language: str) -> Iterator[Letter]:
    """A list, and the word that it counts no more, neither of which arrived."""
    for notice, why in (
        (ListNotice.code, "552 5.2.2 Mailbox full"),
        (ListCancelledNotice.code, ""),
    ):
        sent = Sent(
            17, notice, "FH261109-0042", WAREHOUSE, "发货清单 FH261109-0042 R1", RECEIVED, ACCEPTED
        )
        yield Letter(
            notice=UndeliveredNotice(sent, why),
            to=(ADMIN.email,),
            subject_id="FH261109-0042-17",
            about="FH261109-0042",
            language=language,
        )


def _decided(closed: BookedOrder, language: str) -> Iterator[Letter]:
    """Agreed, agreed where there never was a list, refused, refused where there was none, and too
    late."""
    ways = (
        *((True, False, SHEET), (True, False, "")),
        *((False, False, SHEET), (False, False, ""), (False, True, SHEET)),
    )
    for is_cancelled, is_late, sheet in ways:
        notice = CancelDecidedNotice(
            closed if is_cancelled else order(),
            sheet,
            is_cancelled,
            ADMIN.name,
            SUBJECT,
            "" if is_cancelled else "货已经装车",
            is_late,
        )
        yield Letter(
            notice=notice,
            to=("rm.henan@chenlu.example",),
            subject_id=f"{NUMBER}-M45",
            about=NUMBER,
            language=language,
            thread=Thread("<order-1109@chenlu.example>", (), SUBJECT),
        )
