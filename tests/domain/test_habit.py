"""What is usual is told by many orders; one odd order among them changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.habit import FEWEST, LATEST, SETTLED, TIMES, Habit, usual_of

AMOUNTS = st.lists(st.integers(1, 10_000), min_size=FEWEST, max_size=24)


@pytest.mark.parametrize("count", range(FEWEST))
def test_too_few_orders_say_nothing(count: int) -> None:
    assert usual_of([60] * count) is None
    assert Habit(({"A": 60},) * count).usual("A") is None


@given(AMOUNTS)
def test_what_was_ordered_before_is_no_surprise(amounts: list[int]) -> None:
    usual = usual_of(amounts)

    assert usual is not None
    assert usual.limit >= max(amounts)
    assert usual.limit >= TIMES * usual.median
    assert min(amounts) <= usual.median <= usual.most == max(amounts)


@pytest.mark.fault("B12")
def test_a_slip_of_a_zero_stands_out_of_a_steady_habit() -> None:
    usual = usual_of([60, 66, 54, 60, 72, 60])

    assert usual is not None
    assert 72 * 3 < usual.limit < 600


def test_who_orders_now_little_and_now_much_is_not_asked_for_it() -> None:
    usual = usual_of([10, 500, 20, 400, 15, 450, 12, 480])

    assert usual is not None
    assert usual.limit > 1_000


def test_a_product_is_new_only_to_who_orders_the_same_for_long() -> None:
    always = ({"A": 1, "B": 2},)

    assert Habit(always * SETTLED).is_new("C")
    assert not Habit(always * SETTLED).is_new("B")
    assert not Habit(always * (SETTLED - 1)).is_new("C")
    assert not Habit().is_new("C")


@pytest.mark.parametrize("since", range(LATEST))
def test_who_tried_something_new_lately_may_try_more(since: int) -> None:
    orders = [{"A": 1}] * SETTLED
    orders[SETTLED - 1 - since] = {"A": 1, "D": 1}

    assert not Habit(tuple(orders)).is_new("C")
