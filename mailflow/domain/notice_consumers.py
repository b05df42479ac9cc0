"""The letters about lists of consumers: to whoever sent one, to who calls, and to who finds a caller (S10)."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from mailflow.domain.consumer_list import Batch, Consumer
from mailflow.domain.finding import Finding
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class PassedOn:
    """How many consumers of a region were passed on, and to whom by name; empty: to nobody yet."""

    region: str
    count: int
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumersNotice:
    """To whoever sent a list: what was taken of it, where it went, and what he has to mend.

    `again` are rows of people who were taken before. Nobody is named in it.
    """

    subject: str
    number: str
    passed: tuple[PassedOn, ...] = ()
    again: tuple[Finding, ...] = ()
    asked: tuple[Finding, ...] = ()
    whole: bool = False
    """Nothing was taken: what is asked concerns a sheet as a whole."""
    code: ClassVar[str] = "consumers-answer"

    @property
    def taken(self) -> int:
        return sum(part.count for part in self.passed)

    @property
    def rows_asked(self) -> int:
        """Of how many rows something is asked; what stands at no row counts for one."""
        return len({(f.at.attachment, f.at.sheet, f.at.row) if f.at else f for f in self.asked})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsNotice:
    """To the agent in charge of a region: whom to call is in the workbook, and nowhere else.

    `stores` are how many of each; `keep_days` how long mailflow keeps it.
    """

    number: str
    region: str
    count: int
    stores: tuple[tuple[str, int], ...]
    keep_days: int
    code: ClassVar[str] = "consumers-to-call"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCallerNotice:
    """To a sales admin: consumers wait, for nobody of customer service is in charge of the region."""

    number: str
    region: str
    count: int
    code: ClassVar[str] = "consumers-no-caller"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenNotice:
    """A list is deleted before its time. To whoever asked for it, `subject` his; to whoever sent the
    list; and to each agent who has it: `count` is then how many he was to call.

    `by` is who asked, empty where it was done by command; `agents` are the names of those who have it.
    """

    number: str
    count: int
    by: str = ""
    subject: str = ""
    agents: tuple[str, ...] = ()
    is_agents: bool = False
    is_again: bool = False
    """It was deleted before."""
    code: ClassVar[str] = "consumers-forgotten"


@dataclass(frozen=True, slots=True)
class CallSheet:
    """The workbook that is filled in while calling. Its rows are for the agent in charge alone."""

    number: str
    region: str
    rows: tuple[Consumer, ...] = field(repr=False)
    language: str = "zh"
    is_masked: bool = False
    """Nobody can be told from it: in a rehearsal."""


def calls_of(batch: Batch, keep_days: int) -> CallsNotice:
    return CallsNotice(
        number=batch.number,
        region=batch.region,
        count=len(batch.rows),
        stores=batch.stores,
        keep_days=keep_days,
    )
