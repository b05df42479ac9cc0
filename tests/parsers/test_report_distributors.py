"""The register of distributors, in the words of its master table and as desks keep it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.distributors import Distributors
from mailflow.domain.document import Order
from tests.parsers.report_books import WHO, crossed, read, report
from tests.parsers.sheets import HEAD, LINES, documents, saved, workbook

D = Decimal
FIELDS = [
    *("code", "name", "aliases", "region", "regional_manager", "email", "consignee", "phone"),
    *("address", "delivery_address", "credit_limit", "expense_balance", "owed"),
]
ONE = ("HE1000", WHO, "某某; 某某母婴", "河南", "rm@house.example", "a@dist.example", "李某",
       "13056120000", "河南省某市某路1号", "某物流园6号仓", D(1000000), D("5000.50"), D(0))  # fmt: skip
TWO = ("HU1001", "别家母婴用品有限公司", "", "湖南", "rm2@house.example", "", "罗某",
       "0371-8665575", "湖南省某市某路2号", "", D(200000), None, None)  # fmt: skip
CELLS = [[v or None if isinstance(v, str) else v if v is None else float(v) for v in row] for row in (ONE, TWO)]  # fmt: skip
LAYOUTS: dict[str, list[list[Any]]] = {
    "as the master table": [FIELDS, *CELLS],
    "in chinese, below a title": [
        ["经销商名单（2026年11月更新）"],
        [],
        ["客户编码", "经销商名称", "简称", "区域", "区域经理邮箱", "邮箱", "收货人", "联系电话", "收货地址",
         "实到地址", "信用额度", "费用余额", "欠款"],
        *CELLS,
        ["注：如有变更请联系销管。"],
    ],
    "two languages, moved to the right": [
        [None, "经销商档案"],
        [None, "编码\nCode", "名称\nName", "别名 Aliases", "大区 Region", "区域经理 Regional manager", "邮箱 Email",
         "收货人 Consignee", "电话 Phone", "地址 Address", "实到地址 Delivery address", "信用额度 Credit limit（元）",
         "费用余额 Expense balance", "欠款 Owed"],
        *([None, *row] for row in CELLS),
    ],
}  # fmt: skip


def told(found: Distributors) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, field) for field in FIELDS) for row in found.rows]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_exactly(layout: str) -> None:
    found = report(Distributors, *LAYOUTS[layout])
    assert told(found) == [ONE, TWO]
    assert found.doubts == ()
    crossed(found)


def test_a_csv_keeps_the_zeros_of_codes_and_telephones() -> None:
    raw = f"code,name,region,regional_manager,consignee,phone,address,credit_limit\n00012,{WHO},河南,rm@h.example,李某,037186655,某路,100\n"
    [found] = documents(raw.encode(), "customers.csv")
    assert isinstance(found, Distributors)
    assert (found.rows[0].code, found.rows[0].phone) == ("00012", "037186655")


def test_a_register_beside_an_order_is_to_look_things_up() -> None:
    found = documents(saved(workbook([HEAD, *LINES], LAYOUTS["as the master table"])))
    assert [d.kind for d in found] == ["order"]


def test_where_goods_go_is_an_order_and_no_register() -> None:
    [found] = read(
        ["经销商", WHO, "区域", "河南"],
        ["收货人", "李某", "电话", "13056120000"],
        ["地址", "某路1号"],
        HEAD,
        *LINES,
    )
    assert isinstance(found, Order)
