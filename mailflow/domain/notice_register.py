"""The letters about a mailed register: what it would change, what became of it, what is new (S9)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from mailflow.domain.finding import Finding
from mailflow.domain.master import MasterKind, Row
from mailflow.domain.register_change import Done, RowChange, ValueChange, key_of
from mailflow.domain.value import dataclass

SHOWN = (
    *("code", "name", "aliases", "region", "regional_manager", "email"),
    *("consignee", "phone", "address", "delivery_address"),
)
"""Columns that are told to those who work with the register of distributors: no money."""
TOLD: Mapping[str, tuple[str, ...]] = {
    MasterKind.CUSTOMERS: SHOWN,
    MasterKind.PRODUCTS: (
        *("sku", "name", "english_name", "aliases", "spec", "unit", "units_per_case", "price"),
        *("kind", "active"),
    ),
    MasterKind.STAFF: ("role", "name", "email", "regions", "language"),
    MasterKind.PRICES: ("sku", "price", "since", "until", "region", "distributor", "list"),
}
"""The same of each table."""


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
    """To whoever mailed a register. `kind` is its table, `total` how many rows that then has;
    `findings` are what it changes, or what is wrong with it."""

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
    kind: str = MasterKind.CUSTOMERS.value
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
    """A distributor that others look after from now on, by their names: its manager, and its sales
    admin where the region is another one; `orders` are the numbers of those that are open."""

    code: str
    name: str
    before: str
    after: str
    region: str
    orders: tuple[str, ...] = ()
    admin_before: str = ""
    admin_after: str = ""
    """Empty where it is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChangedNotice:
    """To those who work with the register, and to managers of what is theirs: what is new in it.

    `by` is the name of whoever had it changed."""

    number: str
    by: str
    changes: tuple[RowChange, ...]
    handovers: tuple[Handover, ...] = ()
    kind: str = MasterKind.CUSTOMERS.value
    code: ClassVar[str] = "register-changed"

    def shown(self, change: RowChange) -> tuple[ValueChange, ...]:
        """What of a changed row may be told to everybody who gets the letter."""
        return shown_of(change, self.kind)

    def price_of(self, change: RowChange) -> str:
        """Of a new price what it is; empty of everything else."""
        is_price = self.kind == MasterKind.PRICES and change.done is Done.ADDED
        return (change.after or {}).get("price", "") if is_price else ""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        counted = ((done.value, sum(c.done is done for c in self.changes)) for done in Done)
        return tuple((name, n) for name, n in counted if n)


def shown_of(change: RowChange, kind: str) -> tuple[ValueChange, ...]:
    return tuple(value for value in change.values if value.column in TOLD[kind])


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
    kind: str = MasterKind.CUSTOMERS.value


def marked_rows(
    rows: tuple[Row, ...], changes: tuple[RowChange, ...], kind: str = MasterKind.CUSTOMERS
) -> tuple[MarkedRow, ...]:
    """The whole table, what is gone at its end."""
    by_key = {change.code.casefold(): change for change in changes}
    found = [_marked(row, by_key.get(key_of(kind, row).casefold()), kind) for row in rows]
    gone = [c for c in changes if c.done is Done.REMOVED and c.before]
    return (*found, *(_marked(c.before or {}, c, kind) for c in gone))


def _marked(row: Row, change: RowChange | None, kind: str) -> MarkedRow:
    values = tuple((column, row.get(column, "")) for column in TOLD[kind])
    if change is None:
        return MarkedRow(values)
    before = tuple((v.column, v.before) for v in change.values if v.column in TOLD[kind])
    return MarkedRow(values, change.done.value, before)
