"""What was to be sent against what was: quantities decide what an order is, and nothing counts twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from mailflow.domain.batch import batch_key
from mailflow.domain.value import dataclass

Tins = Mapping[str, int]
"""Tins by SKU."""


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of a dispatch list: tins to be sent now; `position` counts from 0, as on the paper."""

    position: int
    sku: str
    tins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """Goods of one batch in a load; `list_position` is None where they are on no line of the list.

    `tins` is 0 for a further batch of a line whose tins nobody split.
    """

    sku: str
    tins: int
    batch: str = ""
    produced: date | None = None
    expires: date | None = None
    list_position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Goods of one list that left together: one waybill, one day. `id` is None until it is booked."""

    lines: tuple[SentLine, ...]
    carrier: str = ""
    waybill: str = ""
    shipped_on: date | None = None
    id: int | None = None

    @property
    def tins(self) -> Tins:
        return tins_of((line.sku, line.tins) for line in self.lines)

    @property
    def has_batches(self) -> bool:
        return any(line.batch for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """The same for the same goods, waybill and day, whatever mail says it, in whatever order."""
        lines = sorted(
            (line.sku, line.tins, batch_key(line.batch), str(line.produced), str(line.expires))
            for line in self.lines
        )
        said = (batch_key(self.waybill), str(self.shipped_on), lines)
        return hashlib.sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOut:
    """One revision of a dispatch list that was issued, and every load that counts for its number."""

    id: int
    number: str
    revision: int
    order: str
    order_revision: int
    lines: tuple[ListedLine, ...]
    loads: tuple[Load, ...] = ()

    @property
    def tins(self) -> Tins:
        return tins_of((line.sku, line.tins) for line in self.lines)


def tins_of(goods: Iterable[tuple[str, int]]) -> Tins:
    found: Counter[str] = Counter()
    for sku, tins in goods:
        found[sku] += tins
    return {sku: tins for sku, tins in found.items() if tins}


def together(loads: Iterable[Load]) -> Tins:
    return tins_of(each for load in loads for each in load.tins.items())


class Differs(StrEnum):
    MISSED = "missed"
    """Fewer than the list says (漏发)."""
    OVER = "over"
    """More (多发)."""
    WRONG = "wrong"
    """A product that is not on the list (发错)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one product: tins listed and tins that left so far."""

    differs: Differs
    sku: str
    listed: int
    shipped: int


def differences(listed: Tins, shipped: Tins) -> tuple[Difference, ...]:
    """None where all that was listed has left and nothing else; in the order of the list."""
    found = []
    for sku in dict.fromkeys((*listed, *shipped)):
        due, sent = listed.get(sku, 0), shipped.get(sku, 0)
        if due == sent:
            continue
        differs = Differs.MISSED if sent < due else Differs.OVER if due else Differs.WRONG
        found.append(Difference(differs, sku, due, sent))
    return tuple(found)


def is_shipped(ordered: Tins, shipped: Tins) -> bool:
    """Only quantities say so: of every product at least what was ordered."""
    return bool(ordered) and all(shipped.get(sku, 0) >= tins for sku, tins in ordered.items())


class Counting(StrEnum):
    """What a load is to those that were told before."""

    FURTHER = "further"
    AGAIN = "again"
    """Told before: it counts once."""
    REPLACES = "replaces"
    """The same goods told better, or corrected: the earlier telling counts no more."""
    UNCLEAR = "unclear"
    """Further goods or a correction: nobody but the warehouse knows."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How the loads that a mail tells of one list are to be counted."""

    new: tuple[Load, ...] = ()
    replaced: tuple[Load, ...] = ()
    again: tuple[Load, ...] = ()
    unclear: tuple[Load, ...] = ()


def counted(told: Sequence[Load], known: Sequence[Load], listed: Tins, corrects: bool) -> Counted:
    """`known` are the loads that count so far. Where one of those told is unclear, none counts:
    a list is booked whole or asked about. `corrects`: the mail says that it corrects."""
    fingerprints = {load.fingerprint for load in known}
    once = {load.fingerprint: load for load in told}
    again = [load for load in once.values() if load.fingerprint in fingerprints]
    fresh = [load for load in once.values() if load.fingerprint not in fingerprints]
    said_again = {load.fingerprint for load in again}
    others = [load for load in known if load.fingerprint not in said_again]
    if corrects:
        return Counted(tuple(fresh), tuple(others) if fresh else (), tuple(again))
    new: list[Load] = []
    replaced: dict[str, Load] = {}
    unclear: list[Load] = []
    for load in fresh:
        ways = {k.fingerprint: (k, _counting(load, k, known, listed)) for k in others}
        every = {way for _, way in ways.values()}
        if Counting.AGAIN in every:
            again.append(load)
        elif Counting.UNCLEAR in every:
            unclear.append(load)
        else:
            new.append(load)
            replaced |= {f: k for f, (k, way) in ways.items() if way is Counting.REPLACES}
    if unclear:
        return Counted(unclear=tuple(unclear))
    return Counted(tuple(new), tuple(replaced.values()), tuple(again))


def _counting(load: Load, before: Load, known: Sequence[Load], listed: Tins) -> Counting:
    """What a load is to one that was told before."""
    shared = load.tins.keys() & before.tins.keys()
    one_waybill = bool(load.waybill) and batch_key(load.waybill) == batch_key(before.waybill)
    if not shared:
        return Counting.FURTHER
    if one_waybill:
        return _on_one_waybill(load, before)
    so_far = together(known)
    fits = all(so_far[sku] + load.tins[sku] <= listed.get(sku, 0) for sku in shared)
    covers = all(load.tins.get(sku, 0) >= tins for sku, tins in before.tins.items())
    if _is_told_apart(load, before):
        return Counting.FURTHER if fits else Counting.UNCLEAR
    if fits:
        return Counting.UNCLEAR if covers else Counting.FURTHER
    return Counting.REPLACES if covers else Counting.UNCLEAR


def _on_one_waybill(load: Load, before: Load) -> Counting:
    if load.tins == before.tins:
        # Words without batches say less than the list that was filled in before.
        is_less = before.has_batches and not load.has_batches
        return Counting.AGAIN if is_less else Counting.REPLACES
    covers = all(load.tins.get(sku, 0) >= tins for sku, tins in before.tins.items())
    return Counting.REPLACES if covers else Counting.UNCLEAR


def _is_told_apart(load: Load, before: Load) -> bool:
    by_waybill = bool(load.waybill and before.waybill)
    by_day = bool(load.shipped_on and before.shipped_on and load.shipped_on != before.shipped_on)
    return by_waybill or by_day
