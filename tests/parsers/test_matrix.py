"""Products down and distributors across, or the other way round: one order for each distributor."""

from __future__ import annotations

from mailflow.domain.document import TotalOf
from mailflow.domain.quantity import Unit
from tests.parsers.grids import NORTH, SOUTH, A, B, C, asked, goods, one, read, units, whose

HEAD = ("产品名称", "规格", NORTH, "S001")
UNIT = ("单位：箱",)


def test_names_of_distributors_beside_labels_make_no_matrix() -> None:
    found = one(("经销商", NORTH, "客户编码", "N001"), ("产品名称", "箱数"), (A, 3))
    assert whose(found) == [NORTH, "N001"]
    assert goods(found) == [(A, "3", "")]


def test_each_distributor_has_an_order_of_what_is_filled_in() -> None:
    north, south = read(UNIT, HEAD, (A, "900g", 3, None), (B, "900g", 0, 4), (C, "800g", "-", 5))
    assert [whose(north), whose(south)] == [[NORTH], ["S001"]]
    assert goods(north) == [(A, "3", "")]
    assert goods(south) == [(B, "4", ""), (C, "5", "")]
    assert south.lines[1].quantities[0].at.address == "D5"
    assert units(north) == units(south) == {Unit.CASES}
    assert north.doubts == south.doubts == ()


def test_a_unit_nobody_states_is_not_filled_in() -> None:
    north, _ = read(HEAD, (A, "900g", 3, 4))
    assert units(north) == {None}
    north, _ = read(("产品名称", f"{NORTH}（听）", "S001（听）"), (A, 3, 4))
    assert units(north) == {Unit.TINS}
    north, _ = read(("各经销商要货汇总（单位：听）",), HEAD, (A, "900g", 3, 4))
    assert units(north) == {Unit.TINS}


def test_every_distributor_may_have_cases_and_tins() -> None:
    north, south = read(
        ("产品名称", NORTH, None, SOUTH, None),
        (None, "箱", "听", "箱", "听"),
        (A, 3, 18, None, None),
        (B, None, None, 4, 24),
        merges=[(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)],
    )
    assert [(q.text, q.unit) for q in north.lines[0].quantities] == [
        ("3", Unit.CASES),
        ("18", Unit.TINS),
    ]
    assert goods(south) == [(B, "4", "")]


def test_every_distributor_may_have_cash_and_expense() -> None:
    north, south = read(
        UNIT,
        ("产品名称", NORTH, None, SOUTH, None),
        (None, "现金", "费用", "现金", "费用"),
        (A, 3, 1, None, None),
        (B, None, None, 4, 2),
        merges=[(1, 1, 1, 2), (1, 3, 1, 4)],
    )
    assert goods(north) == [(A, "3", "现金"), (A, "1", "费用")]
    assert goods(south) == [(B, "4", "现金"), (B, "2", "费用")]


def test_columns_may_tell_what_is_paid_with_what() -> None:
    found = one(("产品名称", "现金箱数", "费用箱数", "合计箱数"), (A, 3, 1, 4), (B, 4, None, 4))
    assert goods(found) == [(A, "3", "现金"), (A, "1", "费用"), (B, "4", "现金")]
    assert found.totals == ()
    wrong = one(("产品名称", "现金箱数", "费用箱数", "合计箱数"), (A, 3, 1, 5))
    assert [(t.number, t.lines, t.at.address) for t in wrong.totals] == [(5, (0, 1), "D2")]


def test_an_amount_beside_cash_and_expense_is_that_of_the_row() -> None:
    found = one(("产品名称", "现金箱数", "费用箱数", "金额"), (A, 3, None, 3024), (B, 4, 1, 4740))
    assert [line.amount.text if line.amount else None for line in found.lines] == [
        "3024",
        None,
        None,
    ]
    [total] = found.totals
    assert (total.of, total.number, total.lines) == (TotalOf.AMOUNT, 4740, (1, 2))


def test_products_may_stand_across() -> None:
    north, south = read(
        UNIT,
        ("经销商", A, B, "合计"),
        (NORTH, 3, None, 3),
        ("南城某某", 1, 4, 5),
        ("合计", 4, 4, 8),
    )
    assert goods(north) == [(A, "3", "")]
    assert goods(south) == [(A, "1", ""), (B, "4", "")]
    assert whose(south) == ["南城某某"]
    written = south.lines[1].name
    assert written is not None
    assert written.at is not None
    assert written.at.address == "C2"
    assert north.totals == () == south.totals[1:]


def test_a_unit_may_stand_beside_each_distributor() -> None:
    north, _ = read(("经销商", A, B), (f"{NORTH}（箱）", 3, 4), (f"{SOUTH}（箱）", 5, 6))
    assert whose(north) == [NORTH]
    assert units(north) == {Unit.CASES}


def test_one_distributor_across_is_read_where_a_product_stands_right_below() -> None:
    assert goods(one(UNIT, ("产品名称", NORTH), (A, 3), (B, 4))) == [(A, "3", ""), (B, "4", "")]
    assert goods(one(UNIT, ("经销商", A), (NORTH, 3))) == [(A, "3", "")]


