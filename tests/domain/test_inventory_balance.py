"""What is left of a month adds up, or is named with what should be left."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from mailflow.domain.inventory import InventoryRow
from mailflow.domain.inventory_balance import Imbalance, imbalance
from mailflow.domain.report import Count

PACK = 6


def cases(number: int, loose: int = 0) -> Count:
    return Count(cases=Decimal(number), loose=loose)


def tins(number: int) -> Count:
    return Count(tins=Decimal(number))


def both(number: int, rest: int) -> Count:
    return Count(cases=Decimal(number), tins=Decimal(rest))


def row(*counts: Count | None, other: Count | None = None) -> InventoryRow:
    opening, received, sold, closing = counts
    return InventoryRow(
        row=0, opening=opening, received=received, sold=sold, closing=closing, other_moves=other
    )


@pytest.mark.parametrize("pack", [PACK, None])
@pytest.mark.parametrize("seed", range(200))
def test_a_month_that_adds_up_is_let_be_and_any_other_is_named(seed: int, pack: int | None) -> None:
    draw = random.Random(seed)
    unit = draw.choice(("cases", "tins", "units"))
    numbers = [draw.randint(0, 500) for _ in range(4)]
    opening, received, moved, wrong = numbers[0], numbers[1], numbers[2], draw.randint(1, 50)
    sold = draw.randint(0, opening + received + moved)
    left = opening + received + moved - sold

    def count(number: int) -> Count:
        return Count(**{unit: Decimal(number)})

    right = replace(
        row(count(opening), count(received), count(sold), count(left)), moved_in=count(moved)
    )
    assert imbalance(right, pack) is None
    found = imbalance(replace(right, closing=count(left + wrong)), pack)
    assert found == Imbalance((count(left),))


@pytest.mark.parametrize("seed", range(200))
def test_cases_and_the_rest_in_tins_add_up_over_the_case(seed: int) -> None:
    draw = random.Random(seed)

    def written(amount: int) -> Count:
        whole, rest = divmod(amount, PACK)
        return draw.choice((both(whole, rest), cases(whole, rest), tins(amount)))

    opening, received = draw.randint(0, 300), draw.randint(0, 300)
    sold = draw.randint(0, opening + received)
    left = opening + received - sold
    right = row(written(opening), written(received), written(sold), written(left))
    assert imbalance(right, PACK) is None
    off = left + draw.randint(1, 5)
    assert imbalance(replace(right, closing=written(off)), PACK) is not None


def test_the_same_amount_in_cases_and_in_tins_is_one_amount() -> None:
    assert imbalance(row(both(10, 60), both(5, 30), both(3, 18), both(12, 72)), PACK) is None
    assert imbalance(row(both(10, 60), both(5, 30), both(3, 18), both(11, 66)), PACK) is not None


def test_cells_that_say_nothing_count_as_zero() -> None:
    assert imbalance(row(tins(5), None, None, tins(5)), None) is None
    assert imbalance(row(tins(5), None, None, tins(4)), None) == Imbalance((tins(5),))
    assert imbalance(row(None, None, None, tins(0)), None) is None


def test_what_says_nothing_of_what_is_left_is_let_be() -> None:
    assert imbalance(row(tins(5), tins(1), tins(2), None), PACK) is None


def test_what_came_back_may_be_added_or_taken_away() -> None:
    for left in (8, 12):
        assert imbalance(row(tins(10), tins(3), tins(3), tins(left), other=tins(2)), None) is None
    found = imbalance(row(tins(10), tins(3), tins(3), tins(10), other=tins(2)), None)
    assert found == Imbalance((tins(8), tins(12)))


def test_cases_less_tins_of_a_pack_nobody_knows_cannot_be_told() -> None:
    mixed = row(cases(2), None, tins(1), cases(1, 5))
    assert imbalance(mixed, None) == Imbalance(())
    assert imbalance(mixed, PACK) is None
    assert imbalance(mixed, 12) == Imbalance((cases(1, 11),))


def test_cases_and_tins_that_contradict_each_other_are_no_amount() -> None:
    assert imbalance(row(both(10, 70), None, None, both(10, 60)), PACK) == Imbalance(())


def test_what_should_be_left_is_said_in_the_units_of_the_cell() -> None:
    assert imbalance(row(tins(60), None, tins(12), cases(7)), PACK) == Imbalance((cases(8),))
    assert imbalance(row(tins(60), None, tins(70), cases(7)), PACK) == Imbalance((tins(-10),))


def test_figures_no_store_can_hold_are_not_calculated_with() -> None:
    endless = Count(cases=Decimal("1e300"))
    assert imbalance(row(endless, None, None, endless), PACK) == Imbalance(())
