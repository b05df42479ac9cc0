"""What the registers say of days to come, as whoever it concerns is told: prices and budgets that change,
and tables that wait for the word of whoever mailed them (S8, S9, S15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from mailflow.domain.budget import Budget, budget_of
from mailflow.domain.kept_inventory import month_after, month_before
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
class ComingBudget:
    """Of a month on, by its first day, a region may order other expense goods a month than the month
    before; CNY, None where it has no budget and orders what it likes."""

    region: str
    month: date
    before: Decimal | None
    after: Decimal | None


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
    budgets: tuple[ComingBudget, ...] = ()

    @property
    def count(self) -> int:
        return len(self.prices) + len(self.registers) + len(self.budgets)

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

    @property
    def listed_budgets(self) -> tuple[ComingBudget, ...]:
        return self.budgets[:MOST_LISTED]

    @property
    def unlisted_budgets(self) -> int:
        return len(self.budgets) - len(self.listed_budgets)


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


def coming_budgets(
    budgets: Sequence[Budget], regions: Iterable[str], running: date
) -> tuple[ComingBudget, ...]:
    """What changes for these regions after `running`, the first day of the month that orders count to
    now, soonest first. A budget of its own that a month ends with is a change as one that it begins
    with."""
    found = (
        change
        for region in dict.fromkeys(regions)
        for change in _of_region(budgets, region, running)
    )
    return tuple(sorted(found, key=lambda b: b.month))


def _of_region(budgets: Sequence[Budget], region: str, running: date) -> Iterator[ComingBudget]:
    own = {b.month for b in budgets if b.region == region and b.month is not None}
    months = {m for month in own for m in (month, month_after(month)) if m > running}
    for month in sorted(months):
        before = budget_of(budgets, region, month_before(month))
        after = budget_of(budgets, region, month)
        if after != before:
            yield ComingBudget(region=region, month=month, before=before, after=after)


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
