"""Whether a mail asks for statements of account; what objects to one is `disputing`'s."""

from __future__ import annotations

from datetime import date

from mailflow.desk.house import House
from mailflow.desk.people import language_of
from mailflow.desk.statements import statement_letter, statements_letter, which_letter
from mailflow.disputing import effects_of_an_objection, is_about_a_statement
from mailflow.domain.access import may_for
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.mail import MailState, Thread, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.register import Customer
from mailflow.domain.statement import Statements
from mailflow.ports import MailRow, Work
from mailflow.rules.own_words import own_words
from mailflow.rules.personal import is_proven_person
from mailflow.rules.statement_words import Wanted, complains, named_since, statement_asked
from mailflow.rules.wishes import said

TOLD, ASKED_BACK = "statement-sent", "statement-which"
MOST_ASKED = 12
"""Distributors that may be meant; more are no help to whoever asked."""
Told = tuple[tuple[Effect, ...], tuple[Finding, ...]]
Asked = tuple[int, str, Thread]
"""The mail that asks, its subject and thread."""


def effects_of_a_statement_mail(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> Told | None:
    """None where the mail is nothing of the kind, or it is not certain what is wanted."""
    sender, head = facts.sender, reading.head
    is_his = sender.known and is_proven_person(reading, sender)
    if is_his and is_about_a_statement(reading):
        return effects_of_an_objection(row, reading, facts, work, house)
    if not is_his or reading.documents or reading.refused:
        return None
    if complains(own_words(reading.body)) or reading.forwarded:
        return None
    words = (head.subject, reading.said.first, facts.business_day)
    wanted = named_since(*words) or statement_asked(*words)
    if wanted is None:
        return None
    asked = (row.id, head.subject, thread_of(head))
    letter, reason = _answer(wanted, asked, (facts, work, house))
    if letter is None:
        return None
    return (Post(letter), SettleMail(MailState.DONE, reason)), ()


def _answer(
    wanted: Wanted, asked: Asked, around: tuple[Facts, Work, House]
) -> tuple[Letter | None, str]:
    """The statements, or the question which one is wanted."""
    facts, work, house = around
    meant, is_certain = _customers(wanted, facts, house)
    period = _period(wanted, facts.business_day)
    to, language = (facts.sender.address or "",), language_of(facts.sender, house.language)
    if not meant or period is None:
        return None, ""
    if not is_certain:
        named = period if wanted.month else None
        return which_letter((wanted.who, named), meant, to, language, asked), ASKED_BACK
    each = tuple(work.statement(customer, period) for customer in meant)
    if len(each) == 1:
        return statement_letter(each[0], to, language, asked=asked), TOLD
    together = Statements(period, facts.business_day, each)
    return statements_letter(together, to, language, asked), TOLD


def _customers(wanted: Wanted, facts: Facts, house: House) -> tuple[tuple[Customer, ...], bool]:
    """Whom the words name, of those whose statements the sender may have, and whether that is
    certain; without a name all that he stands for himself."""
    sender, register = facts.sender, facts.register
    if not wanted.who:
        address = (sender.address or "").casefold()
        mine = sender.customers or tuple(
            c for c in register.customers if c.regional_manager.casefold() == address
        )
        return tuple(sorted(mine, key=lambda c: c.code)), True
    named = house.lexicon.customers_named(wanted.who)
    is_whole = bool(named)
    if not named:
        named = tuple(c for c in register.customers if _is_part(wanted.who, c))
    found = tuple(c for c in named if may_for(sender, Action.STATEMENT, c, register))
    is_certain = is_whole and len(found) == 1
    return (found if len(found) <= MOST_ASKED else ()), is_certain


def _is_part(who: str, customer: Customer) -> bool:
    """`青禾` of `青禾市小叶子母婴用品有限公司`: enough to ask whether that one is meant."""
    return len(who) > 1 and any(who in said(name) for name in (customer.name, *customer.aliases))


def _period(wanted: Wanted, today: date) -> date | None:
    """This month where none is named; none that has yet to come."""
    if wanted.month is None:
        return today.replace(day=1)
    period = date(wanted.month.year or today.year, wanted.month.month, 1)
    return period if period <= today else None
