"""The letters about call-back results: what was entered, and what they sum up to (S10). No consumer
stands in any of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from mailflow.domain.called import NO_CALLS, CallSums
from mailflow.domain.finding import Finding
from mailflow.domain.shortfall import Shortfall
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredSheet:
    """One sheet of a mail. Where `whole`, nothing of it was entered; `empty` rows were not filled in."""

    attachment: str
    where: str
    new: int = 0
    changed: int = 0
    known: int = 0
    empty: int = 0
    asked: tuple[Finding, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswerNotice:
    """To the agent who sent call-back results: what was entered, and which rows are to be corrected."""

    subject: str
    sheets: tuple[EnteredSheet, ...]
    told: tuple[str, ...] = ()
    """Names of those who got the sums."""
    regions: tuple[str, ...] = ()
    """Of the consumers on his sheet, where that is known."""
    code: ClassVar[str] = "call-back-answer"

    @property
    def entered(self) -> int:
        return sum(sheet.new + sheet.changed for sheet in self.sheets)

    @property
    def known(self) -> int:
        return sum(sheet.known for sheet in self.sheets)

    @property
    def empty(self) -> int:
        return sum(sheet.empty for sheet in self.sheets)

    @property
    def asked(self) -> int:
        return sum(len(sheet.asked) for sheet in self.sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A store and product in one month. `product` is empty where the sheets name none."""

    distributor: str
    name: str
    store: str
    sku: str
    product: str
    month: date
    sums: CallSums
    shortfall: Shortfall | None = None
    """What it lacks of the standard, where there is one and it does."""


def _total(lines: tuple[CallLine, ...]) -> CallSums:
    return sum((line.sums for line in lines), NO_CALLS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSumsNotice:
    """To a regional manager or a sales admin: what call-backs found, store by store. `open` rows of the
    sheet wait for whoever sent it; `unnamed` lines are below the standard and take nothing off, for
    they do not say which sample tin it was."""

    by: str
    lines: tuple[CallLine, ...]
    open: int = 0
    unnamed: int = 0
    may_waive: bool = False
    """Whether whoever reads it may say that nothing is taken off."""
    code: ClassVar[str] = "call-back-sums"

    @property
    def short(self) -> tuple[CallLine, ...]:
        """Those for which later orders get fewer sample tins."""
        return tuple(line for line in self.lines if line.shortfall)

    @property
    def total(self) -> CallSums:
        return _total(self.lines)

    @property
    def stores(self) -> int:
        return len({(line.distributor, line.store) for line in self.lines})

    @property
    def least_used(self) -> tuple[CallLine, ...]:
        """Those of which a use rate is known, the lowest first."""
        known = [line for line in self.lines if line.sums.use_permille is not None]
        return tuple(sorted(known, key=lambda line: line.sums.use_permille or 0))


@dataclass(frozen=True, slots=True)
class CallSumsFile:
    """The same as a workbook, every store and product."""

    lines: tuple[CallLine, ...]
    number: str
    language: str = "zh"

    @property
    def total(self) -> CallSums:
        return _total(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaivedNotice:
    """To the sales admin who said that nothing is taken off for a store, and to its manager.

    `shortfall` is as it was before: what orders were given less already cannot be sent with them."""

    subject: str
    by: str
    name: str
    product: str
    shortfall: Shortfall
    code: ClassVar[str] = "samples-waived"
