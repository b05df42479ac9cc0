"""The whole story of one thing, as a person asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from mailflow.domain.announcement import is_announcement
from mailflow.domain.order import order_of
from mailflow.domain.settlement import number_in
from mailflow.store.account_story import account_story
from mailflow.store.announcements_by_hand import announcement_story
from mailflow.store.batches import batch_story
from mailflow.store.connection import number_of
from mailflow.store.consumer_story import consumers_story
from mailflow.store.ledger import IN_FORCE
from mailflow.store.register_story import lines_told, register_story, registers_told
from mailflow.store.request_story import request_story
from mailflow.store.sample_stories import shortfall_story
from mailflow.store.sender_story import LEFT_OUT, of_sender
from mailflow.store.shipments import loads_told
from mailflow.store.shown import shown
from mailflow.store.tables import (
    cases,
    dispatch_lists,
    history,
    mails,
    orders,
    questions,
    settlements,
)
from mailflow.store.tables_outbox import outbox
from mailflow.store.timeline import is_asked_of, timeline_of

INSIDE = ("content", "rows", "findings", "marks", "letter", "epoch", "holder", "around_key", "key")
REVISION = ("id", "revision", "state", "mail_id", "received", "tins", "amount_cents")
TOLD = ("findings", "marks")
"""What a list leaves out, and what of it the story of one thing tells."""


def as_dict(row: Any, *leave_out: str) -> dict[str, Any]:
    return {k: shown(v) for k, v in row._mapping.items() if k not in leave_out}


def story_of(connection: sa.Connection, kind: str, subject_id: str) -> Mapping[str, Any] | None:
    """None where there is none of that name."""
    if kind == "register":
        told = register_story(connection, subject_id)
        return told and told | {"history": _history(connection, kind, subject_id)}
    if kind == "batch":
        return batch_story(connection, subject_id)
    if kind == "sender":
        return _sender(connection, subject_id)
    if kind == "account":
        return account_story(connection, subject_id)
    if kind == "announcement" or is_announcement(subject_id):
        return _announcement(connection, subject_id, kind)
    if kind == "shortfall":
        about = shortfall_story(connection, subject_id)
        return about and {**about, "history": _history(connection, kind, subject_id)}
    if kind == "consumers":
        return consumers_story(connection, subject_id)
    found = _FIND[kind](connection, subject_id)
    if found is None:
        return None
    told = as_dict(found, *(name for name in INSIDE if name not in TOLD))
    key = told["number"] if kind in ("order", "case") else told["id"]
    if kind == "order":
        told |= _of_order(connection, found)
        told["sender"] = _sender_of(connection, found.mail_id)
    if kind == "mail":
        told |= _of_mail(connection, found.id)
    if kind == "case" and found.kind == "request":
        told |= request_story(connection, found.subject_id)
    told["history"] = _history(connection, kind, str(key))
    return told


def _mail(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    number = number_of(text.removeprefix("M"))
    return connection.execute(sa.select(mails).where(mails.c.id == number)).first()


def _order(connection: sa.Connection, text: str) -> sa.Row[Any] | None:
    rows = sa.select(orders).where(orders.c.number == order_of(text)).order_by(*IN_FORCE)
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


def _announcement(connection: sa.Connection, number: str, kind: str) -> Mapping[str, Any] | None:
    """Also as the case that bears its number, with how that stands."""
    told = announcement_story(connection, number)
    case = _case(connection, number) if kind == "case" else None
    if told is None or (kind == "case" and case is None):
        return None
    history = _history(connection, "announcement", number)
    about = {"kind": "announcement", "subject_id": number, "case": as_dict(case)} if case else {}
    return {**told, **about, "history": history}


def _sender(connection: sa.Connection, text: str) -> dict[str, Any] | None:
    address = text.strip().lower()
    found = of_sender(connection, address)
    if found is None:
        return None
    told = {name: [as_dict(row, *LEFT_OUT) for row in rows] for name, rows in found.items()}
    return {"sender": address, **told}


def _sender_of(connection: sa.Connection, mail_id: int) -> str:
    mail = connection.execute(sa.select(mails.c.sender).where(mails.c.id == mail_id)).first()
    return mail.sender if mail else ""


def _of_order(connection: sa.Connection, order: sa.Row[Any]) -> dict[str, Any]:
    revisions = sa.select(*(orders.c[name] for name in REVISION)).order_by(orders.c.revision)
    every = connection.execute(revisions.where(orders.c.number == order.number)).all()
    ids = [row.id for row in every]
    lists = sa.select(dispatch_lists).where(dispatch_lists.c.order_id.in_(ids))
    mail_ids = {row.mail_id for row in every}
    return {
        "customer": order.content.get("customer"),
        "ship_to": order.content.get("ship_to"),
        "registers": registers_told(connection, order.content.get("register_version", "")),
        "lines": lines_told(connection, order),
        "dispatch_lists": [as_dict(r) for r in connection.execute(lists)],
        "shipments": loads_told(connection, ids),
        "revisions": [as_dict(row, "id") for row in every],
        "questions": _questions(connection, order.number),
        "messages": _messages(connection, outbox.c.mail_id.in_(mail_ids)),
        "timeline": [
            {**as_dict(row, "id"), "about": about}
            for row, about in timeline_of(connection, order.number, sorted(mail_ids))
        ],
    }


def _questions(connection: sa.Connection, number: str) -> list[dict[str, Any]]:
    """Who was asked, and what he answered; never a token."""
    told = ("revision", "role", "address", "state", "answer", "answered_by", "answer_mail_id")
    chosen = sa.select(*(questions.c[name] for name in (*told, "created", "expires", "answered")))
    rows = chosen.where(is_asked_of(number)).order_by(questions.c.id)
    return [as_dict(row) for row in connection.execute(rows)]


def _of_mail(connection: sa.Connection, mail_id: int) -> dict[str, Any]:
    rows = sa.select(orders.c.number, orders.c.revision, orders.c.state, orders.c.findings).where(
        orders.c.mail_id == mail_id
    )
    return {
        "orders": [as_dict(r) for r in connection.execute(rows)],
        "messages": _messages(connection, outbox.c.mail_id == mail_id),
    }


def _messages(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    chosen = sa.select(
        outbox.c.id, outbox.c.notice, outbox.c.recipient, outbox.c.subject, outbox.c.state
    )
    return [as_dict(r) for r in connection.execute(chosen.where(where).order_by(outbox.c.id))]


def _history(connection: sa.Connection, kind: str, subject_id: str) -> list[dict[str, Any]]:
    rows = (
        sa.select(history)
        .where(history.c.kind == kind, history.c.subject_id == subject_id)
        .order_by(history.c.id)
    )
    return [as_dict(r, "id", "kind", "subject_id") for r in connection.execute(rows)]
