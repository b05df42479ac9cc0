"""Checks of what is ordered: unknown, ambiguous, inactive products; code, name and pack."""

from __future__ import annotations

import pytest

from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked
from tests.rules.desk import (
    CODE,
    GOLD,
    NAME,
    SPEC,
    at,
    codes,
    facts,
    findings,
    judged,
    line,
    order,
)


def test_an_order_of_known_products_is_accepted_without_a_word() -> None:
    decision = judged(order(line("金装1段", "60"), line(None, "12", code="MS-Y1-800", row=8)))
    assert decision.findings == ()
    assert decision.outcome is Outcome.ACCEPTED


def test_an_unknown_product_is_returned_with_a_proposal_that_books_nothing() -> None:
    decision = judged(order(line("晨霜金装奶粉3段900g", "60")))
    [finding] = decision.findings
    assert (finding.code, finding.at) == ("unknown-product", at(7, NAME))
    assert finding.found == "晨霜金装奶粉3段900g"
    assert finding.proposal == GOLD.name
    assert decision.appraisal is not None
    assert decision.appraisal.items[0].product is None
    assert decision.outcome is Outcome.RETURNED


def test_a_far_name_has_no_proposal() -> None:
    [finding] = findings("unknown-product", order(line("矿泉水", "60")))
    assert finding.proposal == ""


def test_a_quantity_without_a_product_is_asked() -> None:
    [finding] = findings("unknown-product", order(line(None, "60")))
    assert finding.variant == "nameless"


def test_a_pack_against_an_alias_is_ambiguous() -> None:
    [finding] = findings("ambiguous-product", order(line("金装1段", "60", spec="400g*12听/箱")))
    assert finding.at == at(7, NAME)
    assert "400g" in finding.expected
    assert "900g" in finding.expected
    assert codes(order(line("金装1段", "60", spec="400g*12听/箱"))) == {"ambiguous-product"}


def test_an_inactive_product_is_returned() -> None:
    [finding] = findings("inactive-product", order(line("学生奶粉", "60")))
    assert finding.asked is Asked.SENDER
    assert finding.at == at(7, NAME)


def test_code_and_name_that_agree_are_silent() -> None:
    for name in ("金装1段", GOLD.name, "金装奶粉1段", "奶粉900g"):
        assert codes(order(line(name, "60", code="MS-G1-900"))) == set()


def test_code_and_name_of_two_products_are_asked() -> None:
    decision = judged(order(line("金装2段", "60", code="MS-G1-900")))
    [finding] = decision.findings
    assert finding.code == "code-name-mismatch"
    assert finding.at == at(7, CODE)
    assert "MS-G1-900" in finding.proposal
    assert "MS-G2-900" in finding.proposal
    assert decision.appraisal is not None
    assert decision.appraisal.items[0].product is None


@pytest.mark.parametrize(("code", "name"), [("XX-1", "金装1段"), ("MS-G1-900", "深海鱼油")])
def test_a_half_that_is_nobodys_is_asked(code: str, name: str) -> None:
    assert codes(order(line(name, "60", code=code))) == {"code-name-mismatch"}


def test_a_strange_code_beside_a_name_of_two_leaves_both_questions() -> None:
    document = order(line("晨霜金装奶粉1段", "60", code="XX-1"))
    assert codes(document) == {"code-name-mismatch", "ambiguous-product"}


def test_a_code_against_a_pack_is_asked() -> None:
    [finding] = findings("code-name-mismatch", order(line(None, "5", code="MS-G1-900", spec="12")))
    assert finding.variant == "code-and-pack"


def test_a_pack_that_is_nobodys_points_at_the_pack() -> None:
    document = order(line("羊奶1段", "60", spec="800g*12"))
    [finding] = findings("code-name-mismatch", document)
    assert (finding.variant, finding.at) == ("pack", at(7, SPEC))
    assert finding.expected == "800g*6听/箱"
    assert judged(document).outcome is Outcome.RETURNED


def test_a_weight_in_the_name_that_is_nobodys_is_asked() -> None:
    assert codes(order(line("羊奶1段400g", "60"))) == {"code-name-mismatch"}


def test_the_same_facts_give_the_same_decision_twice() -> None:
    document = order(line("金装3段"), line("金装1段", "13", row=8))
    assert judged(document, facts()) == judged(document, facts())
