"""Tables below each other are one order where they say so, several where they say so, else asked."""

from __future__ import annotations

import pytest

from mailflow.domain.document import DoubtKind, TotalOf
from tests.parsers.grids import HEAD, NORTH, SMALL, SOUTH, A, B, C, asked, goods, one, read, whose

UNCLEAR = DoubtKind.TABLE_UNCLEAR
NAMED = ("经销商", NORTH)
FIRST = (1, A, None, 3, 100, 1800)
SECOND = (1, B, None, 4, 100, 2400)
NEXT = (2, B, None, 4, 100, 2400)


def test_one_table_is_one_order() -> None:
    found = one(NAMED, HEAD, FIRST, NEXT, ("合计", None, None, 7, None, 4200))
    assert goods(found) == [(A, "3", ""), (B, "4", "")]
    assert found.doubts == ()


def test_a_block_of_expense_goods_belongs_to_the_order_above_it() -> None:
    found = one(
        NAMED,
        ("现金货",), HEAD, FIRST, ("小计", None, None, 3, None, 1800),
        (),
        ("费用货",), HEAD, SECOND, ("小计", None, None, 4, None, 2400),
        ("总计", None, None, 7, None, 4200),
    )  # fmt: skip
    assert goods(found) == [(A, "3", "现金货"), (B, "4", "费用货")]
    covered = [(t.number, t.lines) for t in found.totals if t.of is TotalOf.CASES]
    assert covered == [(3, (0,)), (4, (1,)), (7, (0, 1))]


def test_a_block_may_have_other_columns() -> None:
    found = one(
        NAMED, HEAD, FIRST, ("赠品（小听粉）",), ("品名", "数量（听）", "备注"), (SMALL, 24, None)
    )
    assert goods(found) == [(A, "3", ""), (SMALL, "24", "赠品（小听粉）")]
    assert found.doubts == ()


def test_a_second_table_without_a_word_is_asked_about_and_so_is_the_first() -> None:
    first, second = read(NAMED, HEAD, FIRST, (), ("品名", "箱数"), (B, 4))
    assert asked(first) == asked(second) == [(UNCLEAR, "A5")]
    assert whose(second) == []
    assert second.hints == ()


def test_the_same_header_after_a_grand_total_is_asked_about() -> None:
    total = ("合计", None, None, 3, None, 1800)
    first, second = read(NAMED, HEAD, FIRST, total, (), HEAD, SECOND)
    assert asked(first) == asked(second) == [(UNCLEAR, "A6")]


def test_the_same_header_between_pages_goes_on() -> None:
    found = one(NAMED, HEAD, FIRST, ("本页小计", None, None, 3), (), HEAD, SECOND)
    assert goods(found) == [(A, "3", ""), (B, "4", "")]
    assert found.doubts == ()
    found = one(NAMED, HEAD, FIRST, (), ("第2页 共2页",), HEAD, NEXT)
    assert found.doubts == ()


def test_line_numbers_that_are_counted_on_tell_a_page_and_those_that_begin_anew_do_not() -> None:
    assert one(NAMED, HEAD, FIRST, ("采购订单",), HEAD, NEXT).doubts == ()
    assert len(read(NAMED, HEAD, FIRST, ("采购订单",), HEAD, SECOND)) == 2


def test_a_gap_and_the_same_header_tell_nothing() -> None:
    head, first, second = ("产品名称", "箱数"), (A, 3), (B, 4)
    assert one(NAMED, head, first, head, second).doubts == ()
    assert [asked(o) for o in read(NAMED, head, first, (), head, second)] == [[(UNCLEAR, "A5")]] * 2


def test_a_total_of_both_pages_tells_that_they_are_one_order() -> None:
    head, first, second = ("产品名称", "箱数"), (A, 3), (B, 4)
    found = one(NAMED, head, first, (), ("采购订单",), head, second, ("合计", 7))
    assert goods(found) == [(A, "3", ""), (B, "4", "")]
    assert found.doubts == ()
    assert len(read(NAMED, head, first, (), ("采购订单",), head, second, ("合计", 4))) == 2


@pytest.mark.parametrize(
    "label", [("收货人", "王芳"), ("订单号", "8"), ("收货地址", "别处1号"), ("日期", "2026-11-08")]
)
def test_a_next_page_that_says_otherwise_is_asked_about_at_what_it_says(
    label: tuple[str, str],
) -> None:
    first, second = read(NAMED, HEAD, FIRST, label, HEAD, NEXT)
    assert asked(first) == asked(second) == [(UNCLEAR, "B4")]


