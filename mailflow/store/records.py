"""What people look at: counts, lists, the whole story of one thing, the matters of a digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.finding import Asked
from mailflow.domain.matter import DayCounts, MachineTrouble, Matter, MatterKind
from mailflow.domain.message import MessageState
from mailflow.domain.order import order_of
from mailflow.domain.settlement import number_in
from mailflow.store.connection import Database, get_meta, number_of
from mailflow.store.sender_story import LEFT_OUT, of_sender
from mailflow.store.tables import (
    cases,
    dispatch_lists,
    history,
    mails,
    order_lines,
    orders,
    outbox,
    settlements,
)

COUNTED = {"mails": mails, "orders": orders, "cases": cases, "messages": outbox}
TABLES = {**COUNTED, "settlements": settlements}
UNREAD = ("stranger", "auto-reply", "bounce", "mailing-list", "own-mail", "invitation")
_TROUBLE = {
    MessageState.FAILED.value: MachineTrouble.MESSAGE_FAILED,
    MessageState.UNKNOWN.value: MachineTrouble.MESSAGE_UNKNOWN,
}
IN_DOUBT = tuple(_TROUBLE)
PAGE = 500
INSIDE = ("content", "findings", "marks", "letter", "epoch", "holder", "around_key", "key")
TOLD = ("findings", "marks")
"""What a list leaves out, and what of it the story of one thing tells."""

UNSENT = (*IN_DOUBT, MessageState.RETRY.value)


def shown(value: Any) -> Any:
    """Instants and days as ISO texts, everything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _as_dict(row: Any, *leave_out: str) -> dict[str, Any]:
    return {k: shown(v) for k, v in row._mapping.items() if k not in leave_out}


class SqlRecords:
    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        found: dict[str, dict[str, int]] = {}
        with self._database.reading() as connection:
            for name, table in COUNTED.items():
                by_state = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
                rows = connection.execute(by_state.order_by(table.c.state))
                found[name] = {row[0]: row[1] for row in rows}
        return found

    def last_poll(self) -> datetime | None:
        with self._database.reading() as connection:
            value = get_meta(connection, "last_poll")
        return datetime.fromisoformat(value) if value else None

    def listing(self, kind: str, state: str | None) -> Iterator[Mapping[str, Any]]:
        """Page by page: whoever looks slowly must not keep others from writing."""
        table = TABLES[kind]
        after: sa.BindParameter[int] = sa.bindparam("after")
        rows = sa.select(table).where(table.c.id > after).order_by(table.c.id).limit(PAGE)
        if state:
            rows = rows.where(table.c.state == state)
        last = 0
        while True:
            with self._database.reading() as connection:
                page = connection.execute(rows, {"after": last}).all()
            yield from (_as_dict(row, *INSIDE) for row in page)
            if len(page) < PAGE:
                return
            last = page[-1].id

    def story(self, kind: str, subject_id: str) -> Mapping[str, Any] | None:
        with self._database.reading() as connection:
            if kind == "sender":
                return _sender(connection, subject_id)
            found = _FIND[kind](connection, subject_id)
            if found is None:
                return None
            told = _as_dict(found, *(name for name in INSIDE if name not in TOLD))
            key = told["number"] if kind in ("order", "case") else told["id"]
            if kind == "order":
                told |= _of_order(connection, found)
                told["sender"] = _sender_of(connection, found.mail_id)
            if kind == "mail":
                told |= _of_mail(connection, found.id)
            told["history"] = _history(connection, kind, str(key))
            return told

    def matters(self, since: datetime, until: datetime) -> Sequence[Matter]:
        with self._database.reading() as connection:
            return [
                *_open_cases(connection),
                *_unread(connection, since, until),
                *_unsent(connection),
            ]

    def day_counts(self, since: datetime, until: datetime) -> Sequence[DayCounts]:
        counts: dict[str, DayCounts] = defaultdict(lambda: DayCounts(""))
        with self._database.reading() as connection:
            for row in connection.execute(_orders_of_day(since, until)):
                known = replace(counts[row.region], region=row.region)
                state = row.state
                if state == "accepted":
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
        case "accepted":
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
        mail_id, who = _behind(connection, case)
        mail = connection.execute(sa.select(mails).where(mails.c.id == mail_id)).first()
        yield Matter(
            kind=MatterKind.CASE,
            reference=case.number,
            reason=case.reason,
            since=case.since,
            who=who or (mail.sender if mail else ""),
            subject=mail.subject if mail else "",
            region=case.region,
            waits_on=Asked(case.waits_on),
        )


