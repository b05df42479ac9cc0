"""Checks of what a sheet says it adds up to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailflow.domain.document import TotalOf
from mailflow.domain.finding import Asked
from mailflow.domain.funding import Funding
from tests.rules.desk import (
    CASES,
    TINS,
    codes,
    judged,
    line,
    order,
    total,
)


def test_right_totals_are_silent() -> None:
    document = order(
        line("金装1段", "10", CASES, second=("60", TINS), amount="10080"),
        line("羊奶1段", "1", CASES, row=8, second=("6", TINS), amount="1968"),
        totals=(
            total(TotalOf.CASES, "11", (0, 1)),
            total(TotalOf.TINS, "66", (0, 1)),
            total(TotalOf.AMOUNT, "12048.00", (0, 1)),
            total(TotalOf.AMOUNT, "10080", (0,)),
        ),
    )
    assert codes(document) == set()


@pytest.mark.fault("X18")
@pytest.mark.parametrize(
    ("of", "text", "expected"),
    [
        (TotalOf.CASES, "12", "11"),
        (TotalOf.TINS, "67", "66"),
        (TotalOf.AMOUNT, "12048.01", "12048.00"),
        (TotalOf.UNITS, "65", "10"),
    ],
)
def test_a_wrong_total_is_asked_with_the_sum(of: TotalOf, text: str, expected: str) -> None:
    document = order(
        line("金装1段", "10", CASES, second=("60", TINS), amount="10080"),
        line("羊奶1段", "1", CASES, row=8, second=("6", TINS), amount="1968"),
        totals=(total(of, text, (0, 1)),),
    )
    [finding] = judged(document).findings
    assert (finding.code, finding.found) == ("total-mismatch", text)
    assert finding.variant == of.value
    assert finding.expected == (expected if of is not TotalOf.UNITS else "11")


@pytest.mark.fault("X18")
def test_a_subtotal_counts_the_lines_it_covers() -> None:
    lines = (line("金装1段", "60"), line("羊奶1段", "6", row=8), line("羊奶2段", "12", row=9))
    right = (total(TotalOf.TINS, "66", (0, 1)), total(TotalOf.TINS, "78", (0, 1, 2)))
    assert codes(order(*lines, totals=right)) == set()
    wrong = (total(TotalOf.TINS, "78", (0, 1)),)
    assert codes(order(*lines, totals=wrong)) == {"total-mismatch"}


def test_a_total_of_money_without_amounts_is_checked_by_the_price_list() -> None:
    right = total(TotalOf.AMOUNT, "10080")
    wrong = total(TotalOf.AMOUNT, "10000")
    assert codes(order(line("金装1段", "60"), totals=(right,))) == set()
    assert codes(order(line("金装1段", "60"), totals=(wrong,))) == {"total-mismatch"}


def test_a_total_of_cases_over_a_column_of_tins_is_checked() -> None:
    assert codes(order(line("金装1段", "60"), totals=(total(TotalOf.CASES, "10"),))) == set()
    wrong = order(line("金装1段", "60"), totals=(total(TotalOf.CASES, "11"),))
    assert codes(wrong) == {"total-mismatch"}


def test_a_total_without_a_unit_may_count_tins_cases_or_the_column() -> None:
    lines = (line("金装1段", "10箱", None), line("羊奶1段", "6听", None, row=8))
    for text in ("66", "11", "16"):
        assert codes(order(*lines, totals=(total(TotalOf.UNITS, text, (0, 1)),))) == set()
    odd = total(TotalOf.UNITS, "70", (0, 1))
    assert codes(order(*lines, totals=(odd,))) == {"total-mismatch"}


def test_a_total_over_an_unreadable_line_is_left_alone() -> None:
    document = order(
        line("金装1段", "约60"),
        line("羊奶1段", "6", row=8),
        totals=(total(TotalOf.TINS, "66", (0, 1)), total(TotalOf.AMOUNT, "1", (0, 1))),
    )
    assert codes(document) == {"quantity-invalid"}


def test_more_totals_than_an_order_has_are_seen_by_a_person() -> None:
    right = total(TotalOf.TINS, "60")
    assert codes(order(line("金装1段", "60"), totals=(right,) * 100)) == set()
    [finding] = judged(order(line("金装1段", "60"), totals=(right,) * 102)).findings
    assert (finding.code, finding.variant) == ("total-mismatch", "too-many")
    assert finding.asked is Asked.SALES_ADMIN


def test_a_total_that_is_no_number_is_asked() -> None:
    document = order(line("金装1段", "60"), totals=(total(TotalOf.TINS, "见附表"),))
    assert codes(document) == {"total-mismatch"}


def test_rounded_cases_add_up_within_their_last_digit() -> None:
    lines = (line("金装1段", "3.1667", CASES), line("羊奶1段", "2.8333", CASES, row=8))
    exact = total(TotalOf.CASES, "6", (0, 1))
    assert "total-mismatch" not in codes(order(*lines, totals=(exact,)))


def test_a_hidden_row_may_be_in_the_total_or_not() -> None:
    lines = (line("金装1段", "60"), line("羊奶1段", "6", row=8, hidden=True))
    for text in ("60", "66"):
        document = order(*lines, totals=(total(TotalOf.TINS, text, (0, 1)),))
        assert codes(document) == {"hidden-quantity"}


def test_a_total_may_be_of_any_lines_it_can_reach_and_of_no_others() -> None:
    lines = (line("金装1段", "60"), line("羊奶1段", "6", row=8), line("羊奶2段", "12", row=9))
    open_ended = replace(total(TotalOf.TINS, "18", (1, 2)), or_lines=((0, 1, 2),))
    assert codes(order(*lines, totals=(open_ended,))) == set()
    assert codes(order(*lines, totals=(replace(open_ended, number=Decimal(78)),))) == set()
    wrong = replace(open_ended, number=Decimal(66), text="66")
    [finding] = judged(order(*lines, totals=(wrong,))).findings
    assert (finding.code, finding.expected) == ("total-mismatch", "18")


def test_a_total_of_what_is_paid_one_way_counts_those_lines() -> None:
    lines = (
        line("羊奶1段", "6", amount="1968"),
        line("羊奶1段", "12", row=8, funding="费用", amount="3936"),
    )
    expense = replace(total(TotalOf.AMOUNT, "3936", (0, 1)), funding=Funding.EXPENSE)
    assert codes(order(*lines, totals=(expense,))) == set()
    [finding] = judged(order(*lines, totals=(replace(expense, number=Decimal(1968)),))).findings
    assert (finding.code, finding.expected) == ("total-mismatch", "3936.00")


def test_a_total_over_several_orders_counts_what_the_others_have() -> None:
    shared = replace(total(TotalOf.TINS, "66"), beside=Decimal(6))
    assert codes(order(line("金装1段", "60"), totals=(shared,))) == set()
    short = replace(shared, beside=Decimal(12))
    [finding] = judged(order(line("金装1段", "60"), totals=(short,))).findings
    assert (finding.code, finding.expected) == ("total-mismatch", "72")


def test_a_sum_of_nothing_is_nothing() -> None:
    lost = total(TotalOf.TINS, "5", ())
    assert codes(order(line("金装1段", "60"), totals=(lost,))) == {"total-mismatch"}
