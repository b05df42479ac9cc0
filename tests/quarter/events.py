"""What people of the desk do, as values: the oracle reckons with them, `mails.py` writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.quarter.desk import Distributor, Product


@dataclass(frozen=True)
class Line:
    product: Product
    cases: int
    is_cash: bool = True

    @property
    def tins(self) -> int:
        return self.cases * self.product.tins_per_case

    @property
    def amount(self) -> Decimal:
        return self.product.price * self.tins


@dataclass(frozen=True)
class Ordered:
    """`of` is whose order it is. `is_wrong`: the price of its first line is not that of the list.
    `corrects` is the number of the order that it takes the place of, sent in its thread."""

    sender: str
    of: Distributor
    lines: tuple[Line, ...]
    subject: str
    is_wrong: bool = False
    corrects: str = ""


@dataclass(frozen=True)
class Answered:
    """One word under a letter that asked: `order` may be that of a supplementary list."""

    sender: str
    order: str
    agrees: bool = True
    about: str = "order"


@dataclass(frozen=True)
class Load:
    """Goods of one list that left on a day; cases by SKU."""

    sheet: str
    order: str
    cases: dict[str, int]
    waybill: str
    day: date
    is_rest: bool = False
    """The rest of a list of which some has left before."""


@dataclass(frozen=True)
class Shipped:
    sender: str
    loads: tuple[Load, ...]
    subject: str


@dataclass(frozen=True)
class Delivered:
    """What logistics answers to the last request: these waybills have arrived."""

    sender: str
    waybills: tuple[str, ...]
    day: date


@dataclass(frozen=True)
class Counted:
    """The stock of a warehouse; cases by SKU."""

    sender: str
    cases: dict[str, int]
    subject: str


@dataclass(frozen=True)
class Paid:
    """Money from finance: the distributor, what came, the bank's reference."""

    sender: str
    rows: tuple[tuple[Distributor, Decimal, str], ...]
    day: date
    subject: str


@dataclass(frozen=True)
class Approved:
    """Expense that was approved."""

    sender: str
    rows: tuple[tuple[Distributor, Decimal, str], ...]
    day: date
    subject: str


@dataclass(frozen=True)
class Stock:
    """One distributor's inventory report: opening, received, sold, closing in cases of each product."""

    of: Distributor
    rows: tuple[tuple[Product, int, int, int, int], ...]

    @property
    def is_wrong(self) -> bool:
        return any(a + b - c != d for _, a, b, c, d in self.rows)


@dataclass(frozen=True)
class Reported:
    """Inventory reports of a month, a sheet for each distributor."""

    sender: str
    month: date
    stocks: tuple[Stock, ...]
    subject: str


@dataclass(frozen=True)
class FoundWrong:
    """A report that was taken is wrong after all, as a person of the desk found out."""

    of: Distributor
    month: date


@dataclass(frozen=True)
class Wished:
    """Somebody asks for a statement of account of a month; `of` None: a manager those of all his."""

    sender: str
    of: Distributor | None
    month: date
    subject: str


@dataclass(frozen=True)
class Disputed:
    """The distributor objects to the statement it got last."""

    sender: str
    of: Distributor
    month: date


@dataclass(frozen=True)
class Settled:
    """Finance has looked into that objection."""

    sender: str
    of: Distributor
    month: date


Event = (
    Ordered
    | Answered
    | Shipped
    | Delivered
    | Counted
    | Paid
    | Approved
    | Reported
    | FoundWrong
    | Wished
    | Disputed
    | Settled
)
