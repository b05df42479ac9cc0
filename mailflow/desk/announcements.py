"""An announcement that is mailed: shown back, or passed on at once to each of those it concerns (S15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.desk.people import language_of
from mailflow.desk.release import name_of
from mailflow.desk.rows_told import addressees_file
from mailflow.domain.announcement import Addressee, Announcement, AnnouncementState
from mailflow.domain.answer import Word
from mailflow.domain.case import Case
from mailflow.domain.effect import Ask, Effect, EndCase, OpenCase, Post, SettleMail, VoidQuestion
from mailflow.domain.effect_people import Announce, EndAnnouncement, ProposeAnnouncement
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import Letter
from mailflow.domain.notice_announcement import (
    AnnouncementAnswerNotice,
    AnnouncementNotice,
    AnnouncementVerdict,
)
from mailflow.domain.question import Question
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass

WAITS, OPEN = "announcement-waits", "announcement-open"
REASONS = {
    AnnouncementVerdict.PROPOSED: "announcement-asked",
    AnnouncementVerdict.SENT: "announcement-sent",
    AnnouncementVerdict.BAD: "announcement-returned",
    AnnouncementVerdict.NOT_YOURS: "announcement-not-his",
    AnnouncementVerdict.REFUSED: "announcement-refused",
    AnnouncementVerdict.OUTDATED: "answer-superseded",
    AnnouncementVerdict.ALREADY: "answer-again",
    AnnouncementVerdict.UNCLEAR: "answer-unclear",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementMail:
    """A mail that would announce something. `before` is the version that is out, where it corrects
    one; `waiting` an earlier proposal of the same number, with the questions that ask about it;
    `again` the number of one that is out and says the same."""

    mail_id: int
    head: Head
    facts: Facts
    announcement: Announcement
    findings: tuple[Finding, ...] = ()
    before: Announcement | None = None
    waiting: Announcement | None = None
    questions: tuple[Question, ...] = ()
    is_cut: bool = False
    again: str = ""
    language: str = "zh"

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""


def effects_of_announcing(mail: AnnouncementMail, *, at_once: int) -> tuple[Effect, ...]:
    """`at_once`: up to so many people get it without its sender being asked, where nothing of it is
    in doubt."""
    if mail.findings:
        verdict = AnnouncementVerdict.BAD
        return Post(_answer(mail, verdict)), SettleMail(MailState.RETURNED, REASONS[verdict])
    propose = (*_superseded(mail), ProposeAnnouncement(mail.announcement))
    if len(mail.announcement.people) <= at_once and not (mail.is_cut or mail.again):
        why = f"M{mail.mail_id} {mail.address}"
        verdict = AnnouncementVerdict.SENT
        return (
            *propose,
            *effects_of_sending(mail.announcement, mail.before, mail.facts, why, mail.language),
            Post(_answer(mail, verdict)),
            SettleMail(MailState.DONE, REASONS[verdict]),
        )
    verdict = AnnouncementVerdict.PROPOSED
    return (
        *propose,
        Ask(_question(mail), _answer(mail, verdict)),
        OpenCase(case_of(mail.announcement, WAITS, mail.facts)),
        SettleMail(MailState.DONE, REASONS[verdict]),
    )


def not_his(mail_id: int, head: Head, facts: Facts, language: str) -> tuple[Effect, ...]:
    """To one of our own people who may announce nothing: he hears so, and nothing goes out."""
    verdict = AnnouncementVerdict.NOT_YOURS
    letter = Letter(
        notice=AnnouncementAnswerNotice(verdict=verdict, subject=head.subject),
        to=(facts.sender.address or "",),
        subject_id=f"M{mail_id}",
        language=language_of(facts.sender, language),
        thread=thread_of(head),
        mail_id=mail_id,
    )
    return Post(letter), SettleMail(MailState.RETURNED, REASONS[verdict])


def _superseded(mail: AnnouncementMail) -> Iterator[Effect]:
    """Of one number the newest version is the one that counts."""
    why = f"M{mail.mail_id}: another version came"
    if mail.waiting is not None:
        yield EndAnnouncement(mail.waiting, AnnouncementState.SUPERSEDED, why)
    for question in mail.questions:
        yield VoidQuestion(question, why)


def effects_of_sending(
    announcement: Announcement, before: Announcement | None, facts: Facts, why: str, language: str
) -> Iterator[Effect]:
    """Each of them gets a letter of his own; who has yet to confirm it is a matter of its sender."""
    if before is not None:
        yield EndAnnouncement(before, AnnouncementState.SUPERSEDED, why)
    letters = letters_of(announcement, announcement.people, facts.register, language)
    yield Announce(announcement, letters, why)
    if announcement.confirm:
        yield OpenCase(case_of(announcement, OPEN, facts))
    else:
        yield EndCase(announcement.number, why)


def letters_of(
    announcement: Announcement,
    people: Sequence[Addressee],
    register: Register,
    language: str,
    urged: str = "",
) -> tuple[Letter, ...]:
    """One a person, in his language; `urged` tells a reminder apart, which comes without the files."""
    by = name_of(announcement.announcer, register)
    mail = (announcement.mail_id, announcement.sha256, announcement.announcer)
    files = tuple(MailedFile(a, *mail, announcement.audience) for a in announcement.attached)
    notice = AnnouncementNotice(
        title=announcement.title,
        text=announcement.text,
        by=by,
        confirm=announcement.confirm,
        audience=announcement.audience,
        files=announcement.file_names,
        is_corrected=announcement.revision > 1,
        is_urged=bool(urged),
    )
    number = announcement.number
    return tuple(
        Letter(
            notice=replace(notice, relays=person.relays),
            to=(person.address,),
            subject_id=f"{number}-{urged}" if urged else number,
            about=number,
            revision=announcement.revision,
            language=person.language or language,
            enclosures=() if urged else files,
            mail_id=announcement.mail_id,
        )
        for person in people
    )


def case_of(announcement: Announcement, reason: str, facts: Facts) -> Case:
    return Case(
        number=announcement.number,
        kind="announcement",
        subject_id=announcement.number,
        waits_on=Asked.SENDER,
        region=_region(announcement, facts.register),
        reason=reason,
        since=facts.received,
    )


def _region(announcement: Announcement, register: Register) -> str:
    """The one region all of them are of; else every admin's."""
    found: set[str] = set()
    for person in announcement.people:
        lines = register.person(person.address)
        found |= {r for line in lines for r in line.regions or ("",)}
        found |= {c.region for c in register.customers_of(person.address)}
    return found.pop() if len(found) == 1 else ""


def _question(mail: AnnouncementMail) -> Question:
    received = mail.facts.received
    return Question(
        order=mail.announcement.number,
        revision=mail.announcement.revision,
        role=Asked.SENDER,
        address=mail.address,
        allowed=(Word.SEND, Word.CANCEL),
        created=received,
        expires=received,
        mail_id=mail.mail_id,
    )


def _answer(mail: AnnouncementMail, verdict: AnnouncementVerdict) -> Letter:
    announcement = mail.announcement
    language = language_of(mail.facts.sender, mail.language)
    notice = AnnouncementAnswerNotice(
        verdict=verdict,
        subject=mail.head.subject,
        announcement=announcement,
        findings=mail.findings,
        is_cut=mail.is_cut,
        again=mail.again,
    )
    more = notice.has_more_people
    return Letter(
        notice=notice,
        enclosures=(addressees_file(announcement, language),) if more else (),
        to=(mail.address,),
        subject_id=f"{announcement.number}-M{mail.mail_id}",
        about=announcement.number,
        revision=announcement.revision,
        language=language,
        thread=thread_of(mail.head),
        mail_id=mail.mail_id,
    )
