"""What the clock makes due about goods: the warehouse is reminded, the sales admin told, logistics
asked. One letter a person and day, however long nobody looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from mailflow.domain.case import Case
from mailflow.domain.effect import Effect, EndCase, OpenCase, Post
from mailflow.domain.finding import Asked
from mailflow.domain.goods_clock import REMINDED_FOR, LateList, UnderWay, Unshipped
from mailflow.domain.notice import Letter
from mailflow.domain.notice_clock import ShipReminderNotice, WaybillFile, WaybillsNotice
from mailflow.domain.order import list_number
from mailflow.domain.register import Person, Register, Role

OVERDUE = "ship-overdue"
LISTS_LEFT = "lists-left"


def by_person(
    role: Role, regions: Sequence[str], register: Register
) -> tuple[tuple[Person, frozenset[str]], ...]:
    """Whoever has this part in any of the regions, once, with those that are his."""
    people: dict[str, Person] = {}
    theirs: dict[str, set[str]] = {}
    for region in dict.fromkeys(regions):
        for person in register.people(role, region or None):
            people.setdefault(person.email.casefold(), person)
            theirs.setdefault(person.email.casefold(), set()).add(region)
    return tuple((person, frozenset(theirs[key])) for key, person in people.items())


def warehouse_reminded(
    person: Person, lists: Sequence[LateList], today: date, language: str
) -> Iterator[Effect]:
    """What is long overdue is a matter of the sales admin's, and fills no warehouse's letter."""
    named = tuple(each for each in lists if each.over <= REMINDED_FOR)
    if named:
        yield Post(_reminder(ShipReminderNotice(person, named), today, language))


def escalated(
    person: Person, lists: Sequence[LateList], today: date, language: str
) -> Iterator[Effect]:
    if lists:
        notice = ShipReminderNotice(person, tuple(lists), is_escalated=True)
        yield Post(_reminder(notice, today, language))


def overdue_number(order: str) -> str:
    return f"{order}-{OVERDUE}"


def no_longer_overdue(cases: Sequence[str], lists: Sequence[Unshipped]) -> Iterator[Effect]:
    """Where all that is listed has left; what an order lacks besides is no truck that is late."""
    waiting = {overdue_number(each.order) for each in lists}
    for number in cases:
        if number not in waiting:
            yield EndCase(number, LISTS_LEFT)


def overdue_case(late: LateList, now: datetime) -> OpenCase:
    """It stands in the digest until all of the list has left, or a person closes it."""
    return OpenCase(
        Case(
            number=overdue_number(late.unshipped.order),
            kind="order",
            # What decides about the order, a change of it say, does not end it.
            subject_id=list_number(late.unshipped.order),
            waits_on=Asked.SALES_ADMIN,
            region=late.unshipped.region,
            reason=OVERDUE,
            since=now,
        )
    )


def _reminder(notice: ShipReminderNotice, today: date, language: str) -> Letter:
    person = notice.recipient
    what = "escalated" if notice.is_escalated else "reminder"
    return Letter(
        notice=notice,
        to=(person.email,),
        subject_id=f"ship-{what}-{today:%Y%m%d}",
        language=person.language or language,
    )


def logistics_asked(
    person: Person, loads: Sequence[UnderWay], today: date, language: str
) -> Iterator[Effect]:
    if not loads:
        return
    spoken = person.language or language
    yield Post(
        Letter(
            notice=WaybillsNotice(person, tuple(loads)),
            to=(person.email,),
            subject_id=f"waybills-{today:%Y%m%d}",
            language=spoken,
            enclosures=(WaybillFile(today, tuple(loads), spoken),),
        )
    )
