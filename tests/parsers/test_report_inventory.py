"""Distributors' inventory reports in many layouts: every count with its unit, and nothing else."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.document import Order
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.inventory import Inventory
from mailflow.domain.report import Count
from tests.parsers.report_books import WHO, crossed, doubted, read, report
from tests.parsers.sheets import HEAD, LINES, A, B, documents

TITLE = ["10月经销商库存报表"]
LABELS = [f"经销商：{WHO}", "月份：2026年10月"]


def cases(number: int | None) -> Count | None:
    return None if number is None else Count(cases=Decimal(number))


def tins(number: int | None) -> Count | None:
    return None if number is None else Count(tins=Decimal(number))


def told(found: Inventory) -> list[tuple[Any, ...]]:
    return [(r.code, r.name, r.opening, r.received, r.sold, r.closing) for r in found.rows]


CASES = [
    ("CX-1", A, cases(10), cases(5), cases(3), cases(12)),
    ("CX-2", B, cases(4), cases(0), cases(4), cases(0)),
]
TINS = [
    (code, name, *(tins(int(c.cases)) if c and c.cases is not None else None for c in counts))
    for code, name, *counts in CASES
]
LAYOUTS: dict[str, tuple[list[list[Any]], list[tuple[Any, ...]]]] = {
    "plain": (
        [
            TITLE,
            LABELS,
            ["货号", "品名", "期初库存(箱)", "本月进货(箱)", "本月销售(箱)", "期末库存(箱)"],
            ["CX-1", A, 10, 5, 3, 12],
            ["CX-2", B, 4, 0, 4, 0],
        ],
        CASES,
    ),
    "columns in another order, blank rows, notes, a total": (
        [
            [],
            [None, "某某商贸十月进销存"],
            [],
            [None, "产品名称", "产品编码", "月末库存箱数", "销量（箱）", "进货箱数", "月初库存箱数"],
            [None, A, "CX-1", 12, 3, 5, 10],
            [],
            [None, B, "CX-2", 0, 4, 0, 4],
            [None, "合计", None, 12, 7, 5, 14],
            [None, "注：以上数据为系统导出，如有出入以盘点为准。"],
        ],
        CASES,
    ),
    "two storeys": (
        [
            TITLE,
            ["货号", "品名", "期初", None, "进货", None, "销售", None, "期末", None],
            [None, None, "箱", "听", "箱", "听", "箱", "听", "箱", "听"],
            ["CX-1", A, 10, None, 5, None, 3, None, 12, None],
            ["CX-2", B, 4, None, 0, None, 4, None, 0, None],
        ],
        CASES,
    ),
    "english": (
        [
            ["Distributor inventory report, October 2026"],
            ["SKU", "Product", "UOM", "Opening stock", "Received", "Sold", "Closing stock"],
            ["CX-1", A, "tins", 10, 5, 3, 12],
            ["CX-2", B, "tins", 4, 0, 4, 0],
        ],
        TINS,
    ),
    "two languages in one header": (
        [
            ["编码 Code", "品名 Product", "期初 Opening(听)", "进货 In(听)", "销售 Out(听)", "结存 Closing(听)"],
            ["CX-1", A, 10, 5, 3, 12],
            ["CX-2", B, 4, 0, 4, 0],
        ],
        TINS,
    ),
    "units in the cells": (
        [
            TITLE,
            ["货号", "品名", "期初", "进货", "销售", "期末"],
            ["CX-1", A, "10箱", "5箱", "3箱", "12 箱"],
            ["CX-2", B, "4箱", "0箱", "四箱", "0箱"],
        ],
        CASES,
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_exactly(layout: str) -> None:
    rows, expected = LAYOUTS[layout]
    found = report(Inventory, *rows)
    assert told(found) == expected
    assert found.doubts == ()
    crossed(found)


def test_labels_are_kept_with_their_cells() -> None:
    found = report(Inventory, *LAYOUTS["plain"][0])
    assert {s.field: (s.text, s.at.address) for s in found.head} == {
        "distributor": (WHO, "A2"),
        "month": ("2026年10月", "B2"),
    }


def test_many_distributors_batches_and_days_stand_in_columns() -> None:
    found = report(
        Inventory,
        ["客户编码", "客户名称", "产品", "批号", "有效期", "库存（听）"],
        ["K1", WHO, A, "L01", "2028-01-05", 60],
        ["K2", "别家", B, "L02", date(2028, 2, 6), 30],
    )
    assert [
        (r.distributor_code, r.distributor, r.name, r.batch, r.expires, r.closing)
        for r in found.rows
    ] == [
        ("K1", WHO, A, "L01", date(2028, 1, 5), tins(60)),
        ("K2", "别家", B, "L02", date(2028, 2, 6), tins(30)),
    ]
    assert found.doubts == ()


def test_what_came_and_went_otherwise_has_columns_of_its_own() -> None:
    [row] = report(
        Inventory,
        TITLE,
        ["品名", "期初（听）", "进货（听）", "调入（听）", "销售（听）", "损耗（听）", "退货（听）", "期末（听）"],
        [A, 10, 5, 2, 3, 1, 4, 9],
    ).rows  # fmt: skip
    assert (row.moved_in, row.moved_out, row.other_moves) == (tins(2), tins(1), tins(4))


def test_what_goods_in_store_are_worth_is_left_aside() -> None:
    found = report(
        Inventory,
        ["进销存报表"],
        ["品名", "期初", None, "进货", None, "销售", None, "期末", None],
        [None, "数量", "金额", "数量", "金额", "数量", "金额", "数量", "金额"],
        [A, "10箱", 1000, "5箱", 500, "3箱", 300, "12箱", 1200],
    )
    assert told(found) == [("", *CASES[0][1:])]
    assert found.doubts == ()
    worth = report(Inventory, TITLE, ["品名", "期末库存（箱）", "库存金额"], [A, 12, 6000])
    assert (told(worth)[0][-1], worth.doubts) == (cases(12), ())


def test_what_cannot_be_read_is_doubted_at_its_cell() -> None:
    found = report(
        Inventory,
        TITLE,
        ["品名", "有效期", "期初（箱）", "销售（箱）", "期末（箱）"],
        [A, "2028年5月", 10, "约3", "#REF!"],
    )
    assert doubted(found) == [
        (DoubtKind.VALUE_UNREADABLE, "B3"),
        (DoubtKind.VALUE_UNREADABLE, "D3"),
        (DoubtKind.VALUE_UNREADABLE, "E3"),
    ]
    assert told(found) == [("", A, cases(10), None, None, None)]


def test_a_csv_is_read_the_same() -> None:
    raw = f"货号,品名,期初（听）,进货（听）,销售（听）,期末（听）\nCX-1,{A},10,5,3,12\n"
    [found] = documents(raw.encode("gb18030"), "库存月报.csv")
    assert isinstance(found, Inventory)
    assert told(found) == TINS[:1]


def test_an_order_that_tells_stock_and_sales_stays_an_order() -> None:
    [found] = read(
        ["序号", "产品名称", "规格", "上月库存", "本月销售", "订货箱数"],
        [1, A, "900g*6听/箱", 4, 3, 10],
        [2, B, "900g*6听/箱", 4, 3, 5],
    )
    assert isinstance(found, Order)


def test_an_order_stays_an_order_without_a_doubt() -> None:
    [found] = read(HEAD, *LINES, name="10月订货.xlsx")
    assert isinstance(found, Order)
    assert DoubtKind.KIND_UNCLEAR not in {d.kind for d in found.doubts}


WORDS: dict[str, tuple[str, ...]] = {
    "code": ("产品编码", "货号", "SKU"),
    "name": ("产品名称", "品名", "Product name"),
    "opening": ("期初库存（听）", "上月结存听数", "期初\nOpening（听）"),
    "received": ("进货（听）", "本月入库听数", "购进听数"),
    "sold": ("销售（听）", "本月销量（听）", "售出听数"),
    "closing": ("期末库存（听）", "结存听数", "本月末库存（听）"),
}


@pytest.mark.parametrize("seed", range(30))
def test_true_rows_come_back_exactly(seed: int) -> None:
    draw = random.Random(seed)
    fields = list(WORDS)
    draw.shuffle(fields)
    true = []
    for _ in range(draw.randint(1, 25)):
        opening, received = draw.randint(0, 900), draw.randint(0, 900)
        sold = draw.randint(0, opening + received)
        values = (opening, received, sold, opening + received - sold)
        row = dict(zip(("opening", "received", "sold", "closing"), values, strict=True))
        true.append({"code": f"CX-{draw.randint(1, 2)}", "name": draw.choice((A, B)), **row})
    rows = [[_written(draw, row[f]) for f in fields] for row in true]
    above = [TITLE] * draw.randint(0, 1) + [[]] * draw.randint(0, 2)
    found = report(Inventory, *above, [draw.choice(WORDS[f]) for f in fields], *rows)
    assert [
        {"code": r.code, "name": r.name}
        | {f: int(c.tins) for f in ("opening", "received", "sold", "closing")
           if (c := getattr(r, f)) and c.tins is not None}
        for r in found.rows
    ] == true  # fmt: skip
    assert found.doubts == ()


def _written(draw: random.Random, value: object) -> object:
    return draw.choice((value, f"{value:,}", f"{value}听")) if isinstance(value, int) else value
