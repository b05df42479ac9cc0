"""Working days as people count them, make-up days and nights included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.workdays import WORK_BEGINS, WORK_ENDS, Workdays, YearDays, plain_year

SHANGHAI = ZoneInfo("Asia/Shanghai")
AUTUMN = YearDays(
    off=frozenset(date(2026, 10, day) for day in range(1, 8)),
    worked=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    is_known=True,
)
CALENDAR = Workdays(lambda year: AUTUMN if year == 2026 else YearDays(), SHANGHAI)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 30), timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_nothing_special_is_monday_to_friday() -> None:
    week = [
        Workdays(plain_year, SHANGHAI).is_worked(date(2026, 11, 9) + timedelta(days=n))
        for n in range(7)
    ]
    assert week == [True] * 5 + [False] * 2


@pytest.mark.fault("T05")
def test_holidays_rest_and_make_up_days_work() -> None:
    assert not CALENDAR.is_worked(date(2026, 10, 5))
    assert CALENDAR.is_worked(date(2026, 10, 10))
    assert not CALENDAR.is_worked(date(2026, 10, 11))
    assert CALENDAR.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.after(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert CALENDAR.on_or_after(date(2026, 10, 1)) == date(2026, 10, 8)
    assert not CALENDAR.is_known(2027)


def test_what_comes_by_day_is_due_at_its_own_hour() -> None:
    assert CALENDAR.due(at("2026-11-10T15:30"), 1) == at("2026-11-11T15:30")
    assert CALENDAR.due(at("2026-11-13T15:30"), 1) == at("2026-11-16T15:30")


def test_evening_night_and_rest_count_from_the_next_working_morning() -> None:
    assert CALENDAR.due(at("2026-11-10T23:50"), 1) == at("2026-11-12T09:00")
    assert CALENDAR.due(at("2026-11-10T03:00"), 1) == at("2026-11-11T09:00")
    assert CALENDAR.due(at("2026-11-14T12:00"), 1) == at("2026-11-17T09:00")
    assert CALENDAR.due(at("2026-09-30T18:01"), 2) == at("2026-10-10T09:00")


@given(day=days, count=st.integers(0, 30))
def test_as_many_working_days_lie_between_as_were_counted(day: date, count: int) -> None:
    end = CALENDAR.after(day, count)
    between = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert sum(map(CALENDAR.is_worked, between)) == count
    assert count == 0 or CALENDAR.is_worked(end)


@given(since=instants, count=st.integers(1, 10), later=st.integers(0, 5_000))
def test_due_is_in_working_hours_and_never_before_what_was_due_earlier(
    since: datetime, count: int, later: int
) -> None:
    due = CALENDAR.due(since, count)
    local = due.astimezone(SHANGHAI)
    assert due > since
    assert CALENDAR.is_worked(local.date())
    assert WORK_BEGINS <= local.time() <= WORK_ENDS
    assert due < CALENDAR.due(since, count + 1)
    assert due <= CALENDAR.due(since + timedelta(minutes=later), count)
