"""Headers are found in whatever words and storeys they come; other rows of words are none."""

from __future__ import annotations

import pytest

from mailflow.domain.document import DoubtKind
from mailflow.domain.quantity import Unit
from mailflow.parsers.meanings import Label, Meaning
from mailflow.parsers.vocabulary import counted, label_of, meaning_of, unit_said
from tests.parsers.grids import NORTH, SOUTH, A, B, asked, goods, one, read, units, whose

COLUMN = DoubtKind.AMBIGUOUS_COLUMN


@pytest.mark.parametrize(
    "words",
    [
        "甲乙丙",
        "第3行",
        "900g*6听/箱",
        "数量和单价都请填写清楚谢谢大家的配合与支持我们会尽快处理您的订单请放心",
        "2026",
        "",
    ],
)
def test_what_is_no_header_means_nothing(words: str) -> None:
    assert meaning_of(words) is None


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("订货\n数量", Meaning.QUANTITY),
        ("* 数 量：", Meaning.QUANTITY),
        ("數量（箱）", Meaning.CASES),
        ("数量(单位：听)", Meaning.TINS),
        ("订货量（以箱为单位）", Meaning.CASES),
        ("数量/听", Meaning.TINS),
        ("11月订货箱数", Meaning.CASES),
        ("本次订货数量(件)", Meaning.CASES),
        ("箱数\nCases", Meaning.CASES),
        ("QTY 数量", Meaning.QUANTITY),
        ("Order Qty (ctns)", Meaning.CASES),
        ("# of Cases", Meaning.CASES),
        ("No. of Tins", Meaning.TINS),
        ("箱数/听数", Meaning.QUANTITY),
        ("数量（每箱6听）", Meaning.QUANTITY),
        ("单价（元/箱）", Meaning.CASE_PRICE),
        ("供货价/听", Meaning.UNIT_PRICE),
        ("单价 Price per tin", Meaning.UNIT_PRICE),
        ("每箱单价", Meaning.CASE_PRICE),
        ("金额（元）", Meaning.AMOUNT),
        ("货款", Meaning.AMOUNT),
        ("货品名称/Product Name", Meaning.NAME),
        ("名称及规格", Meaning.NAME),
        ("产品名称/经销商", Meaning.CORNER),
        ("Item #", Meaning.NUMBER_OR_CODE),
        ("听/箱", Meaning.PER_CASE),
        ("箱规", Meaning.PER_CASE),
        ("款项性质\nFunding", Meaning.FUNDING),
    ],
)
def test_a_header_is_known_in_its_usual_dress(header: str, meaning: Meaning) -> None:
    assert meaning_of(header) is meaning


@pytest.mark.parametrize(
    "header",
    [
        "数量（上月）", "上月订货数量", "库存（箱）", "建议订货箱数", "已发箱数", "最小起订量", "10月销量（箱）", "实发数量", "可供箱数",
        "剩余数量", "Qty shipped", "Stock (cases)", "Tins per case",
    ],
)  # fmt: skip
def test_what_was_not_ordered_is_no_quantity(header: str) -> None:
    assert meaning_of(header) not in (Meaning.CASES, Meaning.TINS, Meaning.QUANTITY)


@pytest.mark.parametrize("header", ["赠品数量", "返货箱数", "补货数量", "欠货数量", "退货数量"])
def test_what_may_be_more_than_ordered_is_asked_about(header: str) -> None:
    assert meaning_of(header) is Meaning.GIFT


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1、收货人", Label.CONSIGNEE),
        ("收 货 地 址：", Label.ADDRESS),
        ("客户 名称", Label.DISTRIBUTOR),
        ("Customer No.", Label.DISTRIBUTOR_CODE),
        ("收货人（签字）", Label.CONSIGNEE),
        ("甲方", Label.PARTY),
        ("本次打款", Label.OTHER),
    ],
)
def test_labels_are_known_in_their_usual_dress(text: str, label: Label) -> None:
    assert label_of(text) is label


def test_a_unit_is_said_once_in_many_ways_and_a_price_s_unit_is_none() -> None:
    for text in (
        "单位：箱",
        "（单位：箱）",
        "注：以下数量单位均为箱",
        "以箱为单位",
        "汇总表（单位：箱）",
        "Unit: cases",
    ):
        assert unit_said(text) is Unit.CASES, text
    for text in ("单位：元", "订货须为整箱", "请按箱规填写", "每箱6听", "单位：元/箱"):
        assert unit_said(text) is None, text
    assert (counted("箱、元"), counted("元/箱"), counted("听")) == (Unit.CASES, None, Unit.TINS)


def test_two_storeys_may_be_merged_or_only_stand_there() -> None:
    upper = ("序号", "产品名称", "订货数量", None, "单价", None)
    lower = (None, None, "箱", "听", "元/听", "元/箱")
    line = (1, A, 3, 18, 100, 600)
    merged = [(0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1), (0, 4, 0, 5)]
    for merges in ((), merged):
        found = one(upper, lower, line, merges=merges)
        assert [(q.text, q.unit) for q in found.lines[0].quantities] == [
            ("3", Unit.CASES),
            ("18", Unit.TINS),
        ]
        price = found.lines[0].unit_price
        assert price is not None
        assert (price.text, price.per) == ("100", None)
        assert found.doubts == ()


