"""Inventory reports as they are kept: one of a distributor and month holds, counted in tins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from mailflow.domain.value import dataclass

SO_FAR, ALL_IN, REVISED = SUMMARIES = ("stock-so-far", "stock-all", "stock-revised")
"""The summaries of a month, as jobs: at the deadline, when all are in, and a day's changes since."""


class InventoryState(StrEnum):
    VALID = "valid"
    RETURNED = "returned"
    """It was wrong, or was found wrong later: its sender is to correct it."""
    SUPERSEDED = "superseded"
    """A later one of the same distributor and month took its place."""


@dataclass(frozen=True, slots=True)
class StockLine:
    """One product, and one batch of it where the report tells them apart; whole tins.

    `moved` is what came less what went otherwise than by purchase and sale.
    """

    sku: str
    opening: int
    received: int
    sold: int
    moved: int
    closing: int
    batch: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptInventory:
    """`month` is its first day; `revision` is 0 until it is kept. A returned one has no lines."""

    distributor: str
    month: date
    state: InventoryState
    mail_id: int
    sender: str
    received: datetime
    lines: tuple[StockLine, ...] = ()
    revision: int = 0

    @property
    def number(self) -> str:
        """What commands take: `N101/2026-11`."""
        return number_of(self.distributor, self.month)

    @property
    def closing(self) -> Mapping[str, int]:
        """Tins by SKU at the end of the month, over all batches."""
        found: Counter[str] = Counter()
        for line in self.lines:
            found[line.sku] += line.closing
        return found


def number_of(distributor: str, month: date) -> str:
    return f"{distributor}/{month:%Y-%m}"


def month_before(month: date) -> date:
    """The first day of the month before."""
    if month.month == 1:
        return date(month.year - 1, 12, 1)
    return date(month.year, month.month - 1, 1)


def month_after(month: date) -> date:
    if month.month == 12:
        return date(month.year + 1, 1, 1)
    return date(month.year, month.month + 1, 1)


def month_in(text: str) -> date | None:
    """The first day of `2026-11`; None for what is no month."""
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        return None
