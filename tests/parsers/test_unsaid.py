"""What no word says is understood where it can be only one thing, and asked about elsewhere."""

from __future__ import annotations

import pytest

from mailflow.domain.document import DoubtKind
from tests.parsers.grids import NORTH, A, B, C, Row, asked, goods, one

HEAD = ("产品名称", "箱数", "单价", "金额")
LINES = ((A, 10, 100, 6000), (B, 5, 90, 2700))


@pytest.mark.fault("X18")
def test_a_sum_of_all_columns_below_the_lines_is_a_total() -> None:
    found = one(("经销商", NORTH), HEAD, *LINES, (None, 15, None, 8700))
    assert goods(found) == [(A, "10", ""), (B, "5", "")]
    assert {t.number for t in found.totals} == {15, 8700}
    assert asked(found) == []


@pytest.mark.parametrize(
    "row",
    [
        (None, 14, None, 8700),  # no sum
        (None, 15, 100, 8700),  # a price
        (None, 15),  # one column, two lines: a line whose name is lost may be as much
        ("?", 15, None, 8700),
    ],
)
def test_anything_else_is_a_line(row: Row) -> None:
    assert len(one(HEAD, *LINES, row).lines) == 3


def test_one_column_of_three_lines_is_added_up() -> None:
    rows = ((A, 10), (B, 5), (C, 3))
    assert len(one(("产品名称", "箱数"), *rows, (None, 18)).lines) == 3
    assert len(one(("产品名称", "箱数"), *rows, (None, 17)).lines) == 4


def test_a_merged_name_goes_on_into_a_row_of_figures() -> None:
    found = one(HEAD, *LINES, (None, 15, None, 8700), merges=[(2, 0, 3, 0)])
    assert len(found.lines) == 3


def test_what_was_dealt_with_already_is_asked_about_and_the_same_again_is_not() -> None:
    head = ("产品名称", "箱数", "实发箱数")
    assert asked(one(head, (A, 10, 10), (B, 5, None))) == []
    assert asked(one(head, (A, 10, 9), (B, 5, None))) == [(DoubtKind.AMBIGUOUS_COLUMN, "C2")]
    assert asked(one(("产品名称", "箱数", "未发箱数"), (A, 10, 0))) == []


def test_codes_under_a_word_nobody_knows_are_codes() -> None:
    found = one(("Material", "Description", "Cases"), ("CX-1", "Gold", 3), ("CX-2", "Gold", 4))
    assert [line.code.text if line.code else "" for line in found.lines] == ["CX-1", "CX-2"]


def test_whose_an_order_is_may_stand_below_it() -> None:
    below = (("经销商", NORTH), ("收货人", "张三"))
    [name] = one(HEAD, *LINES, (), *below).distributor
    assert (name.text, name.at and name.at.address) == (NORTH, "B5")
    assert one(HEAD, *LINES, (), ("经销商", "张三")).distributor == ()
    above = one(("经销商", "南城某某"), HEAD, *LINES, (), *below).distributor
    assert [w.text for w in above] == ["南城某某"]


def test_a_line_without_a_tick_among_lines_with_one_is_asked_about() -> None:
    head = ("选", "产品名称", "箱数")
    assert asked(one(head, ("√", A, 10), ("√", B, 5))) == []
    assert asked(one(head, ("√", A, 10), (None, B, 5))) == [(DoubtKind.AMBIGUOUS_COLUMN, "A3")]


def test_a_cross_left_of_a_line_is_asked_about() -> None:
    found = one((None, "产品名称", "箱数"), (None, A, 10), ("×", B, 5), (None, C, 4))
    assert asked(found) == [(DoubtKind.AMBIGUOUS_COLUMN, "A3")]


@pytest.mark.parametrize("word", ["缺货", "取消", "停产"])
def test_a_state_that_denies_a_line_is_asked_about(word: str) -> None:
    found = one(("产品名称", "箱数", "状态"), (A, 10, "正常"), (B, 5, word))
    assert asked(found) == [(DoubtKind.AMBIGUOUS_COLUMN, "C3")]


def test_lines_wanted_on_days_far_from_each_other_are_asked_about() -> None:
    head = ("要货日期", "产品名称", "箱数")
    assert asked(one(head, ("2026-11-09", A, 10), ("2026-11-12", B, 5))) == []
    found = one(head, ("2026-11-09", A, 10), ("2026-12-09", B, 5))
    assert asked(found) == [(DoubtKind.AMBIGUOUS_COLUMN, "A3")]


def test_where_the_goods_go_may_stand_beside_the_lines() -> None:
    head = ("产品名称", "箱数", "收货人", "收货地址")
    found = one(head, (A, 10, "张三", "北城路1号"), (B, 5, "张三", "北城路1号"))
    assert (found.ship_to.consignee and found.ship_to.consignee.text) == "张三"
    assert (found.ship_to.address and found.ship_to.address.at.address) == "D2"  # type: ignore[union-attr] # it has one
    assert asked(found) == []
    apart = one(head, (A, 10, "张三", "北城路1号"), (B, 5, "张三", "南城路2号"))
    assert asked(apart) == [(DoubtKind.TABLE_UNCLEAR, "D3")]


def test_a_sentence_below_the_lines_states_totals() -> None:
    found = one(HEAD, *LINES, ("以上共计15箱，金额8800元",))
    assert {t.number for t in found.totals} == {15, 8800}


def test_a_bare_weight_beside_series_and_stage_is_part_of_the_name() -> None:
    found = one(("系列", "段", "克重", "箱数"), ("晨星金装奶粉", "1段", 900, 3))
    assert goods(found) == [(A, "3", "")]
