"""A request for a paper of the library is answered with it, or told why not and whom to ask (S13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailflow.desk.people import Desk, language_of
from mailflow.domain.barred import barred
from mailflow.domain.case import case_of_mail
from mailflow.domain.effect import Effect, OpenCase, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_paper import PaperFile, PaperNotice
from mailflow.domain.paper import TOLD_TO_ADMIN, Paper, PaperVerdict
from mailflow.domain.value import dataclass
from mailflow.rules.paper_words import Meant, meant_by

MOST_SENT = 5
"""Papers in one letter; who may mean more is asked which."""
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class PaperMail:
    """A mail that asks for a paper. `lends` tells whether a file can be sent now."""

    mail_id: int
    head: Head
    asked: str
    facts: Facts
    language: str
    lends: Callable[[str], bool]

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""


def effects_of_paper_request(mail: PaperMail) -> tuple[Effect, ...]:
    """Of papers that he may not have nothing is said but that there is one."""
    verdict, papers = _found(mail)
    desk, sender = Desk(mail.facts.register), mail.facts.sender
    region = desk.region_of(sender)
    letter = Letter(
        notice=PaperNotice(
            verdict=verdict,
            subject=mail.head.subject,
            asked=mail.asked,
            papers=papers[:MOST_NAMED],
            contact=desk.asked(Asked.SALES_ADMIN, region or None, of=mail.address),
            has_more=len(papers) > MOST_NAMED,
        ),
        to=(mail.address,),
        subject_id=f"M{mail.mail_id}-document",
        about=f"M{mail.mail_id}",
        language=language_of(sender, mail.language),
        thread=thread_of(mail.head),
        enclosures=tuple(map(PaperFile, papers)) if verdict is PaperVerdict.SENT else (),
        mail_id=mail.mail_id,
    )
    if verdict not in TOLD_TO_ADMIN:
        return Post(letter), SettleMail(MailState.DONE, verdict)
    case = case_of_mail(mail.mail_id, (verdict, Asked.SALES_ADMIN), mail.facts.received, region)
    return OpenCase(case), Post(letter), SettleMail(MailState.REVIEW, verdict)


def _found(mail: PaperMail) -> tuple[PaperVerdict, tuple[Paper, ...]]:
    """What may be sent is looked through alone first, so that nothing else is between it."""
    register, today = mail.facts.register, mail.facts.business_day
    his = [p for p in register.papers if barred(mail.address, p.content, register) is None]
    meant = _meant(mail, (p for p in his if p.is_valid_on(today)))
    if meant.sure and len(meant.sure) <= MOST_SENT:
        if all(mail.lends(paper.file) for paper in meant.sure):
            return PaperVerdict.SENT, meant.sure
        return PaperVerdict.LOST, meant.sure
    others = _meant(mail, (p for p in register.papers if p not in his))
    if others.is_named and not meant.is_named and not meant.sure:
        return PaperVerdict.BARRED, ()
    if meant.sure or meant.perhaps:
        return PaperVerdict.WHICH, meant.sure or meant.perhaps
    old = _meant(mail, (p for p in his if not p.is_valid_on(today)))
    if old.sure or old.perhaps:
        return PaperVerdict.EXPIRED, old.sure or old.perhaps
    return (PaperVerdict.BARRED if others.sure or others.perhaps else PaperVerdict.ABSENT), ()


def _meant(mail: PaperMail, papers: Iterable[Paper]) -> Meant:
    return meant_by(mail.asked, tuple(papers), mail.facts.register)
