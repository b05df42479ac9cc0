"""A mailed register is shown back, and holds as a whole once its sender says so (S9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mailflow.desk.people import language_of
from mailflow.desk.release import name_of
from mailflow.domain.answer import Word
from mailflow.domain.case import Case
from mailflow.domain.distributors import Distributors
from mailflow.domain.effect import (
    AnswerQuestion,
    ApplyRegister,
    Ask,
    CloseCase,
    Effect,
    EndRegister,
    OpenCase,
    Post,
    ProposeRegister,
    SettleMail,
    VoidQuestion,
)
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Letter, MarkedCopy
from mailflow.domain.notice_register import (
    Handover,
    RegisterChangedNotice,
    RegisterFile,
    RegisterNotice,
    RegisterVerdict,
    marked_rows,
)
from mailflow.domain.question import Question
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.register_change import (
    Done,
    ProposalState,
    RegisterProposal,
    RowChange,
    changes_between,
)

READERS = (Role.MARKETING_ASSISTANT, Role.CUSTOMER_SERVICE)
"""Who works with the register beside the desk (S9)."""
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
    sheet: Distributors
    facts: Facts
    proposal: RegisterProposal
    known: Sequence[Mapping[str, str]]
    findings: tuple[Finding, ...] = ()
    is_bad: bool = False
    is_part: bool = False
    before: tuple[tuple[str, tuple[Question, ...]], ...] = ()
    open_orders: Mapping[str, tuple[str, ...]]
    language: str = "zh"
    revision: int = 1

    @property
    def address(self) -> str:
        return self.facts.sender.address or ""

    @property
    def changes(self) -> tuple[RowChange, ...]:
        return () if self.is_bad else changes_between(self.known, self.proposal.rows)


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
        applied = _applied(
            mail.proposal, mail.changes, (mail.facts, mail.open_orders), mail.language
        )
        why = f"M{mail.mail_id} {mail.address}"
        return (
            *ended,
            propose,
            ApplyRegister(mail.proposal, why),
            Post(_answer(mail, verdict)),
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
    return Case(
        number=f"M{mail.mail_id}",
        kind="mail",
        subject_id=str(mail.mail_id),
        waits_on=Asked.SALES_ADMIN,
        region=regions.pop() if len(regions) == 1 else "",
        reason=WAITS,
        since=mail.facts.received,
    )


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
        ),
        to=(mail.address,),
        subject_id=mail.proposal.number,
        revision=mail.revision,
        language=language,
        thread=thread_of(mail.head),
        enclosures=copies,
        mail_id=mail.mail_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """One word about a proposed register. `proposal` is None where there is none of that number;
    `is_current`: what it was compared with still holds, and it fits the staff of now."""

    mail_id: int
    head: Head
    said: str
    word: Word | None
    is_alone: bool
    question: Question
    proposal: RegisterProposal
    known: Sequence[Mapping[str, str]]
    is_current: bool
    facts: Facts
    open_orders: Mapping[str, tuple[str, ...]]
    language: str = "zh"


def verdict_of_register(answer: RegisterAnswer) -> RegisterVerdict:
    if answer.proposal.state in (ProposalState.APPLIED, ProposalState.REFUSED):
        return RegisterVerdict.ALREADY
    if answer.proposal.state is ProposalState.SUPERSEDED:
        return RegisterVerdict.OUTDATED
    is_no = answer.word is Word.REFUSE
    if not is_no and (answer.word is not Word.AGREE or not answer.is_alone):
        return RegisterVerdict.UNCLEAR
    if not answer.is_current or answer.question.is_late(answer.facts.received):
        return RegisterVerdict.OUTDATED
    return RegisterVerdict.REFUSED if is_no else RegisterVerdict.APPLIED


def effects_of_register_answer(answer: RegisterAnswer) -> tuple[Effect, ...]:
    verdict = verdict_of_register(answer)
    changes = changes_between(answer.known, answer.proposal.rows)
    applied: tuple[Effect, ...] = ()
    if verdict is RegisterVerdict.APPLIED:
        around = (answer.facts, answer.open_orders)
        applied = tuple(_applied(answer.proposal, changes, around, answer.language))
    return (
        *_decided(answer, verdict),
        Post(_reply(answer, verdict, changes)),
        *applied,
        SettleMail(MailState.DONE, REASONS[verdict]),
    )


def _decided(answer: RegisterAnswer, verdict: RegisterVerdict) -> Iterator[Effect]:
    proposal, question = answer.proposal, answer.question
    address = answer.facts.sender.address or ""
    why = f"M{answer.mail_id} {address}"
    if proposal.state is not ProposalState.PROPOSED:
        return
    match verdict:
        case RegisterVerdict.APPLIED:
            yield ApplyRegister(proposal, why)
        case RegisterVerdict.REFUSED:
            yield EndRegister(proposal.number, ProposalState.REFUSED, why)
        case RegisterVerdict.OUTDATED:
            yield EndRegister(proposal.number, ProposalState.SUPERSEDED, why)
        case _:
            return
    yield CloseCase(proposal.mail_id, why)
    yield from _question_ended(question, verdict, (answer.mail_id, address, why), answer)


def _question_ended(
    question: Question,
    verdict: RegisterVerdict,
    by: tuple[int, str, str],
    answer: RegisterAnswer,
) -> Iterator[Effect]:
    from_mail, address, why = by
    if verdict is RegisterVerdict.OUTDATED:
        yield VoidQuestion(question, why)
        return
    word = Word.AGREE if verdict is RegisterVerdict.APPLIED else Word.REFUSE
    received = answer.facts.received
    yield AnswerQuestion(question.answered_with(word, address, from_mail, received))


def _reply(
    answer: RegisterAnswer, verdict: RegisterVerdict, changes: tuple[RowChange, ...]
) -> Letter:
    is_open = verdict is RegisterVerdict.UNCLEAR
    return Letter(
        notice=RegisterNotice(
            verdict=verdict,
            subject=answer.head.subject,
            number=answer.proposal.number,
            changes=changes if verdict is RegisterVerdict.APPLIED else (),
            total=len(answer.proposal.rows),
            said=answer.said,
        ),
        to=(answer.facts.sender.address or "",),
        subject_id=f"{answer.proposal.number}-M{answer.mail_id}",
        about=answer.proposal.number,
        language=language_of(answer.facts.sender, answer.language),
        thread=thread_of(answer.head),
        mail_id=answer.mail_id,
        question=answer.question if is_open else None,
    )


def _applied(
    proposal: RegisterProposal,
    changes: tuple[RowChange, ...],
    around: tuple[Facts, Mapping[str, tuple[str, ...]]],
    language: str,
) -> Iterator[Effect]:
    """Those who work with it get the whole table, its changes marked; managers what is theirs."""
    facts, open_orders = around
    register = facts.register
    # Who has which credit is nothing to those who are told.
    shown = RegisterChangedNotice.shown
    changes = tuple(c for c in changes if c.done is not Done.CHANGED or shown(c))
    notice = RegisterChangedNotice(
        number=proposal.number,
        by=name_of(facts.sender.address or "", register),
        changes=changes,
        handovers=tuple(_handovers(changes, open_orders, register)),
    )
    told: set[str] = {(facts.sender.address or "").casefold()}
    for person in _readers(changes, register):
        if person.email.casefold() in told:
            continue
        told.add(person.email.casefold())
        spoken = person.language or language
        letter = _changed(notice, person, spoken)
        file = RegisterFile(proposal.number, marked_rows(proposal.rows, changes), spoken)
        yield Post(replace(letter, enclosures=(file,)))
    for person in _managers(changes, register):
        if person.email.casefold() in told:
            continue
        told.add(person.email.casefold())
        mine = tuple(c for c in changes if person.email.casefold() in _managed_by(c))
        codes = {c.code for c in mine}
        own = tuple(h for h in notice.handovers if h.code in codes)
        yield Post(
            _changed(
                replace(notice, changes=mine, handovers=own), person, person.language or language
            )
        )


def _changed(notice: RegisterChangedNotice, person: Person, language: str) -> Letter:
    return Letter(notice=notice, to=(person.email,), subject_id=notice.number, language=language)


def _readers(changes: Sequence[RowChange], register: Register) -> Iterator[Person]:
    regions = {row.get("region", "") for c in changes for row in (c.before, c.after) if row}
    for role in READERS:
        for person in register.people(role):
            if not person.regions or regions & set(person.regions):
                yield person


def _managers(changes: Sequence[RowChange], register: Register) -> Iterator[Person]:
    for address in dict.fromkeys(a for c in changes for a in _managed_by(c)):
        yield from register.managers(address)[:1]


def _managed_by(change: RowChange) -> tuple[str, ...]:
    rows = (row for row in (change.before, change.after) if row)
    return tuple(dict.fromkeys(row.get("regional_manager", "").casefold() for row in rows))


def _handovers(
    changes: Sequence[RowChange], open_orders: Mapping[str, tuple[str, ...]], register: Register
) -> Iterator[Handover]:
    for change in changes:
        moved = change.of("regional_manager")
        if moved is not None:
            yield Handover(
                code=change.code,
                name=change.name,
                before=name_of(moved.before, register),
                after=name_of(moved.after, register),
                region=(change.after or {}).get("region", ""),
                orders=open_orders.get(change.code, ()),
            )
