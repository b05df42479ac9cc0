"""What all distributors' inventory reports of a month say together, in tins (S7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mailflow.domain.value import dataclass

DAYS = 30
"""A month, where days of cover are told."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`near` months before its date goods are near expiry; more days of cover than `over` is too
    much, fewer than `dry` too little."""

    near: int = 6
    over: int = 90
    dry: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One product of one distributor. `cover` is how many days its stock lasts at what it sold in
    the last months; None where it sold nothing."""

    region: str
    code: str
    distributor: str
    sku: str
    product: str
    opening: int
    received: int
    sold: int
    closing: int
    cover: int | None

    def is_over(self, limits: Limits) -> bool:
        """Stock that nobody buys is too much, too."""
        return self.closing > 0 and (self.cover is None or self.cover > limits.over)

    def is_dry(self, limits: Limits) -> bool:
        return self.cover is not None and self.cover < limits.dry


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
    """Of one region, distributor or product, by its name."""

    name: str
    opening: int
    received: int
    sold: int
    closing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidated:
    """`expected` distributors should have reported, all but the missing ones have."""

    month: date
    expected: int
    positions: tuple[Position, ...]
    expiring: tuple[Expiring, ...]
    missing: tuple[Absent, ...]
    limits: Limits

    @property
    def reported(self) -> int:
        return self.expected - len(self.missing)

    @property
    def total(self) -> Sums:
        return next(iter(self.sums(lambda _: "")), Sums("", 0, 0, 0, 0))

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
        found: dict[str, list[int]] = {}
        for p in self.positions:
            numbers = found.setdefault(by(p), [0, 0, 0, 0])
            for at, number in enumerate((p.opening, p.received, p.sold, p.closing)):
                numbers[at] += number
        every = (Sums(name, *numbers) for name, numbers in found.items())
        return tuple(sorted(every, key=lambda s: (-s.sold, s.name)))
