"""Whether a mail brings papers to be kept, or looks for some."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailflow.desk.archiving import (
    MOST_TOLD,
    WHOLE_MAIL,
    PapersMail,
    effects_of_papers,
    effects_of_search,
)
from mailflow.desk.house import House
from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.archived import MOST_KEPT, says_archive
from mailflow.domain.attached import Attached
from mailflow.domain.document import Reading, Unknown
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.notice_archive import ArchivedNotice, FoundNotice
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.archive_words import says_more, words_wanted
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall

MOST_A_DAY = 30
"""Such letters to one address; whoever sends more may be a program, and a person looks."""
A_DAY = timedelta(days=1)


def effects_of_papers_or_a_search(
    mail: tuple[MailRow, Reading], around: tuple[Facts, Work, House], now: datetime
) -> tuple[Effect, ...] | None:
    """None where the mail does neither, or its sender may not."""
    (_, reading), (facts, work, _) = mail, around
    sender = facts.sender
    if not is_proven_person(reading, sender) or is_recall(reading):
        return None
    codes = (ArchivedNotice.code, FoundNotice.code)
    effects = _papers(mail, around) or _search(mail, around)
    if effects is None:
        return None
    told = work.status.answers_since(codes, sender.address or "", now - A_DAY)
    return None if told >= MOST_A_DAY else effects


def _papers(
    mail: tuple[MailRow, Reading], around: tuple[Facts, Work, House]
) -> tuple[Effect, ...] | None:
    """A sheet that is an order or a report is that, whatever the subject says."""
    (row, reading), (facts, work, house) = mail, around
    is_his = may(facts.sender, Action.ARCHIVE) and row.sha256 is not None
    files = reading.attached or _whole(row, reading)
    if not is_his or not says_archive(reading.head.subject) or not files:
        return None
    if not all(isinstance(d, Unknown) and not d.may_be for d in reading.documents):
        return None
    hashes = tuple(file.sha256 for file in files[:MOST_KEPT])
    return effects_of_papers(
        PapersMail(
            mail_id=row.id,
            mail_sha256=row.sha256 or "",
            reading=reading,
            files=files,
            facts=facts,
            language=house.language,
            known=work.archive.known(hashes),
            is_read=says_more(reading),
        )
    )


def _whole(row: MailRow, reading: Reading) -> tuple[Attached, ...]:
    """A mail that passes another one on and has no file is the paper itself."""
    if not reading.forwarded.strip() or row.sha256 is None:
        return ()
    name = f"{reading.head.subject or row.id}.eml"
    return (Attached(name=name, path=WHOLE_MAIL, size=len(reading.forwarded), sha256=row.sha256),)


def _search(
    mail: tuple[MailRow, Reading], around: tuple[Facts, Work, House]
) -> tuple[Effect, ...] | None:
    (row, reading), (facts, work, house) = mail, around
    has_more = brings_more(reading)
    if not may(facts.sender, Action.FIND) or has_more or reading.forwarded:
        return None
    words = words_wanted(reading)
    if words is None:
        return None
    found = work.archive.find(words, MOST_TOLD + 1)
    return effects_of_search((row.id, reading), words, found, (facts, house.language))
