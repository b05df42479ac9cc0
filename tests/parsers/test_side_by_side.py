"""Tables beside each other are each read in their own columns; lists to look things up in are none."""

from __future__ import annotations

from mailflow.domain.document import DoubtKind
from mailflow.domain.quantity import Unit
from tests.parsers.grids import NORTH, SOUTH, A, B, C, asked, goods, grid, one, read, units, whose

HEAD = ("产品名称", "箱数", "金额")
NAMED = ("经销商", NORTH)


def test_a_list_to_look_things_up_in_is_no_order_and_no_doubt() -> None:
    found = one(
        ("经销商", NORTH, None, None, None, None, "产品名称", "单价", "箱规", None, SOUTH),
        (*HEAD, None, None, None, A, 100, 6, None, NORTH),
        (A, 3, 1800, None, None, None, B, 100, 6),
        (B, 4, 2400, None, None, None, C, 100, 6),
        (None, None, None, None, None, None, "金装3段", 100, 6),
    )
    assert goods(found) == [(A, "3", ""), (B, "4", "")]
    assert whose(found) == [NORTH]
    assert found.doubts == ()


def test_a_list_of_fundings_far_right_pays_for_nothing_and_a_column_of_them_is_asked_about() -> (
    None
):
    listed = one(
        (*HEAD, None, "款项性质"),
        (A, 3, 1800),
        (B, 4, 2400, None, "现金"),
        (),
        (None,) * 4 + ("费用",),
    )
    assert goods(listed) == [(A, "3", ""), (B, "4", "")]
    assert listed.doubts == ()
    column = one((*HEAD, None, "款项性质"), (A, 3, 1800, None, "现金"), (B, 4, 2400, None, "费用"))
    assert goods(column) == [(A, "3", "现金"), (B, "4", "费用")]
    halfway = one((*HEAD, None, "款项性质"), (A, 3, 1800, None, "费用"), (B, 4, 2400))
    assert asked(halfway) == [(DoubtKind.AMBIGUOUS_COLUMN, "E2")]


def test_a_unit_said_over_the_gap_between_two_tables_is_no_header() -> None:
    found = one(
        ("Customer Name", NORTH),
        (*(None,) * 3, "Quantities in cans"),
        ("A. 现金部分", *(None,) * 3, "B. 费用部分"),
        ("Description", "Qty", "Amount (RMB)", None, "Description", "Qty", "Amount (RMB)"),
        (A, 3, 300, None, B, 4, 400),
    )
    assert goods(found) == [(A, "3", "A. 现金部分"), (B, "4", "B. 费用部分")]


def test_what_is_said_above_a_table_may_be_wider_than_it() -> None:
    """Of the left table up to the right one, of the right one up to the end of the sheet."""
    gap = (None,)
    left, right = read(
        ("经销商", NORTH, "收货人", "北某某", *gap, "经销商", SOUTH, "收货人", "南某某"),
        ("单位：箱", *gap * 4, "单位：箱"),
        ("产品名称", "箱数", *gap * 3, "产品名称", "箱数"),
        (A, 3, *gap * 3, B, 4),
    )
    assert [whose(left), whose(right)] == [[NORTH], [SOUTH]]
    for order, who in ((left, "北某某"), (right, "南某某")):
        assert order.ship_to.consignee is not None
        assert order.ship_to.consignee.text == who


def test_a_label_over_the_left_half_is_no_storey_of_its_header() -> None:
    found = one(
        NAMED, ("单位：箱",), ("收货地址：北城市临江路18号",), (*HEAD, *HEAD),
        (A, 3, 1800, C, 5, 3000), (B, 4, 2400),
        merges=[(2, 0, 2, 2)],
    )  # fmt: skip
    assert goods(found) == [(A, "3", ""), (B, "4", ""), (C, "5", "")]
    assert found.doubts == ()


def test_a_half_that_its_upper_word_makes_something_else_is_asked_about() -> None:
    found = one(
        NAMED, ("单位：箱",), ("上月", None, None), (*HEAD, *HEAD),
        (A, 3, 1800, C, 5, 3000), (B, 4, 2400),
        merges=[(2, 0, 2, 2)],
    )  # fmt: skip
    assert goods(found) == [(C, "5", "")]
    assert (DoubtKind.TABLE_UNCLEAR, "A5") in asked(found)


