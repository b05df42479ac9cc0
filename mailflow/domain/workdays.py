"""Working days are counted by a calendar that is given; hours of rest count for nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailflow.domain.value import dataclass

DAY = timedelta(days=1)
SATURDAY = 5
WORK_BEGINS, WORK_ENDS = time(9), time(18)
"""Between these hours a person can be expected to read a mail."""


@dataclass(frozen=True, slots=True)
class YearDays:
    """What sets a year's days apart from Monday to Friday: `off` are days of rest on weekdays too,
    `worked` the make-up days on weekends (调休). `is_known` is False where nobody has told yet."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    is_known: bool = False


def plain_year(_year: int) -> YearDays:
    """Monday to Friday, for who needs no better calendar."""
    return YearDays()


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working calendar of one place. In a year that is not known Monday to Friday are worked
    (reliability T05)."""

    year: Callable[[int], YearDays]
    zone: ZoneInfo

    def is_worked(self, day: date) -> bool:
        special = self.year(day.year)
        if day in special.worked:
            return True
        return day.weekday() < SATURDAY and day not in special.off

    def on_or_after(self, day: date) -> date:
        """The first working day from this one on."""
        while not self.is_worked(day):
            day += DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The count-th working day after a day, which need not be one itself."""
        for _ in range(count):
            day = self.on_or_after(day + DAY)
        return day

    def due(self, since: datetime, count: int) -> datetime:
        """The instant `count` working days after another, as people count them.

        What comes in the evening or on a day of rest counts from the next working morning, what
        comes in the night from that morning.
        """
        local = since.astimezone(self.zone)
        day, hour = local.date(), local.time()
        if not self.is_worked(day) or hour > WORK_ENDS:
            day, hour = self.after(day, 1), WORK_BEGINS
        due = datetime.combine(self.after(day, count), max(hour, WORK_BEGINS), tzinfo=self.zone)
        return due.astimezone(UTC)

    def is_known(self, year: int) -> bool:
        return self.year(year).is_known
