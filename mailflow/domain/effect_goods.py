"""Effects on what is counted: goods that left or arrived, stock, shortages, inventories, samples."""

from __future__ import annotations

from mailflow.domain.allocation import Covers, StockCount
from mailflow.domain.called import Called
from mailflow.domain.delivery import Delivered
from mailflow.domain.kept_inventory import KeptInventory
from mailflow.domain.order import BookedOrder, DispatchList
from mailflow.domain.shipping import ListOut, Load
from mailflow.domain.shortfall import Shortfall
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Ship:
    """Goods of a list have left, as a mail told."""

    sheet: ListOut
    load: Load
    mail_id: int


@dataclass(frozen=True, slots=True)
class TakeStock:
    """What a warehouse counted holds from now on."""

    count: StockCount
    mail_id: int


@dataclass(frozen=True, slots=True)
class Unship:
    """A load that was told before counts no more: another telling takes its place."""

    sheet: ListOut
    load: Load
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A dispatch list that has not left the outbox stays here; what has left is as it is."""

    dispatch_list: str
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class KeepInventory:
    """A distributor's inventory report: it holds from now on, or is to be corrected."""

    report: KeptInventory
    reason: str


@dataclass(frozen=True, slots=True)
class KeepShortages:
    """Of an accepted order: tins of each line that no list tells to send."""

    order: BookedOrder
    short: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProposeSupply:
    """A supplementary list is asked about under this number."""

    number: str
    covers: Covers


@dataclass(frozen=True, slots=True)
class IssueSupply:
    """A supplementary list is issued."""

    dispatch_list: DispatchList
    covers: Covers


@dataclass(frozen=True, slots=True)
class Deliver:
    """A load has arrived, as a mail told."""

    told: Delivered
    mail_id: int


@dataclass(frozen=True, slots=True)
class KeepCalls:
    """What was heard of sample tins holds from now on, each row in place of the one before it."""

    rows: tuple[Called, ...]
    mail_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class KeepShortfalls:
    """What stores lack of the standard of sample tins, by all that calls have told of them."""

    shortfalls: tuple[Shortfall, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TakeSamples:
    """An order in the books got fewer sample tins: that is taken once."""

    order: BookedOrder


@dataclass(frozen=True, slots=True)
class WaiveShortfall:
    """Nothing more is taken off for it."""

    number: str
    reason: str
