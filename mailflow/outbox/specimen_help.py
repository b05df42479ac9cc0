"""Specimens of the letters that answer what people ask of the desk itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mailflow.desk.offers import offers
from mailflow.domain.access_table import Action, Scope
from mailflow.domain.coming import Coming, ComingBudget, ComingPrice, ComingRegister
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState, Thread, Trust
from mailflow.domain.notice import Letter
from mailflow.domain.notice_help import (
    HelpNotice,
    MailTold,
    NotTheirs,
    Offer,
    OrderTold,
    StatusNotice,
    Turn,
)
from mailflow.domain.order import OrderState
from mailflow.domain.order_status import IssuedList, MailStatus, OrderStatus, SentLoad
from mailflow.domain.register import Person, Register, Role
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER, DAY, FINANCE, RECEIVED, order

MANAGER = Person(Role.REGIONAL_MANAGER, "河南区域经理", CUSTOMER.regional_manager, ("河南",))
NUMBER = "DD261109-0042"


def help_letters(language: str) -> Iterator[Letter]:
    yield _letter(_helped(), language, "M46")
    yield _letter(_everything(), language, "M46")
    yield _letter(_not_theirs(), language, "M46")
    yield _letter(
        StatusNotice(subject="状态", orders=(_held(),), asked=(NUMBER,)), language, NUMBER
    )
    several = StatusNotice(subject="状态", orders=(_held(), _sent()))
    yield _letter(several, language, "M47")
    named = (NUMBER, "M45", "DD261101-0007")
    asked = StatusNotice(
        subject="状态", orders=(_sent(),), mails=(_mail(),), asked=named, unknown=named[2:]
    )
    yield _letter(asked, language, "M48")
    yield _letter(StatusNotice(subject="状态", coming=_coming()), language, "M49")
    yield _letter(StatusNotice(subject="状态", coming=_budgets()), language, "M50")


def _coming() -> Coming:
    price = ComingPrice(
        sku="CL-JZ1-900",
        name="晨露金装 1段",
        day=DAY + timedelta(days=22),
        before=Decimal("168.00"),
        after=Decimal("172.50"),
        codes=(CUSTOMER.code,),
    )
    register = ComingRegister(
        number="MD261109-0044", kind="prices", by=ADMIN.name, since=RECEIVED, is_mine=True
    )
    return Coming(
        prices=(price, replace(price, sku="CL-JZ2-900", name="晨露金装 2段", whose=("河南",))),
        registers=(register, replace(register, kind="customers", is_mine=False)),
    )


def _budgets() -> Coming:
    first, amount = date(2026, 12, 1), Decimal("60000.00")
    new = ComingBudget(region="河南", month=first, before=None, after=amount)
    changed = replace(new, region="湖南", before=Decimal("50000.00"))
    ends = replace(changed, month=date(2027, 1, 1), before=amount, after=None)
    return Coming(budgets=(new, changed, ends))


def _letter(notice: HelpNotice | StatusNotice, language: str, about: str) -> Letter:
    return Letter(
        notice=notice,
        to=(MANAGER.email,),
        subject_id=f"M46-{notice.code}",
        about=about,
        language=language,
        thread=Thread("<help-1109@chenlu.example>", (), notice.subject),
    )


def _helped() -> HelpNotice:
    """As a regional manager is helped."""
    more = replace(CUSTOMER, code="HE1002", name="洛阳市小星母婴用品有限公司", aliases=())
    register = Register(customers=(CUSTOMER, more), staff=(MANAGER, ADMIN, FINANCE))
    sender = Sender(MANAGER.email, Trust.A, (MANAGER,))
    mine = tuple(offers(sender, register, DAY, NUMBER))
    return HelpNotice(recipient=MANAGER.name, subject="帮助", offers=mine)


def _everything() -> HelpNotice:
    """So that every action has its words."""
    every = tuple(
        Offer(action=action, scope=Scope.ALL, period="2026-10", who="", number="")
        for action in Action
    )
    return HelpNotice(recipient="何销管", subject="help", offers=every)


def _not_theirs() -> HelpNotice:
    """As a regional manager is answered who looks for what was kept."""
    refused = NotTheirs(action=Action.FIND, names=(ADMIN.name,))
    return replace(_helped(), subject="查找 经销合同", refused=refused)


def _held() -> OrderTold:
    turn = Turn(asked=Asked.FINANCE, reason="over-credit", since=RECEIVED, names=("钱会计",))
    status = OrderStatus(order=order(OrderState.HELD), sender=MANAGER.email)
    return OrderTold(status=status, turns=(turn,))


def _sent() -> OrderTold:
    arrived = SentLoad(
        tins=60,
        carrier="顺丰",
        waybill="SF1000000001",
        shipped_on=DAY + timedelta(days=1),
        is_delivered=True,
        delivered_on=DAY + timedelta(days=4),
    )
    under_way = replace(arrived, tins=120, waybill="SF1000000002", is_delivered=False)
    sheet = IssuedList(
        number="FH261109-0042", revision=1, issued=DAY, tins=240, loads=(arrived, under_way)
    )
    status = OrderStatus(
        order=replace(order(), their_number="HN-2611-08"),
        sender=MANAGER.email,
        lists=(sheet,),
        short=24,
    )
    return OrderTold(status=status)


def _mail() -> MailTold:
    turn = Turn(
        asked=Asked.SALES_ADMIN, reason="request:samples", since=RECEIVED, names=("何销管",)
    )
    status = MailStatus(
        number="M45",
        sender=MANAGER.email,
        subject="要两箱小听粉",
        received=RECEIVED,
        state=MailState.REVIEW,
        reason="request:samples",
    )
    return MailTold(status=status, turns=(turn,))
