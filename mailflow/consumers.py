"""Whether a mail brings lists of consumers that its sender may send, and which of them are known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailflow.desk.consumers import ConsumersMail, effects_of_consumers
from mailflow.desk.house import House
from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.attached import Refused
from mailflow.domain.call_backs import CallBacks
from mailflow.domain.consumer_list import ConsumerList, KnownConsumer, list_number
from mailflow.domain.consumers import Consumers
from mailflow.domain.document import Document, Reading, Unknown
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.pattern import pattern
from mailflow.domain.report import ReportKind
from mailflow.domain.sheet import Place
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import has_unread
from mailflow.rules.consumer_sheet import (
    MOST_ROWS,
    JudgedConsumers,
    judged_consumers,
    phones_in,
)
from mailflow.rules.own_words import own_words
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall
from mailflow.rules.wishes import cancels

PERSONAL = (ReportKind.CONSUMERS, ReportKind.CALL_BACKS)
"""Kinds of sheets on which consumers stand."""
_CALLED = pattern(r"消费者|会员|回访|consumers?\b|call[\s-]?backs?", re.IGNORECASE)
"""What such sheets are called, by those who send one that nobody can read."""


def effects_of_consumer_lists(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[tuple[Effect, ...], tuple[Finding, ...]] | None:
    """None where the mail brings anything else too, or its sender may not send any: a person then
    looks at it."""
    sheets = _sheets(reading, facts)
    if not sheets:
        return None
    known = work.consumers.known(frozenset[str]().union(*map(phones_in, sheets)))
    judged = _judged(sheets, facts, house, known)
    received = facts.received.astimezone(facts.zone)
    mail = ConsumersMail(
        mail_id=row.id,
        revision=row.revision,
        reading=reading,
        facts=facts,
        sheets=judged,
        taken=ConsumerList(
            number=list_number(received, row.id),
            mail_id=row.id,
            sender=facts.sender.address or "",
            received=facts.received,
            rows=tuple(consumer for sheet in judged for consumer in sheet.taken),
        ),
        calling=house.calling,
    )
    return effects_of_consumers(mail), mail.asked


def _sheets(reading: Reading, facts: Facts) -> tuple[Consumers, ...]:
    """All documents of the mail, where nothing stands in it that could change what they mean."""
    is_his = may(facts.sender, Action.SEND_CONSUMERS) and is_proven_person(reading, facts.sender)
    has_more = has_unread(reading) or reading.forwarded
    if not is_his or has_more or is_recall(reading):
        return ()
    if cancels(f"{reading.head.subject}\n{own_words(reading.body)}"):
        return ()
    sheets = tuple(d for d in reading.documents if isinstance(d, Consumers))
    rows = sum(len(sheet.rows) for sheet in sheets)
    return sheets if len(sheets) == len(reading.documents) and 0 < rows <= MOST_ROWS else ()


def _judged(
    sheets: tuple[Consumers, ...], facts: Facts, house: House, known: Mapping[str, KnownConsumer]
) -> tuple[JudgedConsumers, ...]:
    """Sheet by sheet; who stands on one of them is known on the next."""
    found: list[JudgedConsumers] = []
    before: dict[str, Place] = {}
    for sheet in sheets:
        judged = judged_consumers(sheet, facts, house.lexicon, known, before)
        before |= judged.places
        found.append(judged)
    return tuple(found)


def is_personal(reading: Reading) -> bool:
    """Whether consumers stand in a mail, or may: it is deleted in time, whatever becomes of it."""
    return any(map(_names_consumers, reading.documents)) or _seems_a_list(reading)


def _seems_a_list(reading: Reading) -> bool:
    """Nothing it brought was understood, and its subject or a file is called a list of consumers."""
    brought = (*reading.documents, *reading.refused)
    if not brought or any(not isinstance(each, Unknown | Refused) for each in brought):
        return False
    names = (reading.head.subject, *(each.attachment for each in brought))
    return any(_CALLED.search(name) for name in names)


def _names_consumers(document: Document) -> bool:
    if isinstance(document, Unknown):
        return any(kind in PERSONAL for kind in document.may_be)
    return isinstance(document, Consumers | CallBacks)


def marked(row: MailRow, reading: Reading, work: Work, facts: Facts) -> None:
    if is_personal(reading):
        work.consumers.mark_personal(row.id, facts.business_day)