def test_stock_above_cases_and_tins_is_not_ordered() -> None:
    found = one(
        ("产品名称", "库存", None, "订货", None),
        (None, "箱数", "听数", "箱数", "听数"),
        (A, 7, 42, 3, 18),
        merges=[(0, 1, 0, 2), (0, 3, 0, 4)],
    )
    assert [q.text for q in found.lines[0].quantities] == ["3", "18"]
    assert found.doubts == ()


def test_units_may_stand_in_a_row_below_the_header() -> None:
    found = one(
        ("产品名称", "数量", "单价", "金额"), (None, "（箱）", "元", "元"), (A, 3, 100, 1800)
    )
    assert units(found) == {Unit.CASES}
    assert goods(found) == [(A, "3", "")]


def test_two_languages_may_stand_in_two_rows() -> None:
    found = one(("产品名称", "箱数", "备注"), ("Product", "Cases", "Remarks"), (A, 3, "急"))
    assert goods(found) == [(A, "3", "")]
    assert len(read(("产品名称", "箱数"), ("Product", "Cases"), (A, 3))) == 1


def test_labels_right_above_a_header_are_no_storey_of_it() -> None:
    found = one(
        ("收货地址", None, "某市某路1号", None),
        ("产品名称", "箱数", "听数", "备注"),
        (A, 3, 18, None),
        merges=[(0, 0, 0, 1), (0, 2, 0, 3)],
    )
    assert [(q.text, q.unit) for q in found.lines[0].quantities] == [
        ("3", Unit.CASES),
        ("18", Unit.TINS),
    ]
    address = found.ship_to.address
    assert address is not None
    assert address.text == "某市某路1号"


def test_a_column_that_only_the_upper_of_two_headers_explains_is_asked_about() -> None:
    found = one(
        ("品名", "数量", "款项性质"),
        ("箱数", "产品名称", None),
        (3, A, "现金"),
    )
    assert (COLUMN, "C3") in asked(found) or goods(found) == [(A, "3", "现金")]


def test_a_header_that_says_nothing_of_products_is_told_by_what_stands_below() -> None:
    found = one(("奶粉清单", "箱数", "备注"), (A, 3, None), (B, 4, None))
    assert goods(found) == [(A, "3", ""), (B, "4", "")]


def test_series_and_stage_name_a_product_together() -> None:
    found = one(
        ("系列", "段位", "规格", "箱数"), ("金装", "1", "900g*6", 3), ("羊奶", "一段", None, 4)
    )
    assert [line.name.text for line in found.lines if line.name] == ["金装1段", "羊奶一段"]
    merged = one(
        ("系列", "段位", "箱数"), ("金装", "1段", 3), (None, "2段", 4), merges=[(1, 0, 2, 0)]
    )
    assert [line.name.text for line in merged.lines if line.name] == ["金装1段", "金装2段"]


def test_several_columns_of_the_pack_are_read_together() -> None:
    found = one(("产品名称", "规格", "装箱数", "箱数"), (A, "900g", 6, 3))
    spec = found.lines[0].spec
    assert spec is not None
    assert spec.text == "900g 6听/箱"
    assert found.doubts == ()


def test_a_name_over_two_columns_leaves_no_column_unexplained() -> None:
    found = one(
        ("产品名称", None, "箱数"), (A, None, 3), ("上期余额", 762670), merges=[(0, 0, 0, 1)]
    )
    assert goods(found) == [(A, "3", "")]
    assert found.doubts == ()


def test_numbers_beside_lines_in_a_column_without_a_word_are_asked_about() -> None:
    assert asked(one(("产品名称", "箱数"), (A, 3, 12))) == [(COLUMN, "C2")]
    assert asked(one(("产品名称", None, "箱数"), (A, 12, 3))) == [(COLUMN, "B2")]
    assert one((None, "产品名称", "箱数"), (1, A, 3), (2, B, 4)).doubts == ()


def test_words_beside_a_line_are_its_remark() -> None:
    found = one(("产品名称", "箱数"), (A, 3, "改为20箱"), (B, 4))
    assert [line.remark.text if line.remark else "" for line in found.lines] == ["改为20箱", ""]


def test_our_own_proposals_beside_a_line_are_no_remark() -> None:
    alone = one(("产品名称", "箱数"), (A, 3, "← 建议 12"), (B, 4))
    among = one(("产品名称", "箱数"), (A, 3, "← 建议 12"), (B, 4, "急"))
    assert [line.remark for line in alone.lines] == [None, None]
    assert [line.remark.text if line.remark else "" for line in among.lines] == ["", "急"]


