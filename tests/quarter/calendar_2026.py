"""The working days of 2026 in China as they were announced, written down once more for the tests."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


def _days(month: int, first: int, last: int) -> set[date]:
    return {date(2026, month, day) for day in range(first, last + 1)}


REST = (
    _days(1, 1, 3)
    | _days(2, 15, 23)
    | _days(4, 4, 6)
    | _days(5, 1, 5)
    | _days(6, 19, 21)
    | _days(9, 25, 27)
    | _days(10, 1, 7)
)
WORKED = {
    date(2026, month, day) for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
}
"""Weekends that are worked instead (调休)."""


def is_worked(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in REST)


def next_worked(day: date) -> date:
    """The day itself where it is worked."""
    while not is_worked(day):
        day += DAY
    return day


def worked_after(day: date, count: int) -> date:
    for _ in range(count):
        day = next_worked(day + DAY)
    return day


def waited(since: datetime, count: int) -> datetime:
    """When so many working days have gone by for somebody who works from 9 to 18."""
    day, hour = since.date(), since.time()
    if not is_worked(day) or hour > time(18):
        day, hour = worked_after(day, 1), time(9)
    return datetime.combine(worked_after(day, count), max(hour, time(9)), tzinfo=ZONE)
