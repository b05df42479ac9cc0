"""A period of statistics: a month, a quarter or a year, and the ones it is held against."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

FIRST_YEAR, LAST_YEAR = 2000, 2199
_WRITTEN = pattern(r"(\d{4})(?:-(?:([1-9]|0[1-9]|1[0-2])|[Qq]([1-4])))?")


class Grain(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[self]


class NoPeriod(Exception):
    """A text that names no period; the exception's own says how one is written."""


@dataclass(frozen=True, slots=True)
class Period:
    """`number` counts within the year, from 1; a year is its own first."""

    grain: Grain
    year: int
    number: int = 1

    def __str__(self) -> str:
        """`2026-11`, `2026-Q4`, `2026`."""
        match self.grain:
            case Grain.MONTH:
                return f"{self.year}-{self.number:02}"
            case Grain.QUARTER:
                return f"{self.year}-Q{self.number}"
            case Grain.YEAR:
                return f"{self.year}"

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * self.grain.months + 1, 1)

    @property
    def after(self) -> date:
        """The first day that is not in it any more."""
        return self.moved(1).first

    @property
    def before(self) -> Period:
        return self.moved(-1)

    @property
    def year_before(self) -> Period:
        return Period(self.grain, self.year - 1, self.number)

    def moved(self, count: int) -> Period:
        in_year = 12 // self.grain.months
        year, number = divmod(self.year * in_year + self.number - 1 + count, in_year)
        return Period(self.grain, year, number + 1)

    def months(self) -> tuple[date, ...]:
        """The first day of each of its months."""
        begin = (self.number - 1) * self.grain.months + 1
        return tuple(date(self.year, begin + n, 1) for n in range(self.grain.months))

    def has(self, day: date) -> bool:
        return self.first <= day < self.after

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The instants at which it begins and has ended in the business zone."""
        first = datetime.combine(self.first, time(), tzinfo=zone)
        last = datetime.combine(self.after, time(), tzinfo=zone)
        return first.astimezone(UTC), last.astimezone(UTC)


def period_of(grain: Grain, day: date) -> Period:
    return Period(grain, day.year, (day.month - 1) // grain.months + 1)


def period_in(text: str) -> Period:
    """What a person wrote. Raises `NoPeriod`."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise NoPeriod("write a period such as 2026-11, 2026-Q4 or 2026")
    if found[2]:
        return Period(Grain.MONTH, int(found[1]), int(found[2]))
    if found[3]:
        return Period(Grain.QUARTER, int(found[1]), int(found[3]))
    return Period(Grain.YEAR, int(found[1]))
