"""An appraisal is an order held against the register: which product, how many tins, what money."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import cached_property

from mailflow.domain.document import Order, OrderLine
from mailflow.domain.funding import Funding as Funding
from mailflow.domain.money import ZERO, line_amount
from mailflow.domain.prices import Terms
from mailflow.domain.quantity import Quantity
from mailflow.domain.register import Customer, PricePeriod, Product, ProductKind
from mailflow.domain.settlement import Recalled
from mailflow.domain.sheet import Written
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """A line with what it means; None where that is not certain.

    `candidates` are the products the texts may mean: one when certain, several when ambiguous,
    none when unknown. `unit_price` is the list price per tin on the order's date.
    """

    line: OrderLine
    product: Product | None
    candidates: tuple[Product, ...]
    tins: int | None
    funding: Funding | None
    unit_price: Decimal | None
    code_known: bool = True
    name_known: bool = True
    """Whether code and name, each by itself, are of the register; True where there is none."""
    period: PricePeriod | None = None
    """Which list price that is."""

    filled: tuple[Quantity, ...] = field(init=False, repr=False, compare=False)
    """The quantity cells that are not empty."""
    cases: int | None = field(init=False, repr=False, compare=False)
    """Whole cases, or None where tins are unknown or not a whole number of cases."""
    amount: Decimal | None = field(init=False, repr=False, compare=False)
    """What the tins cost by the price list."""

    def __post_init__(self) -> None:
        # Once here: a dozen checks ask for each of them.
        filled = tuple([q for q in self.line.quantities if q.text])
        object.__setattr__(self, "filled", filled)
        object.__setattr__(self, "cases", _whole_cases(self.product, self.tins))
        object.__setattr__(self, "amount", _price_of(self.tins, self.unit_price))

    @property
    def is_gift(self) -> bool:
        """A regular product marked as a gift: its price and amount say nothing until that is
        settled."""
        product = self.product
        if product is None or self.funding is not Funding.SAMPLE:
            return False
        return product.kind is not ProductKind.SAMPLE


def _whole_cases(product: Product | None, tins: int | None) -> int | None:
    if product is None or tins is None:
        return None
    cases, loose = divmod(tins, product.tins_per_case)
    return None if loose else cases


def _price_of(tins: int | None, price: Decimal | None) -> Decimal | None:
    return None if tins is None or price is None else line_amount(price, tins)


@dataclass(frozen=True)
class Appraisal:
    """`items` are what is ordered; `not_ordered` the empty rows of a pre-printed form.

    `day` is the order's own date where stated, else the business day it was received.
    `strange_names` are words for the distributor that name nobody of the register.
    """

    order: Order
    customer: Customer | None
    customer_candidates: tuple[Customer, ...]
    items: tuple[Item, ...]
    not_ordered: tuple[OrderLine, ...]
    day: date
    preprinted: bool
    strange_names: tuple[Written, ...] = ()
    recalled: tuple[Recalled, ...] = ()
    """Where something was read as a person settled it before."""

    @property
    def terms(self) -> Terms:
        return Terms(self.day, self.customer)

    @property
    def tins(self) -> int:
        return sum(item.tins or 0 for item in self.items)

    @property
    def amount(self) -> Decimal:
        return sum((item.amount or ZERO for item in self.items), ZERO)

    def amount_of(self, funding: Funding) -> Decimal:
        return self._amounts.get(funding, ZERO)

    @cached_property
    def _amounts(self) -> Mapping[Funding | None, Decimal]:
        amounts: dict[Funding | None, Decimal] = {}
        for item in self.items:
            if item.amount is not None:
                amounts[item.funding] = amounts.get(item.funding, ZERO) + item.amount
        return amounts

    @cached_property
    def fingerprint(self) -> str:
        """The same for orders of the same content, whatever mail, file or layout they came in."""
        lines = sorted(
            f"{i.product.sku if i.product else '?'}|{i.tins}|{i.funding}" for i in self.items
        )
        code = self.customer.code if self.customer else "?"
        return hashlib.sha256("\n".join([code, *lines]).encode()).hexdigest()
