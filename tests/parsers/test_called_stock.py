"""A list of goods and numbers that is called stock by its name alone is never booked as an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mailflow.domain.document import Document, Order
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.known_names import KnownNames
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.sheet import Written
from mailflow.domain.stock import Stock
from mailflow.parsers.reader import read_attachment
from tests.parsers.sheets import KNOWN, A, B, saved, workbook

KEEPER = replace(KNOWN, keeps_stock=True)
ROWS = (("编码", "名称", "数量（箱）"), ("CX-1", A, 32), ("CX-2", B, 4))
PRICED = (("编码", "名称", "数量（箱）", "单价"), ("CX-1", A, 32, 100))


def read(
    name: str, known: KnownNames, rows: Sequence[Sequence[Any]] = ROWS, subject: str = ""
) -> Document:
    hints = tuple(Written(text) for text in (subject, name) if text)
    [found], _ = read_attachment(name, saved(workbook(rows)), known, hints)
    return found


def is_asked(found: Document) -> bool:
    return isinstance(found, Order) and DoubtKind.KIND_UNCLEAR in {d.kind for d in found.doubts}


@pytest.mark.parametrize("name", ["a.xlsx", "11月.xlsx", "奶粉.xlsx", "库存不足请补货.xlsx"])
def test_what_nothing_calls_stock_stays_an_order(name: str) -> None:
    for known in (KNOWN, KEEPER):
        found = read(name, known)
        assert isinstance(found, Order)
        assert not is_asked(found)


@pytest.mark.parametrize("name", ["库存.xlsx", "今日库存1110.xlsx", "盘点.xlsx", "Stock 1110.xlsx"])
def test_by_name_it_is_stock_of_whoever_keeps_the_warehouse_and_asked_of_others(name: str) -> None:
    found = read(name, KEEPER)
    assert isinstance(found, Stock)
    assert [(row.code, row.on_hand and row.on_hand.cases) for row in found.rows] == [
        ("CX-1", 32),
        ("CX-2", 4),
    ]
    assert is_asked(read(name, KNOWN))


def test_a_distributor_beside_it_or_a_price_is_asked_about_whoever_sends_it() -> None:
    assert is_asked(read("某某商贸有限公司库存.xlsx", KEEPER))
    owned = (("客户", *ROWS[0]), ("某某商贸有限公司", *ROWS[1]))
    assert not isinstance(read("库存.xlsx", KEEPER, owned), Stock)
    assert is_asked(read("库存.xlsx", KEEPER, PRICED))
    assert is_asked(read("库存.xlsx", KNOWN, PRICED))
    paid = ((*PRICED[0], "款项性质"), (*PRICED[1], "现金"))
    assert not is_asked(read("库存.xlsx", KNOWN, paid))


def test_the_subject_names_it_too_but_a_word_of_ordering_is_an_order() -> None:
    assert is_asked(read("a.xlsx", KNOWN, subject="本月库存"))
    assert isinstance(read("a.xlsx", KEEPER, subject="仓库 库存"), Stock)
    assert not is_asked(read("a.xlsx", KNOWN, subject="库存不足，请尽快发货"))
    assert not is_asked(read("库存订货单.xlsx", KNOWN))


def test_whoever_also_orders_does_not_keep_the_warehouse() -> None:
    only = Person(Role.WAREHOUSE, "仓库", "wh@house.example")
    both = Person(Role.WAREHOUSE, "经理", "m@house.example")
    manager = Person(Role.REGIONAL_MANAGER, "经理", "M@house.example", ("冀北",))
    known = KnownNames.of(Register(staff=(only, both, manager)))
    assert known.keepers == {"wh@house.example"}
    assert known.of_sender("wh@house.example").keeps_stock
    assert not known.of_sender("m@house.example").keeps_stock