def test_orders_below_each_other_have_their_own_labels() -> None:
    first, second = read(
        NAMED, ("收货人", "王芳"), HEAD, FIRST, ("合计", None, None, 3),
        ("备注：尽快发",),
        (),
        ("订货单",), ("经销商", SOUTH), ("收货人", "李雷"), HEAD, SECOND,
    )  # fmt: skip
    assert [whose(first), whose(second)] == [[NORTH], [SOUTH]]
    assert [o.ship_to.consignee.text for o in (first, second) if o.ship_to.consignee] == [
        "王芳",
        "李雷",
    ]
    assert [w.text for w in first.remarks] == ["尽快发"]
    assert first.doubts == second.doubts == ()


def test_a_distributor_named_between_tables_without_a_label_is_the_next_order_s() -> None:
    first, second = read(NAMED, HEAD, FIRST, (), (f"{SOUTH}订货单",), HEAD, SECOND)
    assert [whose(first), whose(second)] == [[NORTH], [SOUTH]]


def test_the_masthead_that_is_repeated_on_every_page_is_of_one_order() -> None:
    found = one(NAMED, HEAD, FIRST, (), NAMED, HEAD, NEXT)
    assert goods(found) == [(A, "3", ""), (B, "4", "")]


def test_lines_below_the_last_total_are_read_and_asked_about() -> None:
    found = one(NAMED, HEAD, FIRST, ("合计", None, None, 3), NEXT)
    assert goods(found) == [(A, "3", ""), (B, "4", "")]
    assert asked(found) == [(UNCLEAR, "A5")]
    found = one(NAMED, HEAD, FIRST, ("合计", None, None, 3), NEXT, ("总计", None, None, 7))
    assert found.doubts == ()


def test_labels_with_numbers_below_a_table_are_no_lines() -> None:
    found = one(
        NAMED,
        HEAD,
        FIRST,
        (),
        ("上期余额", None, None, 23120),
        ("联系电话", None, None, "13000000001"),
    )
    assert goods(found) == [(A, "3", "")]
    unknown = one(NAMED, HEAD, FIRST, (), (None, "新品", None, 12))
    assert goods(unknown) == [(A, "3", ""), ("新品", "12", "")]


def test_how_a_total_is_paid_narrows_it() -> None:
    head = (*HEAD, "款项性质")
    found = one(
        NAMED, head,
        (*FIRST, "现金"), (*NEXT, "费用"),
        ("合计", None, None, 7, None, 4200),
        ("其中：现金款", None, None, None, None, 1800),
        ("费用合计", None, None, None, None, 2400),
    )  # fmt: skip
    told = [(t.number, t.funding) for t in found.totals if t.of is TotalOf.AMOUNT]
    assert told == [(4200, None), (1800, "cash"), (2400, "expense")]
    assert goods(found) == [(A, "3", "现金"), (B, "4", "费用")]


def test_an_empty_table_above_leaves_its_labels_to_the_next() -> None:
    found = one(NAMED, HEAD, (), ("产品名称", "箱数"), (C, 5))
    assert whose(found) == [NORTH]
    assert goods(found) == [(C, "5", "")]


def test_pages_without_a_word_between_are_one_order_where_the_last_total_is_of_all() -> None:
    head = ("产品名称", "箱数")
    pages = (head, (A, 3), (), head, (B, 4), (), head, (C, 5))
    assert goods(one(*pages, ("合计", 12))) == [(A, "3", ""), (B, "4", ""), (C, "5", "")]
    assert len(read(*pages, ("合计", 13))) > 1
    assert len(read(*pages, ("合计", 5))) > 1


def test_a_thousand_headers_without_a_line_are_gone_over_once() -> None:
    rows = [row for n in range(1_000) for row in ((f"第{n}段说明文字",), ("产品名称", "箱数"))]
    order = one(("经销商", NORTH), *rows[-20:], (A, 3))
    assert whose(order) == [NORTH]
    assert goods(one(*rows, (A, 3))) == [(A, "3", "")]


def test_labels_over_their_values_begin_the_next_order_where_a_day_stands_under_a_price() -> None:
    head = ("产品名称", "单价", "箱数")
    first, second = read(
        ("购货方", "日期"), (NORTH, 46334), (), head, (A, 100, 3), (B, 100, 4),
        (), ("采购订单",), ("单位名称", "制单日期"), (SOUTH, 46333), head, (C, 100, 5),
    )  # fmt: skip
    assert [whose(first), whose(second)] == [[NORTH], [SOUTH]]
    assert [len(first.lines), len(second.lines)] == [2, 1]
