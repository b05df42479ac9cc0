"""An appraisal is an order held against the register: which product, how many tins, what money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mailflow.domain.document import Order, OrderLine
from mailflow.domain.money import ZERO, line_amount
from mailflow.domain.register import Customer, Product
from mailflow.domain.sheet import Written


class Funding(StrEnum):
    CASH = "cash"
    EXPENSE = "expense"
    SAMPLE = "sample"


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

    @property
    def cases(self) -> int | None:
        """Whole cases, or None where tins are unknown or not a whole number of cases."""
        if self.product is None or self.tins is None:
            return None
        pack = self.product.pack
        return pack.cases(self.tins) if pack.is_whole(self.tins) else None

    @property
    def amount(self) -> Decimal | None:
        if self.unit_price is None or self.tins is None:
            return None
        return line_amount(self.unit_price, self.tins)


@dataclass(frozen=True, slots=True)
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

    @property
    def tins(self) -> int:
        return sum(item.tins or 0 for item in self.items)

    @property
    def amount(self) -> Decimal:
        return sum((item.amount or ZERO for item in self.items), ZERO)

    def amount_of(self, funding: Funding) -> Decimal:
        chosen = (i for i in self.items if i.funding is funding)
        return sum((item.amount or ZERO for item in chosen), ZERO)
