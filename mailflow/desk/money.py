"""Payments and approved expenses: entered row by row, and whoever sent them hears what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mailflow.desk.orders import mail_case
from mailflow.desk.people import language_of
from mailflow.domain.access import may_decide
from mailflow.domain.appraisal import Funding
from mailflow.domain.document import Reading
from mailflow.domain.effect import CloseCase, Effect, Enter, OpenCase, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.ledger import Entry
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.money import ZERO
from mailflow.domain.money_notice import MoneyBalance, MoneyLine, MoneyNotice, MoneySheet
from mailflow.domain.notice import Letter
from mailflow.domain.order import BookedOrder
from mailflow.domain.register import Customer
from mailflow.domain.value import dataclass
from mailflow.rules.money_again import place_of
from mailflow.rules.money_sheet import Certain, Judged, Sheet

ENTERED, KNOWN, ASKED = "money-entered", "money-known", "money-asked"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A sheet with each of its certain rows put where it belongs."""

    sheet: Sheet
    judged: Judged
    new: tuple[Certain, ...] = ()
    known: tuple[tuple[Certain, Entry], ...] = ()
    asked: tuple[Finding, ...] = ()
    """What is asked of the sheet and its rows, also of those that may be known."""


@dataclass(frozen=True, slots=True)
class MoneyMail:
    """`held` are the orders of the distributors concerned that wait for credit; `corrects` the
    mails of the same sender that it is an answer about."""

    mail_id: int
    revision: int
    reading: Reading
    facts: Facts
    sheets: tuple[Sorted, ...]
    held: tuple[BookedOrder, ...] = ()
    corrects: tuple[int, ...] = ()
    language: str = "zh"

    @property
    def asked(self) -> tuple[Finding, ...]:
        return tuple(f for sheet in self.sheets for f in sheet.asked)


def effects_of_money(mail: MoneyMail) -> tuple[Effect, ...]:
    """Entries, an answer in the sender's thread, and a case where anything is asked."""
    effects: list[Effect] = [Enter(c.entry) for sheet in mail.sheets for c in sheet.new]
    effects += (CloseCase(number, f"M{mail.mail_id}") for number in mail.corrects)
    effects.append(Post(_letter(mail)))
    if mail.asked:
        reason = ",".join(dict.fromkeys(f.code for f in mail.asked))
        case = mail_case(mail.mail_id, (reason, _waits_on(mail.facts)), mail.facts)
        effects.append(OpenCase(case))
    has_new = any(sheet.new for sheet in mail.sheets)
    state = MailState.RETURNED if mail.asked else MailState.DONE
    effects.append(SettleMail(state, ASKED if mail.asked else ENTERED if has_new else KNOWN))
    return tuple(effects)


def _waits_on(facts: Facts) -> Asked:
    is_finance = may_decide(facts.sender.people, Asked.FINANCE)
    return Asked.FINANCE if is_finance else Asked.MARKETING_GM


def _letter(mail: MoneyMail) -> Letter:
    sender, head = mail.facts.sender, mail.reading.head
    balances = tuple(_balances(mail))
    return Letter(
        notice=MoneyNotice(
            recipient=sender.people[0].name,
            subject=head.subject,
            sheets=tuple(map(_told, mail.sheets)),
            balances=balances,
            fits=tuple(_fitting(mail, balances)),
            refused=mail.reading.refused,
        ),
        to=(sender.address or "",),
        subject_id=f"M{mail.mail_id}",
        revision=mail.revision,
        language=language_of(sender, mail.language),
        thread=thread_of(head),
        mail_id=mail.mail_id,
    )


def _told(sheet: Sorted) -> MoneySheet:
    known = (replace(_line(c), before=place_of(entry)) for c, entry in sheet.known)
    return MoneySheet(
        kind=sheet.sheet.kind,
        attachment=sheet.sheet.attachment,
        where=str(sheet.sheet.where),
        entered=tuple(map(_line, sheet.new)),
        known=tuple(known),
        asked=sheet.asked,
        whole=sheet.judged.whole,
    )


def _line(certain: Certain) -> MoneyLine:
    entry, customer = certain.entry, certain.customer
    return MoneyLine(
        code=customer.code,
        name=customer.name,
        day=entry.day,
        amount=certain.amount,
        document=entry.document,
        cell=certain.at.address,
    )


def _balances(mail: MoneyMail) -> Iterator[MoneyBalance]:
    """Of each distributor that something was entered of, in the order of the sheets."""
    sums: dict[tuple[str, str], tuple[Customer, Decimal]] = {}
    for sheet in mail.sheets:
        for certain in sheet.new:
            key = sheet.sheet.kind, certain.customer.code
            _, before = sums.get(key, (certain.customer, ZERO))
            sums[key] = certain.customer, before + certain.amount
    for (kind, _), (customer, amount) in sums.items():
        after = (
            mail.facts.owed(customer) - amount
            if kind == "payments"
            else mail.facts.expense_left(customer) + amount
        )
        yield MoneyBalance(kind, customer.code, customer.name, amount, after)


def _fitting(mail: MoneyMail, balances: Sequence[MoneyBalance]) -> Iterator[BookedOrder]:
    """Oldest first; each as if it were released alone."""
    owed = {b.code: b.after for b in balances if b.kind == "payments"}
    for order in mail.held:
        customer = order.customer and mail.facts.register.by_code.get(
            order.customer.code.casefold()
        )
        if customer is None or customer.code not in owed:
            continue
        if owed[customer.code] + order.amount_of(Funding.CASH) <= customer.credit_limit:
            yield order
