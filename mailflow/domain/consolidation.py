"""What all distributors' inventory reports of a month say together, in tins (S7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from mailflow.domain.value import dataclass

DAYS = 30
"""A month, where days of cover are told."""
SALES_TOLD_BY = 3
"""Months whose sales say how long stock lasts."""
TREND_MONTHS = 24
STOCK_ROW = ("code", "sku", "month", "opening", "received", "sold", "moved", "closing")
"""A line of a report as it is handed to who sums them up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`near` months before its date goods are near expiry; more days of cover than `over` is too
    much, fewer than `dry` too little."""

    near: int = 6
    over: int = 90
    dry: int = 15


@dataclass(frozen=True, slots=True)
class Names:
    """Region and name of every distributor by its code, the name of every product by its SKU; who
    is not in the register any more is told by code alone."""

    distributors: Mapping[str, tuple[str, str]]
    products: Mapping[str, str]

    def of(self, code: str, sku: str) -> dict[str, str]:
        region, distributor = self.distributors.get(code.casefold(), ("", code))
        product = self.products.get(sku.casefold(), sku)
        return {"region": region, "distributor": distributor, "product": product}


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One product of one distributor. `lately` is what it sold in the last months, of which `months`
    were told."""

    region: str
    code: str
    distributor: str
    sku: str
    product: str
    opening: int
    received: int
    sold: int
    moved: int = 0
    """What came less what went otherwise than by purchase and sale."""
    closing: int
    lately: int
    months: int = 1

    @property
    def usual(self) -> Fraction:
        """Tins a month, at the mean of the last months."""
        return Fraction(self.lately, self.months)

    @property
    def cover(self) -> int | None:
        """How many days the stock lasts at that; None where nothing was sold."""
        return cover_of(self.closing, self.usual)

    def is_over(self, limits: Limits) -> bool:
        """Stock that nobody buys is too much, too."""
        return self.closing > 0 and (self.cover is None or self.cover > limits.over)

    def is_dry(self, limits: Limits) -> bool:
        return self.cover is not None and self.cover < limits.dry


def cover_of(closing: int, usual: Fraction) -> int | None:
    return int(closing * DAYS / usual) if usual > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """Tins of one batch that are near or past their date."""

    region: str
    code: str
    distributor: str
    sku: str
    product: str
    batch: str
    expires: date
    tins: int


@dataclass(frozen=True, slots=True)
class Absent:
    """A distributor whose report is not in."""

    region: str
    code: str
    distributor: str
    manager: str
    is_returned: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one region, distributor or product, by its name; `cover` is that of all of it together."""

    name: str
    opening: int = 0
    received: int = 0
    sold: int = 0
    moved: int = 0
    closing: int = 0
    cover: int | None = None


@dataclass(frozen=True, slots=True)
class MonthSum:
    """All reports of a month together, and how many distributors they are of."""

    month: date
    distributors: int
    received: int
    sold: int
    closing: int


@dataclass(frozen=True, slots=True)
class Series:
    """What one region, distributor or product sold in each month of a trend; None where nobody told."""

    name: str
    sold: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The months of which there are reports, at most `TREND_MONTHS`, the oldest first."""

    months: tuple[MonthSum, ...] = ()
    regions: tuple[Series, ...] = ()
    distributors: tuple[Series, ...] = ()
    products: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidated:
    """`expected` distributors should have reported, all but the missing ones have."""

    month: date
    expected: int
    positions: tuple[Position, ...]
    expiring: tuple[Expiring, ...]
    missing: tuple[Absent, ...]
    limits: Limits
    trend: Trend = Trend()

    @property
    def reported(self) -> int:
        return self.expected - len(self.missing)

    @property
    def total(self) -> Sums:
        return summed("", self.positions)

    @property
    def expiring_tins(self) -> int:
        return sum(e.tins for e in self.expiring)

    @property
    def dry(self) -> tuple[Position, ...]:
        """Those that end first on top."""
        found = [p for p in self.positions if p.is_dry(self.limits)]
        return tuple(sorted(found, key=lambda p: (p.cover or 0, -p.sold)))

    @property
    def over(self) -> tuple[Position, ...]:
        """The largest stock on top."""
        found = [p for p in self.positions if p.is_over(self.limits)]
        return tuple(sorted(found, key=lambda p: -p.closing))

    def sums(self, by: Callable[[Position], str]) -> tuple[Sums, ...]:
        """The largest sales on top."""
        found: dict[str, list[Position]] = {}
        for p in self.positions:
            found.setdefault(by(p), []).append(p)
        every = (summed(name, positions) for name, positions in found.items())
        return tuple(sorted(every, key=lambda s: (-s.sold, s.name)))


def summed(name: str, positions: Iterable[Position]) -> Sums:
    every = tuple(positions)
    closing = sum(p.closing for p in every)
    # By how many months were told: fractions are added up one by one only where they differ.
    lately: dict[int, int] = {}
    for p in every:
        lately[p.months] = lately.get(p.months, 0) + p.lately
    usual = sum((Fraction(tins, months) for months, tins in lately.items()), Fraction(0))
    return Sums(
        name,
        opening=sum(p.opening for p in every),
        received=sum(p.received for p in every),
        sold=sum(p.sold for p in every),
        moved=sum(p.moved for p in every),
        closing=closing,
        cover=cover_of(closing, usual),
    )
