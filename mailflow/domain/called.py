"""Calls to consumers as they are kept and summed up: by store and product, naming nobody (S10, S11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSums:
    """Counts of calls and of sample tins. `sent` went to the store or a consumer; of `heard` a call
    told what became of them: `used`, `wasted`, or neither yet. Rates are of what was heard of."""

    calls: int = 0
    reached: int = 0
    sent: int = 0
    heard: int = 0
    used: int = 0
    wasted: int = 0

    def __add__(self, other: CallSums) -> CallSums:
        return CallSums(
            calls=self.calls + other.calls,
            reached=self.reached + other.reached,
            sent=self.sent + other.sent,
            heard=self.heard + other.heard,
            used=self.used + other.used,
            wasted=self.wasted + other.wasted,
        )

    @property
    def use_permille(self) -> int | None:
        """Of a thousand tins heard of, how many were used, rounded down; None where none was."""
        return self.used * 1000 // self.heard if self.heard else None

    @property
    def waste_permille(self) -> int | None:
        return self.wasted * 1000 // self.heard if self.heard else None


NO_CALLS = CallSums()


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One row of a sheet of results. `month` is the first day of the one it counts to; `sku` is
    empty where the sheet names no product.

    `who` tells a consumer from others without naming him; empty where the row sums up a store.
    `key` is how the store is compared, `store` as it is shown.
    """

    distributor: str
    store: str
    key: str
    sku: str
    month: date
    who: str
    called_on: date | None
    sums: CallSums
    cell: str = ""

    @property
    def group(self) -> tuple[str, str, str, date]:
        """What is summed up as one."""
        return self.distributor, self.key, self.sku, self.month

    @property
    def same(self) -> tuple[str, str, str, date, str]:
        """Of which one row holds at a time: the newest that was told."""
        return *self.group, self.who


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSums:
    """What is told of one store and product in one month."""

    distributor: str
    store: str
    key: str
    sku: str
    month: date
    sums: CallSums

    @property
    def group(self) -> tuple[str, str, str, date]:
        return self.distributor, self.key, self.sku, self.month


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a mail by what becomes of them: `new`, `changed` (in place of one that holds),
    `known`."""

    new: tuple[Called, ...] = ()
    changed: tuple[Called, ...] = ()
    known: tuple[Called, ...] = ()

    @property
    def entered(self) -> tuple[Called, ...]:
        return (*self.new, *self.changed)


def sorted_by(held: Iterable[Called], told: Iterable[Called]) -> Sorted:
    """Held against what holds. A row that tells the same again, or of an earlier call to the same
    consumer, is known; of two rows of the same the later stands in place of the earlier."""
    holds = {row.same: row for row in held}
    new: dict[tuple[object, ...], Called] = {}
    changed: dict[tuple[object, ...], Called] = {}
    known: list[Called] = []
    for row in told:
        before = holds.get(row.same)
        if before is not None and (before.sums == row.sums or _is_later(before, row)):
            known.append(row)
            continue
        is_new = before is None or row.same in new
        (new if is_new else changed)[row.same] = row
        holds[row.same] = row
    return Sorted(tuple(new.values()), tuple(changed.values()), tuple(known))


def _is_later(before: Called, row: Called) -> bool:
    return bool(before.called_on and row.called_on and row.called_on < before.called_on)


def summed(rows: Iterable[Called]) -> tuple[StoreSums, ...]:
    """By distributor, store, product and month, in that order."""
    found: dict[tuple[str, str, str, date], StoreSums] = {}
    for row in rows:
        before = found.get(row.group)
        found[row.group] = StoreSums(
            distributor=row.distributor,
            store=before.store if before else row.store,
            key=row.key,
            sku=row.sku,
            month=row.month,
            sums=before.sums + row.sums if before else row.sums,
        )
    return tuple(found[group] for group in sorted(found))
