"""Reports are due on working days, in every month, and each round ends where the next one begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailflow.domain.kept_inventory import month_after, month_before, month_in
from mailflow.domain.month_clock import (
    MonthPlan,
    PaymentPlan,
    PaymentsDue,
    ReportsDue,
    Roll,
    due_now,
    payments_due,
    rolled,
)
from mailflow.domain.workdays import Workdays, YearDays, plain_year

ZONE = ZoneInfo("Asia/Shanghai")
PLAIN = Workdays(plain_year, ZONE)
PLAN = MonthPlan()


def at(day: str, hour: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}:00+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    "now",
    [at("2026-11-18", "08:59"), at("2026-11-21"), at("2026-11-22", "23:59")],
)
def test_nothing_is_due_before_the_hour_and_on_days_of_rest(now: datetime) -> None:
    assert due_now(PLAN, PLAIN, now) is None


def test_a_round_begins_on_its_day_and_is_late_from_the_day_it_is_due() -> None:
    before = due_now(PLAN, PLAIN, at("2026-11-17"))
    assert before is not None
    assert before.month == date(2026, 10, 1)
    assert before.is_late
    first = due_now(PLAN, PLAIN, at("2026-11-18"))
    assert first == ReportsDue(date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 18))
    assert not first.is_late
    last = due_now(PLAN, PLAIN, at("2026-11-20"))
    assert last is not None
    assert last.is_late


def test_the_report_of_the_month_before_may_be_what_is_due() -> None:
    due = due_now(MonthPlan(of_current=False), PLAIN, at("2027-01-18"))
    assert due is not None
    assert due.month == date(2026, 12, 1)


def test_days_of_rest_roll_either_way_and_make_up_days_are_worked() -> None:
    made_up = Workdays(lambda _: YearDays(worked=frozenset({date(2026, 10, 18)})), ZONE)
    sunday = date(2026, 10, 18)
    assert rolled(sunday, Roll.NEXT, PLAIN) == date(2026, 10, 19)
    assert rolled(sunday, Roll.PREVIOUS, PLAIN) == date(2026, 10, 16)
    assert rolled(sunday, Roll.NEXT, made_up) == sunday


@pytest.mark.parametrize("roll", Roll)
@pytest.mark.parametrize(("remind", "due"), [(18, 20), (1, 1), (28, 28), (1, 28)])
def test_every_working_day_of_ten_years_belongs_to_one_round(
    roll: Roll, remind: int, due: int
) -> None:
    plan = MonthPlan(remind, due, time(9), roll)
    month, day = date(2020, 1, 1), date(2020, 2, 3)
    while day < date(2030, 1, 1):
        found = due_now(plan, PLAIN, datetime.combine(day, time(9), tzinfo=ZONE))
        assert (found is None) == (day.weekday() > 4)
        if found is not None:
            assert found.month in (month, month_after(month))
            month = found.month
            begins = rolled(month.replace(day=remind), roll, PLAIN)
            ends = rolled(month_after(month).replace(day=remind), roll, PLAIN)
            assert begins <= day < ends
            assert begins <= found.due
            assert found.is_late == (day >= found.due)
            assert PLAIN.is_worked(found.due)
        day += timedelta(days=1)


def test_money_is_asked_for_before_its_day_and_from_it_on() -> None:
    plan = PaymentPlan()
    assert payments_due(plan, PLAIN, at("2026-11-23", "08:59")) is None
    soon = payments_due(plan, PLAIN, at("2026-11-23"))  # the 22nd is a Sunday
    assert soon == PaymentsDue(date(2026, 11, 1), date(2026, 11, 25), date(2026, 11, 23))
    assert not soon.is_over
    late = payments_due(plan, PLAIN, at("2026-12-21"))
    assert late is not None
    assert (late.month, late.is_over) == (date(2026, 11, 1), True)
    early = PaymentPlan(roll=Roll.PREVIOUS)
    before = payments_due(early, PLAIN, at("2026-11-20"))
    assert before is not None
    assert (before.month, before.is_over) == (date(2026, 11, 1), False)


def test_months_go_on_over_years() -> None:
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)
    assert month_in("2028-02") == date(2028, 2, 1)
    assert month_in("2028-13") is None
    assert month_in("N101") is None
