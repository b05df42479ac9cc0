"""A settled word fills in what the register leaves open, and never what it or the sheet says."""

from __future__ import annotations

import pytest

from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import OrderLine
from mailflow.domain.naming import normalised
from mailflow.domain.settlement import Recalled, Settlement, SettlementKind
from tests.rules import desk
from tests.rules.desk import facts, judged, line, order


def settlement(said: str, means: str, kind: SettlementKind, number: int = 1) -> Settlement:
    return Settlement(
        sender=desk.MANAGER.email,
        kind=kind,
        said=said,
        key=normalised(said),
        means=means,
        reason="x",
        by="wang",
        number=number,
        since=desk.RECEIVED,
    )


def product(said: str, means: str) -> Settlement:
    return settlement(said, means, SettlementKind.PRODUCT)


def shop(said: str, means: str) -> Settlement:
    return settlement(said, means, SettlementKind.DISTRIBUTOR)


def with_word(each: OrderLine, said: str, means: str) -> Decision:
    return judged(order(each), facts(settlements=(product(said, means),)))


def codes(decision: Decision) -> set[str]:
    return {f.code for f in decision.findings}


def skus(decision: Decision) -> list[str | None]:
    assert decision.appraisal is not None
    return [i.product.sku if i.product else None for i in decision.appraisal.items]


def test_an_unknown_word_is_what_was_settled() -> None:
    decision = with_word(line("小罐"), "小罐", desk.GOAT.sku)

    assert (decision.outcome, skus(decision)) == (Outcome.ACCEPTED, [desk.GOAT.sku])
    [used] = [f for f in decision.findings if f.code == "remembered"]
    assert (used.found, used.expected, dict(used.details)["settlement"]) == (
        "小罐",
        desk.GOAT.sku,
        "S1",
    )


def test_of_several_it_chooses_one_that_the_word_may_mean() -> None:
    name = "晨霜金装奶粉1段"
    assert "ambiguous-product" in codes(judged(order(line(name))))

    chosen = with_word(line(name), "晨霜金装奶粉1段", desk.GOLD.sku)
    other = with_word(line(name), "晨霜金装奶粉1段", desk.GOAT.sku)

    assert (chosen.outcome, skus(chosen)) == (Outcome.ACCEPTED, [desk.GOLD.sku])
    assert other.outcome is Outcome.RETURNED
    assert "remembered" not in codes(other)


@pytest.mark.parametrize("name", [desk.GOLD.name, "金装1段", desk.GOLD.sku])
def test_a_name_or_code_of_the_register_goes_before_it(name: str) -> None:
    known = product(name, desk.GOAT.sku)
    plain = judged(order(line(name)))
    decision = judged(order(line(name)), facts(settlements=(known,)))

    assert (decision.outcome, skus(decision)) == (plain.outcome, skus(plain))
    assert "remembered" not in codes(decision)


@pytest.mark.parametrize(
    ("each", "said"),
    [
        (line("小罐", code=desk.GOLD.sku), desk.GOAT.sku),
        (line("小罐", code="NO-1"), desk.GOAT.sku),
        (line("小罐", spec="400g*12"), desk.GOAT.sku),
        (line("小罐"), "GONE-1"),
        (line("小罐罐"), desk.GOAT.sku),
    ],
    ids=["another code", "an unknown code", "another pack", "sold no more", "another word"],
)
def test_where_it_does_not_fit_it_is_asked(each: OrderLine, said: str) -> None:
    assert with_word(each, "小罐", said).outcome is Outcome.RETURNED


def test_it_agrees_with_its_own_code() -> None:
    decision = with_word(line("小罐", code=desk.GOLD.sku), "小罐", desk.GOLD.sku)

    assert (decision.outcome, skus(decision)) == (Outcome.ACCEPTED, [desk.GOLD.sku])


def test_a_word_for_a_distributor_is_no_word_for_a_product() -> None:
    decision = judged(order(line("小罐")), facts(settlements=(shop("小罐", desk.BELLE.code),)))

    assert "unknown-product" in codes(decision)


def test_a_settled_distributor_is_the_orders_own() -> None:
    known = facts(settlements=(shop("华东店", desk.BELLE.code),))
    decision = judged(order(distributor=("华东店",)), known)

    assert decision.outcome is Outcome.ACCEPTED
    assert decision.appraisal is not None
    assert decision.appraisal.customer == desk.BELLE


def test_beside_another_distributors_name_it_is_asked() -> None:
    known = facts(settlements=(shop("华东店", desk.ISLE.code),))
    decision = judged(order(distributor=("华东店", desk.BELLE.name)), known)

    assert decision.outcome is Outcome.RETURNED
    assert "ambiguous-distributor" in codes(decision)


def test_a_known_distributor_is_not_renamed() -> None:
    known = facts(settlements=(shop(desk.BELLE.name, desk.ISLE.code),))
    decision = judged(order(), known)

    assert decision.appraisal is not None
    assert decision.appraisal.customer == desk.BELLE


def test_what_was_read_by_a_settlement_that_is_gone_goes_to_a_person() -> None:
    decision = judged(order(settled=(Recalled(9, "数量"),)))

    assert decision.outcome is Outcome.REVIEW
    [gone] = [f for f in decision.findings if f.code == "remembered"]
    assert gone.variant == "revoked"
