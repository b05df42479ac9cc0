"""Master data rows become register entries; a bad value is named by row and column.

Rows are texts by the contract's header words. The same rows are what the database keeps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from mailflow.domain.budget import Budget
from mailflow.domain.register import (
    Customer,
    Person,
    PricePeriod,
    Product,
    ProductKind,
    Role,
    ShipTo,
)
from mailflow.domain.value import dataclass

Row = Mapping[str, str]
T = TypeVar("T")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-0?1)?(?: 00:00:00)?|(\d{4})年(\d{1,2})月")


class MasterKind(StrEnum):
    PRODUCTS = "products"
    CUSTOMERS = "customers"
    STAFF = "staff"
    BUDGETS = "budgets"
    """Of regions; a house may do without."""


NEEDED = (MasterKind.PRODUCTS, MasterKind.CUSTOMERS, MasterKind.STAFF)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a master table; an optional one may be absent or empty."""

    name: str
    optional: bool = False


def _headings(required: str, optional: str) -> tuple[Heading, ...]:
    return tuple(Heading(n) for n in required.split()) + tuple(
        Heading(n, optional=True) for n in optional.split()
    )


HEADINGS: Mapping[MasterKind, tuple[Heading, ...]] = {
    MasterKind.PRODUCTS: _headings(
        "sku name units_per_case price", "english_name aliases spec unit kind active"
    ),
    MasterKind.CUSTOMERS: _headings(
        "code name region regional_manager consignee phone address credit_limit",
        "aliases email delivery_address expense_balance owed",
    ),
    MasterKind.STAFF: _headings("role name email", "regions language"),
    MasterKind.BUDGETS: _headings("region budget", "month"),
}


@dataclass(frozen=True, slots=True)
class BadValue:
    """`row` counts from 0 within the rows given."""

    row: int
    column: str
    text: str
    expected: str


class BadRows(Exception):
    """Some rows cannot be used; none was taken."""

    def __init__(self, bad: tuple[BadValue, ...]) -> None:
        super().__init__(f"{len(bad)} bad values")
        self.bad = bad


@dataclass(slots=True)
class _Reader:
    """Takes values out of one row and remembers what was wrong."""

    number: int
    row: Row
    bad: list[BadValue]

    def text(self, column: str) -> str:
        return self.row.get(column, "").strip()

    def needed(self, column: str) -> str:
        return self.text(column) or self._complain(column, "a value", "")

    def money(self, column: str, default: str | None = None) -> Decimal:
        text = self.text(column) or default or ""
        try:
            value = Decimal(text)
        except InvalidOperation:
            return self._complain(column, "an amount such as 168.00", Decimal(0))
        if not value.is_finite() or value < 0 or value != round(value, 2):
            return self._complain(column, "an amount of 0 or more, two decimals", Decimal(0))
        return value

    def month(self, column: str) -> date | None:
        """Its first day; None where nothing is written. A spreadsheet makes a day of a month."""
        text = self.text(column)
        if not text:
            return None
        if written := _MONTH.fullmatch(text):
            with suppress(ValueError):
                return date(int(written[1] or written[3]), int(written[2] or written[4]), 1)
        return self._complain(column, "a month such as 2026-11, or nothing for every month", None)

    def count(self, column: str) -> int:
        text = self.text(column)
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            return self._complain(column, "a whole number of 1 or more", 1)
        return int(text)

    def word(self, column: str, words: Mapping[str, T], default: T | None = None) -> T | None:
        text = self.text(column).casefold()
        if not text and default is not None:
            return default
        if text in words:
            return words[text]
        return self._complain(column, f"one of {', '.join(words)}", default)

    def mail_address(self, column: str, *, optional: bool = False) -> str:
        text = self.text(column).casefold()
        if not text and optional:
            return ""
        local, at, domain = text.partition("@")
        if not (local and at and domain) or any(
            c.isspace() or c in "<>,;@" for c in local + domain
        ):
            return self._complain(column, "one e-mail address", "")
        return text

    def parts(self, column: str, separators: str) -> tuple[str, ...]:
        text = self.text(column)
        for separator in separators[1:]:
            text = text.replace(separator, separators[0])
        return tuple(dict.fromkeys(p.strip() for p in text.split(separators[0]) if p.strip()))

    def _complain(self, column: str, expected: str, instead: T) -> T:
        self.bad.append(BadValue(self.number, column, self.text(column), expected))
        return instead


