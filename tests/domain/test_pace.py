"""How many messages may leave now: never more than the provider allows, and fewer after its "too many"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailflow.domain.pace import (
    DAY,
    FREELY,
    HOUR,
    MINUTE,
    REMEMBERED,
    Allowed,
    Rate,
    allowed,
    slowed_again,
)
from tests.outbox.messages import NOON

SECOND = timedelta(seconds=1)
TEN = Rate(10, MINUTE)
MANY = Rate(200, DAY)


def test_without_limits_and_complaints_anything_may_leave() -> None:
    assert allowed((), [NOON] * 9999, None, NOON) == FREELY


def test_what_left_before_the_window_counts_no_more() -> None:
    departed = [NOON - MINUTE] * 10
    assert allowed((TEN,), departed, None, NOON).most == 10
    assert allowed((TEN,), departed, None, NOON - SECOND).most == 0


def test_the_narrowest_limit_says_how_many() -> None:
    departed = [NOON - HOUR] * 195 + [NOON - SECOND] * 2
    assert allowed((TEN, MANY), departed, None, NOON) == Allowed(3, limit=MANY)


def test_a_limit_that_is_reached_says_when_the_next_one_may_leave() -> None:
    departed = [NOON - 50 * SECOND, *[NOON - 10 * SECOND] * 9]
    reached = allowed((TEN,), departed, None, NOON)
    assert (reached.most, reached.until, reached.limit) == (0, NOON + 10 * SECOND, TEN)
    assert allowed((TEN,), departed, None, NOON + 10 * SECOND).most == 1


def test_of_two_that_are_reached_the_later_one_holds() -> None:
    departed = [NOON - HOUR] * 190 + [NOON - SECOND] * 10
    reached = allowed((TEN, MANY), departed, None, NOON)
    assert (reached.until, reached.limit) == (NOON + DAY - HOUR, MANY)


@pytest.mark.fault("S07")
def test_after_a_too_many_nothing_is_tried_for_longer_each_time() -> None:
    slowed, pauses = None, []
    now = NOON
    for _ in range(5):
        slowed = slowed_again(slowed, timedelta(), "too many", now)
        pauses.append(slowed.until - now)
        assert allowed((), (), slowed, slowed.until - SECOND).most == 0
        now = slowed.until
    assert pauses == [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, HOUR]


def test_a_pause_that_the_provider_names_is_kept_to_and_none_is_believed_beyond_a_day() -> None:
    assert slowed_again(None, 5 * HOUR, "", NOON).until == NOON + 5 * HOUR
    assert slowed_again(None, 500 * DAY, "", NOON).until == NOON + DAY


def test_after_the_pause_half_as_many_leave_a_minute_until_it_is_long_ago() -> None:
    once = slowed_again(None, timedelta(), "too many", NOON)
    later = NOON + 2 * MINUTE
    assert allowed((TEN,), (), once, later).most == 5
    assert allowed((), (), once, later).most == 30
    assert allowed((TEN,), [later] * 5, once, later).most == 0
    often = once
    for minutes in range(10):
        often = slowed_again(often, timedelta(), "too many", NOON + minutes * MINUTE)
    assert allowed((TEN,), (), often, often.until).most == 1, "never none at all"
    assert allowed((TEN,), (), once, NOON + REMEMBERED).most == 10
