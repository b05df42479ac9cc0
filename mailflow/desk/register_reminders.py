"""Whoever mailed a register and does not say whether it holds is reminded; then it is everybody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailflow.domain.chase import Stage
from mailflow.domain.effect import Effect, Escalate, Post
from mailflow.domain.master import Row
from mailflow.domain.notice import Letter
from mailflow.domain.notice_register import RegisterNotice, RegisterVerdict
from mailflow.domain.question import Question
from mailflow.domain.register import Register
from mailflow.domain.register_change import RegisterProposal
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """A register that would hold by a yes of its sender; `known` is the one in force."""

    question: Question
    proposal: RegisterProposal
    known: Sequence[Row]
    subject: str
    register: Register
    language: str = "zh"


def effects_on_unconfirmed(stage: Stage, waiting: Unconfirmed) -> Iterator[Effect]:
    """He alone knows what he meant, so nobody stands in for him. What changes stands in the letter
    before this one, cell by cell."""
    question, proposal = waiting.question, waiting.proposal
    people = waiting.register.person(question.address)
    if stage is Stage.MOVE or not people:
        yield Escalate(f"M{proposal.mail_id}", f"nobody answered question {question.id}", "mail")
        return
    language = next((p.language for p in people if p.language), waiting.language)
    notice = RegisterNotice(
        verdict=RegisterVerdict.PROPOSED,
        subject=waiting.subject,
        number=proposal.number,
        changes=proposal.changes_from(waiting.known, waiting.register),
        total=len(proposal.rows),
        is_urged=True,
        kind=proposal.kind,
    )
    yield Post(
        Letter(
            notice=notice,
            to=(question.address,),
            subject_id=f"{proposal.number}-{stage.value}",
            about=proposal.number,
            language=language,
            mail_id=proposal.mail_id,
            question=question,
        )
    )
