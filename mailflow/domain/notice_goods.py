"""The letters about goods that left: what differs from a list, what is on its way, who got a batch."""

from __future__ import annotations

from typing import ClassVar

from mailflow.domain.batch import Traced
from mailflow.domain.finding import Finding
from mailflow.domain.order import BookedOrder
from mailflow.domain.shipping import Differs, Load
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Tins of one product, by its name."""

    sku: str
    name: str
    tins_per_case: int
    tins: int

    @property
    def cases(self) -> int:
        return self.tins // self.tins_per_case

    @property
    def loose(self) -> int:
        return self.tins % self.tins_per_case


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsDiffer:
    """Tins listed, and tins that left so far."""

    differs: Differs
    sku: str
    name: str
    listed: int
    shipped: int

    @property
    def apart(self) -> int:
        return abs(self.shipped - self.listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTold:
    """What became of what a mail told of one list. `sheet` is as the mail names it; `order` is None
    where there is no such list. `is_booked` is false where `hindrances` keep all of it out."""

    sheet: str
    order: BookedOrder | None
    differing: tuple[GoodsDiffer, ...] = ()
    hindrances: tuple[Finding, ...] = ()
    unsaid: tuple[Finding, ...] = ()
    is_booked: bool = True

    @property
    def is_all_right(self) -> bool:
        return not (self.differing or self.hindrances or self.unsaid)


@dataclass(frozen=True, slots=True)
class ShippingNotice:
    """To the warehouse, with a copy to the sales admin: what does not fit of what it told."""

    recipient: str
    subject: str
    lists: tuple[ListTold, ...]
    code: ClassVar[str] = "shipping-answer"

    @property
    def is_wrong(self) -> bool:
        """Goods went out that should not have."""
        return any(d.differs is not Differs.MISSED for each in self.lists for d in each.differing)

    @property
    def is_asked(self) -> bool:
        return any(each.hindrances for each in self.lists)

    @property
    def is_missing(self) -> bool:
        return any(d.differs is Differs.MISSED for each in self.lists for d in each.differing)

    @property
    def lead(self) -> str:
        """Which sentence leads: what is worst."""
        ways = (("wrong", self.is_wrong), ("asked", self.is_asked), ("missed", self.is_missing))
        return next((name for name, is_so in ways if is_so), "unsaid")

    @property
    def steps(self) -> tuple[str, ...]:
        """What the warehouse is to do, a sentence each."""
        ways = (("wrong", self.is_wrong), ("missed", self.is_missing), ("asked", self.is_asked))
        told = tuple(name for name, is_so in ways if is_so)
        return told if self.is_asked else (*told, "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truck:
    """A load and its goods by name."""

    load: Load
    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsSentNotice:
    """To manager and distributor: goods are on their way. `missing` are tins of the list that have
    not left yet; `is_corrected`: an earlier letter said otherwise."""

    order: BookedOrder
    sheet: str
    subject: str
    trucks: tuple[Truck, ...]
    missing: tuple[Goods, ...] = ()
    is_corrected: bool = False
    code: ClassVar[str] = "goods-sent"


@dataclass(frozen=True, slots=True)
class BatchNotice:
    """To whoever asked who got a batch. Days that nobody named are those of the warehouse's mail."""

    traced: Traced
    subject: str
    code: ClassVar[str] = "batch-answer"


@dataclass(frozen=True, slots=True)
class BatchFile:
    """The same as a workbook."""

    traced: Traced
    language: str = "zh"
