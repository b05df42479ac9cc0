"""Checks of how much is ordered, and of the units it is counted in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailflow.domain.appraisal import Item
from mailflow.domain.decision import Outcome
from mailflow.domain.document import Order
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.habit import Habit
from mailflow.domain.quantity import Quantity, Unit
from mailflow.rules.appraise import appraise
from tests.rules import desk
from tests.rules.desk import (
    CASES,
    QUANTITY,
    SECOND,
    TINS,
    at,
    codes,
    findings,
    judged,
    line,
    order,
    said,
)


def item(document: Order) -> Item:
    [only] = appraise(document, desk.facts(), desk.LEXICON).items
    return only


@pytest.mark.parametrize(
    ("text", "unit", "tins"),
    [
        ("60", TINS, 60),
        ("60.0", TINS, 60),
        ("1,200", TINS, 1200),
        ("１２", TINS, 12),
        ("10", CASES, 60),
        ("12箱", None, 72),
        ("12 cases", None, 72),
        ("12听", None, 12),
        ("3箱6听", None, 24),
        ("十二箱", None, 72),
    ],
)
def test_whole_cases_are_accepted_in_silence(text: str, unit: Unit | None, tins: int) -> None:
    document = order(line("金装1段", text, unit))
    assert item(document).tins == tins
    assert judged(document).outcome is Outcome.ACCEPTED
    assert codes(document) == set()


@pytest.mark.fault("X12")
@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("约480", "not-a-number"),
        ("待定", "not-a-number"),
        ("1.2万", "not-a-number"),
        ("1e3", "not-a-number"),
        ("10-12", "not-a-number"),
        ("12?", "not-a-number"),
        ("-6", "negative"),
        ("0", "zero"),
        ("6.5", "not-whole"),
    ],
)
def test_what_is_no_quantity_is_asked(text: str, variant: str) -> None:
    [finding] = judged(order(line("金装1段", text, TINS))).findings
    assert finding.code == "quantity-invalid"
    assert finding.variant == variant
    assert finding.at == at(7, QUANTITY)
    assert finding.found == text


def test_a_negative_quantity_has_no_tins() -> None:
    assert item(order(line("金装1段", "-312", TINS))).tins is None


def test_a_missing_quantity_is_asked_outside_a_form() -> None:
    document = order(line("金装1段", ""), line("羊奶1段", "6", row=8))
    [finding] = judged(document).findings
    assert (finding.code, finding.at) == ("quantity-missing", at(7, QUANTITY))


def test_loose_tins_propose_whole_cases_below_and_above() -> None:
    [finding] = judged(order(line("金装1段", "13", TINS))).findings
    assert finding.code == "loose-tins"
    assert finding.at == at(7, QUANTITY)
    assert (finding.found, finding.expected) == ("13", "a multiple of 6")
    assert finding.proposal == "12 / 18"
    assert finding.asked is Asked.SENDER


def test_less_than_a_case_proposes_one_case_only() -> None:
    [finding] = findings("loose-tins", order(line("金装1段", "5", TINS)))
    assert finding.proposal == "6"


@pytest.mark.parametrize(
    ("text", "tins", "proposal"),
    [
        ("9.5", 57, "9 / 10"),
        ("3.1667", 19, "3 / 4"),
        ("3.17", 19, "3 / 4"),
        ("3箱1听", 19, "3 / 4"),
    ],
)
def test_broken_cases_are_loose_tins_and_propose_cases(text: str, tins: int, proposal: str) -> None:
    document = order(line("金装1段", text, CASES))
    assert item(document).tins == tins
    [finding] = findings("loose-tins", document)
    assert (finding.found, finding.proposal, finding.variant) == (
        text,
        proposal,
        "written" if "箱" in text else "cases",
    )


@pytest.mark.parametrize("text", ["9.51", "3.2", "0.05"])
def test_broken_cases_that_are_no_whole_tins_are_invalid(text: str) -> None:
    document = order(line("金装1段", text, CASES))
    assert item(document).tins is None
    assert codes(document) == {"quantity-invalid"}


def test_what_a_spreadsheet_adds_to_a_whole_number_is_no_fault() -> None:
    assert item(order(line("金装1段", "3.1666666666666665", CASES))).tins == 19
    assert item(order(line("金装1段", "10.000000000000002", CASES))).cases == 10


@pytest.mark.parametrize("words", ["散听", "特批散听", "客户要求拆箱", "loose tins please"])
def test_loose_tins_asked_for_on_purpose_go_to_the_sales_admin(words: str) -> None:
    for document in (
        order(line("金装1段", "13", TINS, remark=words)),
        order(line("金装1段", "13", TINS), remarks=(said(words),)),
    ):
        [finding] = findings("loose-tins", document)
        assert finding.asked is Asked.SALES_ADMIN
        assert finding.variant == "on-purpose"
        assert judged(document).outcome is Outcome.REVIEW


@pytest.mark.parametrize("words", ["请勿拆箱", "不要散听", "no loose tins"])
def test_a_wish_for_whole_cases_is_no_wish_for_loose_tins(words: str) -> None:
    [finding] = findings("loose-tins", order(line("金装1段", "13", TINS, remark=words)))
    assert finding.asked is Asked.SENDER


def test_cases_and_tins_that_agree_are_silent() -> None:
    assert codes(order(line("金装1段", "10", CASES, second=("60", TINS)))) == set()


def test_cases_and_tins_that_differ_are_asked_and_never_chosen_from() -> None:
    document = order(line("金装1段", "10", CASES, second=("66", TINS)))
    assert item(document).tins is None
    [finding] = findings("cases-tins-mismatch", document)
    assert finding.at == at(7, SECOND)
    assert finding.expected == "60"


def test_a_missing_unit_is_asked() -> None:
    document = order(line("金装1段", "12", None))
    assert item(document).tins is None
    [finding] = judged(document).findings
    assert (finding.code, finding.asked) == ("unit-missing", Asked.SENDER)


@pytest.mark.parametrize(("amount", "tins"), [("2016", 12), ("12096", 72)])
def test_the_money_may_say_the_unit(amount: str, tins: int) -> None:
    document = order(line("金装1段", "12", None, amount=amount))
    assert item(document).tins == tins
    [finding] = judged(document).findings
    assert (finding.code, finding.severity) == ("unit-missing", Severity.INFO)
    assert judged(document).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("amount", ["2017", "0", "12096.01"])
def test_money_that_fits_no_unit_says_nothing(amount: str) -> None:
    document = order(line("金装1段", "12", None, amount=amount))
    assert item(document).tins is None
    assert judged(document).outcome is Outcome.RETURNED


def test_money_says_nothing_where_the_pack_is_not_the_products() -> None:
    assert item(order(line("金装1段", "12", None, amount="12096", spec="12"))).tins is None


def test_a_cell_beside_says_the_unit() -> None:
    for bare, variant in (("60", "inferred-tins"), ("10", "inferred-cases")):
        document = order(line("金装1段", "10", CASES, second=(bare, None)))
        assert item(document).tins == 60
        assert [f.variant for f in judged(document).findings] == [variant]
        assert judged(document).outcome is Outcome.ACCEPTED
    assert item(order(line("金装1段", "10", CASES, second=("61", None)))).tins is None


@pytest.mark.fault("X13")
def test_a_hidden_quantity_is_seen_by_the_sales_admin() -> None:
    document = order(line("金装1段", "60"), line("羊奶1段", "6", row=8, hidden=True))
    [finding] = judged(document).findings
    assert (finding.code, finding.asked) == ("hidden-quantity", Asked.SALES_ADMIN)
    assert finding.at == at(8, QUANTITY)


def test_a_lorry_of_one_product_is_usual_and_more_is_not() -> None:
    rich = desk.with_customer(credit_limit=Decimal(10) ** 9)
    assert codes(order(line("金装1段", "1000", CASES)), rich) == set()
    [finding] = judged(order(line("金装1段", "1001", CASES)), rich).findings
    assert (finding.code, finding.asked) == ("unusual-quantity", Asked.SALES_ADMIN)


STEADY = Habit(({desk.GOLD.sku: 60},) * 12)


@pytest.mark.fault("B12", "A13")
def test_a_habit_is_broken_far_above_it_and_not_before() -> None:
    used = desk.facts(habits={desk.BELLE.code: STEADY})
    more = STEADY.orders[0][desk.GOLD.sku] // desk.GOLD.tins_per_case * 5 + 20

    assert codes(order(line("金装1段", str(more), CASES)), used) == set()
    [finding] = judged(order(line("金装1段", str(more + 1), CASES)), used).findings

    assert (finding.code, finding.variant) == ("unusual-quantity", "habit")
    assert (finding.found, finding.expected) == (str(more + 1), "10")
    assert finding.asked is Asked.SALES_ADMIN
    assert finding.severity is Severity.WARNING


@pytest.mark.fault("B12")
def test_lines_of_one_product_break_a_habit_together() -> None:
    used = desk.facts(habits={desk.BELLE.code: STEADY})
    lines = (line("金装1段", "30", CASES), line("金装1段", "45", CASES, row=8))

    [finding] = findings("unusual-quantity", order(*lines), used)

    assert (finding.found, finding.at) == ("75", at(8, QUANTITY))


def test_the_habits_of_another_distributor_say_nothing() -> None:
    used = desk.facts(habits={"another": STEADY})

    assert codes(order(line("金装1段", "200", CASES)), used) == set()


@pytest.mark.fault("B12")
def test_what_a_steady_distributor_never_ordered_is_asked_once() -> None:
    used = desk.facts(habits={desk.BELLE.code: STEADY})
    new = desk.GOAT_TWO.name
    document = order(line("金装1段", "60"), line(new, "12", row=8), line(new, "12", row=9))

    [finding] = judged(document, used).findings

    assert (finding.code, finding.found, finding.asked) == ("new-product", new, Asked.SALES_ADMIN)


FORM = [
    line(p.name, "", CASES, row=7 + n, price=str(p.prices[0].price))
    for n, p in enumerate(desk.REGULAR)
]


def test_on_a_form_an_empty_row_is_not_ordered() -> None:
    document = order(*FORM[:-1], line(desk.GOAT_TWO.name, "2", CASES, row=20))
    appraisal = appraise(document, desk.facts(), desk.LEXICON)
    assert appraisal.preprinted
    assert [i.tins for i in appraisal.items] == [12]
    assert len(appraisal.not_ordered) == 4
    assert judged(document).outcome is Outcome.ACCEPTED


def test_most_of_the_regular_catalogue_makes_a_form_and_less_does_not() -> None:
    wanted = line(desk.SAMPLE.name, "24", row=20)
    assert appraise(order(*FORM[:3], wanted), desk.facts(), desk.LEXICON).preprinted
    document = order(*FORM[:2], wanted)
    assert not appraise(document, desk.facts(), desk.LEXICON).preprinted
    assert codes(document) == {"quantity-missing"}


def test_an_empty_form_orders_nothing_and_is_returned() -> None:
    decision = judged(order(*FORM))
    assert [f.code for f in decision.findings] == ["nothing-ordered"]
    assert decision.outcome is Outcome.RETURNED


@pytest.mark.parametrize("more", [{"amount": "2016"}, {"remark": "加10箱"}])
def test_on_a_form_an_empty_quantity_beside_an_amount_or_a_number_is_asked(
    more: dict[str, str],
) -> None:
    row = line(desk.GOAT_TWO.name, "", CASES, row=20, **more)
    assert "quantity-missing" in codes(order(*FORM[:-1], row))


def test_a_row_that_says_nothing_is_no_line() -> None:
    assert codes(order(line("金装1段", "60"), line(None, "", row=8))) == set()


def test_a_quantity_that_several_lines_share_is_asked_about_at_its_cell() -> None:
    shared = Quantity("12", at(7, QUANTITY), None, TINS, shared=True)
    [finding] = findings("quantity-invalid", order(replace(line(), quantities=(shared,))))
    assert (finding.variant, finding.at, finding.found) == ("shared", at(7, QUANTITY), "12")


def test_an_amount_that_fits_no_unit_is_wrong_where_the_other_lines_tell_the_unit() -> None:
    """The cell to mend is the amount, and not the quantity."""
    first = line(number="60", unit=None, amount="10080")
    second = line(desk.GOLD_TWO.name, "10", None, row=8, amount="1500")
    [finding] = findings("amount-mismatch", order(first, second))
    assert (finding.at, finding.expected) == (at(8, desk.AMOUNT), "1580.00")
    assert judged(order(first, second)).outcome is Outcome.RETURNED


def test_an_amount_that_fits_no_unit_tells_nothing_where_the_other_lines_do_not_either() -> None:
    only = line(number="10", unit=None, amount="1500")
    in_cases = line(desk.GOLD_TWO.name, "10", None, row=8, amount="9480")
    in_tins = line(desk.GOAT.name, "60", None, row=9, amount="19680")
    assert "unit-missing" in codes(order(only))
    assert "unit-missing" in codes(order(only, in_cases, in_tins))


def test_cases_and_the_same_in_tins_in_one_cell_may_be_the_sum_of_both() -> None:
    [finding] = findings("quantity-invalid", order(line("金装1段", "10箱60听", None)))
    assert (finding.variant, finding.at) == ("twice", at(7, QUANTITY))
    assert "quantity-invalid" not in codes(order(line("金装1段", "10箱12听", None)))
