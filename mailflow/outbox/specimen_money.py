"""A specimen of what finance hears of the sheets it sent, with invented people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.money_notice import MoneyBalance, MoneyLine, MoneyNotice, MoneySheet
from mailflow.domain.notice import Letter
from mailflow.domain.notice_dispute import DisputeNotice, DisputeStage
from mailflow.domain.order import OrderState
from mailflow.domain.register import Customer
from mailflow.domain.sheet import Place
from mailflow.domain.statement import (
    Statement,
    StatementFile,
    StatementLine,
    StatementNotice,
    Statements,
    StatementsFile,
    StatementsNotice,
    StatementWhichNotice,
)
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER, FINANCE, order

BOOK = "11月回款.xlsx"
PAID = MoneyLine(
    CUSTOMER.code,
    CUSTOMER.name,
    date(2026, 11, 3),
    Decimal("36288.00"),
    "2026110300017",
    "D3",
)


def money_entered(language: str) -> Letter:
    """All of it entered, and an order that is within the limit now."""
    sheet = MoneySheet("payments", BOOK, "Sheet1!A2:F4", (PAID,))
    after = (
        MoneyBalance("payments", CUSTOMER.code, CUSTOMER.name, PAID.amount, Decimal("-1200.50")),
    )
    return _letter((sheet,), after, language, fits=True)


def money_asked(language: str) -> Letter:
    """One entered, one known, one asked; and a sheet nothing of which was entered."""
    words = Finding(
        "money-words",
        Severity.WARNING,
        Asked.SENDER,
        at=Place(BOOK, "Sheet1", 4, 5),
        found="待确认",
        variant="payments",
        details=(("word", "待确认"),),
    )
    before = "M17 10月回款.xlsx Sheet1!D9"
    known = MoneyLine(
        PAID.code, PAID.name, date(2026, 10, 30), Decimal("500"), "", "D4", before=before
    )
    payments = MoneySheet("payments", BOOK, "Sheet1!A2:F6", (PAID,), (known,), (words,))
    total = Finding(
        "report-total",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        at=Place("费用.xlsx", "Sheet1", 8, 4),
        found="7600",
        expected="7500",
    )
    expenses = MoneySheet("expenses", "费用.xlsx", "Sheet1!A1:G9", asked=(total,), whole=True)
    after = (MoneyBalance("payments", CUSTOMER.code, CUSTOMER.name, PAID.amount, Decimal("12000")),)
    return _letter((payments, expenses), after, language)


def _letter(
    sheets: tuple[MoneySheet, ...],
    after: tuple[MoneyBalance, ...],
    language: str,
    *,
    fits: bool = False,
) -> Letter:
    subject = "11月回款"
    orders = (order(OrderState.HELD),) if fits else ()
    return Letter(
        notice=MoneyNotice(FINANCE.name, subject, sheets, after, orders),
        to=(FINANCE.email,),
        subject_id="M45",
        language=language,
        thread=Thread("<payments-1109@chenlu.example>", (), subject),
        mail_id=45,
    )


def _statement(*, is_running: bool) -> Statement:
    rows = (
        ("opening", "register 2", "12000.00", "12000.00", "8000.00", "8000.00"),
        ("order", "DD261109-0042", "36180.00", "48180.00", "-1200.50", "6799.50"),
        ("payment", PAID.document, "-36288.00", "11892.00", "0.00", "6799.50"),
    )
    lines = tuple(
        StatementLine(
            day=date(2026, 11, 2 + 3 * number),
            kind=kind,
            document=document,
            cash=Decimal(cash),
            owed=Decimal(owed),
            expense=Decimal(expense),
            left=Decimal(left),
        )
        for number, (kind, document, cash, owed, expense, left) in enumerate(rows)
    )
    return Statement(
        code=CUSTOMER.code,
        name=CUSTOMER.name,
        region=CUSTOMER.region,
        period=date(2026, 11, 1),
        made_on=date(2026, 11, 10) if is_running else date(2026, 12, 1),
        lines=lines,
    )


def statement_of_account(language: str, *, is_asked: bool = True) -> Letter:
    """One that was asked for in its month, or one that comes by itself when the month is over."""
    statement = _statement(is_running=is_asked)
    subject = "请发11月对账单" if is_asked else ""
    return Letter(
        notice=StatementNotice(statement, subject),
        to=(CUSTOMER.regional_manager,),
        subject_id=f"{statement.number}-M46" if is_asked else statement.number,
        about=statement.number,
        language=language,
        thread=Thread("<ask-1110@chenlu.example>", (), subject) if is_asked else None,
        enclosures=(StatementFile(statement, language),),
        mail_id=46 if is_asked else None,
    )


def statements_of_account(language: str) -> Letter:
    """Of three distributors: one owes, one has paid ahead, of one nothing is entered."""
    owing = _statement(is_running=True)
    line = StatementLine(
        day=date(2026, 11, 5),
        kind="payment",
        document="2026110500023",
        cash=Decimal("-1500.50"),
        owed=Decimal("-1500.50"),
        expense=Decimal("0.00"),
        left=Decimal("0.00"),
    )
    others = [
        replace(owing, code=code, name=name, lines=lines)
        for code, name, lines in (
            ("HE1001", "洛阳市贝贝乐母婴用品有限公司", (line,)),
            ("HE1002", "新乡市小太阳孕婴用品店", ()),
        )
    ]
    subject = "对账单"
    statements = Statements(owing.period, owing.made_on, (owing, *others))
    return Letter(
        notice=StatementsNotice(statements, subject),
        to=(CUSTOMER.regional_manager,),
        subject_id=f"{statements.number}-M46",
        about=statements.number,
        language=language,
        thread=Thread("<ask-1110@chenlu.example>", (), subject),
        enclosures=(StatementsFile(statements, language),),
        mail_id=46,
    )


def which_statement(language: str, *candidates: Customer) -> Letter:
    subject = "童之家对账单"
    month = date(2026, 10, 1) if len(candidates) > 1 else None
    return Letter(
        notice=StatementWhichNotice("童之家", month, candidates, subject),
        to=(CUSTOMER.regional_manager,),
        subject_id="M46-which",
        about="M46",
        language=language,
        thread=Thread("<ask-1110@chenlu.example>", (), subject),
        mail_id=46,
    )


def dispute(language: str, stage: DisputeStage, reason: str = "") -> Letter:
    notice = DisputeNotice(
        stage=stage,
        number="M47",
        statement="DZ-HE1000-202611",
        customer=CUSTOMER,
        period=date(2026, 11, 1),
        by=CUSTOMER.name,
        reason=reason,
        subject="Re: 对账单 [DZ-HE1000-202611]",
        owner=ADMIN.name,
        files=("银行回单.pdf",) if reason else (),
        settled_by=FINANCE.name,
        answer="11月8日的回款 8,000 元昨天到账，已经登记。\n请看新的对账单。",
    )
    return Letter(
        notice=notice,
        to=(FINANCE.email if stage is DisputeStage.RAISED else CUSTOMER.email,),
        subject_id=f"M47-{stage.value}",
        about="DZ-HE1000-202611 M47",
        language=language,
        mail_id=47,
    )


def money_letters(language: str) -> tuple[Letter, ...]:
    return (
        money_entered(language),
        money_asked(language),
        statement_of_account(language),
        statement_of_account(language, is_asked=False),
        statements_of_account(language),
        which_statement(
            language,
            CUSTOMER,
            replace(CUSTOMER, code="HE1001", name="洛阳市童之家母婴用品有限公司"),
        ),
        which_statement(language, CUSTOMER),
        dispute(language, DisputeStage.RECEIVED, "11月8日的回款 8,000 元没有记"),
        dispute(language, DisputeStage.RECEIVED),
        dispute(language, DisputeStage.RAISED, "11月8日的回款 8,000 元没有记\n<b>银行回单</b>另发"),
        dispute(language, DisputeStage.RAISED),
        dispute(language, DisputeStage.SETTLED),
    )
