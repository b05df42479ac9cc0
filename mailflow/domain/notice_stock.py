"""The typed contents of letters about stock, what is short, and what is then sent."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from mailflow.domain.asking import Urging
from mailflow.domain.finding import Finding
from mailflow.domain.order import BookedLine, BookedOrder, DispatchList
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Lack:
    """A line of which something is not in stock: `short` tins of it."""

    line: BookedLine
    short: int

    @property
    def sent(self) -> int:
        return self.line.tins - self.short


def lacks_of(order: BookedOrder, short: tuple[int, ...]) -> tuple[Lack, ...]:
    return tuple(Lack(li, s) for li, s in zip(order.lines, short, strict=False) if s)


@dataclass(frozen=True, slots=True)
class ShortageNotice:
    """To the distributor (and, of a supplementary list, to the manager): what is short of an order
    that was accepted, or which list now sends it."""

    order: BookedOrder
    short: tuple[int, ...] = ()
    supplied: DispatchList | None = None
    subject: str = ""
    """That of the mail the order came in, where the letter goes on with its thread."""
    code: ClassVar[str] = "shortage"

    @property
    def lacks(self) -> tuple[Lack, ...]:
        return lacks_of(self.order, self.short)


class Taking(StrEnum):
    """What became of a stock mail."""

    TAKEN = "taken"
    OLDER = "older"
    """A newer count of the warehouse is here already."""
    DOUBTFUL = "doubtful"
    """Something on it is not certain, so nothing of it is taken."""


@dataclass(frozen=True, slots=True)
class StockNotice:
    """To whoever mailed a warehouse's stock: that it holds now, or why it does not.

    `absent` are the products we sell that the sheet does not name: they count as none. `promised`
    are products of which lists tell to send more than lies there, with the tins that lack.
    """

    subject: str
    taking: Taking
    day: date
    products: int = 0
    tins: int = 0
    left_out: int = 0
    absent: tuple[str, ...] = ()
    promised: tuple[tuple[str, int], ...] = ()
    findings: tuple[Finding, ...] = ()
    known: date | None = None
    """The day of the newer count."""
    code: ClassVar[str] = "stock-answer"


@dataclass(frozen=True, slots=True)
class SupplyNotice:
    """To the sales admin: what an order lacked is in stock; shall it be sent?"""

    dispatch_list: DispatchList
    left: int = 0
    """Tins of the order that would be short all the same."""
    urging: Urging = Urging.NONE
    code: ClassVar[str] = "supply-request"
