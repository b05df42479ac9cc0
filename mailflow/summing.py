"""The statistics of a period as the books stand now, for whoever asks: a command, a mail, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mailflow.desk.house import House
from mailflow.desk.people import language_of
from mailflow.desk.statistics import Compared, statistics_of
from mailflow.desk.statistics_due import letter_for, may_read, regions_for
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.period import Period
from mailflow.domain.register import Register
from mailflow.domain.statistics import Books
from mailflow.performing import Office
from mailflow.ports import MailRow, Work
from mailflow.rules.personal import is_proven_person
from mailflow.rules.statistics_words import statistics_asked

Progress = Callable[[str, int, int], None]
Summed = Callable[[Period], Books]
TOLD = "statistics-told"


def silent(_step: str, _done: int, _all: int) -> None:
    """For when nobody is looking."""


def summed_up(
    office: Office, period: Period, now: datetime, progress: Progress = silent
) -> Compared:
    """As the books stand now, with the period before and a year before beside it."""
    register, house = office.store.register(), office.house
    return _compared(period, office.store.statistics.books, (register, house, now), progress)


def _compared(
    period: Period, summed: Summed, around: tuple[Register, House, datetime], progress: Progress
) -> Compared:
    """Each period is read once: the one before a year is the year before."""
    wanted = (period, period.before, period.year_before)
    read: dict[Period, Books] = {}
    for each in wanted:
        if each not in read:
            progress("sum", len(read), len(set(wanted)))
            read[each] = summed(each)
    progress("sum", len(read), len(read))
    register, house, now = around
    now_, before, year_before = (read[each] for each in wanted)
    return Compared((now_, before, year_before), register, house.workdays, now)


def effects_of_a_statistics_question(
    mail: tuple[MailRow, Reading], around: tuple[Facts, Work, House], now: datetime
) -> tuple[Effect, ...] | None:
    """None where the mail asks nothing of the kind, or its sender may not know."""
    (row, reading), (facts, work, house) = mail, around
    sender, head = facts.sender, reading.head
    period = statistics_asked(head.subject, reading.said.first)
    is_his = may_read(sender.address or "", facts.register) and is_proven_person(reading, sender)
    if period is None or not is_his or reading.documents or sender.address is None:
        return None
    register = house.lexicon.register
    compared = _compared(period, work.books, (register, house, now), silent)
    compared = replace(compared, only=regions_for(sender.address, register))
    letter = letter_for(
        sender.address, statistics_of(compared), language_of(sender, house.language)
    )
    asked = replace(
        letter, subject_id=f"M{row.id}-statistics", thread=thread_of(head), mail_id=row.id
    )
    return Post(asked), SettleMail(MailState.DONE, TOLD)
