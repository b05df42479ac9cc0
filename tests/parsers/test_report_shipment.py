"""Shipping reports and waybills in many layouts; an order is never taken for one unasked."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from mailflow.domain.document import Document, Order, Reading
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.mail import Head
from mailflow.domain.shipment import Shipment
from mailflow.domain.stock import Stock
from mailflow.domain.waybill import Waybills
from mailflow.parsers.reader import read_mail
from mailflow.parsers.sandbox_shapes import decoded, encoded
from tests.parsers.filled_lists import cases
from tests.parsers.mime_mails import a_mail
from tests.parsers.other_formats import FORMATS, written
from tests.parsers.sheets import KNOWN, A, B, documents, saved, workbook

ONE, OTHER = "FH261109-0042", "FH261110-0007"
HEAD = [
    "清单号",
    "经销商",
    "产品编码",
    "产品名称",
    "应发箱数",
    "实发箱数",
    "批号",
    "效期",
    "承运商",
    "运单号",
    "发货日期",
]
ROWS = [
    [
        ONE,
        "童之家",
        "CX-1",
        A,
        10,
        10,
        "000123",
        "2028-03-01",
        "顺丰",
        "0012345",
        date(2026, 11, 10),
    ],
    [ONE, "童之家", "CX-2", B, 5, 4, "B2", "2028/3/1", "顺丰", "0012345", "11月10日"],
    [
        f"{OTHER} R2",
        "某某",
        "CX-1",
        A,
        3,
        "3箱",
        "B3",
        date(2028, 3, 1),
        "德邦",
        "DB1",
        "2026.11.11",
    ],
]
TOLD = [
    (ONE, "CX-1", cases(10), "000123", "0012345", date(2026, 11, 10)),
    (ONE, "CX-2", cases(4), "B2", "0012345", date(2026, 11, 10)),
    (OTHER, "CX-1", cases(3), "B3", "DB1", date(2026, 11, 11)),
]


def read(*rows: Sequence[Any], name: str = "a.xlsx") -> tuple[Document, ...]:
    return documents(saved(workbook(rows)), name)


def shipment(*rows: Sequence[Any], name: str = "a.xlsx") -> Shipment:
    [found] = read(*rows, name=name)
    assert isinstance(found, Shipment), found
    return found


def told(found: Shipment) -> list[tuple[Any, ...]]:
    return [(r.list_no, r.code, r.shipped, r.batch, r.waybill, r.shipped_on) for r in found.rows]


def doubted(found: Shipment | Waybills) -> list[tuple[DoubtKind, str]]:
    return [(d.kind, d.at.address if d.at else "") for d in found.doubts]


def asked(found: Sequence[Document]) -> bool:
    return all(
        isinstance(d, Order) and DoubtKind.KIND_UNCLEAR in {x.kind for x in d.doubts} for d in found
    )


@pytest.mark.parametrize("name", ["a.xlsx", "11月订单发货明细.xlsx", "order shipments.xlsx"])
def test_a_report_of_many_lists_is_read(name: str) -> None:
    found = shipment(["郑州仓发货明细"], ["统计日期：2026-11-12"], [], HEAD, *ROWS, name=name)

    assert told(found) == TOLD
    assert [r.revision for r in found.rows] == ["", "", "2"]
    assert found.doubts == ()


@pytest.mark.parametrize("name", FORMATS)
def test_it_is_read_in_every_format(name: str) -> None:
    [found] = documents(*written(workbook([["发货明细"], HEAD, *ROWS]), name))
    assert isinstance(found, Shipment)
    if (
        "no styles" in name
    ):  # A day without its format is a number, which is read as the day it was.
        assert told(found)[1:] == TOLD[1:]
    else:
        assert told(found) == TOLD


def test_it_is_read_in_english_and_in_two_storeys() -> None:
    found = shipment(
        ["Shipping report"],
        [
            "List No.",
            "SKU",
            "Product",
            "Quantity (cases)",
            None,
            "Lot No.",
            "Tracking No.",
            "Ship date",
        ],
        [None, None, None, "Ordered", "Shipped", None, None, None],
        [ONE, "CX-1", A, 10, 9, "L1", "SF1", "10 Nov 2026"],
    )

    assert [(r.list_no, r.batch, r.waybill, r.shipped_on) for r in found.rows] == [
        (ONE, "L1", "SF1", date(2026, 11, 10))
    ]
    assert found.rows[0].shipped == cases(9)


def test_a_number_said_once_holds_for_the_rows_below_it() -> None:
    found = shipment(
        ["清单号", "品名", "实发箱数", "运单号"],
        [ONE, A, 10, "SF1"],
        [None, B, 5, "SF1"],
        [OTHER, A, 2, "SF2"],
    )
    assert [r.list_no for r in found.rows] == [ONE, ONE, OTHER]
    assert found.doubts == ()


def test_a_number_left_out_where_others_repeat_it_is_asked_for() -> None:
    found = shipment(
        ["清单号", "品名", "实发箱数", "运单号"],
        [ONE, A, 10, "SF1"],
        [ONE, B, 5, "SF1"],
        [None, A, 2, "SF2"],
    )
    assert [r.list_no for r in found.rows] == [ONE, ONE, ""]
    assert doubted(found) == [(DoubtKind.LIST_MISSING, "A4")]


def test_blocks_below_the_number_of_their_list_are_read() -> None:
    head = ["品名", "实发(箱)", "批号", "运单号"]
    found = shipment(
        [f"清单号：{ONE}  经销商：童之家"], head, [A, 10, "B1", "SF1"], [B, 5, "B2", "SF1"],
        [f"清单号：{OTHER}"], head, [A, 1, "B1", "SF2"],
    )  # fmt: skip
    assert [(r.list_no, r.shipped) for r in found.rows] == [
        (ONE, cases(10)),
        (ONE, cases(5)),
        (OTHER, cases(1)),
    ]


def test_a_list_named_in_a_remark_is_not_the_list_of_the_next_row() -> None:
    found = shipment(
        ["清单号", "品名", "实发箱数", "运单号", "备注"],
        [ONE, A, 10, "SF1", f"补 {OTHER} 的欠货"],
        ["待补", B, 5, "SF1", None],
    )
    assert [r.list_no for r in found.rows] == [ONE, "待补"]
    assert doubted(found) == [(DoubtKind.LIST_MISSING, "A3")]


def test_goods_of_no_list_of_ours_are_asked_about_once() -> None:
    found = shipment(
        ["出库单号", "品名", "实发箱数", "运单号"], ["CK001", A, 10, "SF1"], ["CK002", B, 5, "SF1"]
    )
    assert [r.list_no for r in found.rows] == ["CK001", "CK002"]
    assert doubted(found) == [(DoubtKind.LIST_MISSING, "A1")]


def test_our_order_number_names_its_list() -> None:
    found = shipment(
        ["订单号", "品名", "实发箱数", "运单号", "发货日期"],
        ["DD261109-0042", A, 10, "SF1", "11月10日"],
    )
    assert [(r.list_no, r.shipped_on) for r in found.rows] == [(ONE, date(2026, 11, 10))]
    assert found.doubts == ()


def test_a_long_waybill_that_came_through_a_number_is_doubted() -> None:
    found = shipment(
        ["清单号", "品名", "实发箱数", "运单号"],
        [ONE, A, 10, 123456789012345678],
        [ONE, B, 5, "1.2E+17"],
    )
    assert [r.waybill for r in found.rows] == ["", ""]
    assert doubted(found) == [(DoubtKind.DIGITS_LOST, "D2"), (DoubtKind.DIGITS_LOST, "D3")]


def test_totals_below_are_no_row() -> None:
    found = shipment(HEAD, *ROWS[:2], ["合计", None, None, None, 15, 14])
    assert len(found.rows) == 2
    assert [(t.field, t.number, t.summed) for t in found.totals] == [
        ("shipped", 14, 14),
        ("ordered", 15, 15),
    ]


ORDERED = ["产品名称", "规格", "订货箱数"]


def test_an_order_with_an_empty_column_for_the_warehouse_is_an_order() -> None:
    [found] = read(
        [*ORDERED, "实发箱数", "批号", "运单号"], [A, "900g*6听/箱", 10], [B, "900g*6听/箱", 5]
    )
    assert isinstance(found, Order)
    assert found.doubts == ()


@pytest.mark.parametrize(
    "rows",
    [
        ([*ORDERED, "实发箱数"], [A, "900g*6听/箱", 10, 10]),
        (
            ["产品名称", "规格", "箱数", "单价", "金额", "运单号"],
            [A, "900g*6听/箱", 10, 100, 6000, "SF1"],
        ),
        (
            ["订货单"],
            ["产品名称", "规格", "箱数", "运单号", "发货日期"],
            [A, "900g*6听/箱", 10, "SF1", "2026-11-10"],
        ),
        (
            ["产品名称", "规格", "箱数", "承运商", "发货日期"],
            [A, "900g*6听/箱", 10, "顺丰", "2026-11-10"],
        ),
    ],
    ids=["shipped", "prices and a waybill", "called an order", "a carrier"],
)
def test_what_may_be_an_order_and_may_have_been_sent_is_asked_about(rows: Sequence[Any]) -> None:
    assert asked(read(*rows))


def test_what_reads_as_an_order_and_is_called_one_is_asked_about() -> None:
    rows = (
        ["清单号", "品名", "数量(箱)", "发货日期", "承运商"],
        [ONE, A, 10, "2026-11-10", "顺丰"],
    )
    assert isinstance(read(*rows)[0], Shipment)
    assert asked(read(*rows, name="订货单.xlsx"))


def test_stock_is_no_shipment() -> None:
    [found] = read(
        ["产品编码", "产品名称", "仓库", "批号", "库存箱数"], ["CX-1", A, "郑州仓", "B1", 3]
    )
    assert isinstance(found, Stock)


WAYBILLS = [
    ["运单号", "承运商", "清单号", "发货日期", "物流状态", "签收日期", "签收人"],
    ["0012345", "顺丰", ONE, "2026-11-10", "已签收", "11月13日", "李伟"],
    ["SF002", "顺丰", OTHER, "2026-11-10", "运输中", None, None],
]


@pytest.mark.parametrize("name", FORMATS)
def test_the_states_of_waybills_are_read(name: str) -> None:
    [found] = documents(*written(workbook([["运单跟踪"], *WAYBILLS]), name))
    assert isinstance(found, Waybills)
    assert [(r.waybill, r.list_no, r.state, r.delivered_on, r.signed_by) for r in found.rows] == [
        ("0012345", ONE, "已签收", date(2026, 11, 13), "李伟"),
        ("SF002", OTHER, "运输中", None, ""),
    ]
    assert found.doubts == ()


def test_waybills_are_read_in_english() -> None:
    [found] = read(
        ["Tracking No.", "Courier", "Delivery status", "Delivered on"],
        ["SF001", "SF", "delivered", "2026-11-13"],
    )
    assert isinstance(found, Waybills)
    assert found.rows[0].delivered_on == date(2026, 11, 13)


def test_both_cross_from_the_child_as_they_were() -> None:
    for found in (read(HEAD, *ROWS), read(*WAYBILLS)):
        reading = Reading(Head(sender=None), found)
        assert decoded(encoded(reading, Reading), Reading) == reading


WORDS: dict[str, tuple[str, ...]] = {
    "list_no": ("清单号", "发货清单号", "List No."),
    "code": ("产品编码", "货号", "SKU"),
    "name": ("产品名称", "品名", "Product name"),
    "shipped": ("实发箱数", "实发数量（箱）", "实际发货(箱)", "Shipped (cases)"),
    "batch": ("批号", "生产批号", "Lot No."),
    "expires": ("有效期至", "Expiry date"),
    "carrier": ("承运商", "物流公司", "Carrier"),
    "waybill": ("运单号", "物流单号", "Tracking No."),
    "shipped_on": ("发货日期", "出库日期", "Ship date"),
}


@pytest.mark.parametrize("seed", range(40))
def test_true_rows_come_back_exactly(seed: int) -> None:
    draw = random.Random(seed)
    fields = list(WORDS)
    draw.shuffle(fields)
    true = []
    for _ in range(draw.randint(1, 25)):
        day = date(2026, 11, 1) + timedelta(days=draw.randint(0, 20))
        true.append(
            {
                "list_no": f"FH{day:%y%m%d}-{draw.randint(1, 9999):04d}",
                "code": f"CX-{draw.randint(1, 2)}",
                "name": draw.choice((A, B)),
                "shipped": draw.randint(0, 5000),
                "batch": f"{draw.randint(0, 99999):06d}",
                "expires": date(2028, draw.randint(1, 12), draw.randint(1, 28)),
                "carrier": draw.choice(("顺丰", "德邦")),
                "waybill": f"{draw.randint(0, 10**11):012d}",
                "shipped_on": day + timedelta(days=draw.randint(0, 9)),
            }
        )
    rows = [[_written(draw, field, row[field]) for field in fields] for row in true]
    above: list[list[Any]] = [["发货明细"]] * draw.randint(0, 2) + [[]] * draw.randint(0, 2)
    found = shipment(*above, [draw.choice(WORDS[f]) for f in fields], *rows)

    got = [
        {f: getattr(r, f) for f in WORDS} | {"shipped": r.shipped and r.shipped.cases}
        for r in found.rows
    ]
    assert got == true
    assert found.doubts == ()


def _written(draw: random.Random, field: str, value: object) -> object:
    if isinstance(value, date):
        short = () if field == "expires" else (f"{value.month}月{value.day}日",)
        return draw.choice((value, f"{value:%Y/%m/%d}", f"{value:%Y.%m.%d}", *short))
    if field == "shipped":
        return draw.choice((value, f"{value:,}", f"{value}箱"))
    return value


@pytest.mark.parametrize(
    ("rows", "kind", "is_asked"),
    [
        (
            (["清单号", "品名", "规格", "数量(箱)", "运单号"], [ONE, A, "900g*6听/箱", 10, "SF1"]),
            Shipment,
            False,
        ),
        ((["品名", "规格", "数量(箱)", "运单号"], [A, "900g*6听/箱", 10, "SF1"]), Order, True),
        ((["品名", "规格", "箱数", "备注"], [A, "900g*6听/箱", 10, "急"]), Order, False),
    ],
    ids=["sent", "perhaps sent", "ordered"],
)
def test_what_was_sent_and_is_pasted_into_a_mail_is_no_order_without_a_question(
    rows: Sequence[Sequence[object]], kind: type[Order | Shipment], is_asked: bool
) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    body = f"<html><body><p>您好</p><table>{cells}</table></body></html>".encode()
    mail = a_mail("From: Wang <rm@a.example>", "Content-Type: text/html; charset=utf-8", body=body)
    [found] = read_mail(mail, KNOWN).documents

    assert isinstance(found, kind)
    assert asked([found]) is is_asked


def test_what_was_sent_above_an_order_is_told_beside_it() -> None:
    sent = (["发货明细"], ["清单号", "产品名称", "实发箱数", "运单号"], [ONE, A, 2, "SF1"], [])
    order, found = read(*sent, ["本次订货"], ["产品名称", "规格", "箱数"], [B, "900g*6听/箱", 3])
    assert isinstance(order, Order)
    assert isinstance(found, Shipment)
    assert [line.name and line.name.text for line in order.lines] == [B]


@pytest.mark.parametrize("title", ["送货单", "11月发货明细", "Packing list"])
def test_an_order_called_by_what_was_sent_is_asked_about(title: str) -> None:
    rows = (["产品名称", "规格", "箱数"], [A, "900g*6听/箱", 3])
    assert asked(read([title], *rows))
    assert not asked(read(["请发货"], *rows))


@pytest.mark.parametrize("header", ["发货箱数", "发货数量（箱）", "出货数量(箱)"])
def test_what_shall_be_sent_is_ordered(header: str) -> None:
    [found] = read(["产品名称", "规格", header], [A, "900g*6听/箱", 3])
    assert isinstance(found, Order)
    assert found.doubts == ()


def test_an_order_that_says_what_was_sent_before_is_an_order() -> None:
    [found] = read([*ORDERED, "已发箱数", "未发箱数"], [A, "900g*6听/箱", 10, 4, 6])
    assert isinstance(found, Order)
    assert DoubtKind.KIND_UNCLEAR not in {d.kind for d in found.doubts}


def test_a_list_written_anew_with_what_was_sent_is_asked_about() -> None:
    assert asked(
        read(["清单号", ONE], ["产品名称", "规格", "箱数", "实发"], [A, "900g*6听/箱", 3, 3])
    )


def test_pages_of_a_report_are_no_lists_of_ours() -> None:
    rows = [[f"{OTHER} R2", *row[1:]] if n else row for n, row in enumerate(ROWS)]
    found = shipment(HEAD, *rows, HEAD, *ROWS[:1])
    assert [r.list_no for r in found.rows] == [ONE, OTHER, OTHER, ONE]


def test_a_title_that_speaks_of_a_list_says_it_of_no_row() -> None:
    head = ["品名", "实发箱数", "运单号", "发货日期"]
    rows = ([A, 10, "SF1", "2026-11-10"], [B, 5, "SF1", "2026-11-10"])
    spoken = shipment([f"请先核对 {ONE} 的差异"], head, *rows)
    assert {r.list_no for r in spoken.rows} == {""}
    assert doubted(spoken) == [(DoubtKind.LIST_MISSING, "A2")]
    for title in (
        f"发货清单 {ONE} R1",
        f"清单号：{ONE}",
        f"清单编号 {ONE} 回执",
        f"List No. {ONE}",
    ):
        assert {r.list_no for r in shipment([title], head, *rows).rows} == {ONE}


def test_a_title_over_rows_that_name_their_lists_says_nothing_of_one_that_does_not() -> None:
    head = ["清单号", "品名", "实发箱数", "运单号"]
    rows = ([OTHER, A, 10, "SF1"], [OTHER, B, 1, "SF1"], [None, B, 5, "SF2"])
    found = shipment([f"清单号：{ONE}"], head, *rows)
    assert [r.list_no for r in found.rows] == [OTHER, OTHER, ""]


def test_goods_of_a_list_that_is_named_in_each_row_are_asked_about() -> None:
    head = ["清单号", "产品名称", "规格", "计划箱数", "单价"]
    assert asked(read(head, [ONE, A, "900g*6听/箱", 3, 100]))
    assert not asked(read(head, ["PO-7", A, "900g*6听/箱", 3, 100]))
