"""What a new version of a master table changes: rows added, changed and removed, value by value (S9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from mailflow.domain.master import MasterKind, Row
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass

NUMBER = "MD"
"""What the numbers of proposed registers begin with, 名单."""


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    """Another sheet came, or the register is another one meanwhile."""


class Done(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


CODED = frozenset({"kind", "active", "role", "language"})
"""Columns in which words of the table itself stand, not a text of somebody's."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """By the column's header word, as texts."""

    column: str
    before: str
    after: str

    @property
    def is_coded(self) -> bool:
        return self.column in CODED


@dataclass(frozen=True, slots=True)
class RowChange:
    """`before` is None for what is new, `after` for what is gone. `label` names what has no name
    of its own: a price by its product and whom it is for."""

    code: str
    before: Row | None
    after: Row | None
    label: str = ""

    @property
    def done(self) -> Done:
        if self.before is None:
            return Done.ADDED
        return Done.REMOVED if self.after is None else Done.CHANGED

    @property
    def name(self) -> str:
        return self.label or (self.after or self.before or {}).get("name", "")

    @property
    def values(self) -> tuple[ValueChange, ...]:
        """What is different in a row that stays."""
        if self.before is None or self.after is None:
            return ()
        before, after = self.before, self.after
        columns = dict.fromkeys((*before, *after))
        texts = ((c, before.get(c, "").strip(), after.get(c, "").strip()) for c in columns)
        return tuple(ValueChange(*each) for each in texts if each[1] != each[2])

    def of(self, column: str) -> ValueChange | None:
        return next((each for each in self.values if each.column == column), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProposal:
    """A whole table as it would be. `base` is the version that it was compared with: its yes holds
    for nothing else."""

    number: str
    mail_id: int
    kind: str
    base: int
    rows: tuple[Row, ...]
    state: ProposalState = ProposalState.PROPOSED

    def changes_from(self, known: Sequence[Row], register: Register) -> tuple[RowChange, ...]:
        """What it changes of a table."""
        return labelled(changes_between(known, self.rows, self.kind), self.kind, register)


def proposal_number(received: datetime, mail_id: int) -> str:
    """`MD261110-0042`, made from the mail's own number, so that a repeated try names the same."""
    return f"{NUMBER}{received:%y%m%d}-{mail_id:04d}"


def is_proposal(number: str) -> bool:
    return number.startswith(NUMBER)


KEYS: Mapping[str, tuple[str, ...]] = {
    MasterKind.PRODUCTS: ("sku",),
    MasterKind.CUSTOMERS: ("code",),
    MasterKind.STAFF: ("role", "email"),
    MasterKind.BUDGETS: ("region", "month"),
    MasterKind.PRICES: ("sku", "region", "distributor", "since"),
    MasterKind.PAPERS: ("file",),
}
"""What tells the rows of a master table apart."""


def key_of(kind: str, row: Row) -> str:
    """As people may read it; compared without case."""
    return " ".join(text for column in KEYS[kind] if (text := row.get(column, "").strip()))


def changes_between(
    before: Sequence[Row], after: Sequence[Row], kind: str = MasterKind.CUSTOMERS
) -> tuple[RowChange, ...]:
    """In the order of the new table, what is gone at its end."""
    return tuple(_changes(_by(before, kind), _by(after, kind), kind))


def _changes(old: _Rows, new: _Rows, kind: str) -> Iterator[RowChange]:
    for key, row in new.items():
        change = RowChange(key_of(kind, row), old.get(key), row)
        if change.done is Done.ADDED or change.values:
            yield change
    for key, row in old.items():
        if key not in new:
            yield RowChange(key_of(kind, row), row, None)


_Rows = Mapping[tuple[str, int], Row]


def _by(rows: Sequence[Row], kind: str) -> _Rows:
    """By key, and the how manieth of that key it is: one person may have two lines of one role."""
    seen: dict[str, int] = {}
    found = {}
    for row in rows:
        key = key_of(kind, row).casefold()
        seen[key] = seen.get(key, 0) + 1
        found[key, seen[key]] = row
    return found


def labelled(changes: Iterable[RowChange], kind: str, register: Register) -> tuple[RowChange, ...]:
    """Prices with the name of their product, and whom they are for."""
    if kind != MasterKind.PRICES:
        return tuple(changes)
    return tuple(replace(change, label=_label(change, register)) for change in changes)


def _label(change: RowChange, register: Register) -> str:
    row = change.after or change.before or {}
    product = register.by_sku.get(row.get("sku", "").casefold())
    customer = register.by_code.get(row.get("distributor", "").casefold())
    whose = row.get("region", "") or (customer.name if customer else row.get("distributor", ""))
    parts = (product.name if product else row.get("sku", ""), whose, row.get("since", ""))
    return " · ".join(part for part in parts if part)
