"""What is due by the clock is done once per day and person, however often the bell rings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from mailflow.desk.calendar_watch import calendar_matters
from mailflow.desk.certificate_watch import certificate_matters
from mailflow.desk.digest import DigestFacts, digest_for, digest_recipients
from mailflow.domain.budget import uses
from mailflow.domain.certificate import Certificate
from mailflow.domain.facts import booking_month
from mailflow.domain.matter import MachineTrouble, Matter, MatterKind
from mailflow.outbox.pace import Pace, queue_of
from mailflow.performing import Office, perform

TOLD_FROM = timedelta(minutes=10)


def do_what_is_due(
    office: Office, digest_at: time, now: datetime, certificates: Sequence[Certificate] = ()
) -> int:
    """Queue the digests of the last day whose hour has come; how many were queued.

    A daemon that was down at the hour catches up with that one day, never with more, and a house
    that opened after it has nothing to tell of it.
    """
    zone = office.house.zone
    local = now.astimezone(zone)
    day = local.date() if local.time() >= digest_at else local.date() - timedelta(days=1)
    if day < office.store.first_start(now).astimezone(zone).date():
        return 0
    register = office.store.register()
    facts: DigestFacts | None = None
    queued = 0
    for person in digest_recipients(register):
        job = f"digest:{person.email.casefold()}"
        if office.store.records.is_done(job, day.isoformat()):
            continue
        if facts is None:
            facts = _facts(office, day, now, certificates)
        with office.store.begin(now) as work:
            if work.take_job(job, day.isoformat()):
                perform((digest_for(person, facts),), work, office, now)
                queued += 1
    return queued


def _facts(
    office: Office, day: date, now: datetime, certificates: Sequence[Certificate]
) -> DigestFacts:
    since, until = _day_bounds(day, office)
    records, month = office.store.records, booking_month(day, office.house.cut_off)
    budgets = office.store.register().budgets
    return DigestFacts(
        register=office.store.register(),
        day=day,
        matters=(
            *records.matters(since, until),
            *calendar_matters(day, office.house.workdays),
            *certificate_matters(certificates, office.house.zone, now),
            *_queue(office, now),
        ),
        counts=tuple(records.day_counts(since, until)),
        shortages=tuple(records.short_goods()),
        budgets=uses(budgets, records.used(month), month) if budgets else (),
        language=office.house.language,
        shadow=office.house.shadow,
        seal=office.store.evidence.seal(),
    )


def _queue(office: Office, now: datetime) -> Iterator[Matter]:
    """A limit that is over in a moment is nobody's matter."""
    queue = queue_of(office.store.shelf, Pace(office.house.rates), now)
    until = queue.allowed.until if queue else None
    if queue is None or until is None or until - now < TOLD_FROM:
        return
    yield Matter(
        kind=MatterKind.MACHINE,
        reference=f"outbox ({queue.waiting})",
        reason=MachineTrouble.MESSAGES_WAIT.value,
        since=now,
        subject=queue.allowed.why,
    )


def _day_bounds(day: date, office: Office) -> tuple[datetime, datetime]:
    """The instants a business day begins and ends."""
    zone = office.house.zone
    first = datetime.combine(day, time(), tzinfo=zone)
    last = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    return first.astimezone(UTC), last.astimezone(UTC)
