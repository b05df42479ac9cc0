"""A column of distributors: each has an order of the rows that name him."""

from __future__ import annotations

from mailflow.domain.document import MOST_TOTALS, DoubtKind, TotalOf
from tests.parsers.grids import NORTH, SOUTH, A, B, C, asked, goods, one, read, whose

HEAD = ("经销商", "产品名称", "箱数")


def test_a_column_of_one_name_is_one_order() -> None:
    found = one(HEAD, (NORTH, A, 3), ("北城某某", B, 4), ("N001", C, 5))
    assert goods(found) == [(A, "3", ""), (B, "4", ""), (C, "5", "")]
    assert whose(found) == [NORTH]


def test_each_name_has_its_own_order_however_the_rows_are_mixed() -> None:
    north, south = read(HEAD, (NORTH, A, 3), (SOUTH, B, 4), ("北城某某", C, 5))
    assert goods(north) == [(A, "3", ""), (C, "5", "")]
    assert goods(south) == [(B, "4", "")]


def test_a_name_that_is_merged_or_left_out_below_goes_on() -> None:
    north, south = read(
        HEAD, (NORTH, A, 3), (None, B, 4), (SOUTH, C, 5), (None, A, 6), merges=[(1, 0, 2, 0)]
    )
    assert goods(north) == [(A, "3", ""), (B, "4", "")]
    assert goods(south) == [(C, "5", ""), (A, "6", "")]


def test_code_and_name_of_a_row_are_both_kept() -> None:
    first, second = read(
        ("客户编码", "客户名称", "产品名称", "箱数"), ("N001", NORTH, A, 3), ("N001", SOUTH, B, 4)
    )
    assert whose(first) == [NORTH, "N001"]
    assert whose(second) == [SOUTH, "N001"]


def test_rows_before_the_first_name_are_nobody_s() -> None:
    nobody, north = read(HEAD, (None, A, 3), (NORTH, B, 4))
    assert [whose(nobody), whose(north)] == [[], [NORTH]]


def test_a_subtotal_is_of_its_order_and_a_right_grand_total_of_none() -> None:
    north, south = read(
        HEAD,
        (NORTH, A, 3), (NORTH, B, 4), (None, "小计", 7),
        (SOUTH, C, 5), (None, "小计", 5),
        (None, "合计", 12),
    )  # fmt: skip
    assert [(t.number, t.lines) for t in north.totals] == [(7, (0, 1))]
    assert [(t.number, t.lines) for t in south.totals] == [(5, (0,))]


def test_a_wrong_grand_total_is_told_to_all_with_what_the_others_have() -> None:
    north, south = read(HEAD, (NORTH, A, 3), (SOUTH, B, 4), (None, "合计", 8))
    assert [(t.of, t.number, t.beside) for t in north.totals] == [(TotalOf.CASES, 8, 4)]
    assert [(t.of, t.number, t.beside) for t in south.totals] == [(TotalOf.CASES, 8, 3)]


def test_a_line_with_english_units_and_without_money_is_no_header() -> None:
    """`60cans` counts, it names no column; a first line may be another's last."""
    north, south = read(
        ("Distributor", "Product Name", "Item Code", "No. of tins", "Payment type"),
        (NORTH, A, "CX-1", "90cans", "Cash"),
        (None, B, "CX-2", "60cans", "Expense"),
        (SOUTH, C, "CX-3", "120 tins", "Cash"),
        (None, A, "CX-1", "24cans", "Expense"),
        merges=[(1, 0, 2, 0), (3, 0, 4, 0)],
    )
    assert goods(north) == [(A, "90cans", "Cash"), (B, "60cans", "Expense")]
    assert goods(south) == [(C, "120 tins", "Cash"), (A, "24cans", "Expense")]


def test_so_many_totals_of_everything_that_nobody_can_add_them_up_are_asked_about() -> None:
    few, many = _running_sums(20), _running_sums(1_000)
    assert asked(read(HEAD, *few)[0]) == []
    north, south = read(HEAD, *many)
    for order in (north, south):
        assert len(order.lines) == 1_000
        assert len(order.totals) <= MOST_TOTALS + 1
        [(kind, at)] = asked(order)
        assert kind is DoubtKind.TABLE_UNCLEAR
        assert many[int(at[1:]) - 2][1] == "总计"


def _running_sums(pairs: int) -> list[tuple[str | None, str, int]]:
    rows: list[tuple[str | None, str, int]] = []
    for number in range(1, pairs + 1):
        rows += [(NORTH, A, 3), (SOUTH, B, 4), (None, "总计", 7 * number)]
    return rows


def test_a_line_with_units_and_without_money_is_no_header() -> None:
    """Code and name of a product beside each other are not two columns of products."""
    north, south = read(
        ("经销商", "产品编码", "产品名称", "箱数"),
        (NORTH, "CX-1", A, "3箱"),
        (NORTH, "CX-2", B, "待定"),
        (SOUTH, "CX-3", C, "5箱"),
        (NORTH, "CX-1", A, "6箱"),
    )
    assert goods(north) == [(A, "3箱", ""), (B, "待定", ""), (A, "6箱", "")]
    assert goods(south) == [(C, "5箱", "")]
