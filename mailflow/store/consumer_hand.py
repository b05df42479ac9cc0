"""What an operator may do to a mail or message with consumers in it, while there is anything of it."""

from __future__ import annotations

import json

import sqlalchemy as sa

from mailflow.domain.access import looks_after_consumers
from mailflow.domain.consumer_list import ListState
from mailflow.domain.master import MasterKind, staff_of
from mailflow.domain.register import Register
from mailflow.ports import Refusal
from mailflow.store.connection import Pen
from mailflow.store.hand_rows import AnyRow
from mailflow.store.tables import masters
from mailflow.store.tables_consumers import consumer_lists, consumers, personal_mails

DELETED = sa.select(personal_mails.c.deleted, personal_mails.c.wanted).where(
    personal_mails.c.mail_id == sa.bindparam("of_mail"), personal_mails.c.deleted.is_not(None)
)
PASSED = (
    sa.select(consumer_lists.c.number)
    .join(consumers, consumers.c.list_id == consumer_lists.c.id)
    .where(consumer_lists.c.mail_id == sa.bindparam("of_mail"), consumers.c.agent != "")
    .limit(1)
)
STAFF = (
    sa.select(masters.c.rows)
    .where(masters.c.kind == MasterKind.STAFF.value)
    .order_by(masters.c.id.desc())
    .limit(1)
)
LIST = sa.select(consumer_lists).where(consumer_lists.c.mail_id == sa.bindparam("of_mail"))


def refuse_deleted(pen: Pen, kind: str, text: str, mail_id: int) -> None:
    """Raises `Refusal` where a note stands in place of the bytes."""
    found = pen.connection.execute(DELETED, {"of_mail": mail_id}).first()
    if found is not None:
        why = "it was asked" if found.wanted else "consumers.keep_days says"
        raise Refusal(
            f"{kind} {text}: consumers stood in it, and it was deleted on {found.deleted:%Y-%m-%d} "
            f"as {why}: have its sender send it again"
        )


def refuse_former_agent(pen: Pen, message: AnyRow) -> None:
    """Raises `Refusal` where somebody else calls the consumers of a message meanwhile."""
    regions = json.loads(message.regions or "[]")
    if not regions:
        return
    register = Register(staff=staff_of(pen.connection.execute(STAFF).scalar() or ()))
    for region in regions:
        if not looks_after_consumers(message.recipient, region, register):
            raise Refusal(
                f"message {message.id}: {message.recipient} does not call the consumers of {region} any "
                "more: whoever does gets a sheet of them by himself: see `mailflow list consumers`"
            )


def refuse_redo(pen: Pen, mail_id: int) -> None:
    """Raises `Refusal` also where somebody calls from its list already: read anew it would be a
    second one of the same people."""
    refuse_deleted(pen, "mail", str(mail_id), mail_id)
    number = pen.connection.execute(PASSED, {"of_mail": mail_id}).scalar()
    if number is not None:
        raise Refusal(
            f"mail {mail_id}: its list of consumers {number} is with customer service: have its "
            "sender send what is missing; who is known is not taken twice"
        )


def drop_list(pen: Pen, mail_id: int, reason: str) -> None:
    """Of a mail that is read anew: nobody calls from its list yet, and what it then says is kept."""
    row = pen.connection.execute(LIST, {"of_mail": mail_id}).first()
    if row is None:
        return
    pen.connection.execute(sa.delete(consumers).where(consumers.c.list_id == row.id))
    pen.connection.execute(sa.delete(consumer_lists).where(consumer_lists.c.id == row.id))
    pen.note("consumers", row.number, (row.state, ListState.DELETED.value), reason)
