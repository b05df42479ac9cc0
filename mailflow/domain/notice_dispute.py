"""The letters about an objection to a statement of account, until it is settled."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from mailflow.domain.register import Customer
from mailflow.domain.value import dataclass


class DisputeStage(StrEnum):
    RECEIVED = "received"
    """To whoever objects: it is a case, and who looks into it."""
    RAISED = "raised"
    """To the sales admin and finance: somebody objects, and why."""
    SETTLED = "settled"
    """To whoever objected: what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeNotice:
    """`number` is the case's, `by` the name of who objects and `reason` what he wrote; `owner` is the
    sales admin's name. Of a settled one `settled_by` and `answer` say who wrote what.

    `subject` is that of the objection.
    """

    stage: DisputeStage
    number: str
    statement: str
    customer: Customer
    period: date
    by: str
    reason: str
    subject: str
    owner: str = ""
    settled_by: str = ""
    answer: str = ""
    files: tuple[str, ...] = ()
    """Names of what came with the objection; it lies in that mail."""
    code: ClassVar[str] = "statement-dispute"