def _each(rows: Iterable[Row], make: Callable[[_Reader], T]) -> tuple[T, ...]:
    bad: list[BadValue] = []
    made = tuple(make(_Reader(number, row, bad)) for number, row in enumerate(rows))
    if bad:
        raise BadRows(tuple(bad))
    return made


def products_of(rows: Iterable[Row]) -> tuple[Product, ...]:
    """Raises `BadRows` with every bad value."""
    return _each(rows, _product)


def customers_of(rows: Iterable[Row]) -> tuple[Customer, ...]:
    return _each(rows, _customer)


def staff_of(rows: Iterable[Row]) -> tuple[Person, ...]:
    return _each(rows, _person)


def budgets_of(rows: Iterable[Row]) -> tuple[Budget, ...]:
    """Raises `BadRows` also where a region has two budgets of a month."""
    rows = tuple(rows)
    made = _each(rows, _budget)
    seen: set[tuple[str, date | None]] = set()
    bad = []
    for number, (row, budget) in enumerate(zip(rows, made, strict=True)):
        key = budget.region, budget.month
        if key in seen:
            said = row.get("month", "").strip()
            bad.append(
                BadValue(number, "region", budget.region, f"one budget for {said or 'every month'}")
            )
        seen.add(key)
    if bad:
        raise BadRows(tuple(bad))
    return made


def _budget(row: _Reader) -> Budget:
    return Budget(row.needed("region"), row.month("month"), row.money("budget"))


KINDS = {kind.value: kind for kind in ProductKind}
YES_NO = {"yes": True, "no": False, "是": True, "否": False}
ROLES = {role.value: role for role in Role}
LANGUAGES = {"zh": "zh", "en": "en"}


def _product(row: _Reader) -> Product:
    return Product(
        sku=row.needed("sku"),
        name=row.needed("name"),
        english_name=row.text("english_name"),
        aliases=row.parts("aliases", ";；"),
        spec=row.text("spec"),
        unit=row.text("unit"),
        tins_per_case=row.count("units_per_case"),
        prices=(PricePeriod(row.money("price")),),
        kind=row.word("kind", KINDS, ProductKind.REGULAR) or ProductKind.REGULAR,
        active=bool(row.word("active", YES_NO, True)),
    )


def _customer(row: _Reader) -> Customer:
    return Customer(
        code=row.needed("code"),
        name=row.needed("name"),
        aliases=row.parts("aliases", ";；"),
        region=row.needed("region"),
        regional_manager=row.mail_address("regional_manager"),
        email=row.mail_address("email", optional=True),
        ship_to=ShipTo(
            row.needed("consignee"),
            row.needed("phone"),
            row.needed("address"),
            row.text("delivery_address"),
        ),
        credit_limit=row.money("credit_limit"),
        expense_balance=row.money("expense_balance", "0"),
        owed=row.money("owed", "0"),
    )


def _person(row: _Reader) -> Person:
    return Person(
        role=row.word("role", ROLES) or Role.IT_ADMIN,
        name=row.needed("name"),
        email=row.mail_address("email"),
        regions=row.parts("regions", ",，、"),
        language=row.word("language", LANGUAGES) if row.text("language") else None,
    )


def repeated(rows: Iterable[Row], column: str) -> Iterator[tuple[int, str]]:
    """Rows whose key stands in an earlier row, with that key."""
    seen: set[str] = set()
    for number, row in enumerate(rows):
        key = row.get(column, "").strip().casefold()
        if key and key in seen:
            yield number, key
        seen.add(key)
