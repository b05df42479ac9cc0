"""Whether a mail asks who got a batch: food for infants, and a recall takes minutes."""

from __future__ import annotations

from dataclasses import replace

from mailflow.desk.house import House
from mailflow.desk.people import language_of
from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.batch import BatchLine
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_goods import BatchFile, BatchNotice
from mailflow.ports import MailRow, Work
from mailflow.rules.batch_words import batch_asked
from mailflow.rules.personal import is_proven_person

TOLD = "batch-told"


def effects_of_a_batch_question(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail asks nothing of the kind, or its sender may not know."""
    sender, head = facts.sender, reading.head
    batch = batch_asked(head.subject, reading.said.first)
    is_his = may(sender, Action.TRACE_BATCH) and is_proven_person(reading, sender)
    if batch is None or not is_his or reading.documents:
        return None
    found = work.traced(batch)
    traced = replace(
        found,
        lines=tuple(_with_day(line, facts) for line in found.lines),
        unsaid=tuple(_with_day(line, facts) for line in found.unsaid),
    )
    language = language_of(sender, house.language)
    letter = Letter(
        notice=BatchNotice(traced, head.subject),
        to=(sender.address or "",),
        subject_id=f"M{row.id}-batch",
        about=f"M{row.id}",
        language=language,
        thread=thread_of(head),
        enclosures=(BatchFile(traced, language),) if traced.lines else (),
        mail_id=row.id,
    )
    return Post(letter), SettleMail(MailState.DONE, TOLD)


def _with_day(line: BatchLine, facts: Facts) -> BatchLine:
    """The business day of the warehouse's mail where it named none."""
    day = line.shipped_on or line.at.astimezone(facts.zone).date()
    return replace(line, shipped_on=day)
