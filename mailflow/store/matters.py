"""The matters of a digest and the counts of a day, as the books say at this moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.barred import KIND as LETTER
from mailflow.domain.finding import Asked
from mailflow.domain.matter import DayCounts, MachineTrouble, Matter, MatterKind
from mailflow.domain.message import MessageState
from mailflow.domain.order import IN_BOOKS, order_of
from mailflow.domain.settlement import next_steps
from mailflow.store.announcements import KIND as ANNOUNCEMENT
from mailflow.store.announcements import newest_of
from mailflow.store.ledger import IN_FORCE
from mailflow.store.tables import cases, mails, orders
from mailflow.store.tables_outbox import outbox, stopped_letters
from mailflow.store.tables_requests import requests

UNREAD = ("stranger", "auto-reply", "bounce", "mailing-list", "own-mail", "invitation")
_TROUBLE = {
    MessageState.FAILED.value: MachineTrouble.MESSAGE_FAILED,
    MessageState.UNKNOWN.value: MachineTrouble.MESSAGE_UNKNOWN,
    MessageState.BOUNCED.value: MachineTrouble.MESSAGE_BOUNCED,
}
IN_DOUBT = tuple(_TROUBLE)
UNSENT = (*IN_DOUBT, MessageState.RETRY.value)
MOST_STEPS = 3


def matters_in(connection: sa.Connection, since: datetime, until: datetime) -> Iterator[Matter]:
    yield from _open_cases(connection)
    yield from _unread(connection, since, until)
    yield from _unsent(connection)


def day_counts_in(
    connection: sa.Connection, since: datetime, until: datetime
) -> Sequence[DayCounts]:
    counts: dict[str, DayCounts] = defaultdict(lambda: DayCounts(""))
    for row in connection.execute(_orders_of_day(since, until)):
        known = replace(counts[row.region], region=row.region)
        state = row.state
        if state in IN_BOOKS:
            known = replace(known, lists=known.lists + row.number)
        if state != "closed":
            known = _more(known, state, row.number)
        counts[row.region] = known
    mails_, ignored, unsent = _general(connection, since, until)
    general = counts[""]
    counts[""] = replace(general, mails=mails_, ignored=ignored, unsent=unsent)
    return tuple(counts.values())


def _more(counts: DayCounts, state: str, number: int) -> DayCounts:
    match state:
        case "accepted" | "shipped":
            return replace(counts, accepted=counts.accepted + number)
        case "returned":
            return replace(counts, returned=counts.returned + number)
        case "held":
            return replace(counts, held=counts.held + number)
        case _:
            return replace(counts, review=counts.review + number)


def _orders_of_day(since: datetime, until: datetime) -> sa.Select[Any]:
    return (
        sa.select(orders.c.region, orders.c.state, sa.func.count().label("number"))
        .where(orders.c.received >= since, orders.c.received < until)
        .group_by(orders.c.region, orders.c.state)
    )


def _general(connection: sa.Connection, since: datetime, until: datetime) -> tuple[int, int, int]:
    """What belongs to no region: mails, those ignored, messages that did not leave."""
    of_day = (mails.c.received >= since, mails.c.received < until)
    counted = sa.select(sa.func.count(), sa.func.count().filter(mails.c.state == "ignored")).where(
        *of_day, mails.c.reason != "before-start"
    )
    number, ignored = connection.execute(counted).one()
    unsent = connection.execute(
        sa.select(sa.func.count()).select_from(outbox).where(outbox.c.state.in_(UNSENT))
    ).scalar_one()
    return number, ignored, unsent


def _open_cases(connection: sa.Connection) -> Iterator[Matter]:
    open_ones = sa.select(cases).where(cases.c.state == "open").order_by(cases.c.since)
    for case in connection.execute(open_ones):
        order = _order_of(connection, case)
        mail_id = order.mail_id if order else _mail_of(connection, case)
        customer = (order.content.get("customer") or {}) if order else {}
        mail = connection.execute(sa.select(mails).where(mails.c.id == mail_id)).first()
        letter = _letter_of(connection, case)
        yield Matter(
            kind=MatterKind.CASE,
            reference=case.number,
            reason=case.reason,
            since=case.since,
            who=letter[0] or customer.get("name", "") or (mail.sender if mail else ""),
            subject=letter[1] or (mail.subject if mail else ""),
            region=case.region,
            waits_on=Asked(case.waits_on),
            steps=_steps(order, mail.sender if mail else ""),
        )


def _letter_of(connection: sa.Connection, case: sa.Row[Any]) -> tuple[str, str]:
    """To whom a letter was not queued, and the number in its subject."""
    if case.kind != LETTER:
        return "", ""
    chosen = sa.select(stopped_letters.c.recipient, stopped_letters.c.subject_id)
    row = connection.execute(chosen.where(stopped_letters.c.number == case.number)).first()
    return (row.recipient, row.subject_id) if row else ("", "")


def _mail_of(connection: sa.Connection, case: sa.Row[Any]) -> int | None:
    if case.kind == ANNOUNCEMENT:
        newest = newest_of(connection, case.subject_id)
        return newest.mail_id if newest else None
    if case.kind == "request":
        made = sa.select(requests.c.mail_id).where(requests.c.number == case.subject_id)
        return connection.execute(made).scalar()
    return int(case.subject_id) if case.kind == "mail" else None


def _order_of(connection: sa.Connection, case: sa.Row[Any]) -> sa.Row[*tuple[Any, ...]] | None:
    """The revision in force of the order a case is about, where it is about one."""
    if case.kind in ("mail", "request", LETTER, ANNOUNCEMENT):
        return None
    chosen = sa.select(orders.c.mail_id, orders.c.content, orders.c.findings)
    this = chosen.where(orders.c.number == order_of(case.subject_id))
    return connection.execute(this.order_by(*IN_FORCE)).first()


def _steps(order: sa.Row[*tuple[Any, ...]] | None, sender: str) -> tuple[str, ...]:
    """The commands that settle what is open of an order for good."""
    found = (order.findings or ()) if order else ()
    mail_id = order.mail_id if order else None
    steps = (
        step
        for f in found
        for step in next_steps(f["code"], dict(f.get("details") or ()), sender, mail_id)
    )
    return tuple(dict.fromkeys(steps))[:MOST_STEPS]


def _unread(connection: sa.Connection, since: datetime, until: datetime) -> Iterator[Matter]:
    rows = sa.select(mails).where(
        mails.c.settled >= since, mails.c.settled <= until, mails.c.reason.in_(UNREAD)
    )
    for mail in connection.execute(rows.order_by(mails.c.id)):
        yield Matter(
            kind=MatterKind.UNREAD,
            reference=f"M{mail.id}",
            reason=mail.reason,
            since=mail.received,
            who=mail.sender,
            subject=mail.subject,
        )


def _unsent(connection: sa.Connection) -> Iterator[Matter]:
    rows = sa.select(outbox).where(outbox.c.state.in_(IN_DOUBT)).order_by(outbox.c.id)
    for message in connection.execute(rows):
        yield Matter(
            kind=MatterKind.MACHINE,
            reference=f"message {message.id}",
            reason=_TROUBLE[message.state].value,
            since=message.created,
            who=message.recipient,
            subject=message.subject,
        )
