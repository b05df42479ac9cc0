"""What stands around a table says whose it is, which day, where to, and is read in many shapes."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.document import Order, TotalOf
from tests.parsers.grids import NORTH, SOUTH, A, Row, goods, one, whose

TABLE: tuple[Row, ...] = (("产品名称", "箱数", "金额"), (A, 3, 1800))
NAMED = ("经销商", NORTH)


def with_head(*rows: Row) -> Order:
    return one(*rows, *TABLE)


def test_a_sheet_that_says_nothing_names_nobody() -> None:
    found = with_head(("订货单",), ("尊敬的客户：请如实填写。",))
    assert whose(found) == []
    assert found.order_date is None
    assert found.ship_to.address is None


@pytest.mark.parametrize(
    "head",
    [
        [("经销商：", NORTH)],
        [("经销商", "：", NORTH)],
        [("经销商", None, None, NORTH)],
        [(f"经销商：{NORTH}",)],
        [(f"经销商　{NORTH}",)],
        [(f"1、经销商：{NORTH}",)],
        [("经销商", "收货人"), (NORTH, "王芳")],
        [(f"（经销商：{NORTH}）",)],
        [(f"Customer: {NORTH}   Order Date: 2026-11-09",)],
        [(f"{NORTH}订货单",)],
        [(NORTH,)],
        [("公司名称", NORTH)],
        [("甲方", "某某乳业有限公司"), ("乙方", NORTH)],
        [("单位", NORTH)],
    ],
)
def test_the_distributor_is_read_in_every_usual_shape(head: list[Row]) -> None:
    assert whose(with_head(*head)) == [NORTH]


def test_a_title_that_names_another_than_the_label_is_kept_beside_it() -> None:
    assert whose(with_head((f"{SOUTH}订货单",), NAMED)) == [NORTH, SOUTH]


def test_a_name_that_goes_on_in_a_title_is_somebody_else() -> None:
    assert whose(with_head((f"{NORTH}二分店订货单",))) == []


def test_names_far_right_or_in_sentences_are_no_titles() -> None:
    assert whose(with_head(("订货单", None, None, None, None, NORTH))) == []
    text = f"说明：本表由{NORTH}等各家经销商填写，请于每月二十五日之前发至销管部邮箱，逾期计入下月"
    assert whose(with_head((text,))) == []


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (("日期", "2026", "年", "11", "月", "9", "日"), date(2026, 11, 9)),
        (("日期", "2026年", "11月", "9日"), date(2026, 11, 9)),
        (("日期", 46335), date(2026, 11, 9)),
        (("下单时间：46335",), date(2026, 11, 9)),
        (("日期：二〇二六年十一月九日",), date(2026, 11, 9)),
        (("日期", "2026/11/9 9:30"), date(2026, 11, 9)),
    ],
)
def test_a_date_is_read_in_every_usual_shape(cells: Row, day: date) -> None:
    dated = with_head(cells).order_date
    assert dated is not None
    assert dated.day == day


def test_a_date_to_be_filled_in_by_hand_is_none_and_words_are_one_that_cannot_be_read() -> None:
    assert with_head(("日期：    年  月  日",)).order_date is None
    dated = with_head(("日期", "本月中旬")).order_date
    assert dated is not None
    assert (dated.day, dated.readings) == (None, ())
    dated = with_head(("日期", "11月9日")).order_date
    assert dated is not None
    assert (dated.day, dated.readings) == (None, ((None, 11, 9),))


@pytest.mark.parametrize(
    "text",
    [
        "王芳 13800001234 北城市中山路1号",
        "王芳，13800001234，北城市中山路1号",
        "北城市中山路1号 王芳 13800001234",
        "收货人：王芳 电话：13800001234 地址：北城市中山路1号",
    ],
)
def test_name_number_and_address_may_stand_in_one_cell(text: str) -> None:
    ship = with_head(("收货信息", text)).ship_to
    told = (ship.consignee, ship.phone, ship.address)
    assert [w.text for w in told if w] == ["王芳", "13800001234", "北城市中山路1号"]


def test_what_cannot_be_told_apart_is_an_address_nobody_has() -> None:
    text = "王芳 13800001234 李雷 13800005678 北城市中山路1号"
    ship = with_head(("收货信息", text)).ship_to
    assert ship.address is not None
    assert ship.address.text == text
    assert ship.consignee is None


def test_labels_in_a_row_have_their_values_below_whatever_stands_far_right() -> None:
    found = with_head(
        ("收货人", "收货地址", None, None, "产品名称"), ("王芳", "北城市中山路1号", None, None, A)
    )
    assert found.ship_to.address is not None
    assert found.ship_to.address.text == "北城市中山路1号"


def test_a_label_whose_place_is_empty_takes_no_other_label_for_its_value() -> None:
    found = with_head(NAMED, ("收货人", None, "快递：", "德邦"))
    assert found.ship_to.consignee is None


def test_sums_may_be_stated_in_words_around_the_table() -> None:
    found = one(
        *TABLE,
        (),
        ("合计：3箱 1,800.00元",),
        ("人民币（大写）：壹仟捌佰元整",),
        ("总箱数", 3),
        ("现金合计：1,800.00",),
    )
    assert sorted((t.of, t.number) for t in found.totals) == [
        (TotalOf.AMOUNT, 1800),
        (TotalOf.AMOUNT, 1800),
        (TotalOf.CASES, 3),
        (TotalOf.CASES, 3),
        (TotalOf.CASH, 1800),
    ]
    assert goods(found) == [(A, "3", "")]


def test_free_words_below_the_lines_are_notes_and_policy_above_is_none() -> None:
    found = one(("满100箱返5箱",), *TABLE, ("另加金装2段5箱",))
    assert [w.text for w in found.notes] == ["另加金装2段5箱"]


@pytest.mark.parametrize(
    "below",
    [
        ("联系电话：0371-66668888",),
        ("制表：小王", None, "电话：13900001234"),
        ("下单人", "小王", "手机", "13900001234"),
    ],
)
def test_the_number_of_who_wrote_the_sheet_is_not_where_the_goods_go(
    below: tuple[str | None, ...],
) -> None:
    found = one(("产品名称", "箱数"), (A, 3), below)
    assert found.ship_to.phone is None


@pytest.mark.parametrize(
    "below",
    [
        ("收货电话：13900001234",),
        ("收货人：王芳", None, "电话：13900001234"),
        ("地址：北城市中山路1号", None, "电话：13900001234"),
    ],
)
def test_a_number_below_the_lines_beside_who_receives_them_counts(
    below: tuple[str | None, ...],
) -> None:
    found = one(("产品名称", "箱数"), (A, 3), below)
    assert found.ship_to.phone is not None
    assert found.ship_to.phone.text == "13900001234"
