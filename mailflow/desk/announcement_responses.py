"""Whoever got an announcement answers: he has confirmed it, or says something to whoever sent it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.desk.announcement_answers import CONFIRMED, HEARD, AnnouncementAnswer, status_shown
from mailflow.desk.release import name_of
from mailflow.desk.rows_told import people_file
from mailflow.domain.announcement import (
    Addressee,
    Announcement,
    AnnouncementState,
    Reached,
    unconfirmed,
)
from mailflow.domain.answer import Said, without_tokens
from mailflow.domain.effect import (
    Effect,
    EndCase,
    Post,
    SettleMail,
)
from mailflow.domain.effect_people import ConfirmAnnouncement, EndAnnouncement
from mailflow.domain.mail import MailState
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import Letter, Notice
from mailflow.domain.notice_announcement import (
    MOST_SHOWN,
    AnnouncementHeardNotice,
    AnnouncementReplyNotice,
    AnnouncementStatusNotice,
    Told,
)
from mailflow.domain.notice_rows import RowsFile
from mailflow.domain.register import Register, Role
from mailflow.rules.announcement_answers import Response


def effects_of_response(
    answer: AnnouncementAnswer, response: Response, words: Said, files: tuple[MailedFile, ...]
) -> tuple[Effect, ...]:
    """Of one of those who got it. A bare `收到` is kept and not answered; whoever writes more hears
    who reads it."""
    announcement = answer.announcement
    me = announcement.addressee(answer.address)
    assert me is not None
    has_confirmed = any(r.addressee == me and r.confirmed for r in answer.receipts)
    effects: list[Effect] = []
    if answer.is_outdated and not (response.says or files):
        return Post(answer.letter(_heard(answer, has_confirmed))), SettleMail(MailState.DONE, HEARD)
    confirms = response.confirms and not answer.is_outdated
    if confirms and announcement.confirm and not has_confirmed:
        effects.append(ConfirmAnnouncement(announcement, me.address, answer.mail_id))
        effects += _complete(answer, me)
    if not response.says and not files:
        return (*effects, SettleMail(MailState.DONE, CONFIRMED))
    reader = reader_of(announcement, answer.facts.register)
    if not reader:
        return (*effects, *status_shown(answer))
    has_now = has_confirmed or confirms
    told_on = _passed_on(answer, me, words, files, confirmed=has_now)
    return (
        *effects,
        Post(told_on),
        Post(answer.letter(_heard(answer, has_now))),
        SettleMail(MailState.DONE, HEARD),
    )


def _heard(answer: AnnouncementAnswer, has_confirmed: bool) -> AnnouncementHeardNotice:
    announcement, register = answer.announcement, answer.facts.register
    is_open = announcement.state is AnnouncementState.OPEN
    return AnnouncementHeardNotice(
        announcement=announcement,
        by=name_of(reader_of(announcement, register) or announcement.announcer, register),
        confirm=is_open and not has_confirmed,
        is_outdated=answer.is_outdated,
    )


def reader_of(announcement: Announcement, register: Register) -> str:
    """Whoever hears of it: its sender, or a sales admin where he is not here any more."""
    if register.knows(announcement.announcer):
        return announcement.announcer
    return next((p.email for p in register.people(Role.SALES_ADMIN)), "")


def _complete(answer: AnnouncementAnswer, me: Addressee) -> Iterator[Effect]:
    """With the last of them it is done, and its sender hears it."""
    announcement, register = answer.announcement, answer.facts.register
    left = [r for r in unconfirmed(answer.receipts) if r.addressee != me]
    if left or announcement.state is not AnnouncementState.OPEN:
        return
    yield EndAnnouncement(announcement, AnnouncementState.DONE, answer.why)
    yield EndCase(announcement.number, answer.why)
    if reader := reader_of(announcement, register):
        now = answer.facts.received
        receipts = tuple(
            replace(r, reached=Reached.CONFIRMED, confirmed=now) if r.addressee == me else r
            for r in answer.receipts
        )
        notice = AnnouncementStatusNotice(
            why=Told.COMPLETE, announcement=announcement, receipts=receipts
        )
        yield Post(_to_reader(answer, reader, notice, "complete"))


def _passed_on(
    answer: AnnouncementAnswer,
    me: Addressee,
    words: Said,
    files: tuple[MailedFile, ...],
    *,
    confirmed: bool,
) -> Letter:
    announcement, register = answer.announcement, answer.facts.register
    notice = AnnouncementReplyNotice(
        announcement=announcement,
        who=me.name,
        address=me.address,
        said=tuple(without_tokens(line) for line in (words.first, *words.besides) if line),
        files=tuple(f.file.name for f in files),
        confirmed=confirmed,
    )
    reader = reader_of(announcement, register)
    letter = _to_reader(answer, reader, notice, f"M{answer.mail_id}")
    return replace(letter, enclosures=files)


def _to_reader(answer: AnnouncementAnswer, reader: str, notice: Notice, what: str) -> Letter:
    announcement, register = answer.announcement, answer.facts.register
    language = next((p.language for p in register.person(reader) if p.language), answer.language)
    sheet: tuple[RowsFile, ...] = ()
    if isinstance(notice, AnnouncementStatusNotice) and len(notice.receipts) > MOST_SHOWN:
        sheet = (people_file(announcement, notice.sorted, answer.facts.zone, language),)
    return Letter(
        notice=notice,
        to=(reader,),
        subject_id=f"{announcement.number}-{what}",
        about=announcement.number,
        revision=announcement.revision,
        language=language,
        mail_id=answer.mail_id,
        enclosures=sheet,
    )
