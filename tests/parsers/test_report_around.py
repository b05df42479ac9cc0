"""What stands around and between the rows of reports: whose they are, units, other money, totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.document import Order, Unknown
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.expenses import Expenses
from mailflow.domain.inventory import Inventory
from mailflow.domain.month import Month
from mailflow.domain.payments import Payments
from mailflow.domain.report import Count
from mailflow.domain.stock import Stock
from tests.parsers.other_formats import FORMATS, written
from tests.parsers.report_books import WHO, doubted, read, report
from tests.parsers.sheets import A, B, documents, saved, workbook

MONTH = ["品名", "期初（箱）", "进货（箱）", "销售（箱）", "期末（箱）"]
ROW = [A, 10, 5, 3, 12]
PAID = ["经销商", "回款日期", "回款金额"]
PAYMENT = [WHO, "2026-11-03", 100]


def cases(number: int) -> Count:
    return Count(cases=Decimal(number))


def test_blocks_with_the_same_header_are_each_of_who_stands_above_them() -> None:
    found = report(
        Inventory,
        ["库存报表"],
        [f"经销商：{WHO}"],
        MONTH,
        ROW,
        ["合计", 10, 5, 3, 12],
        [],
        ["经销商：别家", "月份：2026年9月"],
        MONTH,
        ROW,
    )
    assert [(r.distributor, r.month) for r in found.rows] == [("", None), ("别家", Month(2026, 9))]
    assert [s.text for s in found.head if s.field == "distributor"] == [WHO]
    assert found.doubts == ()


def test_a_label_in_two_cells_parts_a_table_too() -> None:
    found = report(Inventory, ["库存报表"], MONTH, ["经销商", WHO], ROW, ["经销商", "别家"], ROW)
    assert [r.distributor for r in found.rows] == [WHO, "别家"]


def test_a_table_below_another_is_not_of_who_the_first_is_of() -> None:
    found = read(
        [f"经销商：{WHO}"],
        MONTH,
        ROW,
        ["经销商：别家"],
        ["产品", "期初（听）", "进货（听）", "销售（听）", "期末（听）"],
        ROW,
    )
    heads = [[s.text for s in d.head if s.field == "distributor"] for d in found if isinstance(d, Inventory)]  # fmt: skip
    assert heads == [[WHO], ["别家"]]


def test_a_month_that_cannot_be_read_over_a_part_is_doubted() -> None:
    found = report(Inventory, ["库存报表"], MONTH, ROW, ["经销商：别家", "月份：上季"], ROW)
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "A4")]


@pytest.mark.parametrize(
    "said", [["单位：箱"], ["库存报表（单位：箱）"], ["单位", "箱"], ["注：以下数量单位均为箱"]]
)
def test_a_unit_said_once_is_that_of_all_counts(said: list[str]) -> None:
    head = ["品名", "期初", "进货", "销售", "期末"]
    [row] = report(Inventory, ["经销商库存报表"], said, head, ROW).rows
    assert (row.opening, row.closing) == (cases(10), cases(12))


def test_a_unit_said_below_the_rows_counts_too() -> None:
    head = ["编码", "品名", "仓库", "库存"]
    [row] = report(Stock, head, ["CX-1", A, "甲仓", 5], ["注：以上数量单位均为听"]).rows
    assert row.on_hand == Count(tins=Decimal(5))


def test_the_unit_of_a_header_or_of_a_row_goes_before_the_one_said_once() -> None:
    head = ["品名", "仓库", "库存", "可用（听）"]
    [row] = report(Stock, ["单位：箱"], head, [A, "甲仓", 5, 30]).rows
    assert (row.on_hand, row.available) == (cases(5), Count(tins=Decimal(30)))
    head = ["品名", "仓库", "单位", "库存"]
    [row] = report(Stock, ["单位：箱"], head, [A, "甲仓", "听", 5]).rows
    assert row.on_hand == Count(tins=Decimal(5))


def test_two_units_said_are_asked_about() -> None:
    head = ["品名", "期初", "进货", "销售", "期末"]
    found = report(Inventory, ["库存报表"], ["单位：箱"], head, ROW, ["注：以上数量单位均为听"])
    assert [d.kind for d in found.doubts] == [DoubtKind.AMBIGUOUS_COLUMN]
    assert found.rows[0].closing == Count(units=Decimal(12))


@pytest.mark.parametrize(
    ("above", "header"),
    [
        (["单位：万元"], "回款金额"),
        (["回款表 单位：万元"], "回款金额"),
        (["回款表"], "回款金额（万元）"),
        (["回款表"], "回款金额（美元）"),
        (["单位：千元"], "回款金额"),
    ],
)
def test_money_that_is_not_in_yuan_is_not_read(above: list[str], header: str) -> None:
    found = report(Payments, above, ["经销商", "回款日期", header], [WHO, "2026-11-03", 1.5])
    assert doubted(found) == [(DoubtKind.AMBIGUOUS_COLUMN, "C2")]
    assert found.rows[0].paid is None


@pytest.mark.parametrize("header", ["回款金额（元）", "回款金额(RMB)", "回款金额 人民币"])
def test_money_in_yuan_is_read(header: str) -> None:
    found = read(["回款表 单位：元"], ["经销商", "回款日期", header], PAYMENT)
    assert [d.rows[0].paid for d in found if isinstance(d, Payments)] in ([100], [])


def test_lines_of_a_form_that_are_only_numbered_are_nothing() -> None:
    found = report(Payments, ["序号", *PAID], [1, *PAYMENT], [2], [3], ["合计", None, None, 100])
    assert len(found.rows) == 1
    assert found.notes == ()
    assert [(t.number, t.summed) for t in found.totals] == [(100, 100)]


def test_money_written_as_text_is_added_up_too() -> None:
    rows = [[WHO, "2026-11-03", "¥1,200.50"], [WHO, "2026-11-04", "300元"]]
    [total] = report(Payments, PAID, *rows, ["合计", None, "1,500.50元"]).totals
    assert total.number == total.summed == Decimal("1500.50")


def test_columns_of_what_came_otherwise_are_counted_together() -> None:
    head = ["品名", "期初（听）", "进货（听）", "调入（听）", "盘盈（听）", "销售（听）", "损耗（听）", "赠送（听）", "期末（听）"]  # fmt: skip
    [row] = report(Inventory, ["库存报表"], head, [A, 10, 5, 2, 1, 3, 1, "4听", 10]).rows
    assert (row.moved_in, row.moved_out) == (Count(tins=Decimal(3)), Count(tins=Decimal(5)))


def test_payments_of_one_distributor_need_no_column_for_him() -> None:
    found = report(Payments, [f"经销商：{WHO}"], PAID[1:], PAYMENT[1:])
    assert (found.doubts, [r.paid for r in found.rows]) == ((), [100])


def test_a_distributor_in_the_name_of_a_file_tells_his_stock_from_the_warehouses() -> None:
    sheet = (["品名", "批号", "库存（箱）"], [A, "B1", 10])
    assert isinstance(read(*sheet)[0], Stock)
    assert isinstance(read([f"客户：{WHO}"], *sheet)[0], Inventory)
    [asked] = read(*sheet, name=f"{WHO}库存.xlsx")
    assert isinstance(asked, Unknown)
    assert set(asked.may_be) == {"stock", "inventory-report"}
    assert isinstance(read(*sheet, name="10月末库存.xlsx")[0], Inventory)


def test_rows_that_nobody_sees_are_said_to_be_hidden() -> None:
    book = workbook([PAID, PAYMENT, [WHO, "2026-11-04", 200]])
    book.worksheets[0].row_dimensions[3].hidden = True
    [found] = documents(saved(book), "a.xlsx")
    assert isinstance(found, Payments)
    assert len(found.rows) == 2
    assert doubted(found) == [(DoubtKind.HIDDEN_ROWS, "A3")]


PAIRS: list[tuple[Any, list[list[Any]]]] = [
    (Inventory, [["10月经销商库存报表"], [f"经销商：{WHO}"], MONTH, ROW, [B, 4, 0, 4, 0]]),
    (Payments, [["回款表"], [*PAID, "流水号"], [*PAYMENT, "R-1"], [WHO, "2026-11-05", "1,234.56", "R-2"]]),
    (Expenses, [["经销商", "费用类型", "批准金额", "批准日期"], [WHO, "陈列", 500, "2026-11-01"]]),
    (Stock, [["编码", "品名", "仓库", "批号", "库存（箱）"], ["CX-1", A, "甲仓", "B1", 12], ["CX-2", B, "甲仓", "B2", 5]]),
]  # fmt: skip


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("kind", "rows"), PAIRS, ids=[k.__name__ for k, _ in PAIRS])
def test_every_format_says_the_same(format_: str, kind: Any, rows: list[list[Any]]) -> None:
    raw, name = written(workbook(rows), format_)
    [found] = documents(raw, name)
    assert isinstance(found, kind)
    assert found.rows == report(kind, *rows).rows
    assert found.doubts == ()


def test_an_order_that_tells_of_money_or_stock_is_an_order() -> None:
    for rows in (
        [[f"经销商：{WHO}"], ["编码", "品名", "规格", "期初", "销售", "库存", "箱数"], ["CX-1", A, "900g*6听/箱", 1, 2, 3, 4]],
        [["经销商", "品名", "箱数", "回款日期", "回款金额"], [WHO, A, 10, "2026-11-03", 6000]],
        [["经销商", "产品", "箱数", "费用类型", "批准金额"], [WHO, A, 5, "陈列", 6000]],
    ):  # fmt: skip
        assert [type(d) for d in read(*rows)] == [Order]
