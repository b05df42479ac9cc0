"""When statistics are due, and who gets them of which regions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from mailflow.domain.access import granted, regions_open
from mailflow.domain.access_table import Action
from mailflow.domain.notice import Letter
from mailflow.domain.notice_statistics import (
    StatisticsFile,
    StatisticsNotice,
    StatisticsPictures,
)
from mailflow.domain.period import Grain, Period, period_of
from mailflow.domain.register import Person, Register, Role, regions_of
from mailflow.domain.statistics import Statistics
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Schedule:
    """Statistics of these periods leave on the first working day after them, at this hour of the
    business zone, to the people of these roles."""

    grains: tuple[Grain, ...] = tuple(Grain)
    at: time = time(8)
    roles: tuple[Role, ...] = (Role.MARKETING_GM, Role.SALES_ADMIN)


def period_due(grain: Grain, schedule: Schedule, workdays: Workdays, now: datetime) -> Period:
    """The last one whose day and hour have come."""
    local = now.astimezone(workdays.zone)
    period = period_of(grain, local.date()).before
    day = workdays.on_or_after(period.after)
    has_come = (local.date(), local.time()) >= (day, schedule.at)
    return period if has_come else period.before


def readers(
    register: Register, roles: tuple[Role, ...]
) -> Iterator[tuple[Person, tuple[str, ...]]]:
    """Each address once, with the regions that are his; none named: all of them."""
    seen = set()
    for role in roles:
        for person in register.people(role):
            if person.email.casefold() not in seen and may_read(person.email, register):
                seen.add(person.email.casefold())
                yield person, regions_for(person.email, register)


def may_read(address: str, register: Register) -> bool:
    """Not who has no region of any distributor: to him no regions would mean all of them."""
    people = register.person(address)
    every = not register.customers and any(granted(people, Action.STATISTICS))
    return every or bool(regions_open(people, Action.STATISTICS, register))


def regions_for(address: str, register: Register) -> tuple[str, ...]:
    """Those in which he may know them; empty: all."""
    mine = regions_open(register.person(address), Action.STATISTICS, register)
    return () if mine == regions_of(register.customers) else mine


def letter_for(address: str, statistics: Statistics, language: str) -> Letter:
    return Letter(
        notice=StatisticsNotice(statistics),
        to=(address,),
        subject_id=f"statistics-{statistics.period}",
        language=language,
        enclosures=(
            StatisticsFile(statistics, language),
            StatisticsPictures(statistics, language),
        ),
    )
