"""When inventory reports and payments are due in a month, and what is due of them now (S6)."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from mailflow.domain.consolidation import Limits
from mailflow.domain.kept_inventory import month_after, month_before
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import DAY, Workdays


class Roll(StrEnum):
    """Where a day goes that is no working day."""

    NEXT = "next"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Days of the month, 1 to 28, on which managers are reminded and reports are due, and the hour
    in the business zone. `of_current`: what is due is the report of this very month, not the last."""

    remind: int = 18
    due: int = 20
    at: time = time(9)
    roll: Roll = Roll.NEXT
    of_current: bool = True
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class ReportsDue:
    """`month` is what the reports are of, `due` the working day they are due on, `day` today."""

    month: date
    due: date
    day: date

    @property
    def is_late(self) -> bool:
        """From the day itself on: who has not reported is chased each working day."""
        return self.day >= self.due


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """Days of the month, 1 to 28, before which and on which money that is owed is asked for."""

    remind: int = 22
    due: int = 25
    at: time = time(9)
    roll: Roll = Roll.NEXT


@dataclass(frozen=True, slots=True)
class PaymentsDue:
    """`month` is the one whose orders are to be paid, `due` the working day on which, `day` today."""

    month: date
    due: date
    day: date

    @property
    def is_over(self) -> bool:
        """From the day itself on; who was down reminds late, but once."""
        return self.day >= self.due


def rolled(day: date, roll: Roll, workdays: Workdays) -> date:
    """The day itself, or the working day it rolls to."""
    if roll is Roll.NEXT:
        return workdays.on_or_after(day)
    while not workdays.is_worked(day):
        day -= DAY
    return day


def due_now(plan: MonthPlan, workdays: Workdays, now: datetime) -> ReportsDue | None:
    """None before the hour and on days of rest. One round goes on until the next one begins."""
    round_ = _round(plan, workdays, now)
    if round_ is None:
        return None
    month, due, day = round_
    return ReportsDue(month if plan.of_current else month_before(month), due, day)


def payments_due(plan: PaymentPlan, workdays: Workdays, now: datetime) -> PaymentsDue | None:
    """As `due_now`."""
    round_ = _round(plan, workdays, now)
    return PaymentsDue(*round_) if round_ else None


def _round(
    plan: MonthPlan | PaymentPlan, workdays: Workdays, now: datetime
) -> tuple[date, date, date] | None:
    """Month, working day on which something is due, and today."""
    local = now.astimezone(workdays.zone)
    day = local.date()
    if local.time() < plan.at or not workdays.is_worked(day):
        return None
    this = day.replace(day=1)
    for month in (month_after(this), this, month_before(this)):
        if rolled(month.replace(day=plan.remind), plan.roll, workdays) <= day:
            return month, rolled(month.replace(day=plan.due), plan.roll, workdays), day
    return None


def month_looked_at(plan: MonthPlan | None, today: date) -> date:
    """The month whose reports people speak of today: that of the round which began last. Its days
    are the house's; without any, those of a plan that says nothing else."""
    plan = plan or MonthPlan()
    month = today.replace(day=1)
    if today.day < plan.remind:
        month = month_before(month)
    return month if plan.of_current else month_before(month)
