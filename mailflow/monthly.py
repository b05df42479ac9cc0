"""What is due by the day of the month is done once, however often the bell rings."""

from __future__ import annotations

from datetime import datetime

from mailflow.desk.reports_due import Asking, askings, effects_of_missing, missing_of
from mailflow.domain.month_clock import ReportsDue, due_now
from mailflow.performing import Office, perform


def remind_of_reports(office: Office, now: datetime) -> int:
    """How many managers were reminded. Before the day reports are due each hears once, from then on
    each working day, until all of his are in.

    Who was down catches up with today alone; a house that opened after a round's day leaves that
    round alone, for it cannot know what came before.
    """
    house = office.house
    due = due_now(house.month, house.workdays, now) if house.month else None
    if due is None:
        return 0
    if office.store.first_start(now).astimezone(house.zone).date() > due.due:
        return 0
    standing = office.store.records.inventories([due.month])
    late = [a for a in askings(office.store.register()) if missing_of(a, due, standing)]
    return sum(_reminded(asking, due, office, now) for asking in late)


def _reminded(asking: Asking, due: ReportsDue, office: Office, now: datetime) -> bool:
    kind = "reports-late" if due.is_late else "reports-due"
    period = due.day.isoformat() if due.is_late else f"{due.month:%Y-%m}"
    with office.store.begin(now) as work:
        effects = effects_of_missing(
            asking, due, work.inventories([due.month]), office.house.language
        )
        if not effects or not work.take_job(f"{kind}:{asking.person.email.casefold()}", period):
            return False
        perform(effects, work, office, now)
    return True
