"""What the registers say of days to come, as whoever it concerns is told: prices that change, and tables
that wait for the word of whoever mailed them (S9, S15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from mailflow.domain.register import Customer, PricePeriod, Product, Register, regions_of
from mailflow.domain.value import dataclass

MOST_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingPrice:
    """From the begin of a business day on a product costs something else; CNY a tin.

    `whose` are regions and names of distributors that pay it, none where it is for all of his;
    `codes` are those of all that pay it.
    """

    sku: str
    name: str
    day: date
    before: Decimal
    after: Decimal
    codes: tuple[str, ...]
    whose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingRegister:
    """A mailed table that waits for a yes; `kind` is that of master data, `by` who mailed it."""

    number: str
    kind: str
    by: str
    since: datetime
    is_mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    prices: tuple[ComingPrice, ...] = ()
    registers: tuple[ComingRegister, ...] = ()

    @property
    def count(self) -> int:
        return len(self.prices) + len(self.registers)

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the distributors whose prices stand in it."""
        return tuple(dict.fromkeys(code for price in self.prices for code in price.codes))

    @property
    def listed(self) -> tuple[ComingPrice, ...]:
        return self.prices[:MOST_LISTED]

    @property
    def unlisted(self) -> int:
        """How many prices a letter has no room for; all of them stand in a sheet beside it."""
        return len(self.prices) - len(self.listed)


def coming_prices(
    register: Register, customers: Sequence[Customer], today: date
) -> tuple[ComingPrice, ...]:
    """What changes after `today`, a business day, of what these pay for what is still sold, soonest
    first. A price that ends is a change as one that begins."""
    found = (
        price
        for product in register.products
        if product.active
        for price in _of_product(product, customers, today)
    )
    return tuple(sorted(found, key=lambda p: (p.day, p.name, p.after)))


_Change = tuple[date, Decimal, Decimal]


def _of_product(
    product: Product, customers: Sequence[Customer], today: date
) -> Iterator[ComingPrice]:
    days = sorted(set(_days(product.prices, today)))
    if not days:
        return
    pays: dict[_Change, list[Customer]] = {}
    for customer in customers:
        before = product.price_on(today, customer)
        for day in days:
            after = product.price_on(day, customer)
            if after != before:
                pays.setdefault((day, before, after), []).append(customer)
                before = after
    for (day, before, after), whose in pays.items():
        yield ComingPrice(
            sku=product.sku,
            name=product.name,
            day=day,
            before=before,
            after=after,
            codes=tuple(c.code for c in whose),
            whose=tuple(_named(whose, customers)),
        )


def _days(prices: Sequence[PricePeriod], today: date) -> Iterator[date]:
    for price in prices:
        if price.since and price.since > today:
            yield price.since
        if price.until and price.until >= today:
            yield price.until + timedelta(days=1)


def _named(whose: Sequence[Customer], every: Sequence[Customer]) -> Iterator[str]:
    """Whole regions by their name, where that stands for more than one; of others each distributor."""
    if len(whose) == len(every):
        return
    for region in regions_of(whose):
        here = [c for c in whose if c.region == region]
        if len(here) > 1 and len(here) == sum(c.region == region for c in every):
            yield region
        else:
            yield from (c.name for c in here)
