"""The statistics of a period as the books stand now; the period before and a year before beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mailflow.desk.statistics import Compared, statistics_of
from mailflow.domain.period import Period
from mailflow.domain.statistics import Books, Statistics
from mailflow.performing import Office

Progress = Callable[[str, int, int], None]


def silent(_step: str, _done: int, _all: int) -> None:
    """For when nobody is looking."""


def summed_up(
    office: Office,
    period: Period,
    now: datetime,
    progress: Progress = silent,
    only: tuple[str, ...] = (),
) -> Statistics:
    """Each period is read by itself, and the one before a year is the year before."""
    wanted = (period, period.before, period.year_before)
    read: dict[Period, Books] = {}
    for each in wanted:
        if each not in read:
            progress("sum", len(read), len(set(wanted)))
            read[each] = office.store.statistics.books(each)
    progress("sum", len(read), len(read))
    compared = Compared(
        books=(read[period], read[period.before], read[period.year_before]),
        register=office.store.register(),
        workdays=office.house.workdays,
        made=now,
        only=only,
    )
    return statistics_of(compared)
