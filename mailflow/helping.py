"""Whether a mail asks what its sender can do, or where something stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.desk.house import House
from mailflow.desk.offers import offers
from mailflow.desk.people import Desk, language_of
from mailflow.desk.release import name_of
from mailflow.desk.rows_told import sheets_beside
from mailflow.desk.statuses import mail_told, orders_told
from mailflow.domain.access import customers_open
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_help import (
    HelpNotice,
    MailTold,
    NotTheirs,
    OrderTold,
    StatusNotice,
    urgency,
)
from mailflow.domain.notice_request import RequestTold
from mailflow.domain.order import order_of
from mailflow.domain.pattern import pattern
from mailflow.domain.question import clues_of
from mailflow.domain.register import Role
from mailflow.domain.request import is_request
from mailflow.foretelling import coming_for
from mailflow.ports import MailRow, Work
from mailflow.request_asked import my_requests, request_told
from mailflow.rules.alone import brings_more
from mailflow.rules.help_words import StatusAsked, help_asked, status_asked
from mailflow.rules.not_theirs import asked_without_right
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall

HELPED, TOLD, REFUSED = "help-told", "status-told", "not-theirs"
MOST_A_DAY = 30
"""Such letters to one address; whoever asks more often may be a program, and a person looks."""
A_DAY = timedelta(days=1)
_OURS = pattern(r"(?:DD|FH)\d{6}-\d{4,}(?:-\d+)?(?:-B\d{1,3})?")
_MAIL = pattern(r"M(\d{1,15})")


def effects_of_a_question_to_the_desk(
    mail: tuple[MailRow, Reading], around: tuple[Facts, Work, House], now: datetime
) -> tuple[Effect, ...] | None:
    """None where the mail asks nothing of the kind, or more than that; a stranger is not told."""
    (row, reading), (facts, work, house) = mail, around
    sender = facts.sender
    is_his = sender.known and is_proven_person(reading, sender)
    has_more = brings_more(reading)
    if not is_his or has_more or reading.forwarded or is_recall(reading):
        return None
    asked = status_asked(reading)
    refused = _refused(reading, facts) if asked is None else None
    if asked is None and refused is None and not help_asked(reading):
        return None
    codes = (HelpNotice.code, StatusNotice.code)
    if work.status.answers_since(codes, sender.address or "", now - A_DAY) >= MOST_A_DAY:
        return None
    notice: HelpNotice | StatusNotice
    if asked:
        notice = _status(asked, reading, facts, work)
    else:
        notice = replace(_help(reading, facts, work, house), refused=refused)
    only = notice.only if isinstance(notice, StatusNotice) else None
    language = language_of(sender, house.language)
    sheets = sheets_beside(notice, f"M{row.id}", facts.zone, language)
    letter = Letter(
        notice=notice,
        to=(sender.address or "",),
        subject_id=f"M{row.id}-{notice.code}",
        about=only.status.order.number if only else f"M{row.id}",
        language=language,
        enclosures=tuple(sheets),
        thread=thread_of(reading.head),
        mail_id=row.id,
    )
    reason = TOLD if asked else REFUSED if refused else HELPED
    return Post(letter), SettleMail(MailState.DONE, reason)


def _refused(reading: Reading, facts: Facts) -> NotTheirs | None:
    action = asked_without_right(reading, facts)
    if action is None:
        return None
    region = Desk(facts.register).region_of(facts.sender) or None
    admins = facts.register.people(Role.SALES_ADMIN, region)
    return NotTheirs(action=action, names=tuple(dict.fromkeys(a.name for a in admins)))


def _help(reading: Reading, facts: Facts, work: Work, house: House) -> HelpNotice:
    mine = next(_orders(_open(facts, work), facts, work), None)
    number = mine.status.order.number if mine else ""
    every = offers(facts.sender, facts.register, facts.business_day, number, house.requests)
    has_library = house.lends is not None
    return HelpNotice(
        recipient=name_of(facts.sender.address or "", facts.register),
        subject=reading.head.subject,
        offers=tuple(each for each in every if each.action is not Action.PAPER or has_library),
        coming=coming_for(facts, work),
    )


def _status(asked: StatusAsked, reading: Reading, facts: Facts, work: Work) -> StatusNotice:
    numbers = asked.numbers or _pointed(reading, work)
    subject = reading.head.subject
    if not numbers:
        mine = _orders(_open(facts, work), facts, work)
        return StatusNotice(
            subject=subject,
            orders=tuple(sorted(mine, key=urgency)),
            requests=my_requests(facts, work),
            coming=coming_for(facts, work),
        )
    orders: dict[str, OrderTold] = {}
    mails: dict[str, MailTold] = {}
    requests: list[RequestTold] = []
    unknown = []
    for number in numbers:
        if is_request(number) and (request := request_told(number, facts, work)):
            requests.append(request)
            continue
        told = tuple(_orders(_numbers(number, work), facts, work))
        letter = _mail(number, facts, work) if not told else None
        orders |= {each.status.order.number: each for each in told}
        if letter is not None:
            mails[letter.status.number] = letter
        elif not told:
            unknown.append(number)
    return StatusNotice(
        subject=subject,
        orders=tuple(orders.values()),
        mails=tuple(mails.values()),
        requests=tuple(requests),
        asked=numbers,
        unknown=tuple(unknown),
    )


def _pointed(reading: Reading, work: Work) -> tuple[str, ...]:
    """Under a letter of ours the order that it was about."""
    return work.pointed(clues_of(reading)).orders


def _numbers(number: str, work: Work) -> tuple[str, ...]:
    """The orders that a number means: ours, a list's, a mail's, or the distributor's own."""
    if _OURS.fullmatch(number):
        return (order_of(number),)
    if match := _MAIL.fullmatch(number):
        return work.orders_of(int(match[1]))
    return work.status.numbered(number)


def _orders(numbers: tuple[str, ...], facts: Facts, work: Work) -> Iterator[OrderTold]:
    yield from orders_told(work.status.orders(numbers), facts.sender, facts.register)


def _mail(number: str, facts: Facts, work: Work) -> MailTold | None:
    match = _MAIL.fullmatch(number)
    status = work.status.mail(int(match[1])) if match else None
    return mail_told(status, facts.sender, facts.register) if status else None


def _open(facts: Facts, work: Work) -> tuple[str, ...]:
    """The numbers of all that is his and not at its end, the newest first."""
    mine = customers_open(facts.sender, (Action.STATUS, Action.GOODS), facts.register)
    return work.status.open_orders([c.code for c in mine], facts.sender.address or "")
