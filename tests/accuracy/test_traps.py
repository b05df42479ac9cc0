"""Traps for a silent misreading: each is read as a person reads it, or asked about."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.accuracy.traps import (
    DEALER,
    HEAD,
    OTHER,
    QY,
    WHOSE,
    ZH,
    Row,
    accepted,
    codes,
    of_rows,
    seen,
    workbook,
)

N, M = ZH.name, QY.name
P = float(ZH.price)
BOTH = [(DEALER.code, {ZH.sku: 60, QY.sku: 30})]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, (N, 10), (M, 5)],
        [HEAD, (N, "10 "), (M, "\u00a05")],
        [HEAD, (N, "１０"), (M, "五")],
        [("产品名称", "上月订货箱数", "箱数"), (N, 99, 10), (M, 98, 5)],
        [("产品名称", "库存", "箱数"), (N, 99, 10), (M, 98, 5)],
        [("产品名称", "装箱", "箱数"), (N, 6, 10), (M, 6, 5)],
        [("产品名称", "听数/箱", "箱数"), (N, 6, 10), (M, 6, 5)],
        [("产品名称", "箱数", "单价", "金额"), (N, 10, P * 6, P * 60), (M, 5, None, None)],
        [HEAD, (N, 10), (M, 5), ("1、请于3日内发货",), ("2、每箱6听",)],
        [("序号", *HEAD), (1, N, 10), (2, M, 5), (None, "合计", 15)],
        [HEAD, (N, 10), (M, 5), (f"送货前请电联{DEALER.consignee}",)],
    ],
)
def test_what_a_person_reads_without_doubt_is_taken(rows: list[Row]) -> None:
    assert accepted(of_rows(*rows)) == BOTH


@pytest.mark.parametrize(
    "quantity",
    [
        "(12)", "12-", "12%", "1,5", "1.200", "1,20", "1 200", "'12", "约12", "12+1", "10送1", "欠10", "欠10报10",
        "换10", "12/6", "12*6", "½", "②", "Ⅻ", "1²", "半", "一百二", "廿", "1o", "l0", "१०", "١٠", True,
        datetime(2026, 1, 10), -3, 0, None, 9.6, 0.5, "-", "12箱/24听", "3箱0.5听", "1e1", "0x10", "10箱左右", "∞", "NaN",
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_asked_about(quantity: str | float | datetime | None) -> None:
    assert accepted(of_rows(HEAD, (N, quantity), (M, 5))) == []


@pytest.mark.parametrize(
    "rows",
    [
        [("产品名称", "10月", "11月"), (N, 10, 5)],
        [("产品名称", "10月箱数", "11月箱数"), (N, 10, 5)],
        [("产品名称", "现存", "箱数"), (N, 10, 5)],
        [("产品名称", "期初", "进货", "销售", "期末"), (N, 10, 5, 3, 12)],
        [("产品名称", "计划箱数", "实际箱数"), (N, 10, 8)],
        [("产品名称", "申请数量（箱）", "批准数量（箱）"), (N, 10, 8)],
        [("产品名称", "箱数", "修改后箱数"), (N, 10, 8)],
        [("产品名称", "箱数", "赠送箱数"), (N, 10, 1)],
        [("产品名称", "箱数", "散听"), (N, 10, 3)],
        [("产品名称", "箱数", "零听数"), (N, 10, 3)],
        [("产品名称", "整箱", "散罐"), (N, 10, 3)],
        [("产品名称", "订货箱数", "补货箱数"), (N, 10, 3)],
        [("产品名称", "第一批箱数", "第二批箱数"), (N, 10, 3)],
        [("产品名称", "上旬箱数", "中旬箱数", "下旬箱数", "合计"), (N, 10, 3, 2, 15)],
        [("产品名称", "门店A", "门店B", "合计箱数"), (N, 10, 3, 13)],
        [("产品名称", "箱数", "状态"), (N, 10, "取消"), (M, 5, "正常")],
        [("产品名称", "箱数", "是否订货"), (N, 10, "否"), (M, 5, "是")],
        [("产品名称", "箱数", "确认"), (N, 10, "×"), (M, 5, "√")],
        [("产品名称", "箱数", "某某"), (N, 10, 1)],
        [("序号", *HEAD), ("例", N, 10), (1, M, 5)],
        [("序号", *HEAD), ("示例", N, 10), (1, M, 5)],
        [("序号", *HEAD), ("取消", N, 10), (1, M, 5)],
        [("产品名称", "数量", "单位"), (N, 60, "元")],
        [("产品名称", "数量", "单位"), (N, 60, "听"), (M, 60, "〃")],
        [("产品名称", "箱数", "单价"), (N, 12, P * 6)],
        [("产品名称", "规格", "箱数"), (N, "900g*24", 10)],
    ],
)
def test_columns_that_may_deny_the_quantity_are_asked_about(rows: list[Row]) -> None:
    assert accepted(of_rows(*rows)) == []


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, (N, 10), (M, 5), (None, 15)],
        [HEAD, (N, 10), ("备注", 3)],
        [HEAD, (N, 12), ("注：以上数量单位均为听",)],
        [("单位：箱",), ("产品名称", "数量"), (N, 12), ("单位：听",)],
        [("产品名称", "听数"), (N, 12), ("注：以上数量单位为箱",)],
        [HEAD, (N, 10), ("赠品",), (M, 5)],
        [HEAD, (N, 10), (), ("随货赠送：",), ("产品名称", "数量"), (M, "5箱")],
        [HEAD, ("示例（不计入订单）",), (N, 10), ("以下为订单",), (M, 5)],
        [HEAD, (N, 10), ("以下产品暂不订",), (M, 5)],
        [HEAD, (N, 10), ("下月计划",), (M, 5)],
        [HEAD, (N, 10), ("上月欠货",), (M, 5)],
        [HEAD, (N, 10), ("退货",), (M, 5)],
        [HEAD, (N, 10), (M, 5), ("其中启悦5箱为赠品",)],
        [HEAD, (N, 10), (M, 5), ("启悦走费用",)],
        [HEAD, (N, 10), (M, 5), ("以上走费用",)],
        [HEAD, (N, 10), (M, 5), ("以上全部取消",)],
        [HEAD, (N, 10), (M, 5), ("前两行走市场费用核销",)],
        [HEAD, (N, 10), (M, 5), ("备注：共计16箱",)],
        [HEAD, (N, 10, None, "费用"), (M, 5)],
        [HEAD, (N, 10, None, "取消"), (M, 5)],
        [("现金", None, None, "赠品"), (*HEAD, None, *HEAD), (N, 10, None, M, 5)],
        [("订单日期", "2026-11-09"), ("下单日期", "2026-10-19"), HEAD, (N, 10)],
        [("单位：箱",), ("产品名称", DEALER.name, DEALER.aliases[0]), (N, 10, 5)],
        [HEAD, (N, 10), (OTHER.name,), (M, 5)],
        [("退货单",), HEAD, (N, 10)],
        [("库存盘点表",), HEAD, (N, 10)],
        [("发货清单",), HEAD, (N, 10)],
        [("10月销售报表",), HEAD, (N, 10)],
    ],
)
def test_words_between_and_around_the_lines_that_may_deny_them_are_asked_about(
    rows: list[Row],
) -> None:
    assert accepted(of_rows(*rows)) == []


@pytest.mark.parametrize(
    "remark",
    [
        "走费用", "第二批发", "12月再发", "×", "不用发了", "已发", "上月已订", "实际要8箱", 8, "+2", "买10送1", "赠1", "下次再发", "停",
        "另加2箱", "改为3段", "取消", "待定", "换成2段", OTHER.name,
    ],
)  # fmt: skip
def test_a_remark_that_wants_something_else_is_asked_about(remark: str | int) -> None:
    head = (*HEAD, "备注")
    assert accepted(of_rows(head, (N, 10, remark), (M, 5, None))) == []


@pytest.mark.parametrize("remark", ["急", "新客户", "老包装也可", "10箱", "10", "请尽快", "现金"])
def test_a_remark_that_wants_nothing_else_is_not(remark: str) -> None:
    assert accepted(of_rows((*HEAD, "备注"), (N, 10, remark), (M, 5, None))) == BOTH


@pytest.mark.parametrize(
    "rows",
    [
        [("经销商", OTHER.name), HEAD, (N, 10)],
        [("收货单位", OTHER.name), HEAD, (N, 10)],
        [("收货人", OTHER.consignee), HEAD, (N, 10)],
        [(f"{OTHER.name}订货单",), HEAD, (N, 10)],
        [HEAD, (N, 10), (f"此单代{OTHER.name}订货",)],
        [HEAD, (N, 10), (f"请发往{OTHER.address}",)],
        [("产品名称", "箱数", "备注"), (N, 10, OTHER.name)],
        [("产品名称", "箱数", "备注"), (N, 10, f"发{OTHER.aliases[0]}")],
    ],
)
def test_a_second_distributor_or_place_is_asked_about(rows: list[Row]) -> None:
    assert accepted(of_rows(*rows)) == []


@pytest.mark.parametrize(
    "name",
    [
        "臻护1段/2段", "臻护1-3段", "臻护1段（送2段1箱）", "臻护1段（赠品）", "臻护1段（临期）", "臻护1段 12箱", "臻护小听粉",
        "臻护", "1段900g", "臻护1段 旧包装换新",
    ],
)  # fmt: skip
def test_names_that_say_more_or_less_than_one_product_are_asked_about(name: str) -> None:
    assert accepted(of_rows(HEAD, (name, 10), (M, 5))) == []


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("退货申请", "见附件"),
        ("10月库存报表", "见附件"),
        ("订单", "上一封邮件的订单取消，以此为准"),
        ("订单", "附件订单，另外臻护2段加5箱"),
        ("订单", "附件订单，第2行先不发"),
        ("订单", "注意：表里的数量都是听数"),
        ("订单作废", "见附件"),
        ("订单", "附件订单走市场费用"),
    ],
)
def test_a_mail_that_says_otherwise_is_asked_about(subject: str, text: str) -> None:
    rows = (HEAD, (N, 12), (M, 6))
    assert accepted(of_rows(*rows)) != []
    assert accepted(of_rows(*rows, subject=subject, text=text)) == []


@pytest.mark.parametrize(
    "sheets",
    [
        {"Sheet1": [WHOSE, HEAD, (N, 10)], "Sheet1 (2)": [WHOSE, HEAD, (N, 10)]},
        {"10月": [WHOSE, HEAD, (N, 10)], "11月": [WHOSE, HEAD, (N, 12)]},
        {
            "第一版": [WHOSE, ("日期", "2026-11-08"), HEAD, (N, 10)],
            "最终版": [WHOSE, ("日期", "2026-11-09"), HEAD, (N, 12)],
        },
        {"示例": [WHOSE, HEAD, (N, 10)]},
        {"订单": [WHOSE, HEAD, (N, 10)], "汇总": [HEAD, (N, 10)]},
    ],
)
def test_sheets_that_may_be_no_orders_of_their_own_are_asked_about(
    sheets: dict[str, list[Row]],
) -> None:
    goods = [g for _, g in accepted(seen(workbook(sheets)))]
    assert goods in ([], [{ZH.sku: 60}])
    assert codes(seen(workbook(sheets))) & {"table-unclear", "other-paper"}


def test_an_example_beside_an_order_is_not_sent() -> None:
    other = [("经销商", OTHER.name), HEAD, (M, 5)]
    for name in ("示例", "模板", "作废"):
        found = seen(workbook({name: [WHOSE, HEAD, (N, 10)], "订单": other}))
        assert accepted(found) == [(OTHER.code, {QY.sku: 30})]
