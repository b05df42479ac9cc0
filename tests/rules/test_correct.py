"""Proposals are offered where taking all of them makes an order that is certain, and only there."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.decision import Outcome
from mailflow.domain.document import Order, TotalOf
from mailflow.domain.proposal import Proposal
from mailflow.rules.correct import proposal_for, unless_sent_again
from tests.rules.desk import (
    LEXICON,
    RECEIVED,
    TINS,
    earlier,
    facts,
    judged,
    line,
    order,
    said,
    ship_to,
    total,
)


def offered(document: Order) -> Proposal | None:
    return proposal_for(judged(document), facts(), LEXICON, {})


def test_nothing_is_offered_for_what_is_right() -> None:
    assert offered(order(line())) is None


def test_a_wrong_price_is_the_list_price_and_its_sums_are_reckoned_anew() -> None:
    wrong = order(line(price="1.00", amount="60.00"), totals=(total(TotalOf.AMOUNT, "60.00"),))
    found = offered(wrong)
    assert found is not None
    [mended] = found.order.lines
    assert mended.unit_price is not None
    assert mended.unit_price.number == judged(wrong).appraisal.items[0].unit_price  # type: ignore[union-attr] # an order has one
    assert mended.amount is None
    assert found.order.totals == ()
    assert [f.code for f in found.changes] == ["price-mismatch"]


@pytest.mark.parametrize(
    "wrong",
    [
        order(line(amount="1.00")),
        order(line(), totals=(total(TotalOf.TINS, "61"),)),
        order(line(), ship_to=ship_to(phone="13900000000")),
    ],
)
def test_what_the_register_or_arithmetic_says_is_left_to_it(wrong: Order) -> None:
    found = offered(wrong)
    assert found is not None
    assert judged(found.order).outcome is Outcome.ACCEPTED
    assert [q.number for q in found.order.lines[0].quantities] == [Decimal(60)]


@pytest.mark.parametrize(
    "wrong",
    [
        order(line(number="61")),
        order(line(number="约60", price="1.00")),
        order(line(), line("无名产品甲乙丙丁", row=8)),
        order(line(price="1.00"), distributor=("没有这个人",)),
    ],
)
def test_nothing_is_offered_where_one_thing_stays_open(wrong: Order) -> None:
    assert judged(wrong).outcome is Outcome.RETURNED
    assert offered(wrong) is None


def test_what_lies_with_others_stays_with_them() -> None:
    found = offered(order(line(price="1.00"), remarks=(said("作废上一张"),)))
    assert found is None or judged(found.order).outcome is Outcome.REVIEW


@given(st.integers(1, 400), st.decimals("0.01", "999", places=2), st.integers(1, 99_999))
def test_taking_proposals_changes_no_quantity(cases: int, price: Decimal, amount: int) -> None:
    wrong = order(line(number=str(cases * 6), unit=TINS, price=str(price), amount=str(amount)))
    found = offered(wrong)
    if found is not None:
        assert [x.quantities for x in found.order.lines] == [x.quantities for x in wrong.lines]
        assert judged(found.order).outcome is not Outcome.RETURNED


@pytest.mark.parametrize(
    ("state", "hours", "outcome"),
    [
        ("accepted", 1, Outcome.REVIEW),
        ("held", 1, Outcome.REVIEW),
        ("returned", 1, Outcome.ACCEPTED),
        ("closed", 1, Outcome.ACCEPTED),
        ("accepted", 0, Outcome.ACCEPTED),
        ("accepted", -1, Outcome.ACCEPTED),
    ],
)
def test_what_came_since_is_looked_at_by_a_person(state: str, hours: int, outcome: Outcome) -> None:
    since = RECEIVED - timedelta(days=1)
    known = facts(earlier=(earlier(state=state, received=since + timedelta(hours=hours)),))
    assert unless_sent_again(judged(order(), known), known, since).outcome is outcome
