"""What a child may answer: JSON of exactly the shape that was asked for, and no number it likes.

msgspec puts it straight into the frozen values, and takes nothing for anything else.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from mailflow.domain.answer import Said
from mailflow.domain.archived import FileText
from mailflow.domain.attached import Attached, Refused
from mailflow.domain.bounce import Bounce
from mailflow.domain.call_backs import CallBacks
from mailflow.domain.consumers import Consumers
from mailflow.domain.distributors import Distributors
from mailflow.domain.document import AnyReport, Document, Order, Reading, Unknown
from mailflow.domain.expenses import Expenses
from mailflow.domain.inventory import Inventory
from mailflow.domain.mail import Head
from mailflow.domain.mailed_tables import PriceList, Products, Staff
from mailflow.domain.payments import Payments
from mailflow.domain.report import Count
from mailflow.domain.sheet import Written
from mailflow.domain.shipment import FilledList, Shipment
from mailflow.domain.stock import Stock
from mailflow.domain.value import dataclass
from mailflow.domain.waybill import Waybills

MOST_DIGITS = 40_000
"""Before the point or behind it: a cell has at most 32,767 signs."""
_ENCODER = msgspec.json.Encoder()


class OtherShape(Exception):
    """The answer is none of what was asked for."""


@dataclass(frozen=True, slots=True)
class _Either:
    """A document as it crosses: msgspec does not tell two frozen values in one place apart."""

    order: Order | None = None
    unknown: Unknown | None = None
    stock: Stock | None = None
    inventory: Inventory | None = None
    payments: Payments | None = None
    expenses: Expenses | None = None
    distributors: Distributors | None = None
    products: Products | None = None
    staff: Staff | None = None
    prices: PriceList | None = None
    dispatch_list: FilledList | None = None
    shipment: Shipment | None = None
    waybills: Waybills | None = None
    consumers: Consumers | None = None
    call_backs: CallBacks | None = None

    @property
    def document(self) -> Document:
        found = [d for name in PLACES.values() if (d := getattr(self, name)) is not None]
        if len(found) != 1:
            raise OtherShape("a document is of one kind")
        document: Document = found[0]
        return document


PLACES: Mapping[type[Document], str] = {
    Order: "order",
    Unknown: "unknown",
    Stock: "stock",
    Inventory: "inventory",
    Payments: "payments",
    Expenses: "expenses",
    Distributors: "distributors",
    Products: "products",
    Staff: "staff",
    PriceList: "prices",
    FilledList: "dispatch_list",
    Shipment: "shipment",
    Waybills: "waybills",
    Consumers: "consumers",
    CallBacks: "call_backs",
}
"""Where in an `_Either` each kind of document crosses."""


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A reading as it crosses."""

    head: Head
    documents: tuple[_Either, ...]
    refused: tuple[Refused, ...]
    body: str
    said: Said
    forwarded: str
    bounce: Bounce | None
    attached: tuple[Attached, ...]
    texts: tuple[FileText, ...]
    form: tuple[Written, ...]


def encoded(value: Any, shape: Any) -> bytes:
    if shape is Reading:
        documents = tuple(_Either(**{PLACES[type(d)]: d}) for d in value.documents)
        value = _Crossing(documents=documents, **_beside_documents(value))
    return _ENCODER.encode(value)


def packed(value: Any, shape: Any) -> bytes:
    """The same for what is kept a while: a tenth of the bytes."""
    return zlib.compress(encoded(value, shape), level=1)


def unpacked(payload: bytes, shape: Any) -> Any:
    """Of our own making alone: nobody says how large it becomes. Raises `OtherShape`."""
    return decoded(zlib.decompress(payload), shape)


def decoded(payload: bytes, shape: Any) -> Any:
    """Raises `OtherShape`."""
    try:
        value = _decoder(shape).decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise OtherShape(str(error)) from error
    if not isinstance(value, _Crossing):
        return value
    documents = tuple(e.document for e in value.documents)
    if any(not _is_plain(n) for d in documents for n in _numbers(d)):
        raise OtherShape("a number that no cell can hold")
    return Reading(documents=documents, **_beside_documents(value))


def _beside_documents(value: Reading | _Crossing) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(Reading) if f.name != "documents"}


def prepare(shape: Any) -> None:
    """Make ready for answers of this shape: the first time that takes a while."""
    _decoder(shape)


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_Crossing if shape is Reading else shape)


def _numbers(document: Document) -> Iterator[Decimal | None]:
    if isinstance(document, Order):
        yield from _numbers_ordered(document)
    elif not isinstance(document, Unknown):
        yield from _numbers_reported(document)


def _numbers_ordered(order: Order) -> Iterator[Decimal | None]:
    for line in order.lines:
        for quantity in line.quantities:
            yield quantity.number
        for money in (line.unit_price, line.amount):
            if money is not None:
                yield money.number
    for total in order.totals:
        yield total.number


def _numbers_reported(report: AnyReport) -> Iterator[Decimal | None]:
    for total in report.totals:
        yield from (total.number, total.summed)
    for row in report.rows:
        for name in row.__slots__:
            value = getattr(row, name)
            if isinstance(value, Decimal):
                yield value
            elif isinstance(value, Count):
                yield from (value.cases, value.tins, value.units)


def _is_plain(number: Decimal | None) -> bool:
    """Neither `NaN`, with which nothing can be compared, nor one too long to be worked out."""
    return number is None or (
        number.is_finite() and -MOST_DIGITS < int(number.as_tuple().exponent) < MOST_DIGITS
    )
