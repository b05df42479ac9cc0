"""Checks of prices, amounts, totals, funding, credit and expense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mailflow.domain.decision import Outcome
from mailflow.domain.document import TotalOf
from mailflow.domain.facts import Balance
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.money import to_cents
from mailflow.domain.register import PricePeriod
from tests.rules import desk
from tests.rules.desk import (
    AMOUNT,
    CASES,
    FUNDING,
    GOLD,
    PRICE,
    at,
    codes,
    facts,
    judged,
    line,
    order,
    said,
    total,
    with_customer,
)

BELLE = desk.BELLE


def test_list_prices_and_right_amounts_are_silent() -> None:
    assert codes(order(line("金装1段", "60", price="168", amount="10080"))) == set()
    assert codes(order(line("金装1段400g", "12", price="80.6", amount="967.20"))) == set()
    assert codes(order(line("金装1段", "60"))) == set()


def test_a_wrong_price_is_one_finding_and_not_two() -> None:
    [finding] = judged(order(line("金装1段", "60", price="165", amount="9900"))).findings
    assert (finding.code, finding.at) == ("price-mismatch", at(7, PRICE))
    assert (finding.found, finding.expected, finding.proposal) == ("165", "168.00", "168.00")


def test_a_price_that_is_no_number_is_asked() -> None:
    assert codes(order(line("金装1段", "60", price="面议"))) == {"price-mismatch"}


def test_a_case_price_is_taken_where_the_amount_agrees() -> None:
    [finding] = judged(order(line("金装1段", "10", CASES, price="1008", amount="10080"))).findings
    assert (finding.code, finding.severity) == ("price-mismatch", Severity.INFO)
    assert finding.asked is Asked.NOBODY
    assert codes(order(line("金装1段", "10", CASES, price="1008"))) == {"price-mismatch"}
    assert judged(order(line("金装1段", "10", CASES, price="1008"))).outcome is Outcome.RETURNED


def test_a_case_price_by_its_header_needs_no_amount() -> None:
    stated = line("金装1段", "10", CASES, price="1008", per=CASES)
    assert judged(order(stated)).outcome is Outcome.ACCEPTED
    wrong = line("金装1段", "10", CASES, price="168", per=CASES)
    assert judged(order(wrong)).outcome is Outcome.RETURNED


def test_the_price_of_the_orders_own_day_counts() -> None:
    dearer = replace(
        GOLD,
        prices=(PricePeriod(Decimal("160")), PricePeriod(Decimal("168"), date(2026, 11, 5))),
    )
    products = (dearer, *desk.REGISTER.products[1:])
    known = facts(register=replace(desk.REGISTER, products=products))
    old = line("金装1段", "60", price="160")
    assert codes(order(old, day=date(2026, 11, 4)), known) == set()
    assert codes(order(old, day=date(2026, 11, 5)), known) == {"price-mismatch"}
    assert codes(order(old), known) == {"price-mismatch"}


def test_a_wrong_amount_points_at_its_cell() -> None:
    [finding] = judged(order(line("金装1段", "60", price="168", amount="10081"))).findings
    assert (finding.code, finding.at) == ("amount-mismatch", at(7, AMOUNT))
    assert (finding.found, finding.expected) == ("10081", "10080.00")


def test_a_wrong_case_price_is_one_finding_where_the_amount_follows_it() -> None:
    assert codes(order(line("金装1段", "10", CASES, price="1000", amount="10000"))) == {
        "price-mismatch"
    }


def test_a_tin_price_multiplied_by_cases_is_a_wrong_amount_too() -> None:
    assert codes(order(line("金装1段", "10", CASES, price="168", amount="1680"))) == {
        "amount-mismatch"
    }
    assert codes(order(line("金装1段", "10", CASES, price="160", amount="1600"))) == {
        "amount-mismatch",
        "price-mismatch",
    }


def test_an_amount_that_is_no_number_is_asked() -> None:
    [finding] = judged(order(line("金装1段", "60", amount="一万"))).findings
    assert (finding.code, finding.variant, finding.expected) == ("amount-mismatch", "", "10080.00")


def test_a_word_for_free_is_no_price_and_only_samples_are_free() -> None:
    assert codes(order(line("小听1段", "24", price="赠品", amount="-"))) == set()
    assert codes(order(line("小听1段", "24", price="面议"))) == {"price-mismatch"}
    assert codes(order(line("金装1段", "60", price="赠品"))) == {"price-mismatch"}


def test_a_cent_is_a_difference_and_the_noise_of_a_spreadsheet_is_none() -> None:
    assert codes(order(line("金装1段400g", "12", amount="967.21"))) == {"amount-mismatch"}
    assert codes(order(line("金装1段400g", "12", amount="967.2000000000001"))) == set()


def test_an_amount_beside_an_unreadable_quantity_is_left_alone() -> None:
    assert codes(order(line("金装1段", "约60", amount="1"))) == {"quantity-invalid"}


@pytest.mark.parametrize("word", ["现金", "现金款", "费用", "费用款", "Cash", "Expense", " 费 用 "])
def test_funding_words_of_both_languages_are_silent(word: str) -> None:
    assert codes(order(line("金装1段", "6", funding=word))) == set()


@pytest.mark.parametrize("word", ["赠品", "小听粉", "样品", "sample", "free gift", None])
def test_samples_given_away_are_silent(word: str | None) -> None:
    assert codes(order(line("小听1段", "24", funding=word, price="0", amount="0"))) == set()


def test_an_unknown_funding_word_is_asked() -> None:
    [finding] = judged(order(line("金装1段", "6", funding="月结"))).findings
    assert (finding.code, finding.variant, finding.at) == (
        "funding-mismatch",
        "word",
        at(7, FUNDING),
    )


@pytest.mark.parametrize("words", ["石门贝乐费用订单", "赠品申请.xlsx", "Expense order"])
def test_words_of_expense_over_a_sheet_without_funding_are_asked(words: str) -> None:
    silent = order(line("金装1段", "6"), hints=(said(words),))
    [finding] = judged(silent).findings
    assert (finding.code, finding.variant) == ("funding-mismatch", "hint")
    stated = order(line("金装1段", "6", funding="费用"), hints=(said(words),))
    assert codes(stated) == set()
    samples = order(line("小听1段", "24"), hints=(said(words),))
    assert codes(samples) == set()


def test_a_regular_product_as_a_gift_goes_to_review() -> None:
    gift = line("金装1段", "6", funding="赠品", price="0", amount="0")
    decision = judged(order(gift, line("羊奶1段", "6", row=8)))
    [finding] = decision.findings
    assert (finding.code, finding.variant) == ("funding-mismatch", "gift")
    assert decision.outcome is Outcome.REVIEW


def test_a_sample_for_money_is_returned() -> None:
    [finding] = judged(order(line("小听1段", "24", funding="现金"))).findings
    assert (finding.code, finding.variant) == ("funding-mismatch", "sample")
    assert finding.asked is Asked.SENDER


def test_stated_cash_and_expense_are_checked_against_the_lines() -> None:
    lines = (line("金装1段", "60"), line("羊奶1段", "6", row=8, funding="费用"))
    right = (
        total(TotalOf.CASH, "10080", (0, 1)),
        total(TotalOf.EXPENSE, "1968", (0, 1)),
        total(TotalOf.AMOUNT, "12048", (0, 1)),
    )
    assert codes(order(*lines, totals=right)) == set()
    wrong = (total(TotalOf.CASH, "12048", (0, 1)),)
    [finding] = judged(order(*lines, totals=wrong)).findings
    assert (finding.code, finding.expected) == ("funding-mismatch", "10080.00")


def test_expense_goods_up_to_the_balance_are_silent_and_beyond_it_are_held() -> None:
    document = order(line("羊奶1段", "12", funding="费用"))
    assert codes(document, with_customer(expense_balance=Decimal("3936"))) == set()
    decision = judged(document, with_customer(expense_balance=Decimal("3935.99")))
    [finding] = decision.findings
    assert (finding.code, finding.asked) == ("over-expense", Asked.MARKETING_GM)
    assert decision.outcome is Outcome.HELD


def test_what_was_accepted_before_is_spent() -> None:
    document = order(line("羊奶1段", "6", funding="费用"))
    spent = facts(balances={BELLE.code: Balance(expense_accepted=Decimal("4000"))})
    assert codes(document, spent) == {"over-expense"}
    granted = Balance(expense_accepted=Decimal("4000"), approvals=Decimal("1000"))
    assert codes(document, facts(balances={BELLE.code: granted})) == set()


@pytest.mark.fault("A13")
def test_an_order_up_to_the_credit_limit_is_silent_and_beyond_it_is_held() -> None:
    document = order(line("金装1段", "60"))
    limit = {"credit_limit": Decimal("20000"), "owed": Decimal("9920")}
    assert codes(document, with_customer(**limit)) == set()
    limit["owed"] += Decimal("0.01")
    decision = judged(document, with_customer(**limit))
    [finding] = decision.findings
    assert (finding.code, finding.asked) == ("over-credit", Asked.FINANCE)
    assert dict(finding.details)["excess"] == "0.01"
    assert decision.outcome is Outcome.HELD


def test_payments_make_room_and_expense_goods_owe_nothing() -> None:
    tight = with_customer(credit_limit=Decimal("20000"), owed=Decimal("15000"))
    paid = replace(tight, balances={BELLE.code: Balance(payments=Decimal("5080"))})
    assert codes(order(line("金装1段", "60")), paid) == set()
    assert codes(order(line("羊奶1段", "6", funding="费用")), tight) == set()
    deep = with_customer(credit_limit=Decimal("20000"), owed=Decimal("25000"))
    assert codes(order(line("羊奶1段", "6", funding="费用")), deep) == set()


def test_credit_and_expense_are_both_asked() -> None:
    lines = (line("金装1段", "60"), line("羊奶1段", "18", row=8, funding="费用"))
    decision = judged(order(*lines), with_customer(credit_limit=Decimal(1)))
    assert set(decision.asked) == {Asked.FINANCE, Asked.MARKETING_GM}


def test_amounts_beyond_all_money_are_asked_about() -> None:
    for text in ("9" * 26, "9" * 300):
        document = order(line(price="168", amount=text))
        assert "amount-mismatch" in codes(document)
    assert to_cents(Decimal("9" * 40)) == Decimal("9" * 40)
