"""Proposals are offered where taking all of them makes an order that is certain, and only there."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.answer import Word
from mailflow.domain.appraisal import Funding
from mailflow.domain.confirmed import Confirmed
from mailflow.domain.decision import Outcome
from mailflow.domain.document import Order, TotalOf
from mailflow.domain.finding import Asked
from mailflow.domain.order import BookedLine
from mailflow.domain.proposal import Proposal
from mailflow.domain.register import ShipTo
from mailflow.rules.check import Weight, all_checks
from mailflow.rules.correct import confirmed_by, proposal_for, unless_sent_again
from mailflow.rules.loose_reason import says_more
from mailflow.rules.ship_to import as_stated
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
        order(line(number="约60", price="1.00")),
        order(line(number="61"), line("羊奶1段", "约60", row=8)),
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


@pytest.mark.parametrize(
    ("wrong", "words", "changed"),
    [
        (order(line(price="1.00")), (Word.ACCEPT,), 1),
        (order(line(number="61")), (Word.LOOSE,), 0),
        (order(line(number="61", price="1.00")), (Word.LOOSE,), 1),
        (order(ship_to=ship_to(address="别处")), (Word.ACCEPT, Word.NEW_ADDRESS), 1),
        (order(line(number="61"), ship_to=ship_to(address="别处")), (Word.LOOSE,), 1),
    ],
)
def test_what_he_may_say_is_what_makes_an_order_that_is_certain(
    wrong: Order, words: tuple[Word, ...], changed: int
) -> None:
    found = offered(wrong)
    assert found is not None
    assert found.words == words
    assert len(found.changes) == changed
    for word in words:
        told = facts(confirmed=confirmed_by(word, "门店急用"))
        decision = judged(found.after(word)[0], told)
        asked = Outcome.ACCEPTED if word is Word.ACCEPT else Outcome.REVIEW
        assert decision.outcome is asked, word
        if word is not Word.ACCEPT:
            assert decision.asked == (Asked.SALES_ADMIN,)


def test_what_he_stands_by_is_never_booked_unasked_whatever_a_house_has_softened() -> None:
    off = {check.code: Weight(off=True) for check in all_checks()}
    for confirmed in (Confirmed(loose_because="急用"), Confirmed(ship_to=True)):
        assert judged(order(), facts(confirmed=confirmed), off).outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("stated", "goes_to"),
    [
        ({}, ("王芳", "1", "甲路1号", "乙路2号")),
        ({"phone": "1"}, ("王芳", "1", "甲路1号", "乙路2号")),
        ({"phone": "2"}, ("王芳", "2", "甲路1号", "乙路2号")),
        # The registered actual address belonged to the old one.
        ({"address": "丙路 3号\n"}, ("王芳", "1", "丙路 3号", "")),
        (
            {"address": "丙路3号", "delivery_address": "乙路2号"},
            ("王芳", "1", "丙路3号", "乙路2号"),
        ),
        ({"address": "丙路3号", "delivery_address": "同上"}, ("王芳", "1", "丙路3号", "")),
        ({"delivery_address": "丁路4号"}, ("王芳", "1", "甲路1号", "丁路4号")),
        (
            {"consignee": "李明", "address": "甲路1号（实到地址：乙路2号）"},
            ("李明", "1", "甲路1号", "乙路2号"),
        ),
    ],
)
def test_a_new_ship_to_is_the_registered_one_with_what_the_sheet_says_otherwise(
    stated: dict[str, str], goes_to: tuple[str, ...]
) -> None:
    registered = ShipTo("王芳", "1", "甲路1号", "乙路2号")
    found = as_stated(ship_to(**stated), registered)
    assert (found.consignee, found.phone, found.address, found.delivery_address) == goes_to


LINES = (
    BookedLine("A8", "S", "某品", "", 6, 63, Decimal(1), Decimal(63), Funding.CASH),
    BookedLine("A9", "T", "某品", "", 6, 12, Decimal(1), Decimal(12), Funding.CASH),
)


@pytest.mark.parametrize(
    ("reason", "more"),
    [
        ("门店活动急用", False),
        ("客户只差3听", False),
        ("a promotion in the stores, needed at once", False),
        ("新店开业，整箱卖不完", False),
        ("另加10箱", True),
        ("客户只要5听", True),
        ("2段改为整箱", True),
        ("可以吗", True),
        ("但2段不要了", True),
        ("请发往临江路12号", True),
        ("其他取消", True),
        ("more than enough?", True),
    ],
)
def test_a_reason_is_a_reason_and_nothing_else(reason: str, more: bool) -> None:
    assert says_more(reason, LINES) is more


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
