"""What a write transaction does with ledgers and with reports of a month."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from mailflow.domain.kept_inventory import InventoryState, KeptInventory
from mailflow.domain.ledger import Entry
from mailflow.domain.order import BookedOrder
from mailflow.domain.period import Period
from mailflow.domain.register import Customer
from mailflow.domain.statement import Statement
from mailflow.domain.statistics import Books


class MoneyWork(Protocol):
    """Of the ledger, and of what distributors report of a month."""

    def inventory(self, distributor: str, month: date) -> KeptInventory | None:
        """The report that holds of a distributor and month, which is told by its first day."""
        ...

    def keep_inventory(self, report: KeptInventory, reason: str) -> None: ...
    def inventories(self, months: Sequence[date]) -> Mapping[tuple[str, date], InventoryState]:
        """As in `Records`, within this transaction."""
        ...

    def enter(self, entry: Entry) -> bool:
        """False where its source was entered before; raises `Unbalanced`."""
        ...

    def entered_like(self, entry: Entry) -> tuple[Entry, ...]:
        """What the ledger has of the same kind and distributor with its key, its document or its
        day, oldest first."""
        ...

    def statement(self, customer: Customer, period: date) -> Statement:
        """Of the month that begins on `period`; of the running one as far as it goes."""
        ...

    def open_amounts(self, codes: Collection[str], after: date) -> Mapping[str, Decimal]:
        """As in `Records`, within this transaction."""
        ...

    def held_of(self, distributor: str) -> tuple[BookedOrder, ...]:
        """Its orders that are held, oldest first."""
        ...

    def books(self, period: Period) -> Books:
        """As they stand in this transaction."""
        ...
