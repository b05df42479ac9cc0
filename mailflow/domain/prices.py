"""Prices with the day they hold from, for all, for a region or for one distributor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailflow.domain.register import Customer, PricePeriod, Product
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """What the prices of an order go by: its day, and whose it is where that is certain."""

    day: date
    customer: Customer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPrice:
    """One row of a price list: CNY a tin, from a business day on, to the end of `until` where it is
    a price for a time. `region` and `distributor` (its code) say whom it is for alone; `list` names
    what it stands on, such as the number of the mail that brought it."""

    sku: str
    price: Decimal
    since: date
    until: date | None = None
    region: str = ""
    distributor: str = ""
    list: str = ""

    @property
    def period(self) -> PricePeriod:
        return PricePeriod(
            self.price,
            self.since,
            until=self.until,
            region=self.region,
            distributor=self.distributor,
            list=self.list,
        )


def with_listed(products: Iterable[Product], prices: Iterable[ListedPrice]) -> tuple[Product, ...]:
    """The products with these prices beside their own; of a day that both name the list holds."""
    listed: dict[str, list[PricePeriod]] = {}
    for price in prices:
        listed.setdefault(price.sku.casefold(), []).append(price.period)
    if not listed:
        return tuple(products)
    return tuple(_with(product, listed.get(product.sku.casefold(), [])) for product in products)


def _with(product: Product, listed: list[PricePeriod]) -> Product:
    if not listed:
        return product
    every = sorted((*product.prices, *listed), key=lambda p: (p.since or date.min, bool(p.list)))
    return replace(product, prices=tuple(every))


def price_otherwise(product: Product, day: date, region: str, customer: Customer | None) -> Decimal:
    """What a product costs on a day in a region, or a distributor of it, by the prices there are."""
    of = customer.code.casefold() if customer else ""
    open_ones = [p for p in product.prices if not p.distributor or p.distributor.casefold() == of]
    where = customer.region if customer else region
    here = [p for p in open_ones if not p.region or p.region == where]
    held = [p for p in here if (p.since or day) <= day and (p.until or day) >= day]
    best = max(held, key=lambda p: (p.rank, p.since or date.min, bool(p.list)), default=None)
    return best.price if best else product.price_on(day)
