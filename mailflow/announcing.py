"""Whether a mail announces something, or is about an announcement that is out or waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.announcement_versions import Around, effects_of_a_version, names_the_same
from mailflow.desk.announcement_answers import (
    TOLD,
    AnnouncementAnswer,
    effects_of_closing,
    effects_of_sending_word,
    told,
)
from mailflow.desk.announcement_responses import effects_of_response
from mailflow.desk.announcements import not_his
from mailflow.desk.house import House
from mailflow.domain.access import granted, may
from mailflow.domain.access_table import Action, Scope
from mailflow.domain.announcement import (
    Addressee,
    Announcement,
    announcement_number,
    is_announcement,
)
from mailflow.domain.document import Reading, Unknown
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice_announcement import AnnouncementStatusNotice
from mailflow.domain.question import Question, QuestionState, clues_of
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.announcement_answers import closes, response_to, sends
from mailflow.rules.announcement_files import files_to_pass
from mailflow.rules.announcement_words import announced
from mailflow.rules.help_words import status_asked
from mailflow.rules.personal import PERSONAL, is_proven_person
from mailflow.rules.requests import is_recall

MOST_TOLD = 30
"""Answers to where an announcement stands, to one address a day."""
A_DAY = timedelta(days=1)


def effects_of_an_announcement_question(
    mail: tuple[MailRow, Reading], around: Around, now: datetime
) -> tuple[Effect, ...] | None:
    """`状态 GG261110-0042`, or `状态` in its thread: who has it, who has confirmed it. None where
    something else is asked, or it is not his."""
    (row, reading), (facts, work, _) = mail, around
    asked = status_asked(reading)
    if asked is None or not is_proven_person(reading, facts.sender) or _has_more(reading):
        return None
    numbers = asked.numbers or _pointed(reading, work)
    if len(numbers) != 1 or not is_announcement(numbers[0]):
        return None
    announcement = work.announcements.out(numbers[0])
    if announcement is None or not _is_his(announcement, facts):
        return None
    codes, since = (AnnouncementStatusNotice.code,), now - A_DAY
    if work.status.answers_since(codes, facts.sender.address or "", since) >= MOST_TOLD:
        return None
    answer = _answer(row, reading, announcement, around)
    return Post(told(answer)), SettleMail(MailState.DONE, TOLD)


def effects_of_an_announcement(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail is nothing of the kind: it goes the way of all others."""
    sender = facts.sender
    is_personal = reading.head.kind in PERSONAL and not reading.head.has_calendar
    if not is_personal or not sender.known or sender.is_us or is_recall(reading):
        return None
    mail, around = (row, reading), (facts, work, house)
    pointed = _pointed(reading, work)
    if len(pointed) == 1:
        effects = _about(pointed[0], mail, around)
        if effects is not None:
            return effects
    elif pointed:
        return None
    said = announced(reading)
    if said is None or not is_proven_person(reading, sender):
        return None
    if not may(sender, Action.ANNOUNCE):
        is_ours = bool(sender.people and said.wanted)
        return not_his(row.id, reading.head, facts, house.language) if is_ours else None
    number = announcement_number(facts.received.astimezone(facts.zone), row.id)
    return effects_of_a_version(said, number, None, mail, around)


def _pointed(reading: Reading, work: Work) -> tuple[str, ...]:
    """The numbers of announcements to which token, thread and subject point."""
    clues = clues_of(reading)
    if not (clues.tokens or clues.message_ids or any(map(is_announcement, clues.numbers))):
        return ()
    found = [number for number, _ in work.announcements.of_tokens(clues.tokens)]
    found += [n for n in work.pointed(clues).orders if is_announcement(n)]
    return tuple(dict.fromkeys(found))