def _behind(connection: sa.Connection, case: sa.Row[Any]) -> tuple[int | None, str]:
    """The mail a case came from, and the distributor's name where it is an order."""
    if case.kind == "mail":
        return int(case.subject_id), ""
    order = connection.execute(
        sa.select(orders.c.mail_id, orders.c.content).where(orders.c.number == case.subject_id)
    ).first()
    if order is None:
        return None, ""
    customer = order.content.get("customer") or {}
    return order.mail_id, customer.get("name", "")


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


def _mail(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    number = number_of(text.removeprefix("M"))
    return connection.execute(sa.select(mails).where(mails.c.id == number)).first()


def _order(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    newest = orders.c.revision.desc()
    rows = sa.select(orders).where(orders.c.number == order_of(text)).order_by(newest)
    return connection.execute(rows).first()


def _case(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(cases).where(cases.c.number == text)).first()


def _message(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(outbox).where(outbox.c.id == number_of(text))).first()


def _settlement(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    chosen = sa.select(settlements).where(settlements.c.id == number_in(text))
    return connection.execute(chosen).first()


_FIND = {
    "mail": _mail,
    "order": _order,
    "case": _case,
    "message": _message,
    "settlement": _settlement,
}


def _sender(connection: sa.Connection, text: str) -> dict[str, Any] | None:
    address = text.strip().lower()
    found = of_sender(connection, address)
    if found is None:
        return None
    told = {name: [_as_dict(row, *LEFT_OUT) for row in rows] for name, rows in found.items()}
    return {"sender": address, **told}


def _sender_of(connection: sa.Connection, mail_id: int) -> str:
    mail = connection.execute(sa.select(mails.c.sender).where(mails.c.id == mail_id)).first()
    return mail.sender if mail else ""


def _of_order(connection: sa.Connection, order: sa.Row[Any]) -> dict[str, Any]:
    lines = sa.select(order_lines).where(order_lines.c.order_id == order.id)
    lists = sa.select(dispatch_lists).where(dispatch_lists.c.order_id == order.id)
    return {
        "customer": order.content.get("customer"),
        "ship_to": order.content.get("ship_to"),
        "lines": [_as_dict(r, "order_id") for r in connection.execute(lines)],
        "dispatch_lists": [_as_dict(r) for r in connection.execute(lists)],
        "messages": _messages(connection, outbox.c.mail_id == order.mail_id),
    }


def _of_mail(connection: sa.Connection, mail_id: int) -> dict[str, Any]:
    rows = sa.select(orders.c.number, orders.c.revision, orders.c.state, orders.c.findings).where(
        orders.c.mail_id == mail_id
    )
    return {
        "orders": [_as_dict(r) for r in connection.execute(rows)],
        "messages": _messages(connection, outbox.c.mail_id == mail_id),
    }


def _messages(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    chosen = sa.select(
        outbox.c.id, outbox.c.notice, outbox.c.recipient, outbox.c.subject, outbox.c.state
    )
    return [_as_dict(r) for r in connection.execute(chosen.where(where).order_by(outbox.c.id))]


def _history(connection: sa.Connection, kind: str, subject_id: str) -> list[dict[str, Any]]:
    rows = (
        sa.select(history)
        .where(history.c.kind == kind, history.c.subject_id == subject_id)
        .order_by(history.c.id)
    )
    return [_as_dict(r, "id", "kind", "subject_id") for r in connection.execute(rows)]
