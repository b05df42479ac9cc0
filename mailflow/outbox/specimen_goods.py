"""Specimens of the letters about goods that left, with invented batches and waybills."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailflow.domain.batch import BatchLine, Traced
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_goods import (
    BatchFile,
    BatchNotice,
    Goods,
    GoodsDiffer,
    GoodsSentNotice,
    ListTold,
    ShippingNotice,
    Truck,
)
from mailflow.domain.shipping import Differs, Load
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER, DAY, RECEIVED, order

SHEET = "FH261109-0042"
LEFT = date(2026, 11, 10)
WAREHOUSE = "warehouse.north@chenlu.example"


def shipping(lists: tuple[ListTold, ...], language: str) -> Letter:
    return Letter(
        notice=ShippingNotice("北区仓库", "发货清单回填", lists),
        to=(WAREHOUSE,),
        cc=(ADMIN.email,),
        subject_id="M47-shipping",
        about=SHEET,
        language=language,
        thread=Thread("<filled-1110@chenlu.example>", (), "发货清单回填"),
        mail_id=47,
    )


def differing(language: str) -> Letter:
    first, second, third, _ = order().lines
    told = (
        (Differs.MISSED, first.sku, first.name, 60, 48),
        (Differs.OVER, second.sku, second.name, 120, 126),
        (Differs.WRONG, "CL-JZ3-900", third.name.replace("1段", "3段"), 0, 6),
    )
    differ = tuple(
        GoodsDiffer(differs=d, sku=sku, name=name, listed=listed, shipped=shipped)
        for d, sku, name, listed, shipped in told
    )
    return shipping((ListTold(sheet=f"{SHEET} R1", order=order(), differing=differ),), language)


def missing(language: str) -> Letter:
    first = order().lines[0]
    differ = GoodsDiffer(
        differs=Differs.MISSED, sku=first.sku, name=first.name, listed=60, shipped=48
    )
    return shipping((ListTold(sheet=f"{SHEET} R1", order=order(), differing=(differ,)),), language)


def unclear(language: str) -> Letter:
    outdated = Finding(
        "list-outdated", Severity.ERROR, Asked.SENDER, found=f"{SHEET} R1", expected="R2"
    )
    unknown = Finding("list-unknown", Severity.ERROR, Asked.SENDER, found="FH261109-0099")
    twice = replace(unknown, code="shipment-unclear", variant="twice", found="SF1234567890")
    lists = (
        ListTold(sheet=f"{SHEET} R1", order=order(), hindrances=(outdated, twice), is_booked=False),
        ListTold(sheet="FH261109-0099", order=None, hindrances=(unknown,), is_booked=False),
    )
    return shipping(lists, language)


def goods_of(*cases: int) -> tuple[Goods, ...]:
    return tuple(
        Goods(sku=x.sku, name=x.name, tins_per_case=x.tins_per_case, tins=n * x.tins_per_case)
        for x, n in zip(order().lines, cases, strict=False)
    )


def sent(language: str, *, corrected: bool = False) -> Letter:
    load = Load(lines=(), carrier="顺丰速运", waybill="SF1234567890", shipped_on=LEFT)
    notice = GoodsSentNotice(
        order=order(),
        sheet=f"{SHEET} R1",
        subject="南阳童之家11月订单",
        trucks=(
            Truck(load=load, goods=goods_of(8, 20)),
            Truck(load=Load(lines=()), goods=goods_of(0, 0, 5)[2:]),
        ),
        missing=goods_of(2),
        is_corrected=corrected,
    )
    return Letter(
        notice=notice,
        to=(CUSTOMER.regional_manager,),
        cc=(CUSTOMER.email,),
        subject_id="DD261109-0042-sent-9-0042-M47",
        about="DD261109-0042",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
        mail_id=47,
    )


def batch(language: str, *, is_known: bool = True) -> Letter:
    first = order().lines[0]
    line = BatchLine(
        batch="B20260301",
        sku=first.sku,
        product=first.name,
        tins=48,
        distributor=CUSTOMER.code,
        name=CUSTOMER.name,
        region=CUSTOMER.region,
        manager=CUSTOMER.regional_manager,
        order="DD261109-0042",
        sheet=f"{SHEET} R1",
        shipped_on=LEFT,
        at=RECEIVED,
        carrier="顺丰速运",
        waybill="SF1234567890",
        expires=date(2028, 3, 1),
    )
    unsaid = replace(line, batch="", tins=12, waybill="", shipped_on=DAY, expires=None)
    known = Traced("B20260301", (line, replace(line, tins=0)), (unsaid,), ("M45",))
    traced = known if is_known else Traced("B20260301", ())
    return Letter(
        notice=BatchNotice(traced, "批次 B20260301"),
        to=(ADMIN.email,),
        subject_id="M48-batch",
        about="M48",
        language=language,
        thread=Thread("<batch-1110@chenlu.example>", (), "批次 B20260301"),
        enclosures=(BatchFile(traced, language),) if is_known else (),
        mail_id=48,
    )


def goods_letters(language: str) -> tuple[Letter, ...]:
    return (
        differing(language),
        missing(language),
        unclear(language),
        sent(language),
        sent(language, corrected=True),
        batch(language),
        batch(language, is_known=False),
    )
