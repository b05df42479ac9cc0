"""What no word says is understood where it can be only one thing, and asked about elsewhere."""

from __future__ import annotations

import pytest

from mailflow.domain.document import DoubtKind
from tests.parsers.grids import NORTH, A, B, C, Row, asked, goods, one

HEAD = ("产品名称", "箱数", "单价", "金额")
LINES = ((A, 10, 100, 6000), (B, 5, 90, 2700))


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
