"""A mailed register is shown back, and holds as a whole once its sender says so (S9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailflow.desk.people import language_of
from mailflow.desk.register_applied import effects_of_applying
from mailflow.domain.answer import Word
from mailflow.domain.case import Case, case_of_mail
from mailflow.domain.distributors import Distributors
from mailflow.domain.effect import Ask, CloseCase, Effect, OpenCase, Post, SettleMail, VoidQuestion
from mailflow.domain.effect_people import ApplyRegister, EndRegister, ProposeRegister
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.mailed_tables import MailedTable
from mailflow.domain.notice import Letter, MarkedCopy
from mailflow.domain.notice_register import (
    RegisterNotice,
    RegisterVerdict,
)
from mailflow.domain.question import Question
from mailflow.domain.register_change import (
    ProposalState,
    RegisterProposal,
    RowChange,
)
from mailflow.domain.value import dataclass

WAITS = "register-waits"
REASONS = {
    RegisterVerdict.PROPOSED: "register-asked",
    RegisterVerdict.APPLIED: "register-applied",
    RegisterVerdict.UNCHANGED: "register-unchanged",
    RegisterVerdict.BAD: "register-returned",
    RegisterVerdict.REFUSED: "register-refused",
    RegisterVerdict.OUTDATED: "answer-superseded",
    RegisterVerdict.ALREADY: "answer-again",
    RegisterVerdict.UNCLEAR: "answer-unclear",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterMail:
    """A mail that brings a register, and what the books know of it.

    `proposal` is the table that it would make; `findings` what it changes, or what is wrong.
    `before` are earlier proposals of the same sender that nobody decided, with their questions.
    """

    mail_id: int
    head: Head
    sheet: Distributors | MailedTable
    facts: Facts
    proposal: RegisterProposal
    known: Sequence[Mapping[str, str]]
    findings: tuple[Finding, ...] = ()
    is_bad: bool = False
    is_part: bool = False
    before: tuple[tuple[str, tuple[Question, ...]], ...] = ()
    open_orders: Mapping[str, tuple[str, ...]]
    handed: tuple[Effect, ...] = ()
    """What passes to other people with what it changes."""
    language: str = "zh"
    revision: int = 1

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""

    @property
    def changes(self) -> tuple[RowChange, ...]:
        if self.is_bad:
            return ()
        return self.proposal.changes_from(self.known, self.facts.register)


def effects_of_register(mail: RegisterMail, *, at_once: bool) -> tuple[Effect, ...]:
    """What follows from a sheet; `at_once`: a house that asks nobody back."""
    if mail.is_bad:
        verdict, state = RegisterVerdict.BAD, MailState.RETURNED
        return Post(_answer(mail, verdict)), SettleMail(state, REASONS[verdict])
    ended = tuple(_ended(mail))
    if not mail.changes:
        verdict = RegisterVerdict.UNCHANGED
        return *ended, Post(_answer(mail, verdict)), SettleMail(MailState.DONE, REASONS[verdict])
    propose = ProposeRegister(mail.proposal)
    if at_once:
        verdict = RegisterVerdict.APPLIED
        applied = effects_of_applying(
            mail.proposal, mail.changes, (mail.facts, mail.open_orders), mail.language
        )
        why = f"M{mail.mail_id} {mail.address}"
        return (
            *ended,
            propose,
            ApplyRegister(mail.proposal, why),
            Post(_answer(mail, verdict)),
            *mail.handed,
            *applied,
            SettleMail(MailState.DONE, REASONS[verdict]),
        )
    verdict = RegisterVerdict.PROPOSED
    return (
        *ended,
        propose,
        Ask(_question(mail), _answer(mail, verdict)),
        OpenCase(_case(mail)),
        SettleMail(MailState.DONE, REASONS[verdict]),
    )


def _ended(mail: RegisterMail) -> Iterator[Effect]:
    """Of one sender the newest sheet is the one that counts."""
    why = f"M{mail.mail_id}: another sheet came"
    for number, questions in mail.before:
        yield EndRegister(number, ProposalState.SUPERSEDED, why)
        for question in questions:
            yield VoidQuestion(question, why)
            if question.mail_id is not None:
                yield CloseCase(question.mail_id, why)


def _question(mail: RegisterMail) -> Question:
    received = mail.facts.received
    return Question(
        order=mail.proposal.number,
        revision=1,
        role=Asked.SALES_ADMIN,
        address=mail.address,
        allowed=(Word.AGREE, Word.REFUSE),
        created=received,
        expires=received,
        mail_id=mail.mail_id,
    )


def _case(mail: RegisterMail) -> Case:
    regions = {row.get("region", "") for c in mail.changes for row in (c.before, c.after) if row}
    region = regions.pop() if len(regions) == 1 else ""
    return case_of_mail(mail.mail_id, (WAITS, Asked.SALES_ADMIN), mail.facts.received, region)


def _answer(mail: RegisterMail, verdict: RegisterVerdict) -> Letter:
    language = language_of(mail.facts.sender, mail.language)
    copies: tuple[MarkedCopy, ...] = ()
    if marked := tuple(f for f in mail.findings if f.at is not None):
        sheet = mail.sheet
        copies = (MarkedCopy(mail.mail_id, sheet.attachment, sheet.format, marked, language),)
    return Letter(
        notice=RegisterNotice(
            verdict=verdict,
            subject=mail.head.subject,
            number=mail.proposal.number,
            changes=mail.changes,
            findings=mail.findings,
            total=len(mail.proposal.rows),
            is_part=mail.is_part,
            kind=mail.proposal.kind,
        ),
        to=(mail.address,),
        subject_id=mail.proposal.number,
        revision=mail.revision,
        language=language,
        thread=thread_of(mail.head),
        enclosures=copies,
        mail_id=mail.mail_id,
    )
