"""The letters about a mailed register: what it would change, what became of it, what is new (S9)."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from mailflow.domain.finding import Finding
from mailflow.domain.master import Row
from mailflow.domain.register_change import Done, RowChange, ValueChange
from mailflow.domain.value import dataclass

SHOWN = (
    *("code", "name", "aliases", "region", "regional_manager", "email"),
    *("consignee", "phone", "address", "delivery_address"),
)
"""Columns that are told to those who work with the register: no money."""


class RegisterVerdict(StrEnum):
    """What became of it."""

    PROPOSED = "proposed"
    """It holds once its sender says yes."""
    APPLIED = "applied"
    UNCHANGED = "unchanged"
    """It says what is known."""
    BAD = "bad"
    """A cell is wrong: nothing of it is taken."""
    REFUSED = "refused"
    OUTDATED = "outdated"
    """The register is another one meanwhile."""
    ALREADY = "already"
    UNCLEAR = "unclear"
    """One word is needed, and more or none stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterNotice:
    """To whoever mailed a register. `total` is how many distributors there then are; `findings` are
    what it changes, or what is wrong with it."""

    verdict: RegisterVerdict
    subject: str
    number: str
    changes: tuple[RowChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    total: int = 0
    is_part: bool = False
    said: str = ""
    """His own words, where they are not understood."""
    is_urged: bool = False
    """He was asked before; what changes he has read."""
    code: ClassVar[str] = "register-answer"

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many are added, changed and removed, those that are none left out."""
        counted = ((done.value, sum(c.done is done for c in self.changes)) for done in Done)
        return tuple((name, n) for name, n in counted if n)

    @property
    def suspicious(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.code == "register-suspect")

    @property
    def plain(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.code != "register-suspect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A distributor that another manager looks after from now on, by their names; `orders` are the
    numbers of those that are open."""

    code: str
    name: str
    before: str
    after: str
    region: str
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChangedNotice:
    """To those who work with the register, and to managers of what is theirs: what is new in it.

    `by` is the name of whoever had it changed."""

    number: str
    by: str
    changes: tuple[RowChange, ...]
    handovers: tuple[Handover, ...] = ()
    code: ClassVar[str] = "register-changed"

    @staticmethod
    def shown(change: RowChange) -> tuple[ValueChange, ...]:
        """What of a changed row may be told to everybody who gets the letter."""
        return tuple(value for value in change.values if value.column in SHOWN)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        counted = ((done.value, sum(c.done is done for c in self.changes)) for done in Done)
        return tuple((name, n) for name, n in counted if n)


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of the table, and what was done to it; empty: nothing. `before` has the old values of
    what is different, by column."""

    values: tuple[tuple[str, str], ...]
    done: str = ""
    before: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """The register as a workbook, the changes marked."""

    number: str
    rows: tuple[MarkedRow, ...]
    language: str = "zh"


def marked_rows(rows: tuple[Row, ...], changes: tuple[RowChange, ...]) -> tuple[MarkedRow, ...]:
    """The whole table, what is gone at its end."""
    by_code = {change.code.casefold(): change for change in changes}
    found = [_marked(row, by_code.get(row["code"].casefold())) for row in rows]
    gone = [c for c in changes if c.done is Done.REMOVED and c.before]
    return (*found, *(_marked(c.before or {}, c) for c in gone))


def _marked(row: Row, change: RowChange | None) -> MarkedRow:
    values = tuple((column, row.get(column, "")) for column in SHOWN)
    if change is None:
        return MarkedRow(values)
    before = tuple((v.column, v.before) for v in change.values if v.column in SHOWN)
    return MarkedRow(values, change.done.value, before)
