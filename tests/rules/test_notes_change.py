"""Words around a table that make its lines other than they are written."""

from __future__ import annotations

import pytest

from tests.rules.desk import codes, line, order, said

SMALL_PRINT = (
    "红色为必填项",
    "黄色区域请勿填写",
    "含13%增值税",
    "本单一式三份",
    "每箱6听，共20箱",
    "请在收货后3日内验收",
    "请每店附上签收单",
    "共两页",
    "折合听数60",
    "满100箱加送1箱",
    "规格：900g*6",
    "同意",
)
CHANGES = (
    "以上数量含赠品10%",
    "黄色为费用",
    "绿色=现款 黄色=费用",
    "灰色底纹：下批发货",
    "注：红字为费用款",
    "以上打9折",
    "以上为每店数量，共5店",
    "以下数量×3",
    "共3份",
    "以上为全年计划，本月按1/12发",
    "要求12月1日后到货",
    "审批意见：不同意",
    "总经理意见：只批5箱",
    "货送平川市人民路37号",
)


@pytest.mark.parametrize("text", SMALL_PRINT)
def test_small_print_asks_for_nothing(text: str) -> None:
    assert "remark-asks" not in codes(order(notes=(said(text),)))
    assert "remark-asks" not in codes(order(hints=(said(text),)))


@pytest.mark.parametrize("text", CHANGES)
def test_a_note_that_changes_the_lines_is_asked_about(text: str) -> None:
    assert "remark-asks" in codes(order(notes=(said(text),)))


@pytest.mark.parametrize(
    "text", ["以下数量×3", "每店数量，共5家门店", "黄色的是费用款", "金装2段加3箱", "规格：900g*12"]
)
def test_such_words_above_the_table_count_too(text: str) -> None:
    assert "remark-asks" in codes(order(hints=(said(text),)))


@pytest.mark.parametrize(
    "text",
    [
        *("黄山现款订单", "白石宝宝屋已订", "蓝田促销订单", "各门店订货数量汇总"),
        *("IMG2X4.xlsx", "mmexport1763X12.xlsx", "1x2 订单.xlsx", "订货单_20261109_V2X1"),
    ],
)
def test_names_of_towns_and_of_files_ask_for_nothing(text: str) -> None:
    assert "remark-asks" not in codes(order(hints=(said(text),)))


def test_an_example_is_one_by_its_remark_too() -> None:
    assert "remark-asks" in codes(order(line(remark="示例行，请勿删除")))
    assert "remark-asks" in codes(order(line(remark="月底到货")))
    assert codes(order(line(remark="按示范店标准"))) == set()


@pytest.mark.parametrize("title", ["12月需求预估", "调拨单", "报价单", "订货单（未确认稿）"])
def test_a_list_that_is_no_order_of_now_is_told_by_its_title(title: str) -> None:
    assert "other-paper" in codes(order(hints=(said(title),)))


@pytest.mark.parametrize("title", ["12月要货计划表", "订货单（按报价）"])
def test_a_plan_to_be_sent_is_an_order(title: str) -> None:
    assert "other-paper" not in codes(order(hints=(said(title),)))