def test_a_name_nobody_knows_among_distributors_is_an_order_of_his_own() -> None:
    north, west, south = read(
        UNIT, ("产品名称", NORTH, "西城某某", SOUTH), (A, 3, 9, None), (B, None, 9, 4)
    )
    assert [asked(order) for order in (north, west, south)] == [[], [], []]
    assert [(w.text, str(w.at)) for w in west.distributor] == [("西城某某", "C2")]
    assert goods(west) == [(A, "9", ""), (B, "9", "")]


def test_a_product_nobody_knows_among_products_across_is_a_line_of_its_own() -> None:
    order = one(UNIT, ("经销商", A, "黄昏奶粉", B), (NORTH, 3, 9, 4))
    assert goods(order) == [(A, "3", ""), ("黄昏奶粉", "9", ""), (B, "4", "")]


def test_a_column_without_figures_among_distributors_is_nobody() -> None:
    north, south = read(UNIT, ("产品名称", NORTH, "口味", SOUTH), (A, 3, "原味", 4))
    assert [goods(north), goods(south)] == [[(A, "3", "")], [(A, "4", "")]]


def test_right_sums_are_no_totals_of_an_order_and_wrong_ones_are_of_all() -> None:
    rows = [UNIT, (*HEAD, "合计"), (A, None, 3, 4, 7), (B, None, 5, None, 5)]
    for order in read(*rows):
        assert order.totals == ()
    north, south = read(*rows, ("合计", None, 8, 4, 12))
    assert [t.number for t in north.totals] == [8]
    assert [t.number for t in south.totals] == [4]
    north, south = read(*rows, ("合计", None, 8, 4, 13))
    assert [(t.number, t.beside, t.lines) for t in north.totals] == [
        (8, 0, (0, 1)),
        (13, 4, (0, 1)),
    ]
    assert [(t.number, t.beside, t.lines) for t in south.totals] == [(4, 0, (0,)), (13, 8, (0,))]


def test_a_sum_of_a_row_that_nobody_ordered_is_told() -> None:
    north, south = read(UNIT, (*HEAD, "合计"), (A, None, 3, 4, 7), (B, None, None, None, 5))
    assert [t.number for o in (north, south) for t in o.totals] == [5, 5]


def test_what_cannot_be_read_stays_in_the_order_of_its_column() -> None:
    north, south = read(UNIT, HEAD, (A, None, "约3", 4))
    assert (north.lines[0].quantities[0].number, goods(north)) == (None, [(A, "约3", "")])
    assert goods(south) == [(A, "4", "")]


def test_rows_in_which_nobody_orders_may_come_first() -> None:
    blank = [(A, None, None), (B, None, None)] * 3
    north, south = read(UNIT, ("产品名称", NORTH, SOUTH), *blank, (C, 3, 4))
    assert [goods(north), goods(south)] == [[(C, "3", "")], [(C, "4", "")]]


def test_a_row_whose_only_quantity_cannot_be_read_is_no_note() -> None:
    north, south = read(UNIT, ("经销商", A, B), (NORTH, 3, None), (SOUTH, None, "12箱左右"))
    assert [goods(north), goods(south)] == [[(A, "3", "")], [(B, "12箱左右", "")]]


def test_a_name_nobody_knows_over_cash_and_expense_is_an_order_of_his_own() -> None:
    north, west = read(
        UNIT,
        ("产品名称", NORTH, None, "西城某某", None),
        (None, "现金", "费用", "现金", "费用"),
        (A, 3, 4, 9, 8),
        merges=[(1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4)],
    )
    assert goods(west) == [(A, "9", "现金"), (A, "8", "费用")]
    assert [(w.text, str(w.at)) for w in west.distributor] == [("西城某某", "D2")]
    assert goods(north) == [(A, "3", "现金"), (A, "4", "费用")]


def test_a_product_nobody_knows_is_a_line_of_a_matrix_all_the_same() -> None:
    north, south = read(UNIT, ("产品名称", NORTH, "S001"), ("晨星钻石1段", 3, None), (B, 4, 5))
    assert goods(north) == [("晨星钻石1段", "3", ""), (B, "4", "")]
    assert north.lines[0].name is not None
    assert north.lines[0].name.at is not None
    assert north.lines[0].name.at.address == "A3"
    assert goods(south) == [(B, "5", "")]


def test_names_of_distributors_over_words_make_no_matrix() -> None:
    found = read(("产品名称", NORTH, SOUTH), ("联系人", "甲", "乙"), ("产品名称", "箱数"), (A, 3))
    assert [goods(order) for order in found] == [[(A, "3", "")]]


def test_a_label_whose_value_stands_over_figures_makes_no_matrix() -> None:
    found = one(("购货单位", NORTH, "填表日期", "2026.11.6"), ("产品名称", "箱数"), (A, 3), (B, 4))
    assert whose(found) == [NORTH]
    assert goods(found) == [(A, "3", ""), (B, "4", "")]


def test_one_distributor_over_figures_beside_the_word_for_products_is_a_matrix() -> None:
    found = one(
        UNIT, ("产品", "规格", NORTH, "合计"), ("晨星钻石1段", "900g", 3, 3), (B, "900g", 4, 4)
    )
    assert whose(found) == [NORTH]
    assert goods(found) == [("晨星钻石1段", "3", ""), (B, "4", "")]
