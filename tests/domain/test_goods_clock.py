"""When lists and goods under way are due, day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.delivery import Doubtful, told_by
from mailflow.domain.goods_clock import UnderWay, Unshipped, is_asked_for, is_open, late_list
from mailflow.domain.waybill import WaybillRow
from mailflow.domain.workdays import Workdays, YearDays, plain_year

ZONE = ZoneInfo("Asia/Shanghai")
PLAIN = Workdays(plain_year, ZONE)
MAKE_UP = Workdays(
    lambda _: YearDays(
        off=frozenset({date(2026, 10, 1), date(2026, 10, 2)}), worked=frozenset({date(2026, 10, 3)})
    ),
    ZONE,
)


def made(text: str) -> Unshipped:
    created = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    return Unshipped(
        sheet="FH1", revision=1, order="DD1", distributor="x", region="y",
        created=created, tins=6, left=0,
    )  # fmt: skip


def load(day: date, *, waybill: str = "SF1", number: int = 1) -> UnderWay:
    return UnderWay(
        id=number, sheet="FH261110-0001", revision=1, order="DD261110-0001", distributor="x",
        region="y", carrier="", waybill=waybill, shipped_on=day,
    )  # fmt: skip


def overs(unshipped: Unshipped, days: range, workdays: Workdays = PLAIN) -> list[int | None]:
    found = (late_list(unshipped, date(2026, 11, day), workdays) for day in days)
    return [each.over if each else None for each in found]


def test_a_list_is_named_a_day_before_it_is_due() -> None:
    """From Tuesday: Thursday, Friday, and Monday is the first day it is late."""
    assert overs(made("2026-11-10T14:00"), range(10, 18)) == [None, None, -1, 0, 0, 0, 1, 2]


def test_what_is_made_in_the_evening_or_at_rest_counts_from_the_next_day() -> None:
    for text in ("2026-11-06T18:01", "2026-11-07T10:00"):
        found = late_list(made(text), date(2026, 11, 12), PLAIN)
        assert found is not None
        assert (found.issued, found.due) == (date(2026, 11, 9), date(2026, 11, 12))


def test_a_day_of_rest_counts_for_nothing_and_a_worked_saturday_does() -> None:
    found = late_list(made("2026-09-30T10:00"), date(2026, 10, 6), MAKE_UP)
    assert found is not None
    assert found.due == date(2026, 10, 6)
    assert not is_open(datetime(2026, 10, 1, 10, tzinfo=ZONE), MAKE_UP)
    assert is_open(datetime(2026, 10, 3, 9, tzinfo=ZONE), MAKE_UP)
    assert not is_open(datetime(2026, 10, 3, 8, 59, tzinfo=ZONE), MAKE_UP)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(0, 60))
def test_goods_are_asked_for_every_two_days_and_never_at_rest(begun: date, away: int) -> None:
    asked: list[date] = []
    for offset in range(away, away + 30):
        day = begun + timedelta(days=offset)
        if PLAIN.is_worked(day) and is_asked_for(load(begun), asked, day, PLAIN):
            asked.append(day)
    gaps = [(b - a).days for a, b in pairwise(asked)]
    assert asked[0] >= begun + timedelta(days=3)
    assert asked[0] == PLAIN.on_or_after(begun + timedelta(days=max(3, away)))
    assert all(2 <= gap <= 4 for gap in gaps)


def row(**said: object) -> WaybillRow:
    return WaybillRow(row=1, **{"waybill": "SF1", **said})  # type: ignore[arg-type] # as read


TODAY, LEFT = date(2026, 11, 16), date(2026, 11, 12)


def test_only_what_is_certain_is_delivered() -> None:
    loads = [load(LEFT), load(LEFT, waybill="DPK2", number=2)]
    for said, booked in (
        ({"state": "已签收"}, 1),
        ({"state": "已送达", "delivered_on": TODAY}, 1),
        ({"delivered_on": LEFT}, 1),
        ({"signed_by": "李伟"}, 1),
        ({"state": "运输中"}, 0),
        ({"state": "未签收"}, 0),
        ({}, 0),
    ):
        told = told_by([row(**said)], loads, frozenset(), TODAY)
        assert len(told.delivered) == booked, said
        assert told.unclear == ()


def test_what_is_not_certain_is_asked_about() -> None:
    for said, why in (
        ({"state": "拒收退回"}, Doubtful.STATE),
        ({"state": "没有签收"}, Doubtful.STATE),
        ({"state": "在途", "delivered_on": TODAY}, Doubtful.STATE),
        ({"state": "在途", "signed_by": "李伟"}, Doubtful.STATE),
        ({"delivered_on": LEFT - timedelta(days=1)}, Doubtful.DAY),
        ({"delivered_on": TODAY + timedelta(days=1)}, Doubtful.DAY),
        ({"waybill": "SF9", "state": "签收"}, Doubtful.UNKNOWN),
        ({"list_no": "FH261110-0002", "state": "签收"}, Doubtful.UNKNOWN),
    ):
        told = told_by([row(**said)], [load(LEFT)], frozenset(), TODAY)
        assert [each.why for each in told.unclear] == [why], said
        assert told.delivered == ()


def test_what_was_delivered_before_is_no_news() -> None:
    told = told_by([row(state="签收")], [], frozenset({"sf1"}), TODAY)
    assert (told.delivered, told.unclear, told.noted) == ((), (), 1)