def test_a_unit_that_is_called_the_ordering_party_is_told_by_its_values() -> None:
    found = one(("订货单位", "产品名称", "数量"), (NORTH, A, 3))
    assert whose(found) == [NORTH]
    found = one(("产品名称", "数量", "订货单位"), (A, 3, "箱"))
    assert units(found) == {Unit.CASES}


def test_kinds_of_goods_are_no_kinds_of_paying() -> None:
    found = one(("产品名称", "类别", "箱数"), (A, "正装", 3), (B, "新品", 4))
    assert goods(found) == [(A, "3", ""), (B, "4", "")]
    found = one(("产品名称", "类别", "箱数"), (A, "现金", 3), (B, "垫付", 4))
    assert goods(found) == [(A, "3", "现金"), (B, "4", "垫付")]


@pytest.mark.parametrize("said", ["Unit: tins", "Quantities in cans", "Quantity in tins"])
def test_a_unit_said_above_a_header_is_no_heading(said: str) -> None:
    head = ("Product", "Pack", "Qty", "Notes")
    lines = ((A, "900g*6", 12, None),)
    for above in ((said,), (None, None, None, said)):
        order = one(("Account No.", None, "N001"), above, head, *lines, merges=[(0, 0, 0, 1)])
        assert (whose(order), units(order)) == (["N001"], {Unit.TINS})
    assert units(one(("Product", said), (A, 12))) == {Unit.TINS}


@pytest.mark.parametrize("numbers", [(1, 12), (1,), (2, 3), (1, 1)])
def test_numbers_without_a_word_that_do_not_count_the_lines_are_asked_about(
    numbers: tuple[int, ...],
) -> None:
    lines = [(A, 3, n) for n in numbers]
    assert asked(one(("产品名称", "箱数", "某某"), *lines)) == [(COLUMN, "C2")]


def test_numbers_that_count_the_lines_are_not_asked_about() -> None:
    assert asked(one(("产品名称", "箱数", "某某"), (A, 3, 1), (B, 4, 2))) == []
    assert asked(one(("某某", "产品名称", "箱数"), (1, A, 3))) == []


def test_stages_across_and_series_down_name_a_product_where_they_meet() -> None:
    order = one(
        ("单位：箱",),
        ("系列", "规格", "1段", "2段"),
        ("金装", "900g", 3, 4),
        ("羊奶", "800g", 5, None),
        ("黄昏", "800g", None, 6),
    )
    assert goods(order) == [
        ("金装1段", "3", ""),
        ("金装2段", "4", ""),
        ("羊奶1段", "5", ""),
        ("黄昏2段", "6", ""),
    ]
    assert units(order) == {Unit.CASES}


def test_a_unit_over_the_stages_is_that_of_their_figures() -> None:
    order = one(
        ("系列", "订货数量（箱）", None), (None, "一段", "二段"), ("金装", 3, 4),
        merges=[(0, 0, 1, 0), (0, 1, 0, 2)],
    )  # fmt: skip
    assert units(order) == {Unit.CASES}


def test_two_columns_of_one_meaning_are_asked_about_in_every_order_below_such_a_header() -> None:
    head = ("产品名称", "箱数", "箱数")
    north, south = read(
        ("客户", NORTH), head, (A, 3, 3), (), ("客户", SOUTH), head, (A, 4, 5),
    )  # fmt: skip
    assert asked(north) == [(COLUMN, "C2")]
    assert asked(south) == [(COLUMN, "C6")]


def test_of_two_columns_that_say_the_same_the_one_with_its_unit_counts() -> None:
    order = one(("产品名称", "数量", "数量"), (A, 12, "12听"), (B, 6, "6听"))
    assert (units(order), asked(order)) == ({Unit.TINS}, [])
    assert asked(one(("产品名称", "数量", "数量"), (A, "12箱", "12听"))) == [(COLUMN, "C1")]


@pytest.mark.parametrize("note", ["注：以上数量单位均为听", "单位：听", "（单位：听）"])
def test_a_unit_said_around_a_table_that_its_column_denies_is_asked_about(note: str) -> None:
    assert asked(one(("产品名称", "箱数"), (A, 12), (note,))) == [(COLUMN, "A3")]
    assert asked(one((note,), ("产品名称", "箱数"), (A, 12))) == [(COLUMN, "A1")]
    assert asked(one((note,), ("产品名称", "听数"), (A, 12))) == []
    assert asked(one((note,), ("产品名称", "听数", "箱数"), (A, 12, 2))) == []


@pytest.mark.parametrize(
    "header",
    ["本次需求(箱)", "订（箱）", "下单(件)", "订货数量 单位:箱", "要货（箱）", "11月订（箱）"],
)
def test_what_is_ordered_may_be_said_by_its_unit(header: str) -> None:
    assert meaning_of(header) is Meaning.CASES


@pytest.mark.parametrize("header", ["需求", "订", "单位:箱", "数量单位：箱", "库存(箱)"])
def test_without_it_the_word_says_too_little(header: str) -> None:
    assert meaning_of(header) is not Meaning.CASES


def test_marks_around_a_number_sign_are_no_other_word() -> None:
    assert meaning_of("*#") is Meaning.LINE_NO
