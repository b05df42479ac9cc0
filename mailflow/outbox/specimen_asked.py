"""Specimens of letters that ask, and of those that answer an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from mailflow.domain.answer import Word
from mailflow.domain.asking import Urging
from mailflow.domain.chase import Stage
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_asked import (
    ApprovalNotice,
    RefusalNotice,
    ReplyNotice,
    ReturnedNotice,
    Verdict,
)
from mailflow.domain.order import Listed, OrderState
from mailflow.domain.question import Question
from mailflow.outbox.specimen_orders import (
    ADMIN,
    FINANCE,
    RECEIVED,
    loose_tins,
    order,
)
from mailflow.outbox.specimen_reports import (
    accepted_report,
    answer,
    answered,
    held_report,
    returned_report,
)


def question(*, is_used: bool = False) -> Question:
    """Put to finance, by an invented token."""
    put = Question(
        order="DD261109-0042",
        revision=1,
        role=Asked.FINANCE,
        address=FINANCE.email,
        allowed=(Word.AGREE, Word.REFUSE),
        created=RECEIVED,
        expires=RECEIVED + timedelta(days=7),
        token="7K3M9QWX2ZB4T6VD8HCF",
    )
    return put.answered_with(Word.AGREE, FINANCE.email, 43, RECEIVED) if is_used else put


def offering(language: str) -> Letter:
    """An answer to a returned order that is mended by a word."""
    asked = replace(question(), role=Asked.SENDER, allowed=(Word.ACCEPT,))
    wrong = replace(loose_tins(), code="price-mismatch", found="150", expected="158.00")
    report = replace(returned_report(), findings=(replace(wrong, proposal="158.00"),))
    return replace(answer(answered(report, outcome=Outcome.RETURNED), language), question=asked)


def taken(language: str) -> Letter:
    """The answer to the order that was made so."""
    wrong = replace(loose_tins(), code="price-mismatch", found="150", expected="158.00")
    changes = (replace(wrong, proposal="158.00"),)
    notice = replace(
        answered(accepted_report(), outcome=Outcome.ACCEPTED),
        changes=changes,
        replaces="DD261108-0037",
    )
    return answer(notice, language)


UNASKED = (Verdict.CANCELLED, Verdict.PASSED_ON, Verdict.TOO_LATE)
"""What answers a wish and no question."""
ASKED_BACK = (Verdict.UNCLEAR, Verdict.UNREASONED, Verdict.BESIDE)


def replied(verdict: Verdict, language: str) -> Letter:
    asked = question(is_used=verdict is Verdict.ALREADY)
    state = OrderState.ACCEPTED if verdict is Verdict.ALREADY else OrderState.HELD
    waiting = ("市场部总经理",) if verdict is Verdict.NOTED else ()
    said = "同意，但数量改为 50 箱"
    if verdict is Verdict.UNREASONED:
        asked = replace(asked, role=Asked.SENDER, allowed=(Word.LOOSE,))
        said = "要散听 另加10箱"
    if verdict is Verdict.BESIDE:
        said = "同意"
    put = None if verdict in UNASKED else asked
    notice = ReplyNotice(verdict, order(state), put, FINANCE.name, FINANCE.name, said, waiting)
    return Letter(
        notice=notice,
        to=(FINANCE.email,),
        subject_id="DD261109-0042-M43",
        about="DD261109-0042",
        language=language,
        thread=Thread("<answer-1109@chenlu.example>", (), "Re: [DD261109-0042]"),
        question=asked if verdict in ASKED_BACK else None,
    )


UNLISTED = (
    *((Verdict.AGREED, Listed.NEVER), (Verdict.ALREADY, Listed.NEVER)),
    *((Verdict.ALREADY, Listed.UNSENT), (Verdict.PASSED_ON, Listed.UNSENT)),
    *((Verdict.PASSED_ON, Listed.NEVER), (Verdict.KEPT, Listed.NEVER)),
    (Verdict.KEPT, Listed.UNSENT),
)
"""What is answered otherwise where the order has no list, or one that has not left."""


def listed_otherwise(language: str) -> Iterator[Letter]:
    for verdict, listed in UNLISTED:
        letter = replied(verdict, language)
        assert isinstance(letter.notice, ReplyNotice)
        yield replace(letter, notice=replace(letter.notice, listed=listed))


def refusal(language: str) -> Letter:
    notice = RefusalNotice(
        order(OrderState.CLOSED),
        FINANCE.name,
        Asked.FINANCE,
        "上月货款还没有到",
        "南阳童之家11月订单",
    )
    return Letter(
        notice=notice,
        to=("rm.henan@chenlu.example",),
        subject_id="DD261109-0042-refused",
        about="DD261109-0042",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
    )


def urged(urging: Urging, language: str) -> Letter:
    return Letter(
        notice=ApprovalNotice(FINANCE, held_report(), ADMIN, urging),
        to=(FINANCE.email,),
        subject_id=f"DD261109-0042-{urging.value}",
        about="DD261109-0042",
        language=language,
        question=question(),
    )


def uncorrected(stage: Stage, language: str) -> Letter:
    notice = ReturnedNotice(
        order(OrderState.RETURNED),
        (loose_tins(),),
        "南阳童之家11月订单",
        stage,
        RECEIVED + timedelta(days=7),
    )
    return Letter(
        notice=notice,
        to=("rm.henan@chenlu.example",),
        subject_id=f"DD261109-0042-{stage.value}",
        about="DD261109-0042",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
    )
