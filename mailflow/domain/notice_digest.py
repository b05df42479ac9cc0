"""Notices of a day: what needs a decision, what waits, what came and went."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from mailflow.domain.allocation import ShortGoods
from mailflow.domain.budget import BudgetUse
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.history_chain import Seal
from mailflow.domain.register import Person
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One matter of the digest: what it is, on whom it waits, since when.

    `reference` is what `mailflow show` takes; `what` names the notice's wording in the catalogue.
    `waits_on` is nobody where that is not known; `steps` settle it for good.
    """

    reference: str
    what: str
    who: str
    subject: str
    since: datetime
    findings: tuple[Finding, ...] = ()
    region: str = ""
    waits_on: Asked = Asked.NOBODY
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestCounts:
    """The day in numbers, for the admin's regions."""

    mails: int
    accepted: int
    returned: int
    held: int
    review: int
    ignored: int
    lists: int
    unsent: int


@dataclass(frozen=True, slots=True)
class DigestNotice:
    """To a sales admin, once a day: what needs a decision, and what waits on others."""

    recipient: Person
    day: date
    counts: DigestCounts
    decide: tuple[DigestLine, ...] = ()
    waiting: tuple[DigestLine, ...] = ()
    unread: tuple[DigestLine, ...] = ()
    machine: tuple[DigestLine, ...] = ()
    shadow: bool = False
    shortages: tuple[ShortGoods, ...] = ()
    budgets: tuple[BudgetUse, ...] = ()
    """Those that are nearly used or more."""
    seal: Seal | None = None
    """By which `mailflow verify` tells later whether the history is still what it was."""
    code: ClassVar[str] = "digest"
