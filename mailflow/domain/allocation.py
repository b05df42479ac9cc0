"""What of the stock goes to whom: what lies there less what is promised, oldest first, never below zero.

Stock is counted in tins; a list gets whole cases of what is short.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from mailflow.domain.order import BookedLine
from mailflow.domain.value import dataclass

Free = Mapping[str, int]
"""Tins by SKU that nobody was promised; a product that is missing has none."""


Covers = tuple[tuple[int, int], ...]
"""Shortages by their numbers, and the tins of each that are sent."""


@dataclass(frozen=True, slots=True)
class StockCount:
    """The whole stock of one warehouse at an instant; it replaces the count before as a whole.

    `day` is the day it was counted on, `taken` when its mail came: what was sent before is not
    among `tins` any more.
    """

    warehouse: str
    """The regions it serves (`Register.warehouse_of`); empty: the one of all other regions."""
    day: date
    taken: datetime
    tins: Mapping[str, int]

    def is_older_than(self, other: StockCount) -> bool:
        return (self.day, self.taken) < (other.day, other.taken)

    def holds(self, sent_on: date | None, booked: datetime, booked_on: date) -> bool:
        """Whether goods that were sent lay there no more when it was counted. Of goods sent on the
        very day that is so where we heard of it before the count."""
        day = sent_on or booked_on
        return day < self.day or (day == self.day and booked <= self.taken)


@dataclass(frozen=True, slots=True)
class Shortage:
    """Tins of one line of an accepted order that no list tells to send: open until a supplementary
    list does, or the order ends. `position` counts from 0 within the order's lines."""

    id: int
    order: str
    revision: int
    position: int
    sku: str
    tins: int
    tins_per_case: int
    since: datetime
    proposed: int = 0
    """Tins of it that a supplementary list was proposed for last; `proposal` is its number."""
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class ShortGoods:
    """All that orders of one region lack of a product: `tins` of `orders`, the oldest `since`."""

    region: str
    sku: str
    tins: int
    orders: int
    since: datetime
    name: str = ""


def lacking(lines: Sequence[BookedLine], free: Free | None) -> tuple[int, ...]:
    """What each line of an order lacks, in tins; nothing where the stock is not known.

    A product in several lines goes to the first of them first.
    """
    if free is None:
        return (0,) * len(lines)
    left, short = dict(free), []
    for line in lines:
        sent = _sendable(line.tins, line.tins_per_case, left.get(line.sku, 0))
        left[line.sku] = left.get(line.sku, 0) - sent
        short.append(line.tins - sent)
    return tuple(short)


def covered(shortages: Iterable[Shortage], free: Free) -> Covers:
    """What can be sent now, in the order given: the oldest first."""
    left, found = dict(free), []
    for shortage in shortages:
        have = left.get(shortage.sku, 0)
        sent = _sendable(shortage.tins, shortage.tins_per_case, have)
        left[shortage.sku] = have - sent
        if sent:
            found.append((shortage.id, sent))
    return tuple(found)


def less(free: Free, taken: Iterable[tuple[str, int]]) -> Free:
    """Below zero where more was promised than lies there; nothing is promised of that."""
    left = dict(free)
    for sku, tins in taken:
        left[sku] = left.get(sku, 0) - tins
    return left


def _sendable(wanted: int, per_case: int, have: int) -> int:
    """All of it, or as many whole cases as there are: no list gets loose tins for want of stock."""
    if have >= wanted:
        return wanted
    return max(0, have - have % per_case)
