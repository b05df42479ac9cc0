"""Ledgers by double entry: what distributors owe in money, and what they may take in goods.

An entry balances, is never edited and is entered once; what was wrong is put right by another one.
Cash and expense are two books that never touch: an entry balances in each of them by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mailflow.domain.appraisal import Funding
from mailflow.domain.money import ZERO, to_cents
from mailflow.domain.order import BookedOrder
from mailflow.domain.value import dataclass


class Book(StrEnum):
    CASH = "cash"
    EXPENSE = "expense"


class Account(StrEnum):
    """Two accounts are a distributor's own, one a book; the others say why those changed."""

    OWED = "owed"
    """Money that the distributor owes; below zero it has paid ahead."""
    SALES = "sales"
    BANK = "bank"
    OWED_BEFORE = "owed_before"
    """What was owed when the ledger was opened, as the register says."""
    UNUSED = "unused"
    """Approved expense that may still be taken in goods."""
    TAKEN = "taken"
    APPROVED = "approved"
    UNUSED_BEFORE = "unused_before"

    @property
    def book(self) -> Book:
        cash = (Account.OWED, Account.SALES, Account.BANK, Account.OWED_BEFORE)
        return Book.CASH if self in cash else Book.EXPENSE


class EntryKind(StrEnum):
    OPENING = "opening"
    ORDER = "order"
    PAYMENT = "payment"
    EXPENSE = "expense"
    REVERSAL = "reversal"
    """Takes another entry back whole."""


class Unbalanced(Exception):
    """An entry whose postings do not sum to zero in each book; our own mistake."""


@dataclass(frozen=True, slots=True)
class Posting:
    """More on an account, or less. The distributor's own two say what it owes and what it has left;
    the others say the same with the other sign."""

    account: Account
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`key` makes its source entered once. `period` is the first day of the month whose statement it
    stands on. `document` is what people call it by: an order, a bank reference, an approval.

    `mail_id`, `attachment` and `cell` say where it came from; a register's has none of them.
    """

    key: str
    kind: EntryKind
    distributor: str
    day: date
    period: date
    postings: tuple[Posting, ...]
    document: str = ""
    mail_id: int | None = None
    attachment: str = ""
    cell: str = ""
    remark: str = ""
    reverses: str = ""
    """The key of the entry that this one takes back."""

    def of(self, account: Account) -> Decimal:
        return sum((p.amount for p in self.postings if p.account is account), ZERO)


def checked(entry: Entry) -> Entry:
    """The entry itself. Raises `Unbalanced`, also for parts of a cent and an account named twice."""
    for book in Book:
        if sum(p.amount for p in entry.postings if p.account.book is book):
            raise Unbalanced(f"{entry.key}: {book} does not sum to zero: {entry.postings}")
    if any(p.amount != to_cents(p.amount) for p in entry.postings):
        raise Unbalanced(f"{entry.key}: parts of a cent: {entry.postings}")
    if any(n > 1 for n in Counter(p.account for p in entry.postings).values()):
        raise Unbalanced(f"{entry.key}: an account is named twice: {entry.postings}")
    return entry


def between(own: Account, other: Account, amount: Decimal) -> tuple[Posting, ...]:
    """More on the distributor's own account by `amount`, and why; nothing where it is nothing."""
    return (Posting(own, amount), Posting(other, -amount)) if amount else ()


def month_of(day: date) -> date:
    return day.replace(day=1)


def period_of(month: date, today: date) -> date:
    """A statement that is out stays true: what is entered later stands on a later one."""
    return max(month_of(month), month_of(today))


def order_key(number: str, revision: int) -> str:
    return f"order:{number}/{revision}"


def order_entry(order: BookedOrder, today: date) -> Entry:
    """What an accepted order costs its distributor: money for cash goods, expense for the others.

    Samples cost nothing; an order of nothing else is entered all the same, with no postings.
    """
    assert order.customer is not None
    cash, expense = order.amount_of(Funding.CASH), order.amount_of(Funding.EXPENSE)
    return Entry(
        key=order_key(order.number, order.revision),
        kind=EntryKind.ORDER,
        distributor=order.customer.code,
        day=order.day,
        period=period_of(order.month, today),
        postings=(
            *between(Account.OWED, Account.SALES, cash),
            *between(Account.UNUSED, Account.TAKEN, -expense),
        ),
        document=order.number,
        mail_id=order.mail_id,
        attachment=order.attachment,
        cell=order.where,
    )


def reversal_of(entry: Entry, today: date, remark: str) -> Entry:
    """Takes an entry back; both stay."""
    return Entry(
        key=f"reversal:{entry.key}",
        kind=EntryKind.REVERSAL,
        distributor=entry.distributor,
        day=today,
        period=period_of(entry.period, today),
        postings=tuple(Posting(p.account, -p.amount) for p in entry.postings),
        document=entry.document,
        mail_id=entry.mail_id,
        attachment=entry.attachment,
        cell=entry.cell,
        remark=remark,
        reverses=entry.key,
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """What the register says a distributor owed, and had left, before the first entry."""

    distributor: str
    owed: Decimal
    left: Decimal


def opening_entry(
    stated: Opening, entered: Mapping[Account, Decimal], version: int, today: date
) -> Entry | None:
    """What a register changes in the opening balances `entered` so far (signed as postings are);
    None where it says the same, however often it is loaded."""
    owed = stated.owed + entered.get(Account.OWED_BEFORE, ZERO)
    left = stated.left + entered.get(Account.UNUSED_BEFORE, ZERO)
    if not owed and not left:
        return None
    return Entry(
        key=f"opening:{stated.distributor}@{version}",
        kind=EntryKind.OPENING,
        distributor=stated.distributor,
        day=today,
        period=month_of(today),
        postings=(
            *between(Account.OWED, Account.OWED_BEFORE, owed),
            *between(Account.UNUSED, Account.UNUSED_BEFORE, left),
        ),
        document=f"register {version}",
    )


def payment_posting(amount: Decimal) -> tuple[Posting, ...]:
    """Money that arrived; below zero it went back."""
    return between(Account.OWED, Account.BANK, -amount)


def approval_posting(amount: Decimal) -> tuple[Posting, ...]:
    """Expense that was approved; below zero it was taken back."""
    return between(Account.UNUSED, Account.APPROVED, amount)


def sums_of(entries: Iterable[Entry]) -> Mapping[str, Mapping[Account, Decimal]]:
    """The balance of every account of every distributor."""
    sums: dict[str, dict[Account, Decimal]] = {}
    for entry in entries:
        mine = sums.setdefault(entry.distributor, {})
        for posting in entry.postings:
            mine[posting.account] = mine.get(posting.account, ZERO) + posting.amount
    return sums
