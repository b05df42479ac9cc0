"""Statements are those of the month that is over, from their day on until the next month's are due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.kept_inventory import month_after, month_before
from mailflow.domain.statement_clock import StatementPlan, statements_due
from mailflow.domain.workdays import Workdays, YearDays, plain_year

ZONE = ZoneInfo("Asia/Shanghai")
PLAIN = Workdays(plain_year, ZONE)
PLANS = st.builds(StatementPlan, st.integers(1, 28), st.builds(time, st.integers(0, 23)))
INSTANTS = st.datetimes(datetime(2019, 1, 1), datetime(2033, 1, 1), timezones=st.just(UTC))


@given(PLANS, INSTANTS)
def test_nothing_is_due_before_the_hour_and_on_days_of_rest(
    plan: StatementPlan, now: datetime
) -> None:
    local = now.astimezone(ZONE)
    is_open = local.time() >= plan.at and PLAIN.is_worked(local.date())
    assert (statements_due(plan, PLAIN, now) is not None) is is_open


@given(PLANS, st.dates(date(2019, 1, 1), date(2033, 1, 1)))
def test_a_statement_is_of_a_month_that_is_over_and_its_day_has_come(
    plan: StatementPlan, day: date
) -> None:
    day = PLAIN.on_or_after(day)
    due = statements_due(plan, PLAIN, datetime.combine(day, plan.at, tzinfo=ZONE))
    assert due is not None
    assert due.period.day == 1
    assert month_after(due.period) <= due.since <= day
    assert due.since == PLAIN.on_or_after(month_after(due.period).replace(day=plan.day))
    # That of the next month is not due yet.
    assert PLAIN.on_or_after(month_after(month_after(due.period)).replace(day=plan.day)) > day


@given(st.integers(1, 28))
def test_every_month_of_ten_years_has_its_turn_once_and_in_order(number: int) -> None:
    plan = StatementPlan(number)
    seen: list[date] = []
    day = date(2023, 1, 1)
    while day < date(2033, 1, 1):
        due = statements_due(plan, PLAIN, datetime.combine(day, time(9), tzinfo=ZONE))
        if due is not None and due.period not in seen[-1:]:
            seen.append(due.period)
        day += timedelta(days=1)
    assert all(month_before(later) == earlier for earlier, later in pairwise(seen))
    assert len(seen) in (120, 121)


def test_the_first_of_october_rolls_over_its_holidays() -> None:
    rest = frozenset(date(2026, 10, day) for day in range(1, 8))
    golden = Workdays(lambda _: YearDays(off=rest), ZONE)
    last = datetime(2026, 10, 7, 10, tzinfo=ZONE)
    assert statements_due(StatementPlan(), golden, last) is None
    due = statements_due(StatementPlan(), golden, last + timedelta(days=1))
    assert due is not None
    assert (due.period, due.since) == (date(2026, 9, 1), date(2026, 10, 8))
