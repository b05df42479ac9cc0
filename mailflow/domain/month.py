"""A month of a calendar, as reports are of one; the year may be missing."""

from __future__ import annotations

from datetime import date

from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """`year` is None where nobody states it: `10月份`."""

    year: int | None
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" if self.year else f"{self.month:02}"

    def agrees(self, other: Month) -> bool:
        """Whether both may be the same month; a missing year says nothing against it."""
        same_year = self.year is None or other.year is None or self.year == other.year
        return same_year and self.month == other.month

    def begin(self, today: date) -> date:
        """Its first day; of one without a year that of the last there was."""
        if self.year is not None:
            return date(self.year, self.month, 1)
        return date(today.year - (self.month > today.month), self.month, 1)
