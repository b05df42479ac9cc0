"""Orders are found wherever a manager puts them, and no row with a quantity is dropped."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import DoubtKind, Order, TotalOf, Unknown
from mailflow.domain.quantity import Unit
from mailflow.parsers.grid import ORDER_ROWS
from mailflow.parsers.reader import read_file
from tests.parsers.sheets import (
    HEAD,
    KNOWN,
    LINES,
    TOTAL,
    A,
    B,
    cases,
    documents,
    order,
    saved,
    workbook,
)


def test_a_sheet_without_a_quantity_column_is_no_order() -> None:
    [found] = documents(saved(workbook([("姓名", "电话"), ("张三", "1300000")])))
    assert isinstance(found, Unknown)
    assert "张三" in found.seen


@pytest.mark.fault("M10")
def test_a_price_list_is_no_order() -> None:
    rows = [("产品名称", "规格", "单价"), (A, "900g", 100), (B, "900g", 90)]
    [found] = documents(saved(workbook(rows)))
    assert isinstance(found, Unknown)


def test_the_plainest_order_is_read_with_its_cells() -> None:
    found = order(("经销商", "某某商贸有限公司"), (), HEAD, *LINES, TOTAL)
    assert cases(found) == [(A, "10"), (B, "5")]
    assert [w.text for w in found.distributor] == ["某某商贸有限公司"]
    quantity = found.lines[0].quantities[0]
    assert (quantity.at.address, quantity.unit) == ("D4", Unit.CASES)
    assert {(t.of, t.number, t.lines) for t in found.totals} == {
        (TotalOf.CASES, 15, (0, 1)),
        (TotalOf.AMOUNT, 8700, (0, 1)),
    }
    assert found.doubts == ()


def test_a_header_is_found_under_policy_text_and_away_from_column_a() -> None:
    shifted = [(None, None, *row) for row in (HEAD, *LINES, TOTAL)]
    found = order(("尊敬的经销商：本月政策如下……",), ("1. 满 100 箱送 5 箱",), (), *shifted)
    assert cases(found) == [(A, "10"), (B, "5")]
    assert found.lines[0].quantities[0].at.address == "F5"


def test_labels_beside_below_and_inside_cells_are_read() -> None:
    found = order(
        ("购货单位：某某商贸有限公司   下单日期：2026/11/9",),
        ("收货人", "电话"),
        ("李雷", "13000000001"),
        ("收货地址", "某市某路1号", "实到地址", "某市仓库2号"),
        HEAD,
        *LINES,
    )
    ship = found.ship_to
    assert [w.text for w in found.distributor] == ["某某商贸有限公司"]
    assert found.order_date is not None
    assert found.order_date.day == date(2026, 11, 9)
    assert ship.consignee is not None
    assert ship.consignee.text == "李雷"
    assert ship.phone is not None
    assert ship.phone.text == "13000000001"
    assert ship.address is not None
    assert ship.address.text == "某市某路1号"
    assert ship.delivery_address is not None
    assert ship.delivery_address.text == "某市仓库2号"


def test_a_header_of_two_storeys_tells_cases_from_tins() -> None:
    found = order(
        ("序号", "产品名称", "订货数量", None, "单价"),
        (None, None, "箱", "听", None),
        (1, A, 10, 60, 100),
    )
    [line] = found.lines
    assert {(q.unit, q.text) for q in line.quantities} == {(Unit.CASES, "10"), (Unit.TINS, "60")}


def test_a_word_of_the_upper_storey_reaches_as_far_as_it_is_merged() -> None:
    book = workbook(
        [
            ("序号", "产品名称", "订货", None, "库存", None),
            (None, None, "箱", "听", "箱", "听"),
            (1, A, 10, 60, 7, 42),
        ]
    )
    page = book.worksheets[0]
    page.merge_cells("C1:D1")
    page.merge_cells("E1:F1")
    [found] = documents(saved(book))
    assert isinstance(found, Order)
    [line] = found.lines
    assert {(q.unit, q.text) for q in line.quantities} == {(Unit.CASES, "10"), (Unit.TINS, "60")}
    assert found.doubts == ()


def test_blank_rows_page_breaks_and_signatures_are_no_lines() -> None:
    found = order(HEAD, LINES[0], (), HEAD, LINES[1], TOTAL, (), ("制单人：", None, "审核人："))
    assert cases(found) == [(A, "10"), (B, "5")]


@pytest.mark.fault("X18")
def test_a_subtotal_covers_the_lines_since_the_last_one() -> None:
    found = order(
        HEAD, LINES[0], ("小计", None, None, 10), LINES[1], ("小计", None, None, 5), TOTAL
    )
    covered = [(t.number, t.lines) for t in found.totals if t.of is TotalOf.CASES]
    assert covered == [(10, (0,)), (5, (1,)), (15, (0, 1))]


def test_a_quantity_without_a_product_is_a_line_all_the_same() -> None:
    found = order(HEAD, LINES[0], (2, None, None, 7, None, None))
    assert cases(found) == [(A, "10"), ("", "7")]


@pytest.mark.fault("X18")
def test_a_line_below_the_total_is_not_lost() -> None:
    found = order(HEAD, LINES[0], TOTAL, (2, B, None, 3, None, None))
    assert cases(found) == [(A, "10"), (B, "3")]


@pytest.mark.parametrize("remark", ["产品", "名称", "商品", "数量"])
def test_a_remark_that_is_a_header_word_makes_no_header_of_its_row(remark: str) -> None:
    head = (*HEAD, "备注")
    found = order(head, (*LINES[0], None), (*LINES[1], remark), (3, A, "900g*6听/箱", 7, 100, 4200))
    assert cases(found) == [(A, "10"), (B, "5"), (A, "7")]


@pytest.mark.fault("X13")
def test_quantities_in_hidden_rows_are_marked() -> None:
    book = workbook([HEAD, *LINES])
    book.worksheets[0].row_dimensions[3].hidden = True
    [found] = documents(saved(book))
    assert isinstance(found, Order)
    assert [line.quantities[0].hidden for line in found.lines] == [False, True]


def test_a_gift_column_with_numbers_is_asked_about() -> None:
    found = order((*HEAD, "赠送数量"), (*LINES[0], 2), (*LINES[1], None))
    assert [d.kind for d in found.doubts] == [DoubtKind.AMBIGUOUS_COLUMN]


def test_an_unknown_column_of_numbers_is_asked_about_and_one_of_words_is_not() -> None:
    found = order((*HEAD, "甲乙丙"), (*LINES[0], 3), (*LINES[1], None))
    assert [d.kind for d in found.doubts] == [DoubtKind.AMBIGUOUS_COLUMN]
    found = order((*HEAD, "甲乙丙"), (*LINES[0], "好"), (*LINES[1], None))
    assert found.doubts == ()


@pytest.mark.fault("X10")
def test_a_formula_without_a_stored_result_is_a_doubt_at_its_cell() -> None:
    found = order(HEAD, (1, A, "900g*6听/箱", "=IF(E2,10,5)", 100, 6000))
    [doubt] = found.doubts
    assert doubt.kind is DoubtKind.FORMULA_WITHOUT_VALUE
    assert doubt.at is not None
    assert doubt.at.address == "D2"


@pytest.mark.fault("M10")
def test_two_sheets_with_their_own_distributors_are_two_orders() -> None:
    one = [("经销商", "某某商贸有限公司"), HEAD, *LINES]
    two = [("经销商", "另一家"), HEAD, LINES[0]]
    found = documents(saved(workbook(one, two)))
    assert [len(d.lines) for d in found if isinstance(d, Order)] == [2, 1]


@pytest.mark.fault("M10", "X13")
def test_a_second_table_without_a_distributor_is_in_doubt() -> None:
    other = ("产品名称", "箱数", "单价")
    rows = [("经销商", "某某商贸有限公司"), HEAD, *LINES, TOTAL, (), other, (A, 3, 100)]
    found = [d for d in documents(saved(workbook(rows))) if isinstance(d, Order)]
    assert DoubtKind.TABLE_UNCLEAR in {d.kind for d in found[-1].doubts}


def test_a_csv_in_gb18030_is_read_like_a_sheet() -> None:
    text = "\r\n".join(",".join(str(v) for v in row) for row in (HEAD, *LINES))
    [found] = documents(text.encode("gb18030"), "订单.csv")
    assert isinstance(found, Order)
    assert cases(found) == [(A, "10"), (B, "5")]


@pytest.mark.parametrize(
    "above",
    [
        [("付款方式：费用",)],
        [("付款方式", "费用")],
        [("付款方式", "客户"), ("费用", "某某商贸有限公司")],
        [("经销商：某某商贸有限公司  付款方式：费用",)],
        [("Payment terms", "费用")],
        [("付款方式（现金/费用）", None, "费用")],
    ],
)
def test_a_label_may_say_how_the_whole_table_is_paid(above: list[tuple[str | None, ...]]) -> None:
    found = order(*above, HEAD, *LINES, TOTAL)
    assert [w.text for w in found.funding] == ["费用"]
    assert [t.of for t in found.totals] == [TotalOf.CASES, TotalOf.AMOUNT]
    assert found.doubts == ()


def test_a_sum_beside_its_label_says_nothing_of_how_the_table_is_paid() -> None:
    for rows in (
        [("费用", 6000, "现金", 2700)],
        [("付款方式", "费用", "6,000.00", "现金", 2700)],
        [("付款方式",), ("费用", 6000), ("现金", 2700)],
    ):
        found = order(*rows, HEAD, *LINES)
        assert found.funding == ()
        assert {t.of for t in found.totals} == {TotalOf.EXPENSE, TotalOf.CASH}


def test_a_type_of_order_is_a_hint() -> None:
    found = order(("订单类型：市场费用订单",), HEAD, *LINES)
    assert (found.funding, found.hints[-1].text) == ((), "市场费用订单")


def test_how_a_table_is_paid_that_stands_between_two_of_them_is_asked() -> None:
    rows = (HEAD, LINES[0], (), ("付款方式：费用",), (), HEAD[::-1], LINES[1][::-1])
    first, second = documents(saved(workbook(rows)))
    assert isinstance(first, Order)
    assert isinstance(second, Order)
    assert first.funding == ()
    for found in (first, second):
        assert {d.kind for d in found.doubts} == {DoubtKind.TABLE_UNCLEAR}
        assert "费用" in {d.found for d in found.doubts}


def contact(*above: tuple[str | None, ...]) -> tuple[str | None, str | None]:
    ship = order(*above, HEAD, *LINES).ship_to
    return (
        ship.consignee.text if ship.consignee else None,
        ship.phone.text if ship.phone else None,
    )


@pytest.mark.parametrize(
    "above",
    [
        [("收货人及电话", "王芳 13800001234")],
        [("收货人及电话：王芳 13800001234",)],
        [("联系人/电话", "13800001234 王芳")],
        [("收货人、电话：王芳 13800001234",)],
        [("电话", "王芳 13800001234")],
        [("收货人", "王芳（13800001234）")],
        [("收货人", "王芳", "电话", "13800001234"), ("收货人及电话", "王芳 138-0000-1234")],
    ],
)
def test_name_and_number_of_one_cell_are_both_read(above: list[tuple[str | None, ...]]) -> None:
    assert contact(*above) == ("王芳", "13800001234")


def test_two_names_or_two_numbers_are_both_kept_so_that_they_agree_with_nothing() -> None:
    two = contact(("收货人", "王芳"), ("收货人及电话", "李四 13800001234"))
    assert two == ("王芳 / 李四", "13800001234")
    assert (
        contact(("电话", "13800001234"), ("手机", "13900001234"))[1] == "13800001234 / 13900001234"
    )


def test_a_cell_that_cannot_be_taken_apart_is_name_and_number_both() -> None:
    whole = "王芳 13800001234 / 13900001234"
    assert contact(("收货人及电话", whole)) == (whole, whole)


def test_two_addresses_are_both_kept() -> None:
    same = order(("收货地址", "某市某路1号"), ("送货地址", "某市 某路1号"), HEAD, *LINES)
    assert same.ship_to.address is not None
    assert same.ship_to.address.text == "某市某路1号"
    two = order(("客户地址", "某市某路1号"), ("收货地址", "某市别路2号"), HEAD, *LINES)
    assert two.ship_to.address is not None
    assert two.ship_to.address.text == "某市某路1号 / 某市别路2号"
    assert two.ship_to.address.at is not None
    assert two.ship_to.address.at.address == "B2"


def test_an_empty_label_right_above_a_table_does_not_take_its_header_for_a_value() -> None:
    found = order(("经销商", "某某商贸有限公司"), ("备注",), HEAD, *LINES)
    assert found.remarks == ()


def test_a_label_below_the_table_is_read_once() -> None:
    found = order(HEAD, *LINES, (), ("备注：尽快发货",))
    assert [w.text for w in found.remarks] == ["尽快发货"]


def test_a_sheet_with_more_rows_than_an_order_has_is_refused_and_what_stands_beside_it_is_read() -> (
    None
):
    goods = [HEAD, *LINES]
    endless = f"{','.join(HEAD)}\n" + f"1,{A},900g*6听/箱,10,100,6000\n" * ORDER_ROWS
    reading = read_file("order.csv", endless.encode(), KNOWN)
    assert (reading.documents, [r.reason for r in reading.refused]) == (
        (),
        [RefusedBecause.TOO_LARGE],
    )
    assert len(documents("\n".join(endless.splitlines()[:ORDER_ROWS]).encode())) == 1
    long = [("料号", "名称")] + [(str(n), "x") for n in range(ORDER_ROWS)]
    assert len(documents(saved(workbook(goods, long)))) == 1


@pytest.mark.parametrize(
    ("row", "places"), [((A, 3, "#DIV/0!"), []), ((A, "#DIV/0!", None), ["B2"])]
)
def test_a_value_that_is_lost_is_asked_about_where_the_column_means_anything(
    row: tuple[object, ...], places: list[str]
) -> None:
    found = order(("产品名称", "箱数", "内部用"), row)
    lost = [d for d in found.doubts if d.kind is DoubtKind.VALUE_UNREADABLE]
    assert [d.at.address for d in lost if d.at] == places
