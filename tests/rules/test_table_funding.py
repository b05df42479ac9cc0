"""What a label says of the whole table stands for its lines, and is asked where it is unclear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailflow.domain.appraisal import Funding
from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Order, OrderLine
from mailflow.domain.finding import Asked
from mailflow.domain.sheet import Written
from tests.rules.desk import FUNDING, at, codes, judged, line, order, said


def labelled(*lines: OrderLine, words: tuple[str, ...], **more: object) -> Order:
    labels = tuple(Written(word, at(row, 1)) for row, word in enumerate(words))
    return replace(order(*lines, **more), funding=labels)  # type: ignore[arg-type] # fields of any kind


def fundings(decision: Decision) -> list[Funding | None]:
    assert decision.appraisal is not None
    return [item.funding for item in decision.appraisal.items]


@pytest.mark.parametrize("word", ["现金", "转账", "银行转账", "款到发货", "月结", "T/T", ""])
def test_ways_to_pay_money_are_silent_and_mean_cash(word: str) -> None:
    decision = judged(labelled(line(), words=(word,)))
    assert decision.findings == ()
    assert fundings(decision) == [Funding.CASH]


def test_a_label_stands_for_every_line_without_a_word_of_its_own() -> None:
    lines = (line("羊奶1段", "6"), line("金装1段", "6", row=8))
    decision = judged(labelled(*lines, words=("费用",)))
    assert decision.findings == ()
    assert fundings(decision) == [Funding.EXPENSE, Funding.EXPENSE]


def test_small_tins_of_an_expense_order_are_given_away_all_the_same() -> None:
    lines = (line("羊奶1段", "6"), line("小听1段", "24", row=8, price="0"))
    decision = judged(labelled(*lines, words=("费用",)))
    assert decision.findings == ()
    assert fundings(decision) == [Funding.EXPENSE, Funding.SAMPLE]


def test_rows_that_say_nothing_are_not_made_to_say_something() -> None:
    empty = replace(line(None, "", row=9), unit_price=None, amount=None)
    decision = judged(labelled(line("羊奶1段", "6"), empty, words=("费用",)))
    assert (decision.findings, len(fundings(decision))) == ((), 1)


@pytest.mark.parametrize("word", ["现金+费用", "□现金 □费用", "面议"])
def test_an_unknown_word_is_asked_once(word: str) -> None:
    decision = judged(labelled(line(), line("羊奶1段", row=8), words=(word,)))
    [finding] = decision.findings
    assert (finding.code, finding.variant, finding.at) == ("funding-mismatch", "label", at(0, 1))
    assert fundings(decision) == [None, None]


def test_an_unknown_word_over_lines_that_all_have_their_own_is_silent() -> None:
    lines = (line(funding="现金"), line("羊奶1段", "6", row=8, funding="费用"))
    assert codes(labelled(*lines, words=("现金+费用",))) == set()


def test_a_line_that_contradicts_the_label_is_asked() -> None:
    lines = (line("羊奶1段", "6"), line(row=8, funding="现金"))
    [finding] = judged(labelled(*lines, words=("费用",))).findings
    assert (finding.code, finding.variant, finding.at) == (
        "funding-mismatch",
        "two-words",
        at(8, FUNDING),
    )
    assert (finding.found, finding.expected, finding.asked) == ("现金", "费用", Asked.SENDER)
    assert codes(labelled(line("羊奶1段", "6", funding="费用"), words=("转账",))) == set()


def test_two_labels_that_differ_are_asked() -> None:
    assert codes(labelled(line(), words=("现金", "现金款"))) == set()
    [finding] = judged(labelled(line(), words=("现金", "费用"))).findings
    assert (finding.variant, finding.at) == ("two-words", at(1, 1))


def test_a_table_of_gifts_goes_to_review_with_one_finding() -> None:
    decision = judged(labelled(line(), line("羊奶1段", row=8), words=("赠品",)))
    [finding] = [f for f in decision.findings if f.code == "funding-mismatch"]
    assert (finding.variant, finding.asked) == ("gift", Asked.SALES_ADMIN)
    assert decision.outcome is Outcome.REVIEW


def test_words_of_expense_elsewhere_are_asked_unless_the_label_says_expense_too() -> None:
    hints = (said("石门贝乐费用订单"),)
    for word in ("现金", "转账"):
        [finding] = judged(labelled(line(), words=(word,), hints=hints)).findings
        assert finding.variant == "hint"
    assert codes(labelled(line("羊奶1段", "6"), words=("费用",), hints=hints)) == set()


@pytest.mark.parametrize(
    ("title", "meant"), [("一、现金货", Funding.CASH), ("【费用部分】", Funding.EXPENSE)]
)
def test_the_title_of_a_part_stands_for_its_lines(title: str, meant: Funding) -> None:
    written = Written(title, at(5, 0))
    decision = judged(order(replace(line("羊奶1段", "6"), funding=written)))
    assert decision.findings == ()
    assert fundings(decision) == [meant]


def test_small_tins_are_given_away_under_any_title_and_asked_in_their_own_row() -> None:
    above, own = Written("现金货", at(5, 0)), Written("现金", at(7, FUNDING))
    assert fundings(judged(order(replace(line("小听1段", "24"), funding=above)))) == [
        Funding.SAMPLE
    ]
    assert codes(order(replace(line("小听1段", "24"), funding=own))) == {"funding-mismatch"}


def test_a_title_nobody_agreed_on_is_asked() -> None:
    document = order(replace(line(), funding=Written("返利货", at(5, 0))))
    [finding] = judged(document).findings
    assert (finding.code, finding.variant, finding.at) == ("funding-mismatch", "word", at(5, 0))
