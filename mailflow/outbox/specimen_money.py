"""A specimen of what finance hears of the sheets it sent, with invented people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.money_notice import MoneyBalance, MoneyLine, MoneyNotice, MoneySheet
from mailflow.domain.notice import Letter
from mailflow.domain.order import OrderState
from mailflow.domain.sheet import Place
from mailflow.domain.statement import Statement, StatementFile, StatementLine, StatementNotice
from mailflow.outbox.specimen_orders import CUSTOMER, FINANCE, order

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


def statement_of_account(language: str, *, is_asked: bool = True) -> Letter:
    """One that was asked for in its month, or one that comes by itself when the month is over."""
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
    statement = Statement(
        code=CUSTOMER.code,
        name=CUSTOMER.name,
        region=CUSTOMER.region,
        period=date(2026, 11, 1),
        made_on=date(2026, 11, 10) if is_asked else date(2026, 12, 1),
        lines=lines,
    )
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


def money_letters(language: str) -> tuple[Letter, ...]:
    return (
        money_entered(language),
        money_asked(language),
        statement_of_account(language),
        statement_of_account(language, is_asked=False),
    )
