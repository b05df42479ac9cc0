"""When statements of account go out, and of which month."""

from __future__ import annotations

from datetime import date, datetime, time

from mailflow.domain.kept_inventory import month_before
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import Workdays


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """The day of the month, 1 to 28, and the hour in the business zone; a day of rest rolls on."""

    day: int = 1
    at: time = time(9)


@dataclass(frozen=True, slots=True)
class StatementsDue:
    """`period` is the month that is over, `since` the working day its statements are due on."""

    period: date
    since: date


def statements_due(plan: StatementPlan, workdays: Workdays, now: datetime) -> StatementsDue | None:
    """The last that were due, however long ago; None before the hour and on days of rest."""
    local = now.astimezone(workdays.zone)
    day = local.date()
    if local.time() < plan.at or not workdays.is_worked(day):
        return None
    month = day.replace(day=1)
    since = workdays.on_or_after(month.replace(day=plan.day))
    if since > day:
        month = month_before(month)
        since = workdays.on_or_after(month.replace(day=plan.day))
    return StatementsDue(month_before(month), since)
