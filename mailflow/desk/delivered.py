"""Goods that arrived: kept in the order's story, told to the manager; what is unclear, to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from mailflow.desk.orders import mail_case
from mailflow.desk.release import told
from mailflow.domain.delivery import Delivered, Told
from mailflow.domain.effect import Effect, OpenCase, Post, SettleMail
from mailflow.domain.effect_goods import Deliver
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.goods_clock import UnderWay
from mailflow.domain.mail import MailState, Origin
from mailflow.domain.notice import Letter
from mailflow.domain.notice_clock import DeliveredNotice
from mailflow.domain.order import BookedOrder
from mailflow.domain.value import dataclass

BOOKED, ASKED = "waybills-noted", "waybills-unclear"
UNCLEAR = "waybill-unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryMail:
    """`orders` with the mails they came in, by number; `loads` were under way before this mail."""

    mail_id: int
    told: Told
    loads: Sequence[UnderWay]
    facts: Facts
    orders: dict[str, tuple[BookedOrder, Origin]] = field(default_factory=dict)
    language: str = "zh"


def effects_of_delivery(mail: DeliveryMail) -> tuple[tuple[Effect, ...], tuple[Finding, ...]]:
    """The mail's own end last; what is clear is booked even where something else is not."""
    findings = tuple(
        Finding(
            UNCLEAR,
            Severity.WARNING,
            Asked.SALES_ADMIN,
            found=each.said,
            variant=each.why.value,
            details=(("waybill", each.row.waybill), ("sheet", each.row.list_no)),
        )
        for each in mail.told.unclear
    )
    booked = tuple(Deliver(each, mail.mail_id) for each in mail.told.delivered)
    end: tuple[Effect, ...] = (SettleMail(MailState.DONE, BOOKED),)
    if findings:
        why = (UNCLEAR, Asked.SALES_ADMIN)
        end = (
            OpenCase(mail_case(mail.mail_id, why, mail.facts)),
            SettleMail(MailState.REVIEW, ASKED),
        )
    return (*booked, *_letters(mail), *end), findings


def _letters(mail: DeliveryMail) -> Iterator[Effect]:
    """One a list, whatever number of its loads arrived."""
    by_list: dict[str, list[Delivered]] = {}
    for each in mail.told.delivered:
        by_list.setdefault(each.load.sheet, []).append(each)
    for sheet, arrived in by_list.items():
        if known := mail.orders.get(arrived[0].load.order):
            letter = _letter(sheet, arrived, mail, *known)
            if letter is not None:
                yield Post(letter)


def _letter(
    sheet: str,
    arrived: Sequence[Delivered],
    mail: DeliveryMail,
    order: BookedOrder,
    origin: Origin,
) -> Letter | None:
    """None where nobody of the register looks after the distributor any more."""
    register = mail.facts.register
    customer = order.customer
    now = register.by_code.get(customer.code.casefold(), customer) if customer else None
    manager = now.regional_manager if now else told(order, register, origin)[0]
    if not register.knows(manager):
        return None
    ids = {each.load.id for each in arrived}
    left = [x for x in mail.loads if x.sheet == sheet and x.id not in ids]
    days = [each.day for each in arrived if each.day]
    notice = DeliveredNotice(
        order=order,
        sheet=sheet,
        subject=origin.subject,
        waybills=tuple(each.load for each in arrived),
        delivered_on=max(days) if days else None,
        signed_by=next((each.signed_by for each in arrived if each.signed_by), ""),
        under_way=len(left),
    )
    is_his = origin.sender.casefold() == manager.casefold() and bool(origin.message_id)
    language = next((p.language for p in register.person(manager) if p.language), None)
    return Letter(
        notice=notice,
        to=(manager,),
        subject_id=f"{order.number}-delivered-{sheet[-6:]}-M{mail.mail_id}",
        about=order.number,
        revision=order.revision,
        language=language or mail.language,
        thread=origin.thread if is_his else None,
        mail_id=mail.mail_id,
    )
