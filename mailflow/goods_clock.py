"""Goods by the clock: lists that did not leave in time, and loads that did not arrive, once a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from mailflow.desk.goods_clock import (
    OVERDUE,
    by_person,
    escalated,
    logistics_asked,
    no_longer_overdue,
    overdue_case,
    warehouse_reminded,
)
from mailflow.domain import failpoint
from mailflow.domain.effect import Effect
from mailflow.domain.goods_clock import (
    LateList,
    UnderWay,
    Unshipped,
    is_asked_for,
    is_open,
    late_list,
)
from mailflow.domain.register import Person, Role
from mailflow.performing import Office, once_prepared, perform

DAY = "goods-clock"
"""The job of a whole day: once it is done nobody looks again before the next."""
ASKED = "waybill"
LATE = "ship-overdue"


def look_after_goods(office: Office, now: datetime) -> int:
    """How many letters were queued. A daemon that was away catches up with one day, never more."""
    workdays = office.house.workdays
    today = now.astimezone(workdays.zone).date()
    records = office.store.records
    if not is_open(now, workdays) or records.is_done(DAY, today.isoformat()):
        return 0
    queued = _ask_for_lists(office, today, now) + _ask_for_loads(office, today, now)
    with office.store.begin(now) as work:
        work.take_job(DAY, today.isoformat())
    return queued


def _ask_for_lists(office: Office, today: date, now: datetime) -> int:
    workdays, register = office.house.workdays, office.store.register()
    lists = office.store.records.unshipped()
    _end_of_overdue(lists, office, now)
    late = [each for unshipped in lists if (each := late_list(unshipped, today, workdays))]
    regions = [each.unshipped.region for each in late]
    language, queued = office.house.language, 0
    for person, mine in by_person(Role.WAREHOUSE, regions, register):
        theirs = [each for each in late if each.unshipped.region in mine]
        effects = tuple(warehouse_reminded(person, theirs, today, language))
        queued += _once(f"ship-reminder:{person.email.casefold()}", effects, office, today, now)
    for person, mine in by_person(Role.SALES_ADMIN, regions, register):
        theirs = [each for each in late if each.unshipped.region in mine and each.over > 0]
        queued += _escalate(person, theirs, office, today, now)
    return queued


def _end_of_overdue(lists: Sequence[Unshipped], office: Office, now: datetime) -> None:
    with office.store.begin(now) as work:
        effects = tuple(no_longer_overdue(work.cases_for(OVERDUE), lists))
        perform(effects, work, office, now)


def _escalate(
    person: Person, lists: Sequence[LateList], office: Office, today: date, now: datetime
) -> int:
    """Each list once to each of its sales admins, with its case in the digest from then on."""
    with office.store.begin(now) as work:
        who = person.email.casefold()
        new = [each for each in lists if work.take_job(f"{LATE}:{each.name}", who)]
        effects = (
            *(overdue_case(each, now) for each in new),
            *escalated(person, new, today, office.house.language),
        )
        perform(effects, work, office, now)
        failpoint.reached("reminder.queued")
    return bool(new)


def _ask_for_loads(office: Office, today: date, now: datetime) -> int:
    workdays, register = office.house.workdays, office.store.register()
    records = office.store.records
    loads = records.under_way(workdays.zone)
    asked = records.asked_on([_asked(load) for load in loads])
    due = [x for x in loads if is_asked_for(x, asked.get(_asked(x), ()), today, workdays)]
    queued = 0
    for person, mine in by_person(Role.LOGISTICS, [x.region for x in due], register):
        theirs = [load for load in due if load.region in mine]
        asked_once = partial(_asked_for, person, theirs, office, today, now)
        queued += once_prepared(asked_once, b"", office)
    return queued


def _asked_for(
    person: Person, loads: Sequence[UnderWay], office: Office, today: date, now: datetime
) -> int:
    effects = tuple(logistics_asked(person, loads, today, office.house.language))
    with office.store.begin(now) as work:
        if not work.take_job(f"waybills:{person.email.casefold()}", today.isoformat()):
            return 0
        perform(effects, work, office, now)
        for load in loads:
            work.take_job(_asked(load), today.isoformat())
        failpoint.reached("reminder.queued")
    return 1


def _asked(load: UnderWay) -> str:
    return f"{ASKED}:{load.id}"


def _once(job: str, effects: tuple[Effect, ...], office: Office, today: date, now: datetime) -> int:
    if not effects:
        return 0
    with office.store.begin(now) as work:
        if not work.take_job(job, today.isoformat()):
            return 0
        perform(effects, work, office, now)
        failpoint.reached("reminder.queued")
    return 1
