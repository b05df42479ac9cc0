"""What is found on reports: whose they are, and figures that cannot be right, each at its cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.distributors import Distributors
from mailflow.domain.document import AnyReport
from mailflow.domain.expenses import Expenses
from mailflow.domain.facts import Facts, Sender
from mailflow.domain.inventory import Inventory
from mailflow.domain.mail import Trust
from mailflow.domain.payments import Payments
from mailflow.domain.sheet import Written
from mailflow.domain.stock import Stock
from mailflow.rules.decide import judge
from tests.parsers.report_books import report
from tests.rules import desk
from tests.rules.desk import BELLE, GOLD, GOLD_TWO, ISLE, MANAGER

PAID = ["经销商", "回款日期", "回款金额", "流水号"]
DAY = "2026-11-03"
MONTH = ["品名", "期初（箱）", "进货（箱）", "销售（箱）", "期末（箱）"]


def judged(document: AnyReport, facts: Facts | None = None) -> Decision:
    decision = judge(document, facts or desk.facts(), desk.LEXICON, {})
    assert decision.outcome is Outcome.REVIEW
    return decision


def told(document: AnyReport, facts: Facts | None = None) -> list[tuple[str, str, str, str]]:
    """All but that it came: code and variant, cell, found, expected."""
    return [
        (
            f"{f.code}:{f.variant}".rstrip(":"),
            f.at.address if f.at else "",
            f.found,
            f.expected,
        )
        for f in judged(document, facts).findings[1:]
    ]


def payments(*rows: list[Any], name: str = "a.xlsx") -> Payments:
    return report(Payments, PAID, *rows, name=name)


def month(*rows: list[Any], label: str = f"经销商：{BELLE.name}") -> Inventory:
    return report(Inventory, ["库存报表"], [label], MONTH, *rows)


def test_a_report_without_fault_says_only_that_it_came() -> None:
    found = payments([BELLE.name, DAY, 100, "1"], [ISLE.code, DAY, 100, "2"])
    decision = judged(found)
    assert [f.code for f in decision.findings] == ["payments-received"]
    assert decision.customers == (BELLE, ISLE)


def test_a_name_nobody_knows_is_told_once_at_its_first_cell() -> None:
    found = payments(["石门宝贝", DAY, 100, "1"], ["石门宝贝", DAY, 200, "2"])
    assert told(found) == [("report-whose:unknown", "A2", "石门宝贝", "")]
    assert judged(found).customers == ()


def test_code_and_name_of_two_are_asked_about() -> None:
    found = report(
        Payments, ["客户编码", "客户名称", "回款日期", "回款金额"], [BELLE.code, ISLE.name, DAY, 1]
    )
    [(code, at, said, _)] = told(found)
    assert (code, at) == ("report-whose:ambiguous", "A2")
    assert BELLE.code in said
    assert ISLE.code in said


def test_money_that_another_of_ours_sent_is_asked_about() -> None:
    head = ["经销商", "付款人", "回款日期", "回款金额"]
    assert told(report(Payments, head, [BELLE.name, "张某", DAY, 1])) == []
    [(code, *_)] = told(report(Payments, head, [BELLE.name, ISLE.name, DAY, 1]))
    assert code == "report-whose:ambiguous"


def test_who_paid_counts_where_nobody_else_is_named() -> None:
    head = ["付款单位", "回款日期", "回款金额"]
    assert judged(report(Payments, head, [BELLE.name, DAY, 1])).customers == (BELLE,)
    assert told(report(Payments, head, ["张某", DAY, 1])) == [("report-whose:nobody", "", "", "")]


def test_a_label_says_whose_a_report_is() -> None:
    assert judged(month([GOLD.name, 10, 5, 3, 12])).customers == (BELLE,)
    [(code, at, said, _)] = told(month([GOLD.name, 10, 5, 3, 12], label="经销商：某某"))
    assert (code, at, said) == ("report-whose:unknown", "A2", "某某")


def test_names_of_sheet_file_and_subject_count_where_the_sheet_is_silent() -> None:
    silent = replace(month([GOLD.name, 10, 5, 3, 12], label="说明"), hints=())
    assert [t[0] for t in told(silent)] == ["report-whose:nobody"]
    hinted = replace(silent, hints=(Written("石门贝乐10月库存.xlsx"),))
    assert judged(hinted).customers == (BELLE,)
    both = replace(silent, hints=(Written("石门贝乐"), Written(ISLE.name)))
    assert [t[0] for t in told(both)] == ["report-whose:ambiguous"]


def test_a_distributor_who_writes_himself_means_himself() -> None:
    silent = month([GOLD.name, 10, 5, 3, 12], label="说明")
    sender = Sender(BELLE.email, Trust.A, (), (BELLE,))
    assert judged(silent, desk.facts(sender=sender)).customers == (BELLE,)
    stranger = month([GOLD.name, 10, 5, 3, 12], label="经销商：某某")
    assert [t[0] for t in told(stranger, desk.facts(sender=sender))] == ["report-whose:unknown"]


def test_a_month_that_does_not_add_up_is_named_at_what_is_left() -> None:
    found = month([GOLD.name, 10, 5, 3, 12], [GOLD_TWO.name, 10, 5, 3, 13])
    assert told(found) == [("report-figure:no-balance-cases", "E5", "13", "12")]


def test_cases_and_tins_add_up_by_the_pack_of_the_product() -> None:
    head = ["品名", "期初（箱）", "进货（箱）", "销售（听）", "期末（听）"]
    rows = ["库存报表"], [f"经销商：{BELLE.name}"], head
    assert told(report(Inventory, *rows, [GOLD.name, 10, 5, 3, 87])) == []
    assert told(report(Inventory, *rows, [GOLD.name, 10, 5, 3, 88])) == [
        ("report-figure:no-balance-tins", "E4", "88", "87")
    ]
    [(code, *_)] = told(report(Inventory, *rows, ["无名", 10, 5, 3, 88]))
    assert code == "report-figure:units-differ"


def test_a_sheet_that_does_not_say_enough_is_not_added_up() -> None:
    head = ["品名", "期初（箱）", "期末（箱）"]
    rows = ["库存报表"], [f"经销商：{BELLE.name}"], head
    assert told(report(Inventory, *rows, [GOLD.name, 10, 99])) == []


def test_what_could_not_be_read_is_told_once_and_not_added_up() -> None:
    found = month([GOLD.name, 10, "约5", 3, 12])
    assert [t[:3] for t in told(found)] == [("report-doubt:value-unreadable", "C4", "约5")]


def test_a_product_of_which_nothing_is_said_is_let_be_and_half_a_row_is_not() -> None:
    assert told(month([GOLD.name, None, None, None, None], [GOLD_TWO.name, 1, 0, 0, 1])) == []
    found = month([GOLD.name, 10, 5, 3, None], [GOLD_TWO.name, 1, 0, 0, 1])
    assert told(found) == [("report-figure:missing", "E4", "", "")]


def test_figures_below_zero_are_named() -> None:
    assert ("report-figure:negative", "E4", "-2", "") in told(month([GOLD.name, 1, 0, 3, -2]))
    stock = report(Stock, ["编码", "品名", "仓库", "库存（箱）"], ["1", GOLD.name, "甲仓", -2])
    assert told(stock) == [("report-figure:negative", "D2", "-2", "")]
    assert told(payments([BELLE.name, DAY, -5, "1"])) == [
        ("report-figure:negative", "C2", "-5", "")
    ]


def test_half_a_tin_is_named_and_half_a_case_is_not() -> None:
    head = ["编码", "品名", "仓库", "库存（听）", "可用（箱）"]
    found = report(Stock, head, ["1", GOLD.name, "甲仓", 2.5, 2.5])
    assert told(found) == [("report-figure:fraction", "D2", "2.5", "")]


@pytest.mark.parametrize(
    ("money", "variant"),
    [(0, "zero"), (12.345, "cents"), (None, "missing"), ("1e30", None), (9e13, "cents")],
)
def test_money_that_cannot_be_right_is_named(money: Any, variant: str | None) -> None:
    found = told(payments([BELLE.name, DAY, money, "1"]))
    expected = f"report-figure:{variant}" if variant else "report-doubt:value-unreadable"
    assert [t[:2] for t in found] == [(expected, "C2")]


def test_a_day_is_needed_unless_a_label_says_it() -> None:
    assert told(payments([BELLE.name, None, 5, "1"])) == [("report-figure:missing", "B2", "", "")]
    dated = report(Payments, ["日期：2026-11-03"], PAID, [BELLE.name, None, 5, "1"])
    assert told(dated) == []


def test_the_same_payment_twice_is_asked_about() -> None:
    twice = payments(*[[BELLE.name, DAY, 100, "1"]] * 2)
    assert told(twice) == [("report-repeated:payments", "A3", "A2", "")]
    assert told(payments([BELLE.name, DAY, 100, "1"], [BELLE.name, DAY, 100, "2"])) == []


def test_only_what_was_approved_counts() -> None:
    head = ["经销商", "费用类型", "申请金额", "批准金额", "审批结果"]
    found = report(
        Expenses,
        head,
        [BELLE.name, "陈列", 100, 80, "同意"],
        [BELLE.name, "堆头", 100, 100, "驳回"],
        [BELLE.name, "促销", 100, 100, None],
        [BELLE.name, "海报", 100, 150, " 同意 "],
    )
    assert told(found) == [
        ("report-figure:not-approved", "E3", "驳回", ""),
        ("report-figure:approval-missing", "E4", "", ""),
        ("report-figure:more-than-asked", "D5", "150", "100"),
    ]


REGISTER = [
    "code",
    "name",
    "region",
    "regional_manager",
    "email",
    "consignee",
    "phone",
    "address",
    "credit_limit",
]
ROW = ["K1", "某某商贸", "冀北", MANAGER.email, "", "王某", "0311-8665575", "某路1号", 100]


def register(*rows: list[Any]) -> Distributors:
    return report(Distributors, REGISTER, *rows)


def test_a_register_that_can_be_used_says_only_that_it_came() -> None:
    assert told(register(ROW)) == []


@pytest.mark.parametrize(
    ("column", "value", "variant"),
    [
        ("region", None, "missing"),
        ("phone", None, "missing"),
        ("regional_manager", "李经理", "email"),
        ("regional_manager", "nobody@house.example", "manager"),
        ("email", "a b", "email"),
        ("credit_limit", -1, "amount"),
        ("credit_limit", None, "missing"),
    ],
)
def test_what_the_register_cannot_take_is_named(column: str, value: Any, variant: str) -> None:
    number = REGISTER.index(column)
    wrong = [*ROW[:number], value, *ROW[number + 1 :]]
    other = ["K2", *ROW[1:]]
    [(code, at, _, _)] = told(register(other, wrong))
    assert (code, at) == (f"register-value:{variant}", f"{chr(65 + number)}3")


def test_what_could_not_be_read_of_the_register_is_told_once() -> None:
    number = REGISTER.index("phone")
    assert [t[:2] for t in told(register([*ROW[:number], 2, *ROW[number + 1 :]]))] == [
        ("report-doubt:value-unreadable", "G2")
    ]


def test_a_code_that_stands_twice_is_named() -> None:
    assert ("report-repeated:distributor-register", "A3", "A2", "") in told(register(ROW, ROW))
