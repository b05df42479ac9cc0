"""What a child may answer: JSON of exactly the shape that was asked for, and no number it likes.

msgspec puts it straight into the frozen values, and takes nothing for anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from mailflow.domain.answer import Said
from mailflow.domain.document import Document, Order, Reading, Refused, Unknown
from mailflow.domain.mail import Head

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

    @property
    def document(self) -> Document:
        found = [d for d in (self.order, self.unknown) if d is not None]
        if len(found) != 1:
            raise OtherShape("a document is an order or it is not")
        return found[0]


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A reading as it crosses."""

    head: Head
    documents: tuple[_Either, ...]
    refused: tuple[Refused, ...]
    body: str
    said: Said


def encoded(value: Any, shape: Any) -> bytes:
    if shape is Reading:
        documents = tuple(
            _Either(order=d) if isinstance(d, Order) else _Either(unknown=d)
            for d in value.documents
        )
        value = _Crossing(value.head, documents, value.refused, value.body, value.said)
    return _ENCODER.encode(value)


def decoded(payload: bytes, shape: Any) -> Any:
    """Raises `OtherShape`."""
    try:
        value = _decoder(shape).decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise OtherShape(str(error)) from error
    if not isinstance(value, _Crossing):
        return value
    documents = tuple(e.document for e in value.documents)
    if any(not _is_plain(n) for d in documents if isinstance(d, Order) for n in _numbers(d)):
        raise OtherShape("a number that no cell can hold")
    return Reading(value.head, documents, value.refused, value.body, value.said)


def prepare(shape: Any) -> None:
    """Make ready for answers of this shape: the first time that takes a while."""
    _decoder(shape)


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_Crossing if shape is Reading else shape)


def _numbers(order: Order) -> Iterator[Decimal | None]:
    for line in order.lines:
        for quantity in line.quantities:
            yield quantity.number
        for money in (line.unit_price, line.amount):
            if money is not None:
                yield money.number
    for total in order.totals:
        yield total.number


def _is_plain(number: Decimal | None) -> bool:
    """Neither `NaN`, with which nothing can be compared, nor one too long to be worked out."""
    return number is None or (
        number.is_finite() and -MOST_DIGITS < int(number.as_tuple().exponent) < MOST_DIGITS
    )
