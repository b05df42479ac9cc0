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
        details=(("word", "待确"),),
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
