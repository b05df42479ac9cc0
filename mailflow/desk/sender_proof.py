"""Who is asked whether a mail is his, and what his answer does (reliability 2.9, level B)."""

from __future__ import annotations

from dataclasses import replace

from mailflow.desk.orders import mail_case
from mailflow.desk.people import language_of
from mailflow.domain.answer import Said, Word, without_tokens
from mailflow.domain.document import Reading
from mailflow.domain.effect import (
    AnswerQuestion,
    Ask,
    CloseCase,
    Effect,
    OpenCase,
    Post,
    ReadAgain,
    SettleMail,
)
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_proof import ProofNotice
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.sender_proof import UNACKNOWLEDGED, ProofVerdict, proof_number

DENIED = "sender-denied"
"""Somebody wrote in his name."""
ACKNOWLEDGED, UNCLEAR, LATE, AGAIN = (
    *("sender-acknowledged", "answer-unclear", "sender-acknowledged-late", "answer-again"),
)
MOST_FILES = 5
WORDS = (Word.AGREE, Word.REFUSE)


def effects_of_asking(
    mail: tuple[int, Reading], facts: Facts, language: str, revision: int
) -> tuple[Effect, ...]:
    """The mail waits, and its registered sender gets the code; it stands in the digest until then."""
    mail_id, reading = mail
    address = facts.sender.address or ""
    notice = ProofNotice(
        verdict=ProofVerdict.ASKED,
        subject=without_tokens(reading.head.subject),
        received=facts.received,
        files=tuple(dict.fromkeys(f.name for f in reading.attached))[:MOST_FILES],
    )
    number = proof_number(mail_id, facts.business_day)
    question = Question(
        order=number,
        revision=revision,
        role=Asked.SENDER,
        address=address,
        allowed=WORDS,
        created=facts.received,
        expires=facts.received,
        mail_id=mail_id,
    )
    letter = Letter(
        notice=notice,
        to=(address,),
        subject_id=number,
        revision=revision,
        language=language_of(facts.sender, language),
        thread=thread_of(reading.head),
        mail_id=mail_id,
    )
    case = mail_case(mail_id, (UNACKNOWLEDGED, Asked.SALES_ADMIN), facts)
    return Ask(question, letter), OpenCase(case), SettleMail(MailState.REVIEW, UNACKNOWLEDGED)


def effects_of_a_proof(
    mail: tuple[int, Reading], question: Question, facts: Facts, language: str
) -> tuple[Effect, ...]:
    """A yes lets the mail go on as if it had been proven; a no is told to the sales admin."""
    mail_id, reading = mail
    if question.state is not QuestionState.OPEN:
        return (SettleMail(MailState.DONE, AGAIN),)
    by, at = facts.sender.address or "", facts.received
    word = _word(reading.said, question)
    if question.is_late(at):
        late = question.expired_by(by, mail_id, at)
        told = _answered(mail, question, facts, (ProofVerdict.LATE, language))
        return AnswerQuestion(late), Post(told), SettleMail(MailState.DONE, LATE)
    if word is None:
        told = _answered(mail, question, facts, (ProofVerdict.UNCLEAR, language))
        return Post(replace(told, question=question)), SettleMail(MailState.DONE, UNCLEAR)
    answered = AnswerQuestion(question.answered_with(word, by, mail_id, at))
    assert question.mail_id is not None
    closed = CloseCase(question.mail_id, f"{question.order}: {word}")
    if word is Word.AGREE:
        again = ReadAgain(question.mail_id, f"{question.order} {by}")
        return answered, closed, again, SettleMail(MailState.DONE, ACKNOWLEDGED)
    case = mail_case(mail_id, (DENIED, Asked.SALES_ADMIN), facts)
    return answered, closed, OpenCase(case), SettleMail(MailState.REVIEW, DENIED)


def _word(said: Said, question: Question) -> Word | None:
    """One word and nothing beside it: whatever else he says is not interpreted."""
    return said.word if said.word in question.allowed and not said.besides else None


def _answered(
    mail: tuple[int, Reading],
    question: Question,
    facts: Facts,
    how: tuple[ProofVerdict, str],
) -> Letter:
    (mail_id, reading), (verdict, language) = mail, how
    return Letter(
        notice=ProofNotice(verdict=verdict, said=without_tokens(reading.said.first)),
        to=(question.address,),
        subject_id=f"{question.order}-{mail_id}",
        about=question.order,
        language=language_of(facts.sender, language),
        thread=thread_of(reading.head),
        mail_id=mail_id,
    )
