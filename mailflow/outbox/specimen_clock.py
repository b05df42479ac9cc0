"""Specimens of the letters that the clock brings about goods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailflow.domain.goods_clock import LateList, UnderWay, Unshipped
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_clock import (
    DeliveredNotice,
    ShipReminderNotice,
    WaybillFile,
    WaybillsNotice,
)
from mailflow.domain.order import OrderState
from mailflow.domain.register import Person, Role
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER, RECEIVED, order

NUMBER, SHEET = "DD261109-0042", "FH261109-0042"
TODAY = date(2026, 11, 16)
WAREHOUSE = Person(Role.WAREHOUSE, "北仓", "warehouse.north@chenlu.example")
LOGISTICS = Person(Role.LOGISTICS, "物流", "logistics@chenlu.example")


def _late(sheet: str, due: date, over: int, left: int = 0) -> LateList:
    unshipped = Unshipped(
        sheet=sheet,
        revision=1,
        order=NUMBER,
        distributor=CUSTOMER.name,
        region=CUSTOMER.region,
        created=RECEIVED,
        tins=258,
        left=left,
    )
    return LateList(unshipped=unshipped, issued=RECEIVED.date(), due=due, over=over)


def load(waybill: str = "SF1234567890") -> UnderWay:
    return UnderWay(
        id=1,
        sheet=SHEET,
        revision=1,
        order=NUMBER,
        distributor=CUSTOMER.name,
        region=CUSTOMER.region,
        carrier="顺丰",
        waybill=waybill,
        shipped_on=date(2026, 11, 10),
    )


def clock_letters(language: str) -> Iterator[Letter]:
    lists = (_late(SHEET, date(2026, 11, 12), 2, 60), _late("FH261111-0051", TODAY, 0))
    for person, some, is_escalated in (
        (WAREHOUSE, lists, False),
        (WAREHOUSE, lists[1:], False),
        (ADMIN, lists[:1], True),
    ):
        yield Letter(
            notice=ShipReminderNotice(person, some, is_escalated),
            to=(person.email,),
            subject_id=f"ship-{TODAY:%Y%m%d}",
            language=language,
        )
    loads = (load(), load("DPK20261110"))
    yield Letter(
        notice=WaybillsNotice(LOGISTICS, loads),
        to=(LOGISTICS.email,),
        subject_id=f"waybills-{TODAY:%Y%m%d}",
        language=language,
        enclosures=(WaybillFile(TODAY, loads, language),),
    )
    for day, by, rest in ((TODAY, "李伟", 1), (None, "", 0)):
        notice = DeliveredNotice(
            order=order(OrderState.SHIPPED),
            sheet=SHEET,
            subject="南阳童之家11月订单",
            waybills=loads[:1],
            delivered_on=day,
            signed_by=by,
            under_way=rest,
        )
        yield Letter(
            notice=notice,
            to=("rm.henan@chenlu.example",),
            subject_id=f"{NUMBER}-delivered-M50",
            about=NUMBER,
            language=language,
            thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
        )
