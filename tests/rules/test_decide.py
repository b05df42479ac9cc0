"""The decision: worst outcome first, softened checks, and the guard behind them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mailflow.rules.checks
from mailflow.domain.decision import Outcome
from mailflow.domain.document import Order, OrderLine, Unknown
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.mail import Trust
from mailflow.domain.quantity import Pack, Quantity, Unit
from mailflow.domain.register import Product
from mailflow.rules.check import Weight, all_checks
from mailflow.rules.decide import judge
from mailflow.rules.tins import tins_in, tins_of
from tests.rules import desk
from tests.rules.desk import (
    CASES,
    GOLD,
    TINS,
    at,
    facts,
    judged,
    line,
    order,
    with_customer,
)

ALL_OFF = {check.code: Weight(off=True) for check in all_checks()}
ALL_SOFT = {
    check.code: Weight(severity=Severity.INFO, asked=Asked.NOBODY) for check in all_checks()
}


def test_every_check_stands_in_the_file_of_its_code_and_has_one_line() -> None:
    folder = Path(mailflow.rules.checks.__file__ or "").parent
    files = {f.stem.replace("_", "-") for f in folder.glob("*.py") if f.stem != "__init__"}
    assert {check.code for check in all_checks()} == files
    assert all(check.summary.endswith(".") for check in all_checks())


def test_returned_comes_before_review_and_review_before_held() -> None:
    loose = line("金装1段", "13", TINS)
    wished = line("金装1段", "13", TINS, row=8, remark="特批")
    tight = with_customer(credit_limit=Decimal(1))
    assert judged(order(loose, wished), tight).outcome is Outcome.RETURNED
    assert judged(order(wished), tight).outcome is Outcome.REVIEW
    assert judged(order(), tight).outcome is Outcome.HELD


def test_findings_stand_in_the_order_of_the_sheet() -> None:
    document = order(
        line("金装1段", "13", row=9), line("金装3段", "5", row=8), distributor=("某某",)
    )
    rows = [f.at.row for f in judged(document).findings if f.at]
    assert rows == [1, 8, 9]


def test_a_check_may_be_softened_asked_of_another_or_switched_off() -> None:
    document = order(line("金装1段", "60", price="165"))
    soft = {"price-mismatch": Weight(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)}
    [finding] = judged(document, weights=soft).findings
    assert (finding.severity, finding.asked) == (Severity.WARNING, Asked.SALES_ADMIN)
    assert judged(document, weights=soft).outcome is Outcome.REVIEW
    off = {"price-mismatch": Weight(off=True)}
    assert judged(document, weights=off).outcome is Outcome.ACCEPTED


def test_a_weight_never_makes_a_question_of_what_is_only_said() -> None:
    document = order(line("金装1段", "10", CASES, price="1008", amount="10080"))
    hard = {"price-mismatch": Weight(severity=Severity.ERROR, asked=Asked.SENDER)}
    assert judged(document, weights=hard).outcome is Outcome.ACCEPTED


UNCERTAIN = [
    line("金装3段", "60"),
    line("金装1段", "60", spec="400g*12"),
    line("金装1段", ""),
    line("金装1段", "约60"),
    line("金装1段", "-6"),
    line("金装1段", "60", None),
    line("金装1段", "13"),
    line("金装1段", "9.5", CASES),
    line("金装1段", "10", CASES, second=("66", TINS)),
    line("金装1段", "60", funding="月结"),
    line(None, "60"),
    line("羊奶1段400g", "60"),
]


@pytest.mark.parametrize("weights", [ALL_OFF, ALL_SOFT], ids=["off", "soft"])
@pytest.mark.parametrize("uncertain", UNCERTAIN, ids=str)
def test_nothing_uncertain_is_accepted_even_with_all_checks_silenced(
    uncertain: OrderLine, weights: dict[str, Weight]
) -> None:
    decision = judged(order(line(row=20), uncertain), weights=weights)
    assert decision.outcome is Outcome.REVIEW
    assert "uncertain-line" in {f.code for f in decision.findings}


@pytest.mark.parametrize(
    ("document", "known"),
    [
        (order(distributor=()), facts()),
        (order(distributor=("平川爱岛",)), facts()),
        (replace(order(), lines=()), facts()),
        (order(), facts(sender=Sender("x@house.example", Trust.A, (desk.WAREHOUSE,)))),
        (order(), facts(sender=Sender(desk.MANAGER.email, Trust.B, (desk.MANAGER,)))),
    ],
)
def test_nobodys_order_is_never_accepted(document: Order, known: object) -> None:
    decision = judge(document, known, desk.LEXICON, ALL_OFF)  # type: ignore[arg-type]
    assert decision.outcome is Outcome.REVIEW
    assert decision.findings[-1].variant == "order"


def test_a_sure_order_is_accepted_with_all_checks_silenced() -> None:
    assert judged(order(), weights=ALL_OFF).outcome is Outcome.ACCEPTED


def test_an_unknown_document_goes_to_a_person_and_says_what_was_seen() -> None:
    unknown = Unknown("a.xlsx", order().where, "会议纪要 | 时间")
    decision = judge(unknown, facts(), desk.LEXICON, {})
    [finding] = decision.findings
    assert (finding.code, finding.found) == ("unknown-document", "会议纪要 | 时间")
    assert decision.outcome is Outcome.REVIEW
    assert decision.appraisal is None


NUMBERS = st.decimals(min_value=-50, max_value=5000, places=4) | st.integers(-50, 5000).map(Decimal)
QUANTITIES = st.builds(
    lambda number, unit, loose: Quantity(str(number), at(7, 3), number, unit, loose),
    NUMBERS,
    st.sampled_from([None, Unit.TINS, Unit.CASES]),
    st.integers(0, 30),
)


@given(st.lists(QUANTITIES, max_size=3), st.sampled_from(desk.REGISTER.products))
def test_tins_are_never_invented(quantities: list[Quantity], product: Product) -> None:
    """Every stated cell says these tins, to within what its written decimals leave open."""
    tins = tins_of(quantities, product)
    if tins is None:
        return
    assert tins > 0
    for quantity in quantities:
        assert quantity.number is not None
        sizes = {Unit.TINS: [1], Unit.CASES: [product.tins_per_case]}.get(
            quantity.unit or Unit.TINS, []
        )
        if quantity.unit is None:
            sizes = [1, product.tins_per_case]
        loose = quantity.loose if quantity.unit is Unit.CASES else 0
        assert any(abs(quantity.number * s + loose - tins) < Decimal("0.13") for s in sizes)


@given(NUMBERS, st.sampled_from([6, 12, 24]))
def test_whole_cases_come_from_whole_numbers_only(number: Decimal, per_case: int) -> None:
    product = replace(GOLD, tins_per_case=per_case)
    tins = tins_in(Quantity(str(number), at(7, 3), number, Unit.CASES), product)
    if tins is not None and Pack(per_case).is_whole(tins):
        assert number == tins // per_case


TEXTS = st.sampled_from(["", "6", "60", "13", "10箱", "3箱6听", "约6", "-6", "0", "9.5", "十二箱"])
LINES = st.builds(
    lambda name, text, unit, more: line(name, text, unit, **more),
    st.sampled_from(["金装1段", "金装2段", "羊奶1段", "小听1段", "学生奶粉", "金装", None]),
    TEXTS,
    st.sampled_from([None, TINS, CASES]),
    st.fixed_dictionaries(
        {},
        optional={
            "spec": st.sampled_from(["900g*6听/箱", "400g*12", "12"]),
            "price": st.sampled_from(["168", "1008", "0", "x"]),
            "amount": st.sampled_from(["10080", "1", "0"]),
            "funding": st.sampled_from(["现金", "费用", "赠品", "月结"]),
            "second": st.tuples(TEXTS, st.sampled_from([None, TINS, CASES])),
            "code": st.sampled_from(["MS-G1-900", "MS-G2-900", "ZZ"]),
            "remark": st.sampled_from(["特批", "改为6箱", "好"]),
        },
    ),
)


@given(st.lists(LINES, max_size=4), st.sampled_from([{}, ALL_OFF, ALL_SOFT]))
def test_accepted_means_that_everything_is_certain(
    lines: list[OrderLine], weights: dict[str, Weight]
) -> None:
    decision = judged(replace(order(), lines=tuple(lines)), weights=weights)
    appraisal = decision.appraisal
    assert appraisal is not None
    if decision.outcome is not Outcome.ACCEPTED:
        return
    assert appraisal.customer is desk.BELLE
    assert appraisal.items
    for item in appraisal.items:
        assert item.product is not None
        assert item.cases is not None
        assert item.cases > 0
        assert item.funding is not None
        assert item.amount is not None
        assert item.candidates == (item.product,)
    if not weights:
        assert all(f.asked is Asked.NOBODY for f in decision.findings)
        assert all(i.product and i.product.active for i in appraisal.items)
