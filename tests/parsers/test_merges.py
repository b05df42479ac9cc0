"""What is merged over several rows holds for each; a quantity over several goods is nobody's."""

from __future__ import annotations

import pytest

from tests.parsers.grids import NORTH, A, B, goods, one, whose

HEAD = ("产品名称", "箱数", "单价", "金额", "款项性质")


def test_a_quantity_of_its_own_is_not_shared() -> None:
    found = one(HEAD, (A, 3, 100, 1800, "现金"), (B, 4, 100, 2400, "费用"))
    assert not any(q.shared for line in found.lines for q in line.quantities)


def test_price_and_funding_hold_for_every_row_they_are_merged_over() -> None:
    found = one(
        HEAD,
        (A, 3, 100, 1800, "费用"),
        (B, 4, None, 2400, None),
        merges=[(1, 2, 2, 2), (1, 4, 2, 4)],
    )
    assert goods(found) == [(A, "3", "费用"), (B, "4", "费用")]
    price = found.lines[1].unit_price
    assert price is not None
    assert (price.number, price.at.address) == (100, "C2")


def test_a_product_merged_over_two_fundings_is_ordered_twice() -> None:
    found = one(
        HEAD,
        (A, 3, 100, 1800, "现金"),
        (None, 1, None, 600, "费用"),
        merges=[(1, 0, 2, 0), (1, 2, 2, 2)],
    )
    assert goods(found) == [(A, "3", "现金"), (A, "1", "费用")]


@pytest.mark.parametrize("column", [1, 3])
def test_a_figure_merged_over_two_products_is_nobody_s(column: int) -> None:
    second = [B, 4, 100, 2400, "现金"]
    second[column] = None
    found = one(HEAD, (A, 3, 100, 1800, "现金"), second, merges=[(1, column, 2, column)])
    if column == 1:
        cells = [line.quantities[0] for line in found.lines]
        assert [(q.text, q.number, q.shared, q.at.address) for q in cells] == [
            ("3", None, True, "B2"),
            ("3", None, True, "B2"),
        ]
    else:
        amounts = [line.amount for line in found.lines if line.amount]
        assert [(a.text, a.number, a.at.address) for a in amounts] == [
            ("1800", None, "D2"),
            ("1800", None, "D2"),
        ]


def test_one_product_in_a_tall_row_is_one_line() -> None:
    found = one(HEAD, (A, 3, 100, 1800, "现金"), merges=[(1, c, 2, c) for c in range(5)])
    assert goods(found) == [(A, "3", "现金")]
    assert found.lines[0].quantities[0].number == 3


def test_a_merged_distributor_holds_for_all_its_rows() -> None:
    found = one(("经销商", "产品名称", "箱数"), (NORTH, A, 3), (None, B, 4), merges=[(1, 0, 2, 0)])
    assert whose(found) == [NORTH]
    assert len(found.lines) == 2


def test_a_name_merged_to_the_right_is_no_pack() -> None:
    found = one(("产品名称", "规格", "箱数"), (A, None, 3), merges=[(1, 0, 1, 1)])
    assert found.lines[0].spec is None


def test_areas_that_overlap_end_nothing() -> None:
    rows = [("产品名称", "箱数"), (A, 3), (B, None)]
    areas = [(1, 1, 2, 1), (1, 1, 2, 1), (0, 1, 2, 1), (2, 0, 2, 1)]
    assert len(one(*rows, merges=areas).lines) <= 2
