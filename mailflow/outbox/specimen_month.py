"""Specimens of the letters of the month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailflow.domain.consolidation import Absent, Consolidated, Expiring, Limits, Position
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter, MarkedCopy
from mailflow.domain.notice_month import (
    ConsolidationNotice,
    InventoryNotice,
    InventoryPart,
    Missing,
    ReportsDueNotice,
    StockFile,
)
from mailflow.domain.notice_payments import Debt, PaymentsDueNotice
from mailflow.domain.register import Person, Role
from mailflow.domain.sheet import Place
from mailflow.outbox.specimen_orders import CUSTOMER

STOCK_FILE = "南阳童之家10月库存.xlsx"
MANAGER = Person(Role.REGIONAL_MANAGER, "河南区域经理", "rm.henan@chenlu.example", ("河南",))
OTHER = replace(CUSTOMER, code="HE1001", name="洛阳市贝贝乐母婴用品有限公司")
OCTOBER = date(2026, 10, 1)


def unbalanced() -> Finding:
    return Finding(
        "report-figure",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(STOCK_FILE, "Sheet1", 5, 4),
        found="12",
        expected="13",
        variant="no-balance-cases",
    )


def unlike_before() -> Finding:
    return Finding(
        "inventory-opening",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(STOCK_FILE, "Sheet1", 6, 1),
        found="24",
        expected="30",
    )


def part(*findings: Finding) -> InventoryPart:
    return InventoryPart(
        customer=CUSTOMER,
        month=OCTOBER,
        attachment=STOCK_FILE,
        where="Sheet1!A4:E12",
        products=8,
        closing=1266,
        findings=findings,
    )


def inventory_answer(language: str, *parts: InventoryPart) -> Letter:
    wrong = tuple(f for each in parts for f in each.findings)
    copies = (MarkedCopy(42, STOCK_FILE, "xlsx", wrong, language),) if wrong else ()
    notice = InventoryNotice(subject="南阳童之家10月库存", parts=parts)
    return Letter(
        notice=notice,
        to=(MANAGER.email,),
        subject_id="M42",
        language=language,
        thread=Thread("<stock-1109@chenlu.example>", (), notice.subject),
        enclosures=copies,
        mail_id=42,
    )


def reports_due(language: str, *, is_late: bool) -> Letter:
    missing = (Missing(CUSTOMER), Missing(OTHER, is_returned=True))
    notice = ReportsDueNotice(
        recipient=MANAGER,
        month=date(2026, 11, 1),
        due=date(2026, 11, 20),
        missing=missing,
        is_late=is_late,
    )
    return Letter(
        notice=notice,
        to=(MANAGER.email,),
        subject_id=f"reports-202611-11{23 if is_late else 18}",
        language=language,
    )


def payments_due(language: str, day: int, *debts: Debt) -> Letter:
    """Before the 25th, on it, or after it."""
    notice = PaymentsDueNotice(
        month=date(2026, 11, 1), due=date(2026, 11, 25), day=date(2026, 11, day), debts=debts
    )
    return Letter(
        notice=notice,
        to=(MANAGER.email if len(debts) > 1 else CUSTOMER.email,),
        subject_id=f"payments-202611-11{day}",
        language=language,
    )


def stock(*missing: Absent) -> Consolidated:
    whose = {"region": "河南", "code": CUSTOMER.code, "distributor": CUSTOMER.name}
    gold = {"sku": "CL-JZ1-900", "product": "晨露金装婴幼儿配方奶粉1段900g"}
    silver = {"sku": "CL-JZ2-900", "product": "晨露金装婴幼儿配方奶粉2段900g"}
    positions = (
        Position(**whose, **gold, opening=60, received=240, sold=282, closing=18, cover=2),
        Position(**whose, **silver, opening=600, received=0, sold=0, closing=600, cover=None),
    )
    batch = Expiring(**whose, **silver, batch="L250301", expires=date(2027, 3, 1), tins=120)
    return Consolidated(
        month=date(2026, 11, 1),
        expected=1 + len(missing),
        positions=positions,
        expiring=(batch,),
        missing=missing,
        limits=Limits(),
    )


def consolidation(language: str, *missing: Absent) -> Letter:
    head = Person(Role.MARKETING_GM, "市场部总经理", "gm@chenlu.example")
    summed = stock(*missing)
    return Letter(
        notice=ConsolidationNotice(head, summed),
        to=(head.email,),
        subject_id=f"stock-202611-{'so-far' if missing else 'all'}",
        language=language,
        enclosures=(StockFile(summed, language),),
    )


def month_letters(language: str) -> Iterator[Letter]:
    kept = replace(part(), customer=OTHER, corrects=True)
    yield inventory_answer(language, part())
    yield inventory_answer(language, part(unbalanced(), unlike_before()), kept)
    yield reports_due(language, is_late=False)
    yield reports_due(language, is_late=True)
    yield payments_due(language, 22, Debt(CUSTOMER, Decimal("11892.00")))
    several = (Debt(CUSTOMER, Decimal("48180.00")), Debt(OTHER, Decimal("1260.35")))
    yield payments_due(language, 25, *several)
    yield payments_due(language, 26, *several)
    yield consolidation(language, Absent("河南", OTHER.code, OTHER.name, MANAGER.email, True))
    yield consolidation(language)
