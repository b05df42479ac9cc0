"""Letters that decide nothing end after a few a day: what they answer may come from a machine that does
not say so, or from somebody who writes in another's name (reliability L02, A18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from mailflow.desk.orders import mail_case
from mailflow.domain.effect import Ask, BookOrder, Effect, OpenCase, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState
from mailflow.domain.notice_announcement import AnnouncementAnswerNotice
from mailflow.domain.notice_asked import ReplyNotice
from mailflow.domain.notice_orders import AnswerNotice
from mailflow.domain.notice_proof import ProofNotice
from mailflow.domain.notice_register import RegisterNotice
from mailflow.domain.notice_request import RequestAnswerNotice
from mailflow.domain.question import QuestionKind

ANSWERING = (
    ReplyNotice,
    RegisterNotice,
    AnnouncementAnswerNotice,
    RequestAnswerNotice,
    ProofNotice,
)
MOST = 3
"""Such letters to one address within `WINDOW`."""
MOST_TOGETHER = 1000
"""Letters of both kinds to everybody within `WINDOW`: a desk has a third of it on its busiest day, so that
more is a flood of forged mails, or a mistake of ours."""
WINDOW = timedelta(days=1)
FLOOD = "letters-flood"
"""Reason of the case that tells of one, once a day."""
ANSWERS = (
    *("answer-unclear", "answer-not-asked", "answer-again", "answer-superseded"),
    *("answer-moved-on", "answer-late", "request-ended"),
)
"""Reasons of mails that answered a question and decided nothing."""
NOT_TOLD = "not-told"
"""Why a mail waits on a person whose sender would have heard of it."""
MOST_ASKED = 30
"""Letters that ask one address whether a mail is its own: an honest one has many orders, too."""


def most_letters(effects: Sequence[Effect]) -> int | None:
    """How many letters like that of this mail one address gets a day; None where it moves something
    and always counts. What moves nothing: an answer that does not count, a mail without an order, one
    of which nobody knows whether he who is asked has sent it."""
    if any(isinstance(e, Ask) and e.question.kind is QuestionKind.SENDER_PROOF for e in effects):
        return MOST_ASKED
    return MOST if _is_idle(effects) else None


def _is_idle(effects: Sequence[Effect]) -> bool:
    posts = [e.letter.notice for e in effects if isinstance(e, Post)]
    if any(isinstance(notice, ANSWERING) for notice in posts):
        return isinstance(end := effects[-1], SettleMail) and end.reason in ANSWERS
    is_booked = any(isinstance(e, BookOrder) for e in effects)
    return not is_booked and any(isinstance(n, AnswerNotice) and not n.reports for n in posts)


def _seen(effect: Effect) -> Effect:
    """What would wait on its sender waits on a person: he was not told of it."""
    if isinstance(effect, OpenCase) and effect.case.waits_on is Asked.SENDER:
        why = f"{effect.case.reason},{NOT_TOLD}"
        return OpenCase(replace(effect.case, waits_on=Asked.SALES_ADMIN, reason=why))
    return effect


def flood_told(mail_id: int, facts: Facts) -> OpenCase:
    """In every sales admin's digest: nobody knows whose region a flood is."""
    case = mail_case(mail_id, (FLOOD, Asked.SALES_ADMIN), facts)
    return OpenCase(replace(case, number=f"{case.number}-flood", region=""))


def without_letters(mail_id: int, effects: Sequence[Effect], facts: Facts) -> tuple[Effect, ...]:
    """All that follows but the letters; where nobody would see the mail, a person looks at it."""
    *rest, end = [_seen(e) for e in effects if not isinstance(e, Post | Ask)]
    is_answer = isinstance(end, SettleMail) and end.reason in ANSWERS
    if any(isinstance(e, OpenCase) for e in rest):
        return (*rest, end if is_answer else SettleMail(MailState.REVIEW, NOT_TOLD))
    reason = "answer" if is_answer else "nothing-attached"
    case = mail_case(mail_id, (reason, Asked.SALES_ADMIN), facts)
    return (*rest, OpenCase(case), SettleMail(MailState.REVIEW, reason))
