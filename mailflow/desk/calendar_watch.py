"""The working calendar is watched: a year that nobody has announced yet is told in time (T05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from mailflow.domain.matter import MachineTrouble, Matter, MatterKind
from mailflow.domain.workdays import Workdays

DECEMBER = 12
"""The days of a year are announced in November of the one before."""


def missing_year(day: date, workdays: Workdays) -> int | None:
    """The year whose days ought to be known on a day and are not."""
    years = (day.year, day.year + 1) if day.month == DECEMBER else (day.year,)
    return next((year for year in years if not workdays.is_known(year)), None)


def calendar_matters(day: date, workdays: Workdays) -> Iterator[Matter]:
    """A line of everybody's digest, each day until it is mended."""
    year = missing_year(day, workdays)
    if year is None:
        return
    since = date(year - 1, DECEMBER, 1)
    yield Matter(
        kind=MatterKind.MACHINE,
        reference=f"calendars/cn-{year}.yaml",
        reason=MachineTrouble.CALENDAR_MISSING.value,
        since=datetime.combine(since, time(), tzinfo=workdays.zone).astimezone(UTC),
    )
