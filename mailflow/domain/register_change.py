"""What a new version of a master table changes: rows added, changed and removed, value by value (S9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from mailflow.domain.master import Row
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


@dataclass(frozen=True, slots=True)
class ValueChange:
    """By the column's header word, as texts."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """`before` is None for what is new, `after` for what is gone."""

    code: str
    before: Row | None
    after: Row | None

    @property
    def done(self) -> Done:
        if self.before is None:
            return Done.ADDED
        return Done.REMOVED if self.after is None else Done.CHANGED

    @property
    def name(self) -> str:
        return (self.after or self.before or {}).get("name", "")

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


def proposal_number(received: datetime, mail_id: int) -> str:
    """`MD261110-0042`, made from the mail's own number, so that a repeated try names the same."""
    return f"{NUMBER}{received:%y%m%d}-{mail_id:04d}"


def is_proposal(number: str) -> bool:
    return number.startswith(NUMBER)


def changes_between(
    before: Sequence[Row], after: Sequence[Row], key: str = "code"
) -> tuple[RowChange, ...]:
    """In the order of the new table, what is gone at its end; keys are compared without case."""
    return tuple(_changes(_by(before, key), _by(after, key), key))


def _changes(old: Mapping[str, Row], new: Mapping[str, Row], key: str) -> Iterator[RowChange]:
    for code, row in new.items():
        change = RowChange(row.get(key, ""), old.get(code), row)
        if change.done is Done.ADDED or change.values:
            yield change
    for code, row in old.items():
        if code not in new:
            yield RowChange(row.get(key, ""), row, None)


def _by(rows: Sequence[Row], key: str) -> Mapping[str, Row]:
    return {row.get(key, "").strip().casefold(): row for row in rows}
