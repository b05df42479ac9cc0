"""Specimens of the letters of the month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailflow.domain.consolidation import (
    Absent,
    Consolidated,
    Expiring,
    Limits,
    MonthSum,
    Position,
    Series,
    Trend,
)
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.month_grid import GridRow, MonthGrid, months_until
from mailflow.domain.notice import Letter, MarkedCopy
from mailflow.domain.notice_month import (
    ConsolidationNotice,
    GridFile,
    InventoryNotice,
    InventoryPart,
    Missing,
    MonthGridNotice,
    ReportsDueNotice,
    StockFile,
    StockPictures,
)
from mailflow.domain.notice_payments import Debt, PaymentsDueNotice
from mailflow.domain.register import Person, Role
from mailflow.domain.sheet import Place
from mailflow.domain.stock_summary import StockSummary, summary_of
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER
from mailflow.parsers.sandbox_shapes import packed

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


GOLD = ("CL-JZ1-900", "晨露金装婴幼儿配方奶粉1段900g")
SILVER = ("CL-JZ2-900", "晨露金装婴幼儿配方奶粉2段900g")
GOAT = ("CL-YJ2-900", "晨露优佳较大婴儿配方奶粉2段900g")
ELSEWHERE = (
    ("湖南", "HN1001", "长沙市小太阳贸易有限公司", GOLD, (420, 600, 540, 480), 1560),
    ("湖北", "HB1003", "宜昌市好娃母婴用品有限公司", GOAT, (360, 300, 330, 330), 960),
    ("山东", "SD1002", "济南市贝乐商贸有限公司", SILVER, (240, 240, 210, 270), 600),
)


def stock(*missing: Absent) -> StockSummary:
    whose = ("河南", CUSTOMER.code, CUSTOMER.name)
    positions = (
        position(whose, GOLD, (60, 240, 282, 18), 540, 2),
        position(whose, SILVER, (600, 0, 0, 600), 0, 3),
        *(
            position(tuple(where), what, tins, lately, 3)
            for *where, what, tins, lately in ELSEWHERE
        ),
    )
    batch = Expiring(
        region="河南",
        code=CUSTOMER.code,
        distributor=CUSTOMER.name,
        sku=SILVER[0],
        product=SILVER[1],
        batch="L250301",
        expires=date(2027, 3, 1),
        tins=120,
    )
    made = Consolidated(
        month=date(2026, 11, 1),
        expected=4 + len(missing),
        positions=positions,
        expiring=(batch,),
        missing=missing,
        limits=Limits(),
        trend=trend(),
    )
    return summary_of(made, packed(made, Consolidated))


def position(
    whose: tuple[str, ...],
    what: tuple[str, str],
    tins: tuple[int, int, int, int],
    lately: int,
    months: int,
) -> Position:
    """Of such tins: opening, received, sold, closing."""
    region, code, distributor = whose
    opening, received, sold, closing = tins
    return Position(
        region=region,
        code=code,
        distributor=distributor,
        sku=what[0],
        product=what[1],
        opening=opening,
        received=received,
        sold=sold,
        closing=closing,
        lately=lately,
        months=months,
    )


def trend() -> Trend:
    sold = (1180, 1245, 1310, 1290, 1362)
    months = tuple(
        MonthSum(date(2026, 7 + n, 1), 4, tins + 40, tins, 1600 + 20 * n)
        for n, tins in enumerate(sold)
    )
    return Trend(
        months=months,
        regions=(
            Series("湖南", (500, 510, 560, 520, 540)),
            Series("河南", (None, 240, 250, 262, 282)),
        ),
        distributors=(Series("HN1001 长沙市小太阳贸易有限公司", (500, 510, 560, 520, 540)),),
        products=(Series(f"{GOLD[0]} {GOLD[1]}", (760, 790, 820, 800, 822)),),
    )


def consolidation(language: str, *missing: Absent, changed: tuple[str, ...] = ()) -> Letter:
    head = Person(Role.MARKETING_GM, "市场部总经理", "gm@chenlu.example")
    summed = stock(*missing)
    return Letter(
        notice=ConsolidationNotice(head, summed, changed),
        to=(head.email,),
        subject_id=f"stock-202611-{'so-far' if missing else 'all'}",
        language=language,
        enclosures=(
            StockFile(summed, language, date(2026, 11, 24) if changed else None),
            StockPictures(summed, language),
        ),
    )


def month_grid(language: str, *, is_complete: bool) -> Letter:
    """Of two regions with one missing and one returned; or one manager's, all in."""
    months = months_until(date(2026, 11, 1))
    third = replace(OTHER, code="HB2001", name="保定市爱婴坊商贸有限公司", region="河北")
    states = ("valid", "valid", "missing", "valid", "valid")
    ends = (("valid", CUSTOMER), ("returned", OTHER), ("missing", third))
    rows = tuple(GridRow(c, (*states, "valid" if is_complete else end)) for end, c in ends)
    grid = MonthGrid(months, rows[:2] if is_complete else rows)
    subject = "报表进度 2026-11"
    return Letter(
        notice=MonthGridNotice(grid, subject),
        to=(MANAGER.email if is_complete else ADMIN.email,),
        subject_id="M48-grid",
        about="M48",
        language=language,
        thread=Thread("<grid-1123@chenlu.example>", (), subject),
        enclosures=(GridFile(grid, language),),
        mail_id=48,
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
    yield consolidation(language, changed=(CUSTOMER.name, OTHER.name))
    yield consolidation(language, changed=tuple(f"第{n}经销商" for n in range(1, 8)))
    yield month_grid(language, is_complete=False)
    yield month_grid(language, is_complete=True)
