"""Whether a mail objects to a statement of account, or settles such an objection."""

from __future__ import annotations

import re
from datetime import date

from mailflow.desk.disputes import DISPUTED, Dispute, effects_of_dispute, effects_of_settling
from mailflow.desk.house import House
from mailflow.desk.people import language_of
from mailflow.domain.access import granted, may_for, may_in
from mailflow.domain.access_table import Action
from mailflow.domain.case import case_of_mail
from mailflow.domain.document import Order, Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import thread_of
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Customer
from mailflow.ports import MailRow, Work
from mailflow.rules.statement_words import STATEMENT_NUMBER, objection, settlement

SEVERAL = pattern(r"\[DZ-(20\d{4})\]", re.IGNORECASE)
"""The number of a letter with the statements of several distributors."""
CASE = pattern(r"\[DZ-[^\[\]]{1,60}\sM(\d{1,12})\]", re.IGNORECASE)
Told = tuple[tuple[Effect, ...], tuple[Finding, ...]]


def is_about_a_statement(reading: Reading) -> bool:
    subject = reading.head.subject
    return bool(STATEMENT_NUMBER.search(subject) or SEVERAL.search(subject))


def effects_of_an_objection(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> Told | None:
    """`有异议` under a statement is a case of the sales admin's, with what was written, and his or
    finance's `已核实` under that settles it; anything else under one is a mail like others, and so is
    what brings an order. A bank's receipt or a marked statement may come with either."""
    named = _named(reading, facts, house)
    if named is None or any(isinstance(d, Order) for d in reading.documents):
        return None
    customer, period = named
    settled = settlement(reading.said)
    case = CASE.search(reading.head.subject)
    if settled is not None and case is not None:
        return _settled(int(case[1]), (customer, period), settled, (facts, work, house))
    reason = objection(reading.said)
    if reason is None or not may_for(facts.sender, Action.STATEMENT, customer, facts.register):
        return None
    statement = work.statement(customer, period)
    dispute = Dispute(
        mail_id=row.id,
        customer=customer,
        statement=statement.number,
        period=period,
        address=facts.sender.address or "",
        reason=reason,
        subject=reading.head.subject,
        thread=thread_of(reading.head),
        register=facts.register,
        language=language_of(facts.sender, house.language),
        house_language=house.language,
        files=_files(reading),
    )
    why = DISPUTED, Asked.SALES_ADMIN
    waiting = case_of_mail(row.id, why, facts.received, customer.region)
    said_before = _open_case(case, facts, work)
    effects = effects_of_dispute(dispute, statement, waiting, said_before)
    return effects, (_finding(reading, statement.number),)


def _finding(reading: Reading, statement: str) -> Finding:
    return Finding(
        DISPUTED,
        Severity.WARNING,
        Asked.SALES_ADMIN,
        found=" ".join(reading.body.split())[:200],
        details=(("statement", statement),),
    )


def _files(reading: Reading) -> tuple[str, ...]:
    """The names of what came with the mail; a table in its words has none."""
    names = (each.attachment for each in (*reading.documents, *reading.refused))
    return tuple(dict.fromkeys(name for name in names if name))


def _open_case(case: re.Match[str] | None, facts: Facts, work: Work) -> int | None:
    """The mail whose case is open and was opened by the same sender, who says more of it now."""
    if case is None or f"M{int(case[1])}" not in work.cases_for(DISPUTED):
        return None
    mail_id = int(case[1])
    return mail_id if work.origin(mail_id).sender == facts.sender.address else None


def _named(reading: Reading, facts: Facts, house: House) -> tuple[Customer, date] | None:
    """Whose statement it is under, and of which month; under a letter with several whom the words
    name."""
    subject = reading.head.subject
    if number := STATEMENT_NUMBER.search(subject):
        code, _, month = number[1].partition("-")[2].rpartition("-")
        customer = facts.register.by_code.get(code.casefold())
    elif several := SEVERAL.search(subject):
        month = several[1]
        said = " ".join((reading.said.first, *reading.said.besides))
        found = house.lexicon.customers_within(said)
        customer = found[0] if len(found) == 1 else None
    else:
        return None
    if customer is None or not 1 <= int(month[4:]) <= 12:
        return None
    return customer, date(int(month[:4]), int(month[4:]), 1)


def _settled(
    mail_id: int,
    about: tuple[Customer, date],
    answer: str,
    around: tuple[Facts, Work, House],
) -> Told | None:
    """None where the case is none of his, is settled, or is of another statement."""
    (customer, period), (facts, work, house) = about, around
    people = [p for p, _ in granted(facts.sender.people, Action.SETTLE_DISPUTE)]
    is_his = may_in(people, Action.SETTLE_DISPUTE, customer.region, facts.register)
    if f"M{mail_id}" not in work.cases_for(DISPUTED) or not is_his:
        return None
    origin = work.origin(mail_id)
    statement = work.statement(customer, period).number
    register, single = facts.register, STATEMENT_NUMBER.search(origin.subject)
    if not register.knows(origin.sender) or (single and single[1].upper() != statement.upper()):
        return None
    dispute = Dispute(
        mail_id=mail_id,
        customer=customer,
        statement=statement,
        period=period,
        address=origin.sender,
        reason="",
        subject=origin.subject,
        thread=origin.thread,
        register=register,
        language=next(
            (p.language for p in register.person(origin.sender) if p.language), house.language
        ),
        house_language=house.language,
    )
    return effects_of_settling(dispute, people[0], answer), ()
