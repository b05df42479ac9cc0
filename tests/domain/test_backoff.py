"""How long a server is left alone after failures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.backoff import Backoff, after_refused_login, after_trouble

chances = st.floats(0.0, 1.0, exclude_max=True)


def test_is_silent_before_anything_failed() -> None:
    assert after_trouble().left(0.0) == 0.0
    assert after_trouble().left(1e9) == 0.0


@pytest.mark.fault("I07")
@given(start=st.floats(0, 1e9), luck=st.lists(chances, min_size=1, max_size=60))
def test_waits_grow_and_stay_within_their_bounds(start: float, luck: list[float]) -> None:
    backoff, before = after_trouble(), 0.0
    for chance in luck:
        backoff = backoff.failed(start, chance)
        wait = backoff.left(start)
        assert 0.99 <= wait <= 300.0 * 1.2 + 0.01
        assert wait >= min(before / 1.21, 300.0) - 0.01
        before = wait


def test_a_success_forgets_all_failures() -> None:
    failed = after_trouble().failed(5.0, 0.5).failed(6.0, 0.5)
    assert failed.rested() == after_trouble()


@pytest.mark.fault("I20")
def test_a_day_of_refused_logins_makes_at_most_thirty_tries() -> None:
    backoff, now, tries = after_refused_login(), 0.0, 0
    while now < 24 * 3600:
        tries += 1
        backoff = backoff.failed(now, 0.0)
        now += backoff.left(now)
    assert tries <= 30


def test_many_failures_overflow_nothing() -> None:
    backoff = Backoff(1.0, 300.0, failures=100_000).failed(0.0, 0.0)
    assert backoff.left(0.0) == 300.0
