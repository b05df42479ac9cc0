"""Words and places as other desks write them: read as a person reads them, or asked about."""

from __future__ import annotations

import pytest

from mailflow.domain.decision import Outcome
from tests.accuracy.traps import (
    DEALER,
    HEAD,
    OTHER,
    QY,
    WHOSE,
    ZH,
    Row,
    accepted,
    codes,
    of_rows,
    seen,
    workbook,
)

N, M = ZH.name, QY.name
P, Q = float(ZH.price), float(QY.price)
BOTH = [(DEALER.code, {ZH.sku: 60, QY.sku: 30})]
STRANGER = "远方城市无名商贸有限公司"


@pytest.mark.parametrize(
    "rows",
    [
        [("品名", "开单数量(箱)"), (N, 10), (M, 5)],
        [("品名", "拟订箱数", "支数"), (N, 10, 60), (M, 5, 30)],
        [("品名", "罐数", "到手价", "货款额"), (N, 60, P, P * 60), (M, 30, Q, Q * 30)],
        [("品名", "箱数", "单罐价"), (N, 10, P), (M, 5, Q)],
        [("项目", "物料", "物料描述", "数量", "单位", "净价", "净值"),
         (10, ZH.sku, N, 60, "罐", P, P * 60), (20, QY.sku, M, 30, "罐", Q, Q * 30)],
        [("Item", "Material", "Description", "Qty", "UoM", "Net Price", "Net Value"),
         (10, ZH.sku, N, 60, "TIN", P, P * 60), (20, QY.sku, M, 30, "TIN", Q, Q * 30)],
        [("Item No.", "Product", "Cartons", "Total units", "FOB Price"),
         (1, N, 10, 60, P), (2, M, 5, 30, Q)],
    ],
)  # fmt: skip
def test_words_of_other_desks_are_understood(rows: list[Row]) -> None:
    assert accepted(of_rows(*rows)) == BOTH


@pytest.mark.parametrize(
    "rows",
    [
        [("品名", "拟订箱数", "支数"), (N, 10, 61), (M, 5, 30)],
        [("品名", "罐数", "到手价"), (N, 60, P - 10), (M, 30, Q)],
        [("品名", "罐数", "单价", "净值"), (N, 60, P, P * 50), (M, 30, Q, Q * 30)],
    ],
)
def test_what_they_say_is_checked(rows: list[Row]) -> None:
    assert accepted(of_rows(*rows)) == []


@pytest.mark.parametrize("remark", ["费用抵货", "走5月费用", "货补", "本行从返利里出"])
def test_a_remark_that_pays_otherwise_is_asked_about(remark: str) -> None:
    found = of_rows((*HEAD, "备注"), (N, 10, remark), (M, 5, None))
    assert accepted(found) == []


@pytest.mark.parametrize("remark", ["常规", "急", "新客户", "现金", "老包装也可"])
def test_other_remarks_are_no_question(remark: str) -> None:
    assert accepted(of_rows((*HEAD, "备注"), (N, 10, remark), (M, 5, None))) == BOTH


FUNDED = ("品名", "罐数", "金额", "款别")


@pytest.mark.parametrize(("off", "count"), [(0, 1), (1, 0)])
def test_sums_of_cash_and_expense_stand_right_behind_their_word(off: int, count: int) -> None:
    """Below the column of tins, which they are not of."""
    found = of_rows(
        FUNDED,
        (N, 60, P * 60, "现金"),
        (M, 6, Q * 6, "费用"),
        ("合计", 66, P * 60 + Q * 6, None),
        ("其中现金款", f"￥{P * 60 + off:,.2f}"),
        ("费用款", Q * 6),
    )
    assert len(accepted(found)) == count


@pytest.mark.parametrize(
    "at", ["购方名称", "往来单位", "客户 Customer", "客户名称/Customer", "Sold-To Party"]
)
def test_a_stranger_behind_any_label_is_asked_about_at_his_cell(at: str) -> None:
    rows = [(at, STRANGER), HEAD, (N, 10)]
    found = seen(workbook({"Sheet1": rows}))
    [said] = [s for d in found.documents for s in d.said if s.code == "unknown-distributor"]
    assert said.place.endswith("B1")


def test_a_name_behind_a_code_says_whose_it_is_too() -> None:
    def of(name: str) -> list[tuple[str, dict[str, int]]]:
        rows = [("Sold-To Party", DEALER.code, name), HEAD, (N, 10), (M, 5)]
        return accepted(seen(workbook({"Sheet1": rows})))

    assert of(DEALER.name) == BOTH
    assert of(STRANGER) == []
    assert of(OTHER.name) == []


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (f"您好，{DEALER.name}的订单请查收。", DEALER.code),
        (f"附件是{DEALER.name}的订货单，请安排", DEALER.code),
        (f"附件是订单，价格参照{DEALER.name}上次", None),
        (f"{DEALER.name}和{OTHER.name}的订单见附件", None),
        (f"您好\n订单见附件\n{DEALER.name} 王经理", None),
        (f"见附件\n-----原始邮件-----\n{DEALER.name}的订单请查收", None),
    ],
)
def test_the_mail_says_whose_order_it_is_where_the_sheet_does_not(
    text: str, whose: str | None
) -> None:
    found = seen(workbook({"Sheet1": [HEAD, (N, 10)]}), text=text)
    assert [d.content[0] for d in found.documents if d.outcome is Outcome.ACCEPTED] == (
        [whose] if whose else []
    )


def test_what_the_sheet_says_goes_before_the_mail() -> None:
    found = of_rows(HEAD, (N, 10), text=f"{OTHER.name}的订单请查收")
    assert not any(whose == OTHER.code for whose, _ in accepted(found))


def test_a_label_right_above_a_header_is_no_storey_of_it() -> None:
    rows: list[Row] = [
        WHOSE,
        ("币种", None, "人民币"),
        ("单品", "箱", "听", "款项类型", "说明"),
        (N, 10, 60, "现金", None),
        (M, 5, 30, "现金", "急"),
        (None, 15, 90),
    ]
    book = workbook({"Sheet1": rows})
    book["Sheet1"].merge_cells("A2:B2")
    book["Sheet1"].merge_cells("C2:E2")
    assert accepted(seen(book)) == BOTH


def test_the_desk_of_these_tests_has_both() -> None:
    assert codes(of_rows(HEAD, (N, 10), (M, 5))) == set()


@pytest.mark.parametrize("word", ["付款方式", "Payment type"])
def test_a_strange_way_to_pay_a_line_is_asked_about_and_a_usual_one_is_not(word: str) -> None:
    head = (*HEAD, word)
    for usual in ("电汇", "月结", "现金"):
        assert accepted(of_rows(head, (N, 10, usual), (M, 5, usual))) == BOTH
    assert accepted(of_rows(head, (N, 10, "垫付"), (M, 5, "垫付"))) == []
    assert accepted(of_rows((*HEAD, "类别"), (N, 10, "正装"), (M, 5, "正装"))) == BOTH
