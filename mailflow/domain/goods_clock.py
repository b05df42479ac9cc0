"""Lists that wait to be sent and goods that are under way, and which of them are due on a day.

All is counted in days of the business zone: what is due is due from the morning on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from mailflow.domain.value import dataclass
from mailflow.domain.workdays import WORK_BEGINS, WORK_ENDS, Workdays

SHIP_WITHIN = 3
"""Working days from the list to the truck; a day before they end the warehouse is reminded."""
REMINDED_FOR = 20
"""Working days that a list is named in reminders; after that it is the sales admin's alone."""
ASK_AFTER = timedelta(days=3)
"""Calendar days after which goods are asked for (rulings of the desk, 8)."""
ASK_EVERY = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unshipped:
    """A list of which tins are still to leave. `created` is when it was made."""

    sheet: str
    revision: int
    order: str
    distributor: str
    region: str
    created: datetime
    tins: int
    left: int
    """Tins that have left already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateList:
    """An unshipped list on a day. `over` counts the working days since `due` was over: 0 on that
    day itself, −1 the day before."""

    unshipped: Unshipped
    issued: date
    due: date
    over: int

    @property
    def name(self) -> str:
        return f"{self.unshipped.sheet} R{self.unshipped.revision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A load that nobody has said to be delivered; `id` is that of its shipment."""

    id: int
    sheet: str
    revision: int
    order: str
    distributor: str
    region: str
    carrier: str
    waybill: str
    shipped_on: date


def is_open(now: datetime, workdays: Workdays) -> bool:
    """Whether it is a working day's morning or later: nobody is written to before."""
    local = now.astimezone(workdays.zone)
    return workdays.is_worked(local.date()) and local.time() >= WORK_BEGINS


def late_list(unshipped: Unshipped, today: date, workdays: Workdays) -> LateList | None:
    """None before the second working day. What is made in the evening or on a day of rest counts
    from the next working day."""
    local = unshipped.created.astimezone(workdays.zone)
    begun = local.date()
    if not workdays.is_worked(begun) or local.time() > WORK_ENDS:
        begun = workdays.after(begun, 1)
    if today < workdays.after(begun, SHIP_WITHIN - 1):
        return None
    due = workdays.after(begun, SHIP_WITHIN)
    return LateList(unshipped=unshipped, issued=begun, due=due, over=_over(due, today, workdays))


def _over(due: date, today: date, workdays: Workdays) -> int:
    over, day = (-1, due) if today < due else (0, due)
    while over <= REMINDED_FOR and (day := workdays.after(day, 1)) <= today:
        over += 1
    return over


def is_asked_for(load: UnderWay, asked: Collection[date], today: date, workdays: Workdays) -> bool:
    """Three days after it left, on a working day, then every two days; `asked`: on which days it
    was. Asked once, however many of those days went by."""
    if not asked:
        return workdays.on_or_after(load.shipped_on + ASK_AFTER) <= today
    return workdays.on_or_after(max(asked) + ASK_EVERY) <= today
