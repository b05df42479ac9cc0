"""Master data rows become register entries; a bad value is named by row and column.

Rows are texts by the contract's header words. The same rows are what the database keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from mailflow.domain.audience import Audience
from mailflow.domain.budget import Budget
from mailflow.domain.master_row import BadRows as BadRows
from mailflow.domain.master_row import BadValue as BadValue
from mailflow.domain.master_row import Row as Row
from mailflow.domain.master_row import RowReader, each
from mailflow.domain.paper import CLASSES, Paper, is_below
from mailflow.domain.prices import ListedPrice
from mailflow.domain.register import (
    Customer,
    Person,
    PricePeriod,
    Product,
    ProductKind,
    Register,
    Role,
    ShipTo,
)
from mailflow.domain.value import dataclass


class MasterKind(StrEnum):
    PRODUCTS = "products"
    CUSTOMERS = "customers"
    STAFF = "staff"
    BUDGETS = "budgets"
    """Of regions; a house may do without."""
    PRICES = "prices"
    """Prices with the day they hold from; without them those of the products hold."""
    PAPERS = "documents"
    """The index of the library; a house may do without, and its file lies with the papers."""


NEEDED = (MasterKind.PRODUCTS, MasterKind.CUSTOMERS, MasterKind.STAFF)
"""Without a row of each nobody can be served."""
MasterFile = tuple[MasterKind, str, Iterable[Row]]
"""Its kind, the SHA-256 of its bytes in hexadecimal digits, and its rows."""


def lacking_in(register: Register) -> tuple[MasterKind, ...]:
    """The needed kinds that have no row."""
    kept = (register.products, register.customers, register.staff)
    return tuple(kind for kind, rows in zip(NEEDED, kept, strict=True) if not rows)


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
    MasterKind.PRICES: _headings("sku price since", "until region distributor list"),
    MasterKind.PAPERS: _headings("title class file", "batch product valid_until"),
}


def products_of(rows: Iterable[Row]) -> tuple[Product, ...]:
    """Raises `BadRows` with every bad value."""
    return each(rows, _product)


def customers_of(rows: Iterable[Row]) -> tuple[Customer, ...]:
    return each(rows, _customer)


def staff_of(rows: Iterable[Row]) -> tuple[Person, ...]:
    return each(rows, _person)


def budgets_of(rows: Iterable[Row]) -> tuple[Budget, ...]:
    """Raises `BadRows` also where a region has two budgets of a month."""
    rows = tuple(rows)
    made = each(rows, _budget)
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


def papers_of(rows: Iterable[Row]) -> tuple[Paper, ...]:
    """Raises `BadRows` with every bad value."""
    return each(rows, _paper)


def _paper(row: RowReader) -> Paper:
    file = row.text("file").replace("\\", "/")
    if not is_below(file):
        file = row.complain("file", "the name of a file below the library's folder", "")
    return Paper(
        title=row.needed("title"),
        audience=row.word("class", CLASSES) or Audience.INTERNAL,
        file=file,
        batches=row.parts("batch", ";；,，、"),
        product=row.text("product"),
        valid_until=row.day("valid_until"),
    )


def _budget(row: RowReader) -> Budget:
    return Budget(row.needed("region"), row.month("month"), row.money("budget"))


KINDS = {kind.value: kind for kind in ProductKind}
YES_NO = {"yes": True, "no": False, "是": True, "否": False}
ROLES = {role.value: role for role in Role}
LANGUAGES = {"zh": "zh", "en": "en"}


def _product(row: RowReader) -> Product:
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


def _customer(row: RowReader) -> Customer:
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


def _person(row: RowReader) -> Person:
    return Person(
        role=row.word("role", ROLES) or Role.IT_ADMIN,
        name=row.needed("name"),
        email=row.mail_address("email"),
        regions=row.parts("regions", ",，、"),
        language=row.word("language", LANGUAGES) if row.text("language") else None,
    )


def prices_of(rows: Iterable[Row]) -> tuple[ListedPrice, ...]:
    """Raises `BadRows` also where one day has two prices of a product for the same people."""
    rows = tuple(rows)
    made = each(rows, _price)
    seen: set[tuple[str, str, str, date]] = set()
    bad = []
    for number, price in enumerate(made):
        key = price.sku.casefold(), price.region, price.distributor.casefold(), price.since
        if key in seen:
            bad.append(BadValue(number, "since", price.since.isoformat(), "one price a day"))
        seen.add(key)
    if bad:
        raise BadRows(tuple(bad))
    return made


def _price(row: RowReader) -> ListedPrice:
    region, distributor = row.text("region"), row.text("distributor")
    if region and distributor:
        row.complain("region", "a region or a distributor, not both", None)
    row.needed("since")
    since, until = row.day("since"), row.day("until")
    if since and until and until < since:
        row.complain("until", f"a day not before {since}", None)
    return ListedPrice(
        sku=row.needed("sku"),
        price=row.money("price"),
        since=since or date.max,
        until=until,
        region=region,
        distributor=distributor,
        list=row.text("list") or MasterKind.PRICES.value,
    )


def repeated(rows: Iterable[Row], column: str) -> Iterator[tuple[int, str]]:
    """Rows whose key stands in an earlier row, with that key."""
    seen: set[str] = set()
    for number, row in enumerate(rows):
        key = row.get(column, "").strip().casefold()
        if key and key in seen:
            yield number, key
        seen.add(key)
