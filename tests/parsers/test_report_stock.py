"""Warehouse stock in many layouts is read as stock, cell by cell; an order never is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.document import Document, Order, Reading, Unknown
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.mail import Head
from mailflow.domain.report import Count, ReportKind
from mailflow.domain.stock import Stock
from mailflow.parsers.sandbox_shapes import decoded, encoded
from tests.parsers.sheets import HEAD, LINES, A, B, documents, saved, workbook

CASES12, CASES5 = Count(cases=Decimal(12)), Count(cases=Decimal(5))
TINS12, TINS5 = Count(tins=Decimal(12)), Count(tins=Decimal(5))


def read(*rows: Sequence[Any], name: str = "a.xlsx") -> tuple[Document, ...]:
    return documents(saved(workbook(rows)), name)


def stock(*rows: Sequence[Any], name: str = "a.xlsx") -> Stock:
    [found] = read(*rows, name=name)
    assert isinstance(found, Stock), found
    return found


def told(found: Stock) -> list[tuple[str, str, Count | None]]:
    return [(row.code, row.name, row.on_hand) for row in found.rows]


LAYOUTS: dict[str, tuple[list[list[Any]], Count, Count]] = {
    "plain": (
        [
            ["产品编码", "产品名称", "仓库", "库存数量(箱)"],
            ["CX-1", A, "郑州仓", 12],
            ["CX-2", B, "郑州仓", 5],
        ],
        CASES12,
        CASES5,
    ),
    "labels above, total below": (
        [
            ["郑州仓库存表"],
            ["盘点日期：2026-11-09", None, "仓库", "郑州仓"],
            [],
            ["货号", "品名", "批号", "库存箱数"],
            ["CX-1", A, "B1", 12],
            ["CX-2", B, "B2", 5],
            ["合计", None, None, 17],
        ],
        CASES12,
        CASES5,
    ),
    "english": (
        [
            ["Warehouse stock"],
            ["SKU", "Description", "Lot No.", "Location", "On hand", "UOM"],
            ["CX-1", A, "B1", "A-01", 12, "tins"],
            ["CX-2", B, "B2", "A-02", 5, "tins"],
        ],
        TINS12,
        TINS5,
    ),
    "two languages in two rows": (
        [
            ["编码", "品名", "仓库", "库存数量(听)"],
            ["SKU", "Product", "Warehouse", "Stock qty"],
            ["CX-1", A, "郑州仓", 12],
            ["CX-2", B, "郑州仓", 5],
        ],
        TINS12,
        TINS5,
    ),
    "two storeys": (
        [
            ["编码", "品名", "库位", "库存", None],
            [None, None, None, "箱", "听"],
            ["CX-1", A, "A1", 12, None],
            ["CX-2", B, "A2", 5, None],
        ],
        CASES12,
        CASES5,
    ),
    "columns in another order, moved to the right": (
        [
            [None, None, "现有库存（箱）", "有效期", "商品名称", "商品编码"],
            [None, None, 12, date(2028, 1, 5), A, "CX-1"],
            [None, None, 5, date(2028, 1, 6), B, "CX-2"],
        ],
        CASES12,
        CASES5,
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_stock_is_read_in_every_layout(layout: str) -> None:
    rows, first, second = LAYOUTS[layout]
    found = stock(*rows, name="仓库库存.xlsx")
    assert told(found) == [("CX-1", A, first), ("CX-2", B, second)]
    assert found.doubts == ()


def test_a_csv_of_stock_is_stock() -> None:
    raw = f"产品编码,产品名称,仓库,库存数量(箱)\nCX-1,{A},郑州仓,12\n".encode("gb18030")
    [found] = documents(raw, "库存.csv")
    assert isinstance(found, Stock)
    assert told(found) == [("CX-1", A, CASES12)]


def test_what_labels_say_is_kept_with_their_cells() -> None:
    found = stock(*LAYOUTS["labels above, total below"][0])
    assert {s.field: (s.text, s.at.address) for s in found.head} == {
        "date": ("2026-11-09", "A2"),
        "warehouse": ("郑州仓", "D2"),
    }
    [total] = found.totals
    assert (total.number, total.summed) == (17, 17)


def test_a_total_that_differs_is_kept_with_the_sum() -> None:
    rows = [*LAYOUTS["labels above, total below"][0][:-1], ["合计", None, None, 71]]
    [total] = stock(*rows).totals
    assert (total.number, total.summed, total.at.address) == (71, 17, "D7")


def test_what_cannot_be_read_is_a_doubt_at_its_cell() -> None:
    found = stock(
        ["产品编码", "产品名称", "仓库", "有效期", "库存数量(箱)"],
        ["CX-1", A, "郑州仓", "2028-13-05", "约12"],
    )
    assert [(d.kind, d.at and d.at.address) for d in found.doubts] == [
        (DoubtKind.VALUE_UNREADABLE, "D2"),
        (DoubtKind.VALUE_UNREADABLE, "E2"),
    ]
    assert told(found) == [("CX-1", A, None)]


def test_a_row_with_a_figure_and_no_product_is_doubted() -> None:
    found = stock(
        ["产品编码", "产品名称", "仓库", "库存数量(箱)"],
        ["CX-1", A, "郑州仓", 12],
        [None, None, "西安仓", 5],
    )
    assert [(d.kind, d.at and d.at.row) for d in found.doubts] == [(DoubtKind.NAME_MISSING, 2)]


def test_a_column_of_numbers_nobody_understands_is_doubted() -> None:
    found = stock(
        ["产品编码", "产品名称", "仓库", "库存数量(箱)", "甲乙"], ["CX-1", A, "郑州仓", 12, 7]
    )
    assert [(d.kind, d.found) for d in found.doubts] == [(DoubtKind.AMBIGUOUS_COLUMN, "甲乙: 7")]


def test_sections_stand_at_their_rows() -> None:
    found = stock(
        ["产品编码", "产品名称", "库位", "库存数量(箱)"],
        ["郑州仓"],
        ["CX-1", A, "A1", 12],
        ["西安仓"],
        ["CX-2", B, "A2", 5],
        ["以上数据为盘点数，仅供参考"],
    )
    assert [row.section for row in found.rows] == ["郑州仓", "西安仓"]
    assert [note.text for note in found.notes] == ["以上数据为盘点数，仅供参考"]


def test_an_order_stays_an_order_without_a_doubt() -> None:
    [found] = read(HEAD, *LINES)
    assert isinstance(found, Order)
    assert found.doubts == ()


def test_an_order_with_a_column_of_stock_stays_an_order() -> None:
    [found] = read(
        ["产品名称", "规格", "仓库", "库存", "订货箱数"], [A, "900g*6听/箱", "郑州仓", 99, 12]
    )
    assert isinstance(found, Order)
    assert DoubtKind.KIND_UNCLEAR not in {d.kind for d in found.doubts}


def test_what_may_be_an_order_and_may_be_stock_is_an_order_that_is_asked_about() -> None:
    [found] = read(["产品名称", "批号", "仓库", "箱数"], [A, "B1", "郑州仓", 12])
    assert isinstance(found, Order)
    assert DoubtKind.KIND_UNCLEAR in {d.kind for d in found.doubts}


def test_an_order_and_stock_in_one_workbook_are_both_told() -> None:
    book = workbook([HEAD, *LINES], LAYOUTS["labels above, total below"][0])
    found = documents(saved(book), "a.xlsx")
    assert [d.kind for d in found] == ["order", "stock"]


@pytest.mark.parametrize("name", ["11月订货单.xlsx", "order 2026-11.xlsx"])
def test_stock_in_a_file_called_order_is_stock(name: str) -> None:
    listed = LAYOUTS["labels above, total below"][0]
    [alone] = read(*listed, name=name)
    assert isinstance(alone, Stock)

    order, beside = documents(saved(workbook([HEAD, *LINES], listed)), name)
    assert isinstance(order, Order)
    assert order.skipped == ()
    assert order.doubts == ()
    assert isinstance(beside, Stock)


def test_stock_that_reads_as_an_order_in_a_file_called_order_is_asked_about() -> None:
    rows = (["产品名称", "批号", "库位", "仓库", "箱数"], [A, "B1", "A1", "郑州仓", 12])
    [elsewhere] = read(*rows, name="a.xlsx")
    assert isinstance(elsewhere, Stock)

    [found] = read(*rows, name="11月订货单.xlsx")
    assert isinstance(found, Order)
    assert DoubtKind.KIND_UNCLEAR in {d.kind for d in found.doubts}


def test_a_few_columns_to_look_up_in_a_form_to_order_by_are_said_to_be_skipped() -> None:
    book = workbook([HEAD, *LINES], [["产品名称", "库存"], [A, 12], [B, 5]])
    [found] = documents(saved(book), "11月订货单.xlsx")
    assert isinstance(found, Order)
    assert [s.sheet for s in found.skipped] == ["Sheet2"]


def test_stock_crosses_from_the_child_as_it_was() -> None:
    reading = Reading(Head(sender=None), (stock(*LAYOUTS["labels above, total below"][0]),))
    assert decoded(encoded(reading, Reading), Reading) == reading


def test_a_minute_is_no_report() -> None:
    [found] = read(["会议纪要"], ["时间", "2026-11-09"], ["地点", "郑州"])
    assert isinstance(found, Unknown)
    assert found.may_be == ()


WORDS: dict[str, tuple[str, ...]] = {
    "code": ("产品编码", "货号", "SKU", "物料编码"),
    "name": ("产品名称", "品名", "Product name", "商品名称"),
    "warehouse": ("仓库", "Warehouse", "所在仓库"),
    "batch": ("批号", "生产批号", "Lot No."),
    "expires": ("有效期", "有效期至", "Expiry date"),
    "on_hand": ("库存数量(箱)", "库存箱数", "现有库存（箱）", "库存数量\nStock（箱）"),
}


@pytest.mark.parametrize("seed", range(40))
def test_true_rows_come_back_exactly_or_a_doubt_is_named(seed: int) -> None:
    draw = random.Random(seed)
    fields = list(WORDS)
    draw.shuffle(fields)
    true = [
        {
            "code": f"CX-{draw.randint(1, 2)}",
            "name": draw.choice((A, B)),
            "warehouse": draw.choice(("郑州仓", "西安仓")),
            "batch": f"L{draw.randint(1000, 9999)}",
            "expires": date(2028, draw.randint(1, 12), draw.randint(1, 28)),
            "on_hand": draw.randint(0, 5000),
        }
        for _ in range(draw.randint(1, 30))
    ]
    above = [["库存表"]] * draw.randint(0, 2) + [[]] * draw.randint(0, 2)
    rows = [[_written(draw, field, row[field]) for field in fields] for row in true]
    found = stock(*above, [draw.choice(WORDS[f]) for f in fields], *rows, name="仓库库存.xlsx")
    got = [
        (r.code, r.name, r.warehouse, r.batch, r.expires, r.on_hand and r.on_hand.cases)
        for r in found.rows
    ]
    assert got == [tuple(row.values()) for row in true]
    assert found.doubts == ()
    assert {s.kind for s in found.spoke} == {ReportKind.STOCK}


def _written(draw: random.Random, field: str, value: object) -> object:
    if isinstance(value, date):
        return draw.choice(
            (value, f"{value:%Y/%m/%d}", f"{value.year}年{value.month}月{value.day}日")
        )
    if field == "on_hand":
        return draw.choice((value, f"{value:,}", f"{value}箱"))
    return value


def placed(found: Stock) -> list[tuple[str, str, Count | None]]:
    return [(row.name, row.warehouse, row.on_hand) for row in found.rows]


MATRICES: dict[str, list[list[Any]]] = {
    "a column a warehouse, the unit in the title": [
        ["各仓库存（单位：箱）"],
        ["编码", "品名", "郑州仓", "西安仓", "合计"],
        ["CX-1", A, 12, 5, 17],
        ["CX-2", B, None, 5, 5],
        ["合计", None, 12, 10, 22],
    ],
    "two storeys": [
        ["库存表"],
        ["编码", "品名", "库存（箱）", None],
        [None, None, "郑州仓", "西安仓"],
        ["CX-1", A, 12, 5],
        ["CX-2", B, None, 5],
    ],
    "each column with its unit, without a title": [
        ["品名", "郑州仓(箱)", "西安仓(箱)"],
        [A, "12箱", 5],
        [B, None, 5],
    ],
}


@pytest.mark.parametrize("layout", MATRICES)
def test_a_column_a_warehouse_is_a_row_a_warehouse(layout: str) -> None:
    found = stock(*MATRICES[layout])
    assert placed(found) == [(A, "郑州仓", CASES12), (A, "西安仓", CASES5), (B, "西安仓", CASES5)]
    assert found.doubts == ()
    assert all(t.number == t.summed for t in found.totals)


def test_each_count_of_a_matrix_has_its_own_cell() -> None:
    rows = [[*row] for row in MATRICES["a column a warehouse, the unit in the title"]]
    rows[2][3] = "约5"
    found = stock(*rows)
    assert [[p.address for p in found.places(row, "on_hand")] for row in found.rows] == [
        ["C3"],
        ["D4"],
    ]
    assert [(d.kind, d.at and d.at.address) for d in found.doubts] == [
        (DoubtKind.VALUE_UNREADABLE, "D3")
    ]


def test_a_sum_of_all_warehouses_that_differs_is_doubted() -> None:
    rows = [[*row] for row in MATRICES["a column a warehouse, the unit in the title"]]
    rows[2][4] = 18
    found = stock(*rows)
    assert [(d.kind, d.at and d.at.address, d.expected) for d in found.doubts] == [
        (DoubtKind.AMBIGUOUS_COLUMN, "E3", "17")
    ]


def test_an_order_beside_the_stock_of_a_warehouse_is_an_order() -> None:
    [found] = read(["编码", "品名", "规格", "郑州仓", "订货箱数"], ["CX-1", A, "900g*6听/箱", 9, 5])
    assert isinstance(found, Order)


@pytest.mark.parametrize("word", ["发货仓", "入仓", "各仓", "仓", "仓库", "退仓"])
def test_a_word_of_warehouses_is_no_name_of_one(word: str) -> None:
    found = stock(["编码", "品名", word, "库存（箱）"], ["CX-1", A, "甲", 5], name="仓库库存.xlsx")
    assert [row.on_hand for row in found.rows] == [CASES5]
