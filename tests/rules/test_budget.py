"""Expense goods and the budget of their region: silent up to the last cent, held beyond it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.desk.intake import facts_after
from mailflow.domain.budget import Budget, BudgetUse, budget_of, uses
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked
from mailflow.domain.master import BadRows, budgets_of
from tests.rules.desk import BELLE, budgeted, codes, facts, judged, line, order

GOODS = order(line("羊奶1段", "6", funding="费用"), line(row=8))
"""Expense goods of 1,968.00 beside goods for money."""
CENTS = st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-2))
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


def test_a_region_without_a_budget_and_one_with_enough_are_silent() -> None:
    assert codes(GOODS) == set()
    assert codes(GOODS, budgeted("1968")) == set()
    assert codes(GOODS, budgeted("10000", "8032")) == set()
    assert codes(order(line()), budgeted("0", "5")) == set()
    assert codes(GOODS, budgeted("1", month=OCTOBER)) == set()


def test_a_cent_too_much_is_held_and_asked_of_marketing() -> None:
    decision = judged(GOODS, budgeted("10000", "8032.01", month=NOVEMBER))
    [finding] = decision.findings
    assert (finding.code, finding.asked) == ("over-budget", Asked.MARKETING_GM)
    assert (finding.found, finding.expected) == ("1968.00", "1967.99")
    assert dict(finding.details) == {
        "region": BELLE.region,
        "month": "2026-11",
        "budget": "10000.00",
        "used": "8032.01",
        "excess": "0.01",
    }
    assert decision.outcome is Outcome.HELD


def test_two_orders_of_one_mail_do_not_spend_the_same_budget() -> None:
    known = budgeted("3000")
    first = judged(GOODS, known)
    assert first.outcome is Outcome.ACCEPTED
    then = facts_after(known, first, "DD261109-0001")
    assert codes(GOODS, then) == {"over-budget", "duplicate-order"}


def test_what_others_regions_use_changes_no_fact_about_an_order() -> None:
    known = budgeted("3000", "10")
    other = facts(register=known.register, spent={**known.spent, "别处": Decimal(7)})
    assert other.about((BELLE.code,)) == known.about((BELLE.code,))
    more = facts(register=known.register, spent={BELLE.region: Decimal(11)})
    assert more.about((BELLE.code,)) != known.about((BELLE.code,))


def test_four_fifths_to_the_cent_are_enough_to_be_told_of() -> None:
    used = [BudgetUse("北区", NOVEMBER, Decimal(100), Decimal(n)) for n in ("79.99", "80", "100")]
    assert [use.is_warned for use in used] == [False, True, True]
    assert [use.is_used_up for use in used] == [False, False, True]


@given(CENTS, CENTS)
def test_a_budget_is_warned_of_from_four_fifths_on_and_never_rounded(
    budget: Decimal, used: Decimal
) -> None:
    use = BudgetUse("北区", NOVEMBER, budget, used)
    assert use.left + use.used == use.budget
    assert use.is_warned == (used > 0 and used / Decimal(4) >= budget / Decimal(5))
    assert use.is_warned or not use.is_used_up
    assert use.is_used_up == (used > 0 and use.left <= 0)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("甲乙丙"), st.sampled_from([None, OCTOBER, NOVEMBER])), CENTS
    ),
    st.dictionaries(st.sampled_from("甲乙丙丁"), CENTS),
)
def test_each_region_has_the_months_own_budget_before_that_of_every_month(
    amounts: dict[tuple[str, date | None], Decimal], used: dict[str, Decimal]
) -> None:
    budgets = tuple(Budget(*key, amount) for key, amount in amounts.items())
    found = {use.region: use for use in uses(budgets, used, NOVEMBER)}
    for region in "甲乙丙丁":
        expected = amounts.get((region, NOVEMBER), amounts.get((region, None)))
        assert budget_of(budgets, region, NOVEMBER) == expected
        assert (region in found) == (expected is not None)
        if expected is not None:
            assert (found[region].budget, found[region].used) == (expected, used.get(region, 0))


def test_a_register_of_budgets_takes_months_as_people_and_spreadsheets_write_them() -> None:
    def read(*months: str) -> list[date | None]:
        rows = [{"region": "北区", "month": m, "budget": "80000"} for m in months]
        return [b.month for b in budgets_of(rows)]

    assert read("2026-11", "", "2026-10-01") == [NOVEMBER, None, OCTOBER]
    assert read("2026年11月") == [NOVEMBER]
    for bad in (["2026-13"], ["11月"], ["2026-11-25"], ["", ""], ["2026-11", "2026-11-01"]):
        with pytest.raises(BadRows) as refused:
            read(*bad)
        assert refused.value.bad[0].row == len(bad) - 1, bad