def test_a_long_list_in_two_halves_is_one_order() -> None:
    for gap in ((), (None,)):
        found = one(
            NAMED, ("单位：箱",), (*HEAD, *gap, *HEAD), (A, 3, 1800, *gap, C, 5, 3000), (B, 4, 2400)
        )
        assert goods(found) == [(A, "3", ""), (B, "4", ""), (C, "5", "")]
        assert found.doubts == ()


def test_a_total_below_one_half_may_be_of_both() -> None:
    found = one(NAMED, (*HEAD, None, *HEAD), (A, 3, 1800, None, C, 5, 3000), ("合计", 8, 4800))
    [cases, _] = found.totals
    assert cases.lines == (0,)
    assert (0, 1) in cases.or_lines


def test_what_is_said_once_of_the_unit_holds_for_both_halves() -> None:
    head = ("品名", "数量")
    found = one(NAMED, ("单位：听",), (*head, None, *head), (A, 6, None, B, 12))
    assert units(found) == {Unit.TINS}


def test_cash_goods_stand_beside_expense_goods() -> None:
    found = one(
        NAMED,
        ("现金货", None, None, None, "费用货"),
        (*HEAD, None, *HEAD),
        (A, 3, 1800, None, B, 4, 2400),
        merges=[(1, 0, 1, 2), (1, 4, 1, 6)],
    )
    assert goods(found) == [(A, "3", "现金货"), (B, "4", "费用货")]


def test_two_distributors_beside_each_other_are_two_orders() -> None:
    first, second = read(
        ("经销商", NORTH, None, None, "经销商", SOUTH),
        ("收货人", "王芳", None, None, "收货人", "李雷"),
        (*HEAD, None, *HEAD),
        (A, 3, 1800, None, B, 4, 2400),
    )
    assert [whose(first), whose(second)] == [[NORTH], [SOUTH]]
    assert [goods(first), goods(second)] == [[(A, "3", "")], [(B, "4", "")]]
    assert [o.ship_to.consignee.text for o in (first, second) if o.ship_to.consignee] == [
        "王芳",
        "李雷",
    ]


def test_two_orders_beside_each_other_need_not_begin_in_the_same_row() -> None:
    first, second = read(
        ("经销商", NORTH, None, None, "经销商", SOUTH),
        (*HEAD, None, "订单号", "8"),
        (A, 3, 1800, None, "收货人", "李雷"),
        (B, 4, 2400, None, *HEAD),
        (C, 5, 3000, None, A, 6, 3600),
        ("合计", 12, 7200),
    )
    assert goods(first) == [(A, "3", ""), (B, "4", ""), (C, "5", "")]
    assert goods(second) == [(A, "6", "")]
    assert first.doubts == second.doubts == ()


def test_two_names_over_one_table_are_both_kept() -> None:
    found = one(("经销商", NORTH, "客户", SOUTH), HEAD, (A, 3, 1800))
    assert whose(found) == [NORTH, SOUTH]


def test_a_table_that_begins_far_from_the_left_is_read() -> None:
    rows = [(None, None, None, *row) for row in (HEAD, (A, 3, 1800))]
    assert goods(one(*rows)) == [(A, "3", "")]
    assert grid(rows).at(0, 3) is not None


def test_what_stands_above_headers_without_a_line_is_kept_once() -> None:
    heads = (*HEAD, None, *HEAD)
    found = one(
        NAMED,
        ("秋季订货",),
        heads,
        (),
        heads,
        (),
        heads,
        (A, 3, 1800, None, C, 5, 3000),
    )
    assert goods(found) == [(A, "3", ""), (C, "5", "")]
    assert whose(found) == [NORTH]
    assert [h.text for h in found.hints].count("秋季订货") == 1


def test_a_label_of_what_was_paid_right_of_the_lines_is_no_funding_of_theirs() -> None:
    far = (None, None)
    assert one(HEAD, (A, 3, 1800, *far, "本次打款"), (B, 4, 2400)).doubts == ()
    paid = one(HEAD, (A, 3, 1800, *far, "费用"), (B, 4, 2400))
    assert asked(paid) == [(DoubtKind.AMBIGUOUS_COLUMN, "F2")]
