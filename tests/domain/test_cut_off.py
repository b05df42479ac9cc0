"""Each order counts to one month, whenever it came in, and the month it is entered in is the same one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.facts import CUT_OFF_DAY, Facts, Sender, booking_month
from mailflow.domain.kept_inventory import month_after, month_before
from mailflow.domain.ledger import period_of
from mailflow.domain.mail import Trust
from mailflow.domain.period import Grain, Period
from mailflow.domain.period import period_of as holding
from mailflow.domain.register import Register

DAYS = st.dates(date(2001, 1, 1), date(2198, 11, 30))
CUTS = st.integers(1, 31)
ZONES = st.sampled_from(["Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati", "UTC"])
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "cut_off", "month"),
    [
        (date(2026, 11, 25), 25, date(2026, 11, 1)),
        (date(2026, 11, 26), 25, date(2026, 12, 1)),
        (date(2026, 12, 26), 25, date(2027, 1, 1)),
        (date(2028, 2, 28), 28, date(2028, 2, 1)),
        (date(2028, 2, 29), 28, date(2028, 3, 1)),
        (date(2028, 2, 29), 29, date(2028, 2, 1)),
        (date(2027, 1, 31), 30, date(2027, 2, 1)),
        (date(2027, 2, 28), 30, date(2027, 2, 1)),
        (date(2026, 12, 31), 31, date(2026, 12, 1)),
        (date(2026, 12, 1), 1, date(2026, 12, 1)),
    ],
)
def test_an_order_counts_to_its_month_or_the_next(day: date, cut_off: int, month: date) -> None:
    assert booking_month(day, cut_off) == month


@given(DAYS, CUTS)
def test_a_month_of_orders_is_as_long_as_from_cut_off_to_cut_off(day: date, cut_off: int) -> None:
    """No day is left out, none counts twice, and none goes back."""
    month, following = booking_month(day, cut_off), booking_month(day + ONE, cut_off)
    assert month in (day.replace(day=1), month_after(day.replace(day=1)))
    assert following in (month, month_after(month))
    assert (following > month) == (
        day.day == cut_off or ((day + ONE).day == 1 and day.day < cut_off)
    )


@given(DAYS, CUTS, st.times(), ZONES)
def test_all_books_agree_on_the_month_of_an_order(
    day: date, cut_off: int, at: time, zone: str
) -> None:
    """By the business zone: what is summed up of a month, and what its statement of account has."""
    received = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    facts = Facts(Register(), Sender(None, Trust.C), received, ZoneInfo(zone), cut_off=cut_off)
    assert facts.business_day == day
    assert facts.month == booking_month(day, cut_off)
    assert [p for p in _around(day) if p.has(facts.month)] == [holding(Grain.MONTH, facts.month)]
    # Released days later it is entered in its month, unless that is over.
    for waited in (0, 3, 40):
        entered = period_of(facts.month, day + waited * ONE)
        assert entered == max(facts.month, (day + waited * ONE).replace(day=1))
    assert replace(facts, cut_off=31).month == day.replace(day=1)


def test_the_25th_is_the_cut_off_of_a_house_that_says_nothing() -> None:
    assert CUT_OFF_DAY == 25


def _around(day: date) -> list[Period]:
    month = day.replace(day=1)
    return [holding(Grain.MONTH, m) for m in (month_before(month), month, month_after(month))]
