"""What is said once above, between or below lines holds for them, and only for them."""

from __future__ import annotations

import pytest

from mailflow.domain.document import DoubtKind
from mailflow.domain.quantity import Unit
from mailflow.domain.sheet import Written
from mailflow.parsers.kinds.order import orders_in
from tests.parsers.grids import KNOWN, A, asked, goods, grid, one, units

HEAD = ("产品名称", "箱数")


def packs(order: object) -> list[str | None]:
    return [line.spec.text if line.spec else None for line in order.lines]  # type: ignore[attr-defined] # an order


def test_nothing_said_is_nothing_heard() -> None:
    assert packs(one(("订货单",), HEAD, ("金装1段", 3))) == [None]


@pytest.mark.parametrize(
    "title", ["400克装订货单", "订货单（400g）", "400 g", "2026年11月400克系列"]
)
def test_a_weight_in_the_title_is_that_of_all_lines(title: str) -> None:
    found = one((title,), HEAD, ("金装1段", 3), ("金装2段", 4))
    assert packs(found) == ["400g", "400g"]
    assert found.lines[0].spec is not None
    assert found.lines[0].spec.at is not None
    assert found.lines[0].spec.at.address == "A1"


@pytest.mark.parametrize(
    "title",
    [
        "满10箱送900g一听",
        "400g、900g订货单",
        "本次活动：凡购买金装系列产品任意一件，加赠四百克装一听，数量有限，先到先得，400g",
    ],
)
def test_a_policy_and_several_weights_say_nothing_of_the_lines(title: str) -> None:
    assert packs(one((title,), HEAD, ("金装1段", 3))) == [None]


def test_a_line_that_says_its_own_weight_is_not_told_another() -> None:
    found = one(("400克装",), ("产品名称", "规格", "箱数"), (A, None, 3), ("金装2段", "900g*6", 4))
    assert packs(found) == [None, "900g*6"]


def test_a_pack_without_a_weight_is_told_the_weight() -> None:
    found = one(("400克装",), ("产品名称", "规格", "箱数"), ("金装2段", "12听/箱", 4))
    assert packs(found) == ["400g 12听/箱"]


def test_titles_between_the_lines_hold_for_those_below() -> None:
    found = one(HEAD, ("900g系列",), ("金装1段", 3), ("400g系列",), ("金装1段", 2), ("金装2段", 1))
    assert packs(found) == ["900g", "400g", "400g"]
    assert goods(found) == [("金装1段", "3", ""), ("金装1段", "2", ""), ("金装2段", "1", "")]


def test_the_name_of_a_sheet_and_the_word_over_the_names_say_it_too() -> None:
    [found] = orders_in(grid((HEAD, ("金装1段", 3)), name="400g"), "a.xlsx", "xlsx", KNOWN, ())
    assert packs(found) == ["400g"]
    assert packs(one(("产品名称（400g）", "箱数"), ("金装1段", 3))) == ["400g"]


def test_the_corner_of_stages_and_series_may_say_it() -> None:
    found = one(("单位：箱",), ("400g装", "1段", "2段"), ("金装", 3, 4))
    assert goods(found) == [("金装1段", "3", ""), ("金装2段", "4", "")]
    assert packs(found) == ["400g", "400g"]


@pytest.mark.parametrize("note", ["（以上单位：箱）", "单位：箱", "以上数量单位均为箱"])
def test_a_unit_said_below_the_lines_is_that_of_the_lines(note: str) -> None:
    assert units(one(("产品名称", "数量"), ("金装1段", 3), (note,))) == {Unit.CASES}


@pytest.mark.parametrize("note", ["以上单位：箱", "备注：以上均为箱数", "说明：以上全部为箱"])
def test_a_unit_below_that_denies_the_one_above_is_asked_about(note: str) -> None:
    assert asked(one(("单位：听",), ("产品名称", "数量"), ("金装1段", 12))) == []
    found = one(("单位：听",), ("产品名称", "数量"), ("金装1段", 12), (note,))
    assert asked(found) == [(DoubtKind.AMBIGUOUS_COLUMN, "A4")]


@pytest.mark.parametrize("call", ["金装400g订单", "400克装要货 11月", "订单_400g.xlsx"])
def test_a_weight_in_the_subject_is_that_of_lines_without_one(call: str) -> None:
    rows = grid((HEAD, ("金装1段", 3), (A, 4)))
    [found] = orders_in(rows, "a.xlsx", "xlsx", KNOWN, [Written(call)])
    assert packs(found) == ["400g", None]
    [line, _] = found.lines
    assert line.spec is not None
    assert line.spec.at is not None
    assert line.spec.at.address == "A2"


@pytest.mark.parametrize(
    "call", ["11月订单", "400g和900g订单", "订单（含400g）", "满10箱送400g", "订单20g", "4G订单"]
)
def test_a_subject_that_says_no_one_weight_says_none(call: str) -> None:
    [found] = orders_in(grid((HEAD, ("金装1段", 3))), "a.xlsx", "xlsx", KNOWN, [Written(call)])
    assert packs(found) == [None]


def test_a_unit_said_right_of_the_table_is_said_of_it() -> None:
    assert units(one((None, None, None, "单位：听"), ("产品名称", "数量"), (A, 6))) == {Unit.TINS}
    assert units(one((None, None, None, "听"), ("产品名称", "数量"), (A, 6))) == {None}
