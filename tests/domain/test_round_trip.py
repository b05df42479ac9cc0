"""When a mail goes around, what it is known by, and since when none has come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.round_trip import SIGN_LENGTH, RoundTrip, away_since, period_of, sign_of

NOW = datetime(2026, 11, 10, 10, 17, tzinfo=UTC)
EIGHT = timedelta(hours=8)


def trips(*back: bool) -> list[RoundTrip]:
    """The latest first, a time of eight hours apart."""
    return [RoundTrip(NOW - number * EIGHT, each) for number, each in enumerate(back)]


@pytest.mark.parametrize("back", [(), (True,), (True, False, False)])
def test_nothing_is_away_where_none_left_or_the_latest_is_back(back: tuple[bool, ...]) -> None:
    assert away_since(trips(*back)) is None


@pytest.mark.parametrize(
    ("back", "since"),
    [((False,), 0), ((False, True), 0), ((False, False), 1), ((False, False, True, False), 1)],
)
def test_what_is_away_is_so_since_the_first_that_was_lost(
    back: tuple[bool, ...], since: int
) -> None:
    assert away_since(trips(*back)) == NOW - since * EIGHT


def test_one_goes_in_each_time_of_that_length() -> None:
    assert period_of(NOW, EIGHT) == "2026-11-10T08:00Z"
    assert period_of(NOW + timedelta(hours=5), EIGHT) == "2026-11-10T08:00Z"
    assert period_of(NOW + timedelta(hours=6), EIGHT) == "2026-11-10T16:00Z"
    assert period_of(NOW, timedelta(hours=1)) == "2026-11-10T10:00Z"


def test_each_has_letters_of_its_own() -> None:
    signs = {sign_of(i, p) for i in ("mailflow", "other") for p in ("2026-11-10T08:00Z", "")}
    assert len(signs) == 4
    assert all(sign.isalpha() and sign.islower() and len(sign) == SIGN_LENGTH for sign in signs)
