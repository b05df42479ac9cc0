"""A specimen of every letter, with invented people: what `doctor` tries the templates with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mailflow.domain.appraisal import Funding
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import (
    AnswerNotice,
    ApprovalNotice,
    DigestCounts,
    DigestLine,
    DigestNotice,
    Letter,
    ListFile,
    ListNotice,
    MarkedCopy,
    OrderReport,
)
from mailflow.domain.order import BookedLine, BookedOrder, DispatchList, OrderState
from mailflow.domain.register import Customer, Person, Role, ShipTo
from mailflow.domain.sheet import Place

RECEIVED = datetime(2026, 11, 9, 6, 32, tzinfo=UTC)
DAY = date(2026, 11, 9)
FILE = "童之家订单1109.xlsx"
CUSTOMER = Customer(
    code="HE1000",
    name="南阳市童之家贸易有限公司",
    aliases=("南阳童之家",),
    region="河南",
    regional_manager="rm.henan@chenlu.example",
    email="henan1000@dist.example",
    ship_to=ShipTo(
        consignee="李伟",
        phone="13000000000",
        address="河南省南阳市建设路188号",
        delivery_address="河南省南阳市解放大道物流园A区6号仓",
    ),
    credit_limit=Decimal("1000000"),
    expense_balance=Decimal("5000"),
    owed=Decimal("0"),
)
ADMIN = Person(Role.SALES_ADMIN, "销管一", "admin.north@chenlu.example", ("河南",))
FINANCE = Person(Role.FINANCE, "财务", "finance@chenlu.example")
GOODS = (
    ("CL-JZ1-900", "晨露金装婴幼儿配方奶粉1段900g", "900g*6听/箱", 6, 60, "168.00", Funding.CASH),
    ("CL-JZ2-900", "晨露金装婴幼儿配方奶粉2段900g", "900g*6听/箱", 6, 120, "158.00", Funding.CASH),
    (
        "CL-BJ1-900",
        "晨露铂金婴幼儿配方奶粉1段900g",
        "900g*6听/箱",
        6,
        30,
        "238.00",
        Funding.EXPENSE,
    ),
    ("CL-JZ1-S130", "晨露金装小听粉1段130g", "130g*24听/箱", 24, 48, "0.00", Funding.SAMPLE),
)


def order(state: OrderState = OrderState.ACCEPTED, position: int = 0) -> BookedOrder:
    lines = tuple(
        BookedLine(
            where=f"Sheet1!A{row}:H{row}",
            sku=sku,
            name=name,
            spec=spec,
            tins_per_case=pack,
            tins=tins,
            unit_price=Decimal(price),
            amount=Decimal(price) * tins,
            funding=funding,
        )
        for row, (sku, name, spec, pack, tins, price, funding) in enumerate(GOODS, start=7)
    )
    return BookedOrder(
        number="DD261109-0042" + (f"-{position + 1}" if position else ""),
        revision=1,
        mail_id=42,
        position=position,
        customer=CUSTOMER,
        their_number="TZJ-1109",
        day=DAY,
        received=RECEIVED,
        month=DAY.replace(day=1),
        ship_to=CUSTOMER.ship_to,
        lines=lines,
        state=state,
        fingerprint="0" * 64,
        register_version="1",
        attachment=FILE,
        where="Sheet1!A6:H10",
    )


def dispatch_list(special: bool = False) -> DispatchList:
    own = order()
    if special:
        first = replace(own.lines[0], tins=63, remark="门店急用，要散听")
        own = replace(own, lines=(first, *own.lines[1:]))
    return DispatchList("FH261109-0042", 1, own, DAY, "0" * 64, special)


def loose_tins() -> Finding:
    return Finding(
        "loose-tins",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(FILE, "Sheet1", 7, 4),
        found="13",
        expected="6",
        proposal="12 / 18",
        details=(
            ("product", "晨露金装婴幼儿配方奶粉2段900g"),
            ("tins", "13"),
            ("per_case", "6"),
        ),
    )


def over_credit() -> Finding:
    return Finding(
        "over-credit",
        Severity.WARNING,
        Asked.FINANCE,
        found="29040.00",
        expected="40000.00",
        details=(("owed", "15000.00"), ("excess", "4040.00")),
    )


def hidden_quantity() -> Finding:
    return Finding(
        "hidden-quantity",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        at=Place(FILE, "Sheet1", 8, 4),
        found="30",
        details=(("product", "晨露铂金婴幼儿配方奶粉1段900g"),),
    )


def answer(notice: AnswerNotice, language: str = "zh") -> Letter:
    """The letter around an answer, with what would be enclosed."""
    lists = (ListFile(r.dispatch_list) for r in notice.reports if r.dispatch_list)
    wrong = tuple(f for r in notice.reports for f in r.findings if f.asked is Asked.SENDER)
    copies = (MarkedCopy(42, FILE, "xlsx", wrong, language),) if wrong else ()
    return Letter(
        notice=notice,
        to=("rm.henan@chenlu.example",),
        subject_id=notice.reports[0].order.number if notice.reports else "M42",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
        enclosures=(*lists, *copies),
        mail_id=42,
    )


def answered(
    *reports: OrderReport, outcome: Outcome, findings: tuple[Finding, ...] = ()
) -> AnswerNotice:
    return AnswerNotice(
        recipient="河南区域经理",
        subject="南阳童之家11月订单",
        received=RECEIVED,
        outcome=outcome,
        reports=reports,
        findings=findings,
    )


def accepted_report() -> OrderReport:
    return OrderReport(order(), Outcome.ACCEPTED, (), dispatch_list())


def returned_report() -> OrderReport:
    waits: tuple[tuple[Asked, Person | None], ...] = ((Asked.SENDER, None),)
    return OrderReport(
        order(OrderState.RETURNED), Outcome.RETURNED, (loose_tins(),), waits_on=waits
    )


def held_report() -> OrderReport:
    waits = ((Asked.FINANCE, FINANCE),)
    return OrderReport(order(OrderState.HELD), Outcome.HELD, (over_credit(),), waits_on=waits)


def review_report() -> OrderReport:
    waits = ((Asked.SALES_ADMIN, ADMIN),)
    findings = (hidden_quantity(),)
    return OrderReport(order(OrderState.REVIEW), Outcome.REVIEW, findings, waits_on=waits)


def digest(quiet: bool = False) -> DigestNotice:
    if quiet:
        return DigestNotice(ADMIN, DAY, DigestCounts(0, 0, 0, 0, 0, 0, 0, 0))
    decide = DigestLine(
        reference="DD261106-0031",
        what="hidden-quantity,duplicate-order",
        who=CUSTOMER.name,
        subject="南阳童之家补单",
        since=datetime(2026, 11, 6, 2, 5, tzinfo=UTC),
        region="河南",
        waits_on=Asked.SALES_ADMIN,
    )
    waiting = replace(
        decide,
        reference="DD261109-0040",
        what="over-credit",
        since=RECEIVED,
        waits_on=Asked.FINANCE,
    )
    unread = DigestLine("M44", "stranger", "ad@elsewhere.example", "最新价目表", RECEIVED)
    machine = DigestLine(
        "message 17", "message-failed", "warehouse.north@chenlu.example", "发货清单", RECEIVED
    )
    counts = DigestCounts(12, 7, 3, 1, 1, 2, 7, 1)
    return DigestNotice(ADMIN, DAY, counts, (decide,), (waiting,), (unread,), (machine,))


def specimens(language: str = "zh") -> tuple[Letter, ...]:
    """At least one of every notice, and of an answer one of every outcome."""
    admin = (ADMIN.email,)
    goods = Letter(
        notice=ListNotice(dispatch_list()),
        to=("warehouse.north@chenlu.example",),
        subject_id="FH261109-0042",
        language=language,
        enclosures=(ListFile(dispatch_list()),),
    )
    approval = Letter(
        notice=ApprovalNotice(FINANCE, held_report(), ADMIN),
        to=(FINANCE.email,),
        subject_id="DD261109-0042",
        language=language,
        reply_to=ADMIN.email,
    )
    return (
        *(answer(answered(r, outcome=r.outcome), language) for r in _reports()),
        answer(answered(outcome=Outcome.RETURNED, findings=(refused(),)), language),
        goods,
        approval,
        Letter(notice=digest(), to=admin, subject_id="digest-20261109", language=language),
        Letter(
            notice=digest(quiet=True), to=admin, subject_id="digest-20261110", language=language
        ),
    )


def refused() -> Finding:
    return Finding(
        "attachment-refused",
        Severity.ERROR,
        Asked.SENDER,
        found="订单.xlsx",
        variant="encrypted",
        details=(("detail", ""),),
    )


def _reports() -> tuple[OrderReport, ...]:
    return accepted_report(), returned_report(), held_report(), review_report()
