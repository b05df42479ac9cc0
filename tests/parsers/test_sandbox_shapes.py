"""What crosses from a child arrives as it was, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.answer import Said
from mailflow.domain.archived import FileText
from mailflow.domain.attached import Attached, Refused, RefusedBecause
from mailflow.domain.bounce import Bounce
from mailflow.domain.document import (
    Amount,
    Column,
    Dated,
    Doubt,
    DoubtKind,
    Order,
    OrderLine,
    Reading,
    Total,
    TotalOf,
    Unknown,
    WrittenShipTo,
)
from mailflow.domain.mail import Head, MailKind
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.sheet import Place, Span, Written
from mailflow.parsers.sandbox_shapes import OtherShape, decoded, encoded

AT = Place("订单.xlsx", "Sheet1", 7, 3)
AREA = Span("订单.xlsx", "Sheet1", 0, 0, 9, 5)
LINE = OrderLine(
    where=AREA,
    name=Written("金装1段\0\n\U0001f37c", AT),
    quantities=(Quantity("3箱6听", AT, Decimal(3), Unit.CASES, 6, True), Quantity("", AT, None)),
    unit_price=Amount("1.50", AT, Decimal("1.50"), Unit.CASES),
    amount=Amount("x", AT, None),
)
ORDER = Order(
    attachment="订单.xlsx",
    where=AREA,
    format="xlsx",
    lines=(LINE, OrderLine(AREA)),
    distributor=(Written("某某商贸", AT), Written("D001")),
    order_date=Dated("2026/11/9", AT, date(2026, 11, 9)),
    ship_to=WrittenShipTo(phone=Written("13000000001")),
    totals=(Total(TotalOf.AMOUNT, "9", AT, Decimal("9.00"), (0, 1)),),
    doubts=(Doubt(DoubtKind.TABLE_UNCLEAR, None, "?"),),
    columns=(Column("cases", "箱数", AT),),
)
READING = Reading(
    head=Head("a@b.example", date=datetime(2026, 11, 9, 8, tzinfo=UTC), kind=MailKind.ANSWER),
    documents=(ORDER, Unknown("b.xlsx", None, "甲 | 乙"), ORDER),
    refused=(Refused("c.xls", RefusedBecause.ENCRYPTED, "protected"),),
    body="您好",
    said=Said(first="同意", besides=("尽快",), numbers=("DD261109-0001",)),
    forwarded="请发往新仓库",
    bounce=Bounce(("<a@b.example>",), failed=("c@d.example",), why="unknown user"),
    attached=(Attached("政策.pdf", "1.2", 10, "ab"), Attached("b.zip", "1.3", 22, "cd", "macro")),
    texts=(FileText("ab", "合同"),),
    form=(Written("申请表", Place("", "", 0, 1)),),
)


def changed(change: Callable[[Any], None]) -> bytes:
    """The reading as it crosses, with one thing in it otherwise."""
    raw = json.loads(encoded(READING, Reading))
    change(raw)
    return json.dumps(raw).encode()


def test_a_reading_arrives_as_it_was() -> None:
    nothing = Reading(READING.head)
    for field in fields(Reading):
        assert field.name == "head" or getattr(READING, field.name) != getattr(nothing, field.name)
    assert decoded(encoded(READING, Reading), Reading) == READING
    assert decoded(changed(lambda raw: None), Reading) == READING


def test_decimals_keep_their_digits() -> None:
    arrived = decoded(encoded(READING, Reading), Reading).documents[0]
    assert str(arrived.lines[0].unit_price.number) == "1.50"


def first_line(raw: Any) -> Any:
    return raw["documents"][0]["order"]["lines"][0]


def set_number(number: str) -> Callable[[Any], None]:
    return lambda raw: first_line(raw)["quantities"][0].update(number=number)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.pop("head"),
        lambda raw: raw.update(documents=None),
        lambda raw: raw.update(body=7),
        lambda raw: raw["head"].update(kind="friend"),
        lambda raw: raw["head"].update(date="yesterday"),
        lambda raw: raw["documents"].append({}),
        lambda raw: raw["documents"][0].update(unknown=raw["documents"][1]["unknown"]),
        lambda raw: raw["documents"][0]["order"].update(kind="unknown"),
        lambda raw: first_line(raw).update(where=None),
        lambda raw: first_line(raw).update(hidden="no"),
        lambda raw: first_line(raw)["quantities"][0]["at"].update(row="7"),
        lambda raw: first_line(raw)["quantities"][0]["at"].update(row=7.5),
        set_number("three"),
        set_number("NaN"),
        set_number("-Infinity"),
        set_number("1E+999999"),
        set_number("1E-999999"),
        lambda raw: first_line(raw)["unit_price"].update(number="NaN"),
        lambda raw: first_line(raw)["amount"].update(number="NaN"),
        lambda raw: raw["documents"][2]["order"]["totals"][0].update(number="NaN"),
    ],
)
def test_what_is_no_reading_does_not_arrive(change: Callable[[Any], None]) -> None:
    with pytest.raises(OtherShape):
        decoded(changed(change), Reading)


@pytest.mark.parametrize(
    "payload", [b"", b"{", b"null", b"[]", b'"\xff"', b'{"head":' + b"[" * 100_000]
)
def test_what_is_no_json_does_not_arrive(payload: bytes) -> None:
    for shape in (Reading, int):
        with pytest.raises(OtherShape):
            decoded(payload, shape)


def test_a_number_as_long_as_a_cell_arrives() -> None:
    line = replace(LINE, quantities=(Quantity("9", AT, Decimal("9" * 32_767)),))
    reading = replace(READING, documents=(replace(ORDER, lines=(line,)),))
    assert decoded(encoded(reading, Reading), Reading) == reading
