"""What a row of call-back results counts, and which rows nobody can count."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.call_backs import CallBackRow, Outcome, Use
from mailflow.domain.called import CallSums
from mailflow.domain.report import Count
from mailflow.rules.call_tins import Unclear, counted, is_empty


def units(number: int | str) -> Count:
    return Count(units=Decimal(number))


def row(**said: Any) -> CallBackRow:
    return CallBackRow(row=4, consumer="王某", **said)


def store(**said: Any) -> CallBackRow:
    return CallBackRow(row=4, store="阳光店", **said)


def test_a_row_that_nobody_filled_in_is_empty_also_where_it_says_what_was_sent() -> None:
    assert is_empty(row())
    assert is_empty(row(given=units(2)))
    assert not is_empty(row(result="接通"))
    assert not is_empty(row(used_up=units(0)))


@pytest.mark.parametrize(
    ("said", "sums"),
    [
        ({"outcome": Outcome.NO_ANSWER}, (1, 0, 0, 0, 0, 0)),
        ({"outcome": Outcome.NO_ANSWER, "given": units(2)}, (1, 0, 2, 0, 0, 0)),
        ({"outcome": Outcome.NO_ANSWER, "use": Use.UNUSED}, (1, 0, 0, 0, 0, 0)),
        ({"outcome": Outcome.REACHED}, (1, 1, 0, 0, 0, 0)),
        ({"outcome": Outcome.REACHED, "use": Use.USED}, (1, 1, 1, 1, 1, 0)),
        ({"use": Use.PARTLY}, (1, 1, 1, 1, 1, 0)),
        ({"use": Use.UNUSED}, (1, 1, 1, 1, 0, 1)),
        ({"use": Use.UNUSED, "given": units(2)}, (1, 1, 2, 2, 0, 2)),
        ({"use": Use.USED, "given": units(3)}, (1, 1, 3, 3, 3, 0)),
        ({"use": Use.USED, "given": units(3), "wasted": units(1)}, (1, 1, 3, 3, 2, 1)),
        ({"given": units(3), "used_up": units(1)}, (1, 1, 3, 3, 1, 0)),
    ],
)
def test_a_row_of_one_consumer(said: dict[str, Any], sums: tuple[int, ...]) -> None:
    names = ("calls", "reached", "sent", "heard", "used", "wasted")
    assert counted(row(**said), None) == CallSums(**dict(zip(names, sums, strict=True)))


@pytest.mark.parametrize(
    ("said", "sums"),
    [
        ({"calls": units(9), "reached": units(7)}, (9, 7, 0, 0, 0, 0)),
        (
            {"given": units(20), "used_up": units(12), "wasted": units(3)},
            (0, 0, 20, 20, 12, 3),
        ),
    ],
)
def test_a_row_that_sums_up_a_store(said: dict[str, Any], sums: tuple[int, ...]) -> None:
    names = ("calls", "reached", "sent", "heard", "used", "wasted")
    assert counted(store(**said), None) == CallSums(**dict(zip(names, sums, strict=True)))


@pytest.mark.parametrize(
    ("said", "variant"),
    [
        ({"result": "说了很多"}, "result"),
        ({"outcome": Outcome.REACHED, "used": "大概吧"}, "used"),
        ({"outcome": Outcome.WRONG_NUMBER, "use": Use.USED}, "unheard"),
        ({"outcome": Outcome.NO_ANSWER, "used_up": units(1)}, "unheard"),
        ({"use": Use.PARTLY, "given": units(3)}, "used-count"),
        ({"use": Use.UNUSED, "used_up": units(1)}, "contradiction"),
        ({"use": Use.USED, "used_up": units(0)}, "contradiction"),
        ({"use": Use.USED, "given": units(0)}, "contradiction"),
        ({"given": units(2), "used_up": units(2), "wasted": units(1)}, "more"),
        ({"used_up": units("1.5")}, "figure"),
        ({"used_up": units(-1)}, "figure"),
        ({"given": Count(cases=Decimal(1)), "use": Use.USED}, "figure"),
        ({"use": Use.USED, "calls": units(3)}, "mixed"),
    ],
)
def test_a_row_of_one_that_nobody_can_count_is_asked_about(
    said: dict[str, Any], variant: str
) -> None:
    found = counted(row(**said), None)
    assert isinstance(found, Unclear)
    assert found.variant == variant


@pytest.mark.parametrize(
    ("said", "variant"),
    [
        ({"calls": units(3), "reached": units(4)}, "reached"),
        ({"used_up": units(3)}, "given"),
        ({"given": units(3), "wasted": units(1)}, "used-count"),
        ({"given": units(3), "used": "用了"}, "used-count"),
        ({"given": units(3), "used_up": units(3), "wasted": units(1)}, "more"),
    ],
)
def test_a_sum_of_a_store_that_nobody_can_count_is_asked_about(
    said: dict[str, Any], variant: str
) -> None:
    found = counted(store(**said), None)
    assert isinstance(found, Unclear)
    assert found.variant == variant


FIGURE = st.none() | st.integers(-1, 4).map(units)


@settings(deadline=None)
@given(
    st.booleans(),
    st.sampled_from([None, *Outcome]),
    st.sampled_from([None, *Use]),
    st.tuples(FIGURE, FIGURE, FIGURE, FIGURE, FIGURE),
)
def test_whatever_stands_there_tins_used_and_wasted_are_never_more_than_were_sent(
    is_one: bool,
    outcome: Outcome | None,
    use: Use | None,
    figures: tuple[Count | None, ...],
) -> None:
    names = ("given", "used_up", "wasted", "calls", "reached")
    said = dict(zip(names, figures, strict=True))
    make = row if is_one else store
    found = counted(make(outcome=outcome, use=use, **said), None)
    if isinstance(found, CallSums):
        assert 0 <= found.used + found.wasted <= found.heard <= found.sent
        assert 0 <= found.reached <= found.calls
        assert min(found.used, found.wasted) >= 0
