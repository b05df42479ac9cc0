"""Dispatch lists to write and read back; everything in them is invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from mailflow.domain.appraisal import Funding
from mailflow.domain.order import BookedLine, BookedOrder, DispatchList, OrderState
from mailflow.domain.register import Customer, ShipTo

ROOT = Path(__file__).parents[3]
CASES = (2, 120, 5, 10, 40, 1, 20)


def words(language: str) -> Mapping[str, str]:
    loaded: Mapping[str, str] = yaml.safe_load(
        (ROOT / f"templates/words/{language}.yaml").read_text(encoding="utf-8")
    )
    return loaded


ZH, EN = words("zh"), words("en")

CUSTOMER = Customer(
    code="HE1000",
    name="南阳市童之家贸易有限公司",
    aliases=(),
    region="河南",
    regional_manager="rm@maker.example",
    email="he1000@dist.example",
    ship_to=ShipTo("李伟", "13000000000", "河南省南阳市建设路1号", "南阳市物流园A区6号仓"),
    credit_limit=Decimal(1),
    expense_balance=Decimal(0),
    owed=Decimal(0),
)


def a_line(number: int = 0, **changes: Any) -> BookedLine:
    line = BookedLine(
        where=f"Sheet1!A{number + 8}",
        sku=f"CL-JZ{number}-900",
        name=f"晨露金装婴幼儿配方奶粉{number}段900g",
        spec="900g*6听/箱",
        tins_per_case=6,
        tins=6 * CASES[number % len(CASES)],
        unit_price=Decimal("168.00"),
        amount=Decimal("987654.32"),
        funding=Funding.CASH,
    )
    return replace(line, **changes)


def some_lines(count: int) -> tuple[BookedLine, ...]:
    return tuple(a_line(number) for number in range(count))


def a_list(
    *lines: BookedLine, customer: Customer = CUSTOMER, special: bool = False, **order: Any
) -> DispatchList:
    booked = BookedOrder(
        number="DD261109-0042",
        revision=1,
        mail_id=42,
        position=0,
        customer=customer,
        their_number="PO-2026-1107",
        day=date(2026, 11, 9),
        received=datetime(2026, 11, 9, 2, tzinfo=UTC),
        month=date(2026, 11, 1),
        ship_to=customer.ship_to,
        lines=lines or some_lines(5),
        state=OrderState.ACCEPTED,
        fingerprint="f",
        register_version="v",
        attachment="a.xlsx",
        where="Sheet1!A7:H20",
    )
    return DispatchList(
        number="FH261109-0042",
        revision=1,
        order=replace(booked, **order),
        issued=date(2026, 11, 9),
        source="ab" * 32,
        special_release=special,
    )


def texts_of(rows: Iterator[tuple[Any, ...]]) -> list[str]:
    return [str(value) for row in rows for value in row if value is not None]
