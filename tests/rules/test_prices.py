"""The list price of an order: of its day, for its distributor, the most special first (S9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailflow.domain.decision import Outcome
from mailflow.domain.facts import Facts
from mailflow.domain.master import BadRows, prices_of
from mailflow.domain.prices import with_listed
from tests.rules import desk
from tests.rules.desk import GOLD, codes, facts, judged, line, order


def at_prices(*rows: dict[str, str]) -> Facts:
    products = with_listed(desk.REGISTER.products, prices_of(rows))
    return facts(register=replace(desk.REGISTER, products=products))


def price(amount: str, since: str = "2026-11-05", **more: str) -> dict[str, str]:
    return {"sku": GOLD.sku.lower(), "price": amount, "since": since, "list": "PL-7", **more}


@pytest.mark.parametrize(
    "rows",
    [
        [price("150", "2026-11-09")],  # received on the 9th, ordered before
        [price("150", region="岭南")],
        [price("150", distributor="LN2001")],
        [price("150", "2026-11-01", until="2026-11-04")],
        [price("150", "2026-11-06"), price("168", "2026-11-07")],
    ],
)
def test_a_price_of_another_day_or_of_others_says_nothing(rows: list[dict[str, str]]) -> None:
    stated = order(line("金装1段", "60", price="168"), day=date(2026, 11, 8))
    assert codes(stated, at_prices(*rows)) == set()


def test_the_most_special_price_of_the_day_holds_and_is_named() -> None:
    rows = [
        price("150", distributor=desk.BELLE.code.lower()),
        price("160", "2026-11-06", region=desk.BELLE.region),
        price("165", "2026-11-07"),
    ]
    for count, expected in ((3, "150"), (2, "160"), (1, "165")):
        stated = order(line("金装1段", "60", price="168"), day=date(2026, 11, 8))
        [finding] = judged(stated, at_prices(*rows[-count:])).findings
        assert (finding.code, finding.expected) == ("price-mismatch", f"{expected}.00")
        told = dict(finding.details)
        assert told["list"] == "PL-7"
        assert told["since"] == rows[-count]["since"]
        right = order(line("金装1段", "60", price=expected), day=date(2026, 11, 8))
        assert codes(right, at_prices(*rows[-count:])) == set()


def test_money_without_a_unit_is_told_by_the_price_of_that_distributor() -> None:
    bare = order(line("金装1段", "10", None, price="150", amount="9000"))
    known = at_prices(price("150", distributor=desk.BELLE.code))
    assert judged(bare, known).outcome is Outcome.ACCEPTED
    assert judged(bare).outcome is Outcome.RETURNED


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"since": ""}, "since"),
        ({"since": "明天"}, "since"),
        ({"price": "便宜"}, "price"),
        ({"until": "2026-11-01"}, "until"),
        ({"region": "冀北", "distributor": "HB1001"}, "region"),
        ({"sku": ""}, "sku"),
    ],
)
def test_a_row_of_a_price_list_that_cannot_hold_is_named(
    changed: dict[str, str], column: str
) -> None:
    with pytest.raises(BadRows) as refused:
        prices_of([{**price("150"), **changed}])
    assert {bad.column for bad in refused.value.bad} == {column}


def test_one_day_has_one_price_of_a_product_for_the_same_people() -> None:
    with pytest.raises(BadRows):
        prices_of([price("150"), price("151")])
    assert len(prices_of([price("150"), price("151", region="冀北")])) == 2
