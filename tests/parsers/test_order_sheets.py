"""Of the sheets of a workbook those that order are read, and what was left out is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailflow.domain.document import DoubtKind, Order
from mailflow.domain.sheet import Written
from mailflow.parsers.grid import Cell, Grid
from mailflow.parsers.kinds.order_sheets import orders_of_book
from mailflow.parsers.workbook import Book
from tests.parsers.grids import KNOWN, NORTH, SOUTH, A, B, asked, goods, grid, whose

HEAD = ("产品名称", "箱数")
ORDER = grid([("经销商", NORTH), HEAD, (A, 3)], name="订单")
UNCLEAR = DoubtKind.TABLE_UNCLEAR


def orders(*grids: Grid, hints: tuple[Written, ...] = ()) -> tuple[Order, ...]:
    return orders_of_book(Book("xlsx", grids), "a.xlsx", KNOWN, hints)


def test_a_book_of_one_sheet_leaves_nothing_out() -> None:
    [found] = orders(ORDER)
    assert found.skipped == ()
    assert found.doubts == ()


@pytest.mark.fault("M10")
def test_instructions_and_price_lists_beside_an_order_are_no_orders() -> None:
    words = grid([("填写说明",), ("数量请填写整箱数，例如：10",)], name="说明")
    prices = grid([("产品编码", "产品名称", "单价", "箱规"), ("CX-1", A, 100, 6)], name="价格表")
    [found] = orders(words, ORDER, prices)
    assert [(s.sheet, s.hidden) for s in found.skipped] == [("说明", False), ("价格表", False)]
    assert found.doubts == ()


@pytest.mark.fault("X13")
def test_a_hidden_order_beside_a_shown_one_is_left_out_and_one_alone_is_asked_about() -> None:
    hidden = replace(grid([HEAD, (B, 9)], name="上月"), hidden=True)
    [found] = orders(ORDER, hidden)
    assert goods(found) == [(A, "3", "")]
    assert [(s.sheet, s.hidden) for s in found.skipped] == [("上月", True)]
    [alone] = orders(hidden)
    assert asked(alone) == [(UNCLEAR, "A1")]


def test_numbers_beside_products_that_nobody_explains_are_asked_about() -> None:
    strange = grid([("清单",), (A, 12)], name="Sheet2")
    [found] = orders(ORDER, strange)
    assert asked(found) == [(UNCLEAR, "B2")]


def test_an_empty_form_beside_an_order_orders_nothing() -> None:
    [found] = orders(ORDER, grid([HEAD, (A, None), (B, None)], name="空表"))
    assert goods(found) == [(A, "3", "")]
    [form] = orders(grid([HEAD, (A, None), (B, None)], name="空表"))
    assert len(form.lines) == 2


def test_goods_without_a_quantity_for_somebody_else_are_not_left_out() -> None:
    """His quantity was forgotten; a form that is on every sheet was not needed."""
    forgotten = grid([("经销商", SOUTH), HEAD, (B, None)], name="南城")
    _, second = orders(ORDER, forgotten)
    assert goods(second) == [(B, "", "")]
    form = [HEAD, (A, None), (B, None)]
    filled = grid([("经销商", NORTH), HEAD, (A, 3), (B, None)], name="北城")
    [found] = orders(filled, grid([("经销商", SOUTH), *form], name="南城"))
    assert whose(found)[0] == NORTH


def test_of_several_orders_the_sheet_s_name_says_whose_it_is() -> None:
    first, second = orders(
        grid([HEAD, (A, 3)], name="北城某某"), grid([HEAD, (B, 4)], name="南城某某11月")
    )
    assert [whose(first), whose(second)] == [["北城某某"], ["南城某某"]]


def test_a_label_copied_from_another_sheet_is_kept_beside_the_sheet_s_name() -> None:
    first, second = orders(
        grid([("经销商", NORTH), HEAD, (A, 3)], name="北城某某"),
        grid([("经销商", NORTH), HEAD, (B, 4)], name="南城某某"),
    )
    assert whose(first) == [NORTH, "北城某某"]
    assert whose(second) == [NORTH, "南城某某"]


@pytest.mark.fault("M10")
def test_two_orders_of_one_distributor_that_nothing_tells_apart_are_asked_about() -> None:
    rows = [("经销商", NORTH), HEAD, (B, 9)]
    first, second = orders(ORDER, grid(rows, name="10月"))
    assert asked(first) == asked(second) == [(UNCLEAR, "A2")]
    dated = grid([("经销商", NORTH), ("日期", "2026-11-08"), HEAD, (B, 9)], name="二")
    assert [o.doubts for o in orders(ORDER, dated)] == [(), ()]
    other = grid([("经销商", SOUTH), HEAD, (B, 9)], name="二")
    assert [o.doubts for o in orders(ORDER, other)] == [(), ()]


def test_the_findings_of_a_marked_copy_are_ours() -> None:
    [found] = orders(grid([("问题清单",), ("#", "位置"), ("1", "订单!B2")], name="问题清单"), ORDER)
    assert found.skipped == ()


def test_an_order_whose_only_quantity_is_lost_is_not_an_empty_form() -> None:
    lost = grid([("经销商", SOUTH), HEAD, (A, None)], name="南")
    lost.rows[2][1] = Cell("", trouble="formula-without-value")
    _, second = orders(ORDER, lost)
    assert (goods(second), asked(second)) == (
        [(A, "", "")],
        [(DoubtKind.FORMULA_WITHOUT_VALUE, "B3")],
    )


def test_a_sheet_that_names_nobody_beside_one_that_does_may_add_it_up_once_more() -> None:
    summary = grid([HEAD, (A, 3)], name="汇总")
    assert [asked(o) for o in orders(ORDER, summary)] == [[], [(UNCLEAR, "A1")]]
    both = orders(summary, replace(summary, name="汇总2"))
    assert [asked(o) for o in both] == [[(UNCLEAR, "A1")]] * 2
