"""Periods: each day lies in exactly one of a grain, and borders are those of the business zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.period import Grain, NoPeriod, Period, period_in, period_of

DAYS = st.dates(date(2001, 1, 1), date(2198, 12, 31))
GRAINS = st.sampled_from(Grain)
ONE, TICK = timedelta(days=1), timedelta(microseconds=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text", ["", "11", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "26-11", "1999", "2026-11-01", "二〇二六"]
)  # fmt: skip
def test_what_names_no_period_is_none(text: str) -> None:
    with pytest.raises(NoPeriod, match="2026-Q4"):
        period_in(text)


@given(GRAINS, DAYS)
def test_a_day_lies_in_its_period_and_in_no_neighbour(grain: Grain, day: date) -> None:
    period = period_of(grain, day)
    assert period.has(day)
    assert not period.before.has(day)
    assert not period.moved(1).has(day)
    assert not period.year_before.has(day)


@given(GRAINS, DAYS)
def test_periods_follow_one_another_without_a_gap(grain: Grain, day: date) -> None:
    period = period_of(grain, day)
    assert period.before.after == period.first
    assert period_of(grain, period.after - ONE) == period
    assert period.moved(1).before == period


@given(GRAINS, DAYS)
def test_what_is_written_is_read_back(grain: Grain, day: date) -> None:
    period = period_of(grain, day)
    assert period_in(str(period)) == period
    assert period_in(f" {str(period).lower()} ") == period


@given(GRAINS, DAYS)
def test_a_year_before_is_as_many_periods_back_as_a_year_has(grain: Grain, day: date) -> None:
    period = period_of(grain, day)
    assert period.year_before == period.moved(-(12 // grain.months))
    assert period.year_before.first.month == period.first.month


@given(GRAINS, DAYS)
def test_its_months_are_all_that_lie_in_it(grain: Grain, day: date) -> None:
    period = period_of(grain, day)
    months = period.months()
    assert len(months) == grain.months
    assert months[0] == period.first
    assert period_of(Grain.MONTH, months[-1]).after == period.after
    assert day.replace(day=1) in months


def test_a_february_has_the_days_its_year_gives_it() -> None:
    assert period_in("2028-02").after - ONE == date(2028, 2, 29)
    assert period_in("2026-02").after - ONE == date(2026, 2, 28)
    assert period_in("2027-02").year_before.after - ONE == date(2026, 2, 28)


def test_a_quarter_begins_and_ends_where_people_say() -> None:
    assert period_in("2026-Q4").first == date(2026, 10, 1)
    assert period_in("2026-Q4").after == date(2027, 1, 1)
    assert period_in("2026-Q1").before == Period(Grain.QUARTER, 2025, 4)


@given(
    GRAINS,
    DAYS,
    st.sampled_from(("Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York")),
)
def test_instants_belong_to_one_period_in_any_zone(grain: Grain, day: date, name: str) -> None:
    zone = ZoneInfo(name)
    period = period_of(grain, day)
    since, until = period.bounds(zone)
    assert period.before.bounds(zone)[1] == since
    assert period.moved(1).bounds(zone)[0] == until
    for instant, is_in in (
        (since, True),
        (since - TICK, False),
        (until - TICK, True),
        (until, False),
    ):
        assert period.has(instant.astimezone(zone).date()) is is_in


def test_a_day_of_the_business_zone_ends_when_it_ends_there() -> None:
    since, until = period_in("2026-11").bounds(SHANGHAI)
    assert since == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert until == datetime(2026, 11, 30, 16, tzinfo=UTC)
