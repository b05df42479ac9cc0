"""Statistics leave when they are due, once a period and reader, however often the bell rings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailflow.desk.statistics import Compared, statistics_of
from mailflow.desk.statistics_due import letter_for, period_due, readers
from mailflow.domain.effect import Post
from mailflow.performing import Office, once_prepared, perform
from mailflow.summing import summed_up


def send_statistics(office: Office, now: datetime) -> int:
    """Queue what is due; how many letters. A daemon that was down catches up with the last period
    of each kind; a house that opened after a period has nothing to tell of it."""
    house, register = office.house, office.store.register()
    opened = office.store.first_start(now).astimezone(house.zone).date()
    queued = 0
    for grain in house.statistics.grains:
        period = period_due(grain, house.statistics, house.workdays, now)
        if period.after <= opened:
            continue
        compared: Compared | None = None
        for person, regions in readers(register, house.statistics.roles):
            job = f"statistics:{person.email.casefold()}"
            if office.store.records.is_done(job, str(period)):
                continue
            compared = compared or summed_up(office, period, now)
            statistics = statistics_of(replace(compared, only=regions))
            language = person.language or house.language
            queued += _sent(job, Post(letter_for(person.email, statistics, language)), office, now)
    return queued


def _sent(job: str, post: Post, office: Office, now: datetime) -> bool:
    """Whether this was the first time; made workbooks are not kept for another."""
    period = post.letter.subject_id.removeprefix("statistics-")

    def attempt() -> bool:
        with office.store.begin(now) as work:
            if not work.take_job(job, period):
                return False
            perform((post,), work, office, now)
        return True

    try:
        return once_prepared(attempt, b"", office)
    finally:
        for enclosure in post.letter.enclosures:
            office.prepared.pop(enclosure, None)
