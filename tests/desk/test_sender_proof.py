"""What the answer of whoever is said to have written a mail does, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailflow.desk.sender_proof import effects_of_a_proof
from mailflow.domain.answer import Said, Word
from mailflow.domain.document import Reading
from mailflow.domain.effect import (
    AnswerQuestion,
    CloseCase,
    Effect,
    OpenCase,
    Post,
    ReadAgain,
    SettleMail,
)
from mailflow.domain.facts import Facts, Sender
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Head, Trust
from mailflow.domain.notice_proof import ProofNotice
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.register import Register
from mailflow.domain.sender_proof import ProofVerdict

NOW = datetime(2026, 11, 10, 2, tzinfo=UTC)
HE = "he@x.example"
ASKED = Question(
    order="QR261110-0007",
    revision=1,
    role=Asked.SENDER,
    address=HE,
    allowed=(Word.AGREE, Word.REFUSE),
    created=NOW - timedelta(days=1),
    expires=NOW + timedelta(days=1),
    mail_id=7,
    id=3,
    token="7H3KQ9T2M4X8V6C1D5ZP",
)
FACTS = Facts(
    register=Register(), sender=Sender(HE, Trust.B), received=NOW, zone=ZoneInfo("Asia/Shanghai")
)


def answered(said: Said, question: Question = ASKED) -> tuple[Effect, ...]:
    reading = Reading(Head(HE, message_id="<a@x.example>"), said=said)
    return effects_of_a_proof((9, reading), question, FACTS, "zh")


def kinds(effects: tuple[Effect, ...]) -> list[type]:
    return [type(effect) for effect in effects]


def reason(effects: tuple[Effect, ...]) -> str:
    end = effects[-1]
    assert isinstance(end, SettleMail)
    return end.reason


def verdict(effects: tuple[Effect, ...]) -> ProofVerdict:
    [post] = [e for e in effects if isinstance(e, Post)]
    assert isinstance(post.letter.notice, ProofNotice)
    assert post.letter.to == (HE,)
    return post.letter.notice.verdict


def test_a_yes_lets_that_mail_be_dealt_with_again() -> None:
    effects = answered(Said(Word.AGREE, "是"))
    assert kinds(effects) == [AnswerQuestion, CloseCase, ReadAgain, SettleMail]
    assert [e.mail_id for e in effects if isinstance(e, ReadAgain)] == [7]
    assert reason(effects) == "sender-acknowledged"


def test_a_no_reads_nothing_again_and_is_told() -> None:
    effects = answered(Said(Word.REFUSE, "否"))
    assert kinds(effects) == [AnswerQuestion, CloseCase, OpenCase, SettleMail]
    assert reason(effects) == "sender-denied"


@pytest.mark.parametrize(
    "said",
    [
        Said(Word.AGREE, "是", besides=("再加10箱",)),
        Said(None, "是的吧"),
        Said(Word.ACCEPT, "接受"),
    ],
)
def test_more_than_the_word_or_another_is_asked_back_and_the_question_stays(said: Said) -> None:
    effects = answered(said)
    assert kinds(effects) == [Post, SettleMail]
    assert verdict(effects) is ProofVerdict.UNCLEAR
    [post] = [e for e in effects if isinstance(e, Post)]
    assert post.letter.question == ASKED


def test_too_late_is_too_late_also_for_a_yes() -> None:
    effects = answered(Said(Word.AGREE, "是"), replace(ASKED, expires=NOW))
    assert kinds(effects) == [AnswerQuestion, Post, SettleMail]
    assert verdict(effects) is ProofVerdict.LATE
    assert reason(effects) == "sender-acknowledged-late"


@pytest.mark.parametrize("state", [s for s in QuestionState if s is not QuestionState.OPEN])
def test_a_code_counts_once(state: QuestionState) -> None:
    effects = answered(Said(Word.AGREE, "是"), replace(ASKED, state=state))
    assert (kinds(effects), reason(effects)) == ([SettleMail], "answer-again")
