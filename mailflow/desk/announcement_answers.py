"""What follows from a word about an announcement: its sender's, that it goes or is closed; of those who got
it, that they have it, or anything else."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.desk.announcements import OPEN, REASONS, case_of, effects_of_sending
from mailflow.desk.people import language_of
from mailflow.desk.rows_told import addressees_file, people_file
from mailflow.domain.announcement import (
    Announcement,
    AnnouncementState,
    Receipt,
)
from mailflow.domain.answer import Word, without_tokens
from mailflow.domain.case import case_of_mail
from mailflow.domain.effect import (
    AnswerQuestion,
    Effect,
    EndCase,
    OpenCase,
    Post,
    SettleMail,
    VoidQuestion,
)
from mailflow.domain.effect_people import EndAnnouncement
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Letter, Notice
from mailflow.domain.notice_announcement import (
    MOST_SHOWN,
    AnnouncementAnswerNotice,
    AnnouncementStatusNotice,
    AnnouncementVerdict,
    Told,
)
from mailflow.domain.notice_rows import RowsFile
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.value import dataclass

TOLD, CLOSED = "announcement-told", "announcement-closed"
CONFIRMED, HEARD = "announcement-confirmed", "announcement-answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementAnswer:
    """A mail about an announcement. `receipts` are how it stood with each when the mail came, `meant`
    is the version that it answers, where that can be told."""

    mail_id: int
    head: Head
    facts: Facts
    announcement: Announcement
    receipts: tuple[Receipt, ...] = ()
    language: str = "zh"
    meant: int | None = None

    @property
    def is_outdated(self) -> bool:
        """He answers a version that was corrected since: of the new one he may not know."""
        return self.meant is not None and self.meant < self.announcement.revision

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""

    @property
    def why(self) -> str:
        return f"M{self.mail_id} {self.address}"

    def letter(self, notice: Notice, question: Question | None = None) -> Letter:
        """To whoever wrote, in his thread."""
        language = language_of(self.facts.sender, self.language)
        return Letter(
            notice=notice,
            to=(self.address,),
            subject_id=f"{self.announcement.number}-M{self.mail_id}",
            about=self.announcement.number,
            revision=self.announcement.revision,
            language=language,
            enclosures=self._sheet(notice, language),
            thread=thread_of(self.head),
            mail_id=self.mail_id,
            question=question,
        )

    def _sheet(self, notice: Notice, language: str) -> tuple[RowsFile, ...]:
        """Where the letter does not name all of them."""
        if isinstance(notice, AnnouncementStatusNotice) and len(notice.receipts) > MOST_SHOWN:
            return (people_file(notice.announcement, notice.sorted, self.facts.zone, language),)
        if isinstance(notice, AnnouncementAnswerNotice) and notice.has_more_people:
            return (addressees_file(self.announcement, language),)
        return ()


def effects_of_sending_word(
    answer: AnnouncementAnswer,
    question: Question,
    *,
    said: tuple[bool | None, str],
    before: Announcement | None,
    is_current: bool,
) -> tuple[Effect, ...]:
    """`said`: whether it goes, None where that was not said alone, and the words. `is_current`: the
    same people are meant by the registers of now, and no other version came."""
    goes, words = said
    announcement = answer.announcement
    verdict = _verdict(answer, question, goes=goes, is_current=is_current)
    notice = AnnouncementAnswerNotice(
        verdict=verdict,
        subject=answer.head.subject,
        announcement=announcement,
        said=without_tokens(words),
    )
    is_open = verdict is AnnouncementVerdict.UNCLEAR
    follows: tuple[Effect, ...] = ()
    if verdict is AnnouncementVerdict.SENT:
        follows = tuple(
            effects_of_sending(announcement, before, answer.facts, answer.why, answer.language)
        )
    return (
        *_decided(answer, question, verdict, before),
        *follows,
        Post(answer.letter(notice, question if is_open else None)),
        SettleMail(MailState.DONE, REASONS[verdict]),
    )


def _verdict(
    answer: AnnouncementAnswer, question: Question, *, goes: bool | None, is_current: bool
) -> AnnouncementVerdict:
    if question.state is QuestionState.USED:
        return AnnouncementVerdict.ALREADY
    if question.state is not QuestionState.OPEN:
        return AnnouncementVerdict.OUTDATED
    if goes is None:
        return AnnouncementVerdict.UNCLEAR
    if not goes:
        return AnnouncementVerdict.REFUSED
    is_late = not is_current or question.is_late(answer.facts.received)
    return AnnouncementVerdict.OUTDATED if is_late else AnnouncementVerdict.SENT


def _decided(
    answer: AnnouncementAnswer,
    question: Question,
    verdict: AnnouncementVerdict,
    before: Announcement | None,
) -> Iterator[Effect]:
    """The case of what waited ends; that of a version that is out goes on."""
    received = answer.facts.received
    if question.state is not QuestionState.OPEN:
        return
    match verdict:
        case AnnouncementVerdict.SENT:
            word = question.answered_with(Word.SEND, answer.address, answer.mail_id, received)
            yield AnswerQuestion(word)
        case AnnouncementVerdict.REFUSED:
            word = question.answered_with(Word.CANCEL, answer.address, answer.mail_id, received)
            yield AnswerQuestion(word)
            yield from _given_up(answer, AnnouncementState.REFUSED, before)
        case AnnouncementVerdict.OUTDATED:
            yield VoidQuestion(question, answer.why)
            yield from _given_up(answer, AnnouncementState.SUPERSEDED, before)


def _given_up(
    answer: AnnouncementAnswer, state: AnnouncementState, before: Announcement | None
) -> Iterator[Effect]:
    if answer.announcement.state is not AnnouncementState.PROPOSED:
        return
    yield EndAnnouncement(answer.announcement, state, answer.why)
    if before is not None and before.state is AnnouncementState.OPEN:
        yield OpenCase(case_of(before, OPEN, answer.facts))
    else:
        yield EndCase(answer.announcement.number, answer.why)


def told(answer: AnnouncementAnswer, why: Told = Told.ASKED) -> Letter:
    notice = AnnouncementStatusNotice(
        why=why, announcement=answer.announcement, receipts=answer.receipts
    )
    return answer.letter(notice)


def effects_of_closing(answer: AnnouncementAnswer) -> tuple[Effect, ...]:
    """Nobody is asked to confirm it any more; what was confirmed stays."""
    announcement = answer.announcement
    end: tuple[Effect, ...] = ()
    if announcement.state is AnnouncementState.OPEN:
        end = (
            EndAnnouncement(announcement, AnnouncementState.CLOSED, answer.why),
            EndCase(announcement.number, answer.why),
        )
    return (*end, Post(told(answer, Told.CLOSED)), SettleMail(MailState.DONE, CLOSED))


def status_shown(answer: AnnouncementAnswer) -> tuple[Effect, ...]:
    why = (HEARD, Asked.SALES_ADMIN)
    case = case_of_mail(answer.mail_id, why, answer.facts.received)
    return OpenCase(case), SettleMail(MailState.REVIEW, HEARD)