def _about(number: str, mail: tuple[MailRow, Reading], around: Around) -> tuple[Effect, ...] | None:
    """What one of those who got it says, or its sender."""
    (row, reading), (facts, work, _) = mail, around
    out, waiting = work.announcements.out(number), work.announcements.proposed(number)
    newest, address = waiting or out or work.announcements.newest(number), facts.sender.address
    is_proven = is_proven_person(reading, facts.sender)
    may_still = may(facts.sender, Action.ANNOUNCE)
    if newest is not None and newest.is_by(address) and may_still and is_proven:
        return _by_its_sender((out, waiting, newest), mail, around)
    if out is not None and is_proven and _ends(out, reading, facts):
        return effects_of_closing(_answer(row, reading, out, around))
    has_sheet = any(not isinstance(document, Unknown) for document in reading.documents)
    if out is None or has_sheet or out.addressee(address) is None:
        return None
    # Who has the sign that stands in his own letter alone has that letter, proven or not.
    mine = (number, (address or "").casefold())
    signs = work.announcements.of_tokens(reading.said.tokens)
    has_sign = mine in {(n, address.casefold()) for n, address in signs}
    if not (has_sign or is_proven):
        return None
    came_with = (row.id, row.sha256 or "", address or "")
    files = tuple(MailedFile(a, *came_with) for a in files_to_pass(reading))
    names = (reading.head.sender_name, *_names(out.addressee(address), facts))
    response = response_to(reading.said, names)
    clues = clues_of(reading)
    meant = work.announcements.revision_of(number, clues.tokens, clues.message_ids)
    answer = replace(_answer(row, reading, out, around), meant=meant)
    return effects_of_response(answer, response, reading.said, files)


def _by_its_sender(
    versions: tuple[Announcement | None, Announcement | None, Announcement],
    mail: tuple[MailRow, Reading],
    around: Around,
) -> tuple[Effect, ...] | None:
    (row, reading), (facts, work, house) = mail, around
    out, waiting, newest = versions
    if said := announced(reading, in_thread=True):
        return effects_of_a_version(said, newest.number, newest, mail, around)
    if _has_more(reading):
        return None
    if out is not None and _ends(out, reading, facts):
        return effects_of_closing(_answer(row, reading, out, around))
    question = _question(newest.number, reading, facts, work)
    goes = sends(reading.said)
    if question is None or (goes is None and question.state is not QuestionState.OPEN):
        return None
    shown = waiting if waiting and waiting.revision == question.revision else None
    is_current = shown is not None and names_the_same(shown, out, facts, house)
    return effects_of_sending_word(
        _answer(row, reading, shown or newest, around),
        question,
        said=(goes, reading.said.first),
        before=out,
        is_current=is_current,
    )


def _question(number: str, reading: Reading, facts: Facts, work: Work) -> Question | None:
    """Whether it goes, as he was asked: by the token of the letter, else the newest."""
    mine = [q for q in work.questions(number) if q.is_put_to(facts.sender.address)]
    by_token = [q for q in mine if q.token in reading.said.tokens]
    return next(reversed(by_token or mine), None)


def _answer(
    row: MailRow, reading: Reading, announcement: Announcement, around: Around
) -> AnnouncementAnswer:
    facts, work, house = around
    return AnnouncementAnswer(
        mail_id=row.id,
        head=reading.head,
        facts=facts,
        announcement=announcement,
        receipts=work.announcements.receipts(announcement),
        language=house.language,
    )


def _names(person: Addressee | None, facts: Facts) -> tuple[str, ...]:
    lines = facts.register.person(person.address) if person else ()
    return (person.name, *(line.name for line in lines)) if person else ()


def _ends(announcement: Announcement, reading: Reading, facts: Facts) -> bool:
    return _is_his(announcement, facts) and closes(reading.said) and not _has_more(reading)


def _is_his(announcement: Announcement, facts: Facts) -> bool:
    """Whose it is, and whoever may announce to everybody."""
    lines = granted(facts.sender.people, Action.ANNOUNCE)
    reaches_all = any(s is not Scope.REGIONS and not p.regions for p, s in lines)
    may_still = may(facts.sender, Action.ANNOUNCE)
    return reaches_all or (may_still and announcement.is_by(facts.sender.address))


def _has_more(reading: Reading) -> bool:
    return brings_more(reading)
