"""Contracts and other papers that are mailed in are kept under a number, and found again (S13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mailflow.desk.people import Desk, language_of
from mailflow.domain.archived import MOST_KEPT, Archived, Found, archive_number
from mailflow.domain.attached import Attached
from mailflow.domain.case import case_of_mail
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, OpenCase, Post, SettleMail
from mailflow.domain.effect_people import KeepPapers
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import Letter
from mailflow.domain.notice_archive import ArchivedNotice, FoundNotice
from mailflow.domain.value import dataclass

KEPT, READ, FOUND = "papers-kept", "papers-read", "papers-found"
MOST_TOLD = 15
WHOLE_MAIL = "0"
"""Where a paper stands that is a mail itself: no part of it has such a path."""
LARGEST_SENT = 20 * 1024 * 1024
"""Bytes of a paper that goes with the letter which tells of it."""


@dataclass(frozen=True, slots=True)
class PapersMail:
    """A mail whose files are to be kept; where it has none and passes on another mail, itself. `known` are
    those of its contents that are, by hash; `is_read`: it says more than that they are to be."""

    mail_id: int
    mail_sha256: str
    reading: Reading
    files: tuple[Attached, ...]
    facts: Facts
    language: str
    known: Mapping[str, Archived]
    is_read: bool

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""


def effects_of_papers(mail: PapersMail) -> tuple[Effect, ...]:
    """Programs are not kept. What says more is kept all the same, and a person reads it."""
    files = {file.sha256: file for file in mail.files[:MOST_KEPT]}
    new = [f for f in files.values() if f.unfit != "program" and f.sha256 not in mail.known]
    papers = tuple(_paper(mail, file, at) for at, file in enumerate(new))
    is_read = mail.is_read or len(mail.files) > MOST_KEPT
    letter = _letter(
        (mail.mail_id, mail.reading),
        ArchivedNotice(
            subject=mail.reading.head.subject,
            kept=papers,
            known=tuple(mail.known.values()),
            dangerous=tuple(f.name for f in files.values() if f.unfit == "program"),
            is_read=is_read,
        ),
        (mail.facts, mail.language),
    )
    kept: tuple[Effect, ...] = (KeepPapers(papers), Post(letter)) if papers else (Post(letter),)
    if not is_read:
        return *kept, SettleMail(MailState.DONE, KEPT)
    region = Desk(mail.facts.register).region_of(mail.facts.sender)
    case = case_of_mail(mail.mail_id, (READ, Asked.SALES_ADMIN), mail.facts.received, region)
    return *kept, OpenCase(case), SettleMail(MailState.REVIEW, READ)


def _paper(mail: PapersMail, file: Attached, position: int) -> Archived:
    reading, local = mail.reading, mail.facts.received.astimezone(mail.facts.zone)
    texts = {each.sha256: each.text for each in reading.texts}
    # What was said of it when it was sent on belongs to what it is found by.
    words = (texts.get(file.sha256, ""), reading.forwarded)
    return Archived(
        number=archive_number(local, mail.mail_id, position),
        mail_id=mail.mail_id,
        mail_sha256=mail.mail_sha256,
        name=file.name,
        path=file.path,
        sha256=file.sha256,
        size=file.size,
        title=reading.head.subject,
        sender=mail.address,
        at=mail.facts.received,
        text="\n".join(filter(None, words)),
        unfit=file.unfit,
    )


def effects_of_search(
    asks: tuple[int, Reading], words: str, found: Sequence[Found], around: tuple[Facts, str]
) -> tuple[Effect, ...]:
    """`around`: the facts and the house's language. The only one that is found goes with the letter."""
    only = found[0].paper if len(found) == 1 else None
    is_file = only is not None and only.path != WHOLE_MAIL and not only.unfit
    is_enclosed = is_file and only is not None and only.size <= LARGEST_SENT
    notice = FoundNotice(
        subject=asks[1].head.subject,
        words=words,
        found=tuple(found[:MOST_TOLD]),
        has_more=len(found) > MOST_TOLD,
        is_enclosed=is_enclosed,
    )
    files = (_file(only),) if only is not None and is_enclosed else ()
    return Post(_letter(asks, notice, around, files)), SettleMail(MailState.DONE, FOUND)


def _file(paper: Archived) -> MailedFile:
    file = Attached(paper.name, paper.path, paper.size, paper.sha256, paper.unfit)
    return MailedFile(file, paper.mail_id, paper.mail_sha256, paper.sender)


def _letter(
    asks: tuple[int, Reading],
    notice: ArchivedNotice | FoundNotice,
    around: tuple[Facts, str],
    files: tuple[MailedFile, ...] = (),
) -> Letter:
    (mail_id, reading), (facts, language) = asks, around
    return Letter(
        notice=notice,
        to=(facts.sender.address or "",),
        subject_id=f"M{mail_id}-{notice.code}",
        about=f"M{mail_id}",
        language=language_of(facts.sender, language),
        thread=thread_of(reading.head),
        enclosures=files,
        mail_id=mail_id,
    )
