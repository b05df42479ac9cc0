"""Statistics are due on the first working day after their period, at the hour, and not before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.desk.statistics_due import Schedule, may_read, period_due, readers, regions_for
from mailflow.domain.period import Grain
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.workdays import Workdays, YearDays
from tests.desk.test_statistics import customer

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR = YearDays(off=frozenset({date(2027, 1, 1)}))
WORKDAYS = Workdays(lambda year: NEW_YEAR if year == 2027 else YearDays(), SHANGHAI)
BOSS = Person(Role.MARKETING_GM, "总经理", "gm@x.example")
EAST = Person(Role.SALES_ADMIN, "东", "east@x.example", ("东区",))
BOTH = Person(Role.SALES_ADMIN, "两", "both@x.example", ("东区", "西区"))
NORTH = Person(Role.SALES_ADMIN, "北", "north@x.example", ("北区",))
REGISTER = Register(
    customers=(customer("C1", "东区"), customer("C2", "西区")), staff=(BOSS, EAST, BOTH, NORTH)
)


def due(grain: Grain, now: str) -> str:
    return str(period_due(grain, Schedule(), WORKDAYS, datetime.fromisoformat(now)))


def test_before_day_and_hour_have_come_the_one_before_is_the_last() -> None:
    assert due(Grain.MONTH, "2026-12-01T07:59:59+08:00") == "2026-10"
    assert due(Grain.MONTH, "2026-12-01T08:00:00+08:00") == "2026-11"
    assert due(Grain.MONTH, "2026-12-01T00:00:00+00:00") == "2026-11"


def test_a_day_of_rest_is_waited_for_to_end() -> None:
    assert due(Grain.YEAR, "2027-01-01T12:00:00+08:00") == "2025"
    assert due(Grain.YEAR, "2027-01-03T23:00:00+08:00") == "2025"
    assert due(Grain.YEAR, "2027-01-04T08:00:00+08:00") == "2026"
    assert due(Grain.QUARTER, "2027-01-04T08:00:00+08:00") == "2026-Q4"


@given(st.sampled_from(Grain), st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_what_is_due_is_over(grain: Grain, now: datetime) -> None:
    at = now.replace(tzinfo=UTC)
    period = period_due(grain, Schedule(at=time(0)), WORKDAYS, at)
    assert period.bounds(SHANGHAI)[1] <= at
    assert (at.astimezone(SHANGHAI).date() - period.after).days < 31 * grain.months + 12


@pytest.mark.parametrize(
    ("address", "regions"),
    [("gm@x.example", ()), ("EAST@x.example", ("东区",)), ("both@x.example", ()), ("nobody@x.example", ())],
)  # fmt: skip
def test_an_admin_reads_of_his_regions(address: str, regions: tuple[str, ...]) -> None:
    assert regions_for(address, REGISTER) == regions


def test_an_admin_of_regions_without_distributors_reads_nothing() -> None:
    assert may_read(BOSS.email, REGISTER)
    assert not may_read(NORTH.email, REGISTER)
    assert may_read(BOSS.email, Register(staff=(BOSS,)))


def test_each_reader_is_named_once_and_other_roles_not_at_all() -> None:
    found = list(readers(REGISTER, (Role.MARKETING_GM, Role.SALES_ADMIN, Role.MARKETING_GM)))
    assert found == [(BOSS, ()), (EAST, ("东区",)), (BOTH, ())]
    assert list(readers(REGISTER, ())) == []
