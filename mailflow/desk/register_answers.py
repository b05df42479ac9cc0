"""What a yes or a no to a mailed register brings about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailflow.desk.people import language_of
from mailflow.desk.register_applied import effects_of_applying
from mailflow.desk.registers import REASONS
from mailflow.domain.answer import Word
from mailflow.domain.effect import AnswerQuestion, CloseCase, Effect, Post, SettleMail, VoidQuestion
from mailflow.domain.effect_people import ApplyRegister, EndRegister
from mailflow.domain.facts import Facts
from mailflow.domain.mail import Head, MailState, thread_of
from mailflow.domain.notice import Letter
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
    handed: tuple[Effect, ...] = ()
    """What passes to other people where it is applied."""
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
    changes = answer.proposal.changes_from(answer.known, answer.facts.register)
    applied: tuple[Effect, ...] = ()
    if verdict is RegisterVerdict.APPLIED:
        around = (answer.facts, answer.open_orders)
        told = effects_of_applying(answer.proposal, changes, around, answer.language)
        applied = (*answer.handed, *told)
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
            kind=answer.proposal.kind,
        ),
        to=(answer.facts.sender.address or "",),
        subject_id=f"{answer.proposal.number}-M{answer.mail_id}",
        about=answer.proposal.number,
        language=language_of(answer.facts.sender, answer.language),
        thread=thread_of(answer.head),
        mail_id=answer.mail_id,
        question=answer.question if is_open else None,
    )
