"""Whether a mail asks for a statement of account, or disputes one."""

from __future__ import annotations

from datetime import date

from mailflow.answering import PERSONAL
from mailflow.desk.house import House
from mailflow.desk.people import language_of
from mailflow.desk.statements import may_have, statement_letter
from mailflow.domain.case import Case
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, OpenCase, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import MailState, Trust, thread_of
from mailflow.domain.register import Customer
from mailflow.ports import MailRow, Work
from mailflow.rules.own_words import own_words
from mailflow.rules.statement_words import (
    STATEMENT_NUMBER,
    Wanted,
    complains,
    is_disputed,
    statement_asked,
)

TOLD, DISPUTED = "statement-sent", "statement-disputed"
Told = tuple[tuple[Effect, ...], tuple[Finding, ...]]


def effects_of_a_statement_mail(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> Told | None:
    """None where the mail is nothing of the kind, or it is not certain what is wanted."""
    sender, head = facts.sender, reading.head
    is_personal = head.kind in PERSONAL and not head.has_calendar and not sender.is_us
    is_his = sender.known and sender.trust is Trust.A and sender.address is not None
    if not (is_personal and is_his) or reading.documents or reading.refused:
        return None
    number = STATEMENT_NUMBER.search(head.subject)
    if number is not None:
        return _disputed(row, reading, facts, number[1])
    if complains(own_words(reading.body)) or reading.forwarded:
        return None
    wanted = statement_asked(head.subject, reading.said.first, facts.business_day)
    customer = _customer(wanted, facts, house) if wanted else None
    if wanted is None or customer is None or not may_have(sender, customer):
        return None
    today = facts.business_day
    period = _period(wanted, today)
    if period is None:
        return None
    statement = work.statement(customer, period)
    letter = statement_letter(
        statement,
        (sender.address or "",),
        language_of(sender, house.language),
        asked=(row.id, head.subject, thread_of(head)),
    )
    return (Post(letter), SettleMail(MailState.DONE, TOLD)), ()


def _customer(wanted: Wanted, facts: Facts, house: House) -> Customer | None:
    """Whom the words name; without a name the one distributor that its sender stands for."""
    if wanted.who:
        found = house.lexicon.customers_named(wanted.who)
        return found[0] if len(found) == 1 else None
    address = (facts.sender.address or "").casefold()
    mine = facts.sender.customers or tuple(
        c for c in facts.register.customers if c.regional_manager.casefold() == address
    )
    return mine[0] if len(mine) == 1 else None


def _period(wanted: Wanted, today: date) -> date | None:
    """This month where none is named; none that has yet to come."""
    if wanted.month is None:
        return today.replace(day=1)
    period = date(wanted.month.year or today.year, wanted.month.month, 1)
    return period if period <= today else None


def _disputed(row: MailRow, reading: Reading, facts: Facts, number: str) -> Told | None:
    """`有异议` under a statement is the sales admin's, with what was written; anything else under
    one is a mail like others."""
    code = number.split("-", 1)[1].rsplit("-", 1)[0]
    customer = facts.register.by_code.get(code.casefold())
    if customer is None or not is_disputed(reading.said.first):
        return None
    if not may_have(facts.sender, customer):
        return None
    finding = Finding(
        DISPUTED,
        Severity.WARNING,
        Asked.SALES_ADMIN,
        found=" ".join(reading.body.split())[:200],
        details=(("statement", number),),
    )
    case = Case(
        number=f"M{row.id}",
        kind="mail",
        subject_id=str(row.id),
        waits_on=Asked.SALES_ADMIN,
        region=customer.region,
        reason=DISPUTED,
        since=facts.received,
    )
    return (OpenCase(case), SettleMail(MailState.REVIEW, DISPUTED)), (finding,)
