"""A sheet of payments or approved expenses, row by row: what may be entered, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mailflow.domain.access import may, may_in
from mailflow.domain.access_table import Action
from mailflow.domain.decision import Decision
from mailflow.domain.expenses import ExpenseRow, Expenses
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.ledger import (
    Entry,
    EntryKind,
    approval_posting,
    payment_posting,
    period_of,
)
from mailflow.domain.naming import Lexicon
from mailflow.domain.pattern import pattern
from mailflow.domain.payments import PaymentRow, Payments
from mailflow.domain.register import Customer
from mailflow.domain.sheet import Place
from mailflow.domain.spelling import plain
from mailflow.domain.value import dataclass
from mailflow.rules.money_again import document_of, key_of, money_finding, remarks_of
from mailflow.rules.money_words import NO_CASH, NOT_MONEY, TAKES_BACK, is_for_goods
from mailflow.rules.report_figures import figure
from mailflow.rules.report_whose import Whose, WhoseReader, whose_finding
from mailflow.rules.reports import RECEIVED

Sheet = Payments | Expenses
Row = PaymentRow | ExpenseRow
SAID_IN: Mapping[str, Action] = {
    "payments": Action.ENTER_PAYMENTS,
    "expenses": Action.ENTER_EXPENSES,
}
"""Whose word it is that money came, or that an expense was approved."""
MOST_ROWS = 2000
"""Each row is looked up in the ledger; a sheet with more of them is looked at by a person."""


@dataclass(frozen=True, slots=True)
class Certain:
    """A row that may be entered as it stands, of whom it is, and its cell."""

    entry: Entry
    customer: Customer
    at: Place
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Judged:
    """`whole`: what is asked concerns the sheet as a whole, and none of its rows is entered."""

    rows: tuple[Certain, ...] = ()
    asked: tuple[Finding, ...] = ()
    whole: bool = False


def may_say(sheet: Sheet, facts: Facts) -> bool:
    """The part of him who sends it must be named in the register; where it is, is asked row by row."""
    return may(facts.sender, SAID_IN[sheet.kind])


def judged_money(decision: Decision, mail_id: int, facts: Facts, lexicon: Lexicon) -> Judged:
    sheet = decision.document
    assert isinstance(sheet, Payments | Expenses)
    rows = {row.row for row in sheet.rows}
    own = [f for f in decision.findings if f.code not in (*RECEIVED, "report-whose")]
    around = [f for f in own if f.at is None or f.at.row not in rows]
    around += _denied_around(sheet)
    if around:
        return Judged(asked=tuple(around), whole=True)
    of_row: dict[int, list[Finding]] = {}
    for finding in own:
        if finding.at is not None:
            of_row.setdefault(finding.at.row, []).append(finding)
    reader = _Reader(sheet, facts, lexicon, mail_id)
    certain: list[Certain] = []
    asked: list[Finding] = []
    for row in sheet.rows:
        found = reader.read(row, of_row.get(row.row, []))
        if isinstance(found, Certain):
            certain.append(found)
        else:
            asked.extend(found)
    return Judged(tuple(certain), tuple(asked))


def _denied_around(sheet: Sheet) -> Iterator[Finding]:
    """`11月预计回款`, `以下款项未到账`: said of all rows at once."""
    for text, at in (
        *((hint.text, hint.at) for hint in sheet.hints),
        *((note.text, note.at) for note in sheet.notes),
        *((column.header, column.at) for column in sheet.columns),
    ):
        if found := NOT_MONEY.search(plain(text)):
            yield money_finding(
                sheet, "money-words", at, found=" ".join(text.split()), word=found[0]
            )


class _Reader:
    """Reads the rows of one sheet; what is found of one is not of the next."""

    def __init__(self, sheet: Sheet, facts: Facts, lexicon: Lexicon, mail_id: int) -> None:
        self._sheet, self._facts, self._mail_id = sheet, facts, mail_id
        self._whose = WhoseReader(sheet, facts, lexicon)
        self._day_said = _day_in(said.text) if (said := sheet.said("date")) else None

    def read(self, row: Row, found: list[Finding]) -> Certain | list[Finding]:
        """What may be entered, or all that is asked of the row."""
        whose = self._whose.of(row)
        amount = row.paid if isinstance(row, PaymentRow) else row.approved
        found = [f for f in found if not self._is_taken_back(row, f)]
        found += self._of_whom(row, whose) + self._said(row)
        day = self._day(row)
        is_named = bool(self._own_day(row) or document_of(row))
        if day is None or not is_named or day > self._facts.business_day:
            variant = "future" if day and is_named else "missing"
            slot = "paid_on" if isinstance(row, PaymentRow) else "approved_on"
            found.append(figure(self._sheet, row, slot, variant, str(day or "")))
        if amount is None and not found:
            slot = "paid" if isinstance(row, PaymentRow) else "approved"
            found.append(figure(self._sheet, row, slot, "missing", ""))
        if found or amount is None or day is None:
            return list({(f.code, f.variant, f.at): f for f in found}.values())
        return self._certain(row, whose.customers[0], amount, day)

    def _of_whom(self, row: Row, whose: Whose) -> list[Finding]:
        if len(whose.customers) != 1 or whose.strange:
            at = whose.at or self._sheet.first_cell(row)
            return [whose_finding(self._sheet, whose, at)]
        region = whose.customers[0].region
        action, people = SAID_IN[self._sheet.kind], self._facts.sender.people
        if may_in(people, action, region, self._facts.register):
            return []
        at = self._sheet.first_cell(row)
        return [money_finding(self._sheet, "money-region", at, found=region)]

    def _said(self, row: Row) -> list[Finding]:
        """Words of the row that deny it, or say that it is for something else."""
        texts = [("section", row.section), ("remark", row.remark)]
        if isinstance(row, PaymentRow):
            texts += [("method", row.method), ("funding", row.funding)]
        else:
            texts += [("expense_kind", row.expense_kind), ("activity", row.activity)]
        for slot, text in texts:
            if word := self._denies(row, slot, text):
                at = next(self._sheet.places(row, slot), self._sheet.first_cell(row))
                shown = " ".join(text.split())
                return [money_finding(self._sheet, "money-words", at, found=shown, word=word)]
        return []

    def _denies(self, row: Row, slot: str, text: str) -> str:
        said = plain(text)
        if not said:
            return ""
        if slot == "funding" and not is_for_goods(said):
            return said
        taken_back = TAKES_BACK.search(said)
        if taken_back and not self._is_negative(row):
            return taken_back[0]
        words = NOT_MONEY.search(said) if not (taken_back and self._is_negative(row)) else None
        if words is None and isinstance(row, PaymentRow):
            words = NO_CASH.search(said)
        return words[0] if words else ""

    def _is_taken_back(self, row: Row, finding: Finding) -> bool:
        """A figure below zero is no mistake where the row says that it takes something back."""
        is_negative = finding.code == "report-figure" and finding.variant == "negative"
        texts = (
            row.section,
            row.remark,
            *((row.method, row.funding) if isinstance(row, PaymentRow) else ()),
        )
        return is_negative and any(TAKES_BACK.search(plain(text)) for text in texts)

    def _is_negative(self, row: Row) -> bool:
        amount = row.paid if isinstance(row, PaymentRow) else row.approved
        return amount is not None and amount < 0

    def _own_day(self, row: Row) -> date | None:
        return row.paid_on if isinstance(row, PaymentRow) else row.approved_on

    def _day(self, row: Row) -> date | None:
        """Its own, else that of the sheet; that alone tells no row from the same one on a later
        sheet, so that a row without its own needs a number."""
        day = self._own_day(row) or self._day_said
        return day or (None if isinstance(row, PaymentRow) else self._facts.business_day)

    def _certain(self, row: Row, customer: Customer, amount: Decimal, day: date) -> Certain:
        sheet = self._sheet
        slot = "paid" if isinstance(row, PaymentRow) else "approved"
        at = next(sheet.places(row, slot), sheet.first_cell(row))
        is_payment = isinstance(row, PaymentRow)
        entry = Entry(
            key=key_of(row, customer, amount, self._own_day(row)),
            kind=EntryKind.PAYMENT if is_payment else EntryKind.EXPENSE,
            distributor=customer.code,
            day=day,
            period=period_of(day, self._facts.business_day),
            postings=payment_posting(amount) if is_payment else approval_posting(amount),
            document=document_of(row),
            mail_id=self._mail_id,
            attachment=sheet.attachment,
            cell=str(at),
            remark="; ".join(" ".join(t.split()) for t in remarks_of(row) if t.strip()),
        )
        return Certain(entry, customer, at, amount)


_DAY = pattern(r"\D*(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\D*")


def _day_in(text: str) -> date | None:
    found = _DAY.fullmatch(plain(text))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
