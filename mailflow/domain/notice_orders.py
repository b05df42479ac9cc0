"""Notices of an order: what became of it, and its list."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mailflow.domain.attached import Refused
from mailflow.domain.confirmed import NOTHING_CONFIRMED, Confirmed
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.notice_stock import (
    Lack,
    lacks_of,
)
from mailflow.domain.order import BookedLine, BookedOrder, Change, DispatchList
from mailflow.domain.register import Person
from mailflow.domain.shortfall import Deducted
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Fewer:
    """A line of sample tins that is given less, and why."""

    line: BookedLine
    reasons: tuple[Deducted, ...]


@dataclass(frozen=True, slots=True)
class OrderReport:
    """What became of one order, for the letters that tell of it.

    `waits_on` are the people it lies with, in the order they are asked.
    """

    order: BookedOrder
    outcome: Outcome
    findings: tuple[Finding, ...]
    dispatch_list: DispatchList | None = None
    waits_on: tuple[tuple[Asked, Person | None], ...] = ()
    replaced: int | None = None
    """The revision that this one takes the place of, where it corrects one."""
    is_again: bool = False
    """It was here already: nothing is booked, and its sender hears how it stands."""
    is_late: bool = False
    """It changes an order of which goods have left: nothing is booked, nothing changed."""
    changes: tuple[Change, ...] = ()
    """What would have been different, where it comes too late."""
    short: tuple[int, ...] = ()
    """Tins of each line that are not in stock; empty where all of the order is."""

    @property
    def fewer(self) -> tuple[Fewer, ...]:
        """Lines that are given less than was ordered, each with its reasons."""
        order = self.order
        return tuple(
            Fewer(line, tuple(d for d in order.deductions if d.position == position))
            for position, line in enumerate(order.lines)
            if line.deducted
        )

    @property
    def lacks(self) -> tuple[Lack, ...]:
        return lacks_of(self.order, self.short)


@dataclass(frozen=True, slots=True)
class ListNotice:
    """To the warehouse: one dispatch list."""

    dispatch_list: DispatchList
    code: ClassVar[str] = "dispatch-list"


ORDER_IN_WORDS, CHANGE_IN_WORDS = "order-in-words", "change-in-words"
"""Codes of what is found of a mail that orders goods or changes an order in words alone."""


@dataclass(frozen=True, slots=True)
class AnswerNotice:
    """To whoever sent the mail: what became of everything in it, in one letter.

    `findings` are those of the mail as a whole (unknown documents, nothing attached).
    """

    recipient: str
    subject: str
    received: datetime
    outcome: Outcome
    reports: tuple[OrderReport, ...]
    refused: tuple[Refused, ...] = ()
    findings: tuple[Finding, ...] = ()
    changes: tuple[Finding, ...] = ()
    """What was changed as its sender agreed, in the order `replaces`."""
    replaces: str = ""
    confirmed: Confirmed = NOTHING_CONFIRMED
    """What else he said of that order."""

    @property
    def is_again(self) -> bool:
        """Nothing new came with the mail."""
        return bool(self.reports) and not self.findings and all(r.is_again for r in self.reports)

    @property
    def is_late(self) -> bool:
        """All that came with the mail comes too late."""
        return self.is_again and any(r.is_late for r in self.reports)

    @property
    def in_words(self) -> str:
        """What its sender wanted in words alone, where nothing else came; else empty."""
        codes = [f.code for f in self.findings if f.code in (ORDER_IN_WORDS, CHANGE_IN_WORDS)]
        return codes[0] if codes and not self.reports else ""

    code: ClassVar[str] = "order-answer"
