"""Whether money is in the ledger already: the same row on another sheet, or perhaps the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from mailflow.domain.expenses import ExpenseRow, Expenses
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.ledger import Account, Entry, EntryKind
from mailflow.domain.naming import normalised
from mailflow.domain.payments import PaymentRow, Payments
from mailflow.domain.register import Customer
from mailflow.domain.sheet import Place
from mailflow.domain.spelling import plain
from mailflow.rules.money_words import ANOTHER

Sheet = Payments | Expenses
Row = PaymentRow | ExpenseRow


def document_of(row: Row) -> str:
    return row.reference.strip() if isinstance(row, PaymentRow) else row.approval_no.strip()


def remarks_of(row: Row) -> tuple[str, ...]:
    if isinstance(row, PaymentRow):
        return row.payer, row.order_no, row.remark
    return row.expense_kind, row.activity, row.remark


def key_of(row: Row, customer: Customer, amount: Decimal, day: date | None) -> str:
    """What makes the same row the same, on whatever sheet it comes again; `day` is its own."""
    of = (
        (row.payer,)
        if isinstance(row, PaymentRow)
        else (str(row.month), row.expense_kind, row.activity)
    )
    said = row.remark if ANOTHER.search(plain(row.remark)) else ""
    own = day.isoformat() if day else ""
    parts = (customer.code, own, f"{amount:.2f}", document_of(row), *of, said)
    kind = "payment" if isinstance(row, PaymentRow) else "expense"
    digest = hashlib.sha256("\0".join(map(normalised, parts)).encode()).hexdigest()
    return f"{kind}:{digest[:40]}"


def may_be_again(
    entry: Entry, known: Iterable[Entry], *, in_one_sheet: bool = False
) -> Entry | None:
    """One that is perhaps the same money under other words, so that a person has to say.

    The same reference of the same distributor; or the same day and amount where one of the two has
    no reference. One that takes the other back is not the same, nor is one that says so.
    """
    if ANOTHER.search(plain(entry.remark)):
        return None
    amount = _own(entry)
    for other in known:
        if other.kind is not entry.kind or other.distributor != entry.distributor:
            continue
        its_amount = _own(other)
        is_opposite = amount * its_amount < 0
        same_document = bool(entry.document) and normalised(entry.document) == normalised(
            other.document
        )
        several = in_one_sheet and entry.kind is EntryKind.EXPENSE
        if same_document and not is_opposite and not several:
            return other
        same_figures = amount == its_amount and entry.day == other.day
        if same_figures and not (entry.document and other.document):
            return other
    return None


def _own(entry: Entry) -> Decimal:
    """What it moves on the distributor's own account of its book."""
    return entry.of(Account.OWED) + entry.of(Account.UNUSED)


def again_finding(sheet: Sheet, at: Place, amount: Decimal, other: Entry) -> Finding:
    return money_finding(sheet, "money-again", at, found=f"{amount:.2f}", other=place_of(other))


def place_of(entry: Entry) -> str:
    """`M17 回款.xlsx Sheet1!D4`, where a person finds it again."""
    return f"M{entry.mail_id} {entry.attachment} {entry.cell}"


def money_finding(
    sheet: Sheet, code: str, at: Place | None, *, found: str, **details: str
) -> Finding:
    return Finding(
        code,
        Severity.WARNING,
        Asked.SENDER,
        at=at,
        where=sheet.where,
        found=found,
        variant=sheet.kind,
        details=tuple(details.items()),
    )
