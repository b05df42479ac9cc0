"""Columns that deny what others of the same table say: nothing is sent before somebody was asked."""

from __future__ import annotations

import pytest

from tests.accuracy.traps import DEALER, OTHER, QY, ZH, Row, accepted, of_rows

N, M = ZH.name, QY.name
BOTH = [(DEALER.code, {ZH.sku: 60, QY.sku: 30})]

HARMLESS: tuple[tuple[Row, ...], ...] = (
    (("产品名称", "段位", "箱数"), (N, "1段", 10), (M, "1", 5)),
    (("产品名称", "箱数（每箱6罐）"), (N, 10), (M, 5)),
    (("产品名称", "规格", "箱数（每箱12罐）"), (N, "6听/箱", 10), (M, "6听/箱", 5)),
    (("产品名称", "单位", "箱数"), (N, "听", 10), (M, "听", 5)),
    (("产品名称", "单位", "数量"), (N, "罐", 60), (M, "箱", 5)),
    (("产品名称", "箱数", "产品名称", "箱数"), (N, 10, M, 5)),
    (("产品名称", "箱数", "赠送比例"), (N, 10, "0%"), (M, 5, None)),
    (("系列", "产品名称", "箱数"), ("臻护系列", "臻护1段", 10), ("启悦", "启悦1段", 5)),
    (("产品名称", "箱数", "单据状态"), (N, 10, "已审核"), (M, 5, "已审核")),
    (("订单日期", "产品名称", "箱数"), ("2026-11-03", N, 10), ("2026-11-05", M, 5)),
    (("产品名称", "箱数", "收货客户"), (N, 10, DEALER.name), (M, 5, DEALER.name)),
)
CONTRADICTORY: tuple[tuple[Row, ...], ...] = (
    (("产品名称", "段位", "箱数"), (N, "2段", 10), (M, "1段", 5)),
    (("产品名称", "箱数（每箱12罐）"), (N, 10), (M, 5)),
    (("产品名称", "单位", "数量(箱)"), (N, "罐", 60), (M, "箱", 5)),
    (("产品名称", "箱数"), (N, 10, M, 5)),
    (("产品名称", "箱数", "赠送比例"), (N, 10, "10%"), (M, 5, None)),
    (("系列", "产品名称", "箱数"), ("启悦", "臻护1段", 10), ("启悦", "启悦1段", 5)),
    (("产品名称", "箱数", "行状态"), (N, 10, "已关闭"), (M, 5, "正常")),
    (("产品名称", "箱数", "单据状态"), (N, 10, "未审核"), (M, 5, "已审核")),
    (("订单日期", "产品名称", "箱数"), ("2026-10-03", N, 10), ("2026-11-05", M, 5)),
)


@pytest.mark.parametrize("rows", HARMLESS)
def test_columns_that_agree_are_no_question(rows: tuple[Row, ...]) -> None:
    assert accepted(of_rows(*rows)) == BOTH


@pytest.mark.parametrize("rows", CONTRADICTORY)
def test_a_column_that_denies_another_is_asked_about(rows: tuple[Row, ...]) -> None:
    assert accepted(of_rows(*rows)) == []


def test_goods_that_another_is_to_receive_are_not_sent_unasked() -> None:
    rows = (("产品名称", "箱数", "收货客户"), (N, 10, OTHER.name), (M, 5, DEALER.name))
    assert accepted(of_rows(*rows)) == [(DEALER.code, {QY.sku: 30})]
