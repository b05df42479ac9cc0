"""Products, staff and price lists as they are mailed: sheets that would change a register (S9)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mailflow.domain.report import Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow(ReportRow):
    """One product as written, by the columns of its master table. `price` is CNY a tin."""

    sku: str = ""
    name: str = ""
    english_name: str = ""
    aliases: str = ""
    spec: str = ""
    unit: str = ""
    units_per_case: str = ""
    price: Decimal | None = None
    kind: str = ""
    active: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Products(Report):
    """The head may say `date`."""

    rows: tuple[ProductRow, ...] = ()
    kind: Literal["product-register"] = "product-register"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow(ReportRow):
    """One part of one person as written; `regions` are parted by commas."""

    role: str = ""
    person: str = ""
    email: str = ""
    regions: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Report):
    rows: tuple[StaffRow, ...] = ()
    kind: Literal["staff-register"] = "staff-register"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow(ReportRow):
    """A price of a product as written, CNY a tin; `since` None where the row names no day.

    `distributor` is a name or a code.
    """

    sku: str = ""
    name: str = ""
    spec: str = ""
    price: Decimal | None = None
    since: date | None = None
    until: date | None = None
    region: str = ""
    distributor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList(Report):
    """The head may say `valid-from`, `expires`, `region` and `distributor` of all its rows."""

    rows: tuple[PriceRow, ...] = ()
    kind: Literal["price-list"] = "price-list"


MailedTable = Products | Staff | PriceList
