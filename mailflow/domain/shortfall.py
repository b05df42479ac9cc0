"""Sample tins that a store used less of than the company's standard asks, and how they are taken off
later orders (S11). All of it is whole tins and integers; a share of a tin is never asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date

from mailflow.domain.called import StoreSums
from mailflow.domain.value import dataclass

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class UseStandard:
    """Of a thousand tins that calls told of, how many have to be used; `products` have their own, by
    casefolded SKU."""

    permille: int
    products: Mapping[str, int] = field(default_factory=dict)

    def of(self, sku: str) -> int:
        return self.products.get(sku.casefold(), self.permille)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What one store lacks of the standard of one product in one month. `taken` is what orders in the
    books were given less for it."""

    number: str
    distributor: str
    key: str
    store: str
    sku: str
    month: date
    heard: int
    used: int
    standard: int
    is_waived: bool = False
    taken: int = 0

    @property
    def tins(self) -> int:
        """Rounded down in favour of the store: `heard` × standard in whole tins, less those used."""
        return max(0, self.heard * self.standard // THOUSAND - self.used)

    @property
    def left(self) -> int:
        """Still to be taken off; below zero where later results, or a person, say that too much was."""
        return (0 if self.is_waived else self.tins) - self.taken

    @property
    def open(self) -> int:
        return max(0, self.left)

    @property
    def use_permille(self) -> int | None:
        return self.used * THOUSAND // self.heard if self.heard else None


Shortfalls = Mapping[str, tuple[Shortfall, ...]]
"""By the code of their distributor: all that are not settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deducted:
    """Tins that a line of an order was given less, and for which shortfall. `position` counts the lines
    from 0; what else stands here is the reason, as it was then."""

    number: str
    position: int
    tins: int
    store: str
    month: date
    heard: int
    used: int
    standard: int

    @property
    def use_permille(self) -> int | None:
        return self.used * THOUSAND // self.heard if self.heard else None


def percent(permille: int | None) -> str:
    """`57.3%`, `60%`; a dash where there is nothing to tell."""
    if permille is None:
        return "—"
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def shortfall_number(distributor: str, key: str, sku: str, month: date) -> str:
    """`XT-N101-202611-3f9a2c41`: the same for the same store, product and month."""
    digest = hashlib.sha256("\0".join((key, sku)).encode("utf-8", "replace")).hexdigest()
    return f"XT-{distributor}-{month:%Y%m}-{digest[:8]}"


def shortfalls_of(sums: Iterable[StoreSums], standard: UseStandard) -> Iterator[Shortfall]:
    """One of each store, product and month, also where nothing is short: what was short before may
    not be any more."""
    for each in sums:
        yield Shortfall(
            number=shortfall_number(each.distributor, each.key, each.sku, each.month),
            distributor=each.distributor,
            key=each.key,
            store=each.store,
            sku=each.sku,
            month=each.month,
            heard=each.sums.heard,
            used=each.sums.used,
            standard=standard.of(each.sku),
        )


def to_take(shortfalls: Iterable[Shortfall]) -> int:
    """Of one distributor and product: what was taken too much anywhere is set against the rest."""
    return max(0, sum(each.left for each in shortfalls))


def shared_out(shortfalls: Iterable[Shortfall], tins: int) -> Iterator[tuple[Shortfall, int]]:
    """What is taken now, of the oldest first."""
    for each in sorted(shortfalls, key=lambda s: (s.month, s.number)):
        part = min(each.open, tins)
        if part:
            tins -= part
            yield each, part
