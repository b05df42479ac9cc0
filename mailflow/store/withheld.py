"""Mails a server lists and does not give: counted, shown to a person, taken in when they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from mailflow.domain.mail import Aside, MailKey, MailState
from mailflow.domain.withheld import SHOWN_AFTER, Withheld
from mailflow.ports import Arrival
from mailflow.store.connection import Pen
from mailflow.store.tables import mails, withheld
from mailflow.store.waiting_cases import close_cases, open_case, unread_case

THERE = sa.and_(
    withheld.c.account == sa.bindparam("at_account"),
    withheld.c.folder == sa.bindparam("at_folder"),
    withheld.c.uidvalidity == sa.bindparam("at_uidvalidity"),
    withheld.c.uid == sa.bindparam("at_uid"),
)
OF_FOLDER = sa.select(withheld).where(
    withheld.c.account == sa.bindparam("of_account"), withheld.c.folder == sa.bindparam("of_folder")
)
FIND = sa.select(withheld.c.mail_id).where(THERE)
ADD = sa.insert(withheld)
CHANGE = sa.update(withheld).where(THERE)
REMOVE = sa.delete(withheld).where(THERE)
NEW_MAIL = sa.insert(mails).returning(mails.c.id)
MAIL = sa.select(mails.c.state).where(mails.c.id == sa.bindparam("mail"))
CHANGE_MAIL = sa.update(mails).where(mails.c.id == sa.bindparam("mail"))


def withheld_of(connection: sa.Connection, account: str, folder: str) -> Sequence[Withheld]:
    rows = connection.execute(OF_FOLDER, {"of_account": account, "of_folder": folder})
    return [
        Withheld(
            MailKey(row.account, row.folder, row.uidvalidity, row.uid),
            row.size,
            row.received,
            row.due,
            row.polls,
        )
        for row in rows
    ]


def withhold(pen: Pen, mail: Withheld) -> None:
    """Keep the count; from the third poll on it is a mail that waits on a person."""
    place = place_of(mail.key)
    row = pen.connection.execute(FIND, place).first()
    mail_id = row.mail_id if row else None
    if mail_id is None and mail.polls >= SHOWN_AFTER:
        mail_id = _shown(pen, mail)
    values = {"polls": mail.polls, "due": mail.due, "mail_id": mail_id}
    if row:
        pen.connection.execute(CHANGE, {**place, **values})
    else:
        pen.connection.execute(ADD, {**_columns(mail), **values})


def _shown(pen: Pen, mail: Withheld) -> int:
    """A receipt without bytes, so that it stands wherever mails stand."""
    state, reason = MailState.FAILED.value, Aside.NOT_GIVEN.value
    row = {
        **{"sha256": None, "size": mail.size, "received": mail.received, "arrived": pen.now},
        **{"state": state, "reason": reason, "settled": pen.now, "marks": [], "findings": []},
    }
    mail_id = int(pen.connection.execute(NEW_MAIL, row).scalar_one())
    pen.note("mail", mail_id, ("", state), reason)
    open_case(pen, unread_case(mail_id, reason, mail.received))
    return mail_id


def forget(pen: Pen, key: MailKey) -> None:
    """It is gone from the server. Whoever was told of it closes the case."""
    row = pen.connection.execute(FIND, place_of(key)).first()
    if row and row.mail_id is not None:
        state = pen.connection.execute(MAIL, {"mail": row.mail_id}).scalar_one()
        pen.note("mail", row.mail_id, (state, state), "gone from the mailbox, never fetched")
    pen.connection.execute(REMOVE, place_of(key))


def renumber(pen: Pen, old: MailKey, new: MailKey) -> None:
    """The server gave it another number; the count goes on."""
    number = {"uidvalidity": new.uidvalidity, "uid": new.uid}
    pen.connection.execute(CHANGE, {**place_of(old), **number})


def given(pen: Pen, arrival: Arrival, same: int | None) -> int | None:
    """The receipt of a mail that came at last, if it has one; `same` is that of the same bytes.

    It is dealt with now, unless a person has settled it meanwhile.
    """
    row = pen.connection.execute(FIND, place_of(arrival.key)).first()
    if row is None:
        return None
    pen.connection.execute(REMOVE, place_of(arrival.key))
    if row.mail_id is None:
        return None
    before = str(pen.connection.execute(MAIL, {"mail": row.mail_id}).scalar_one())
    change = _after(arrival, same, before)
    if same is None:
        change |= {"sha256": arrival.sha256, "size": arrival.size}
    pen.connection.execute(CHANGE_MAIL, {"mail": row.mail_id, **change})
    pen.note("mail", row.mail_id, (before, change.get("state", before)), "given at last")
    if change.get("reason") == arrival.left:
        open_case(pen, unread_case(row.mail_id, arrival.left, arrival.received))
    else:
        close_cases(pen, "mail", str(row.mail_id), "given at last")
    return int(row.mail_id)


def _after(arrival: Arrival, same: int | None, before: str) -> dict[str, Any]:
    if before != MailState.FAILED.value:
        return {}
    if arrival.left:
        return {"reason": arrival.left}
    if same is not None:
        return {"state": MailState.IGNORED.value, "reason": f"same as M{same}"}
    waiting = {"state": MailState.WAITING.value, "reason": "spooled"}
    return {**waiting, "attempts": 0, "settled": None, "holder": 0}


def place_of(key: MailKey) -> dict[str, Any]:
    return {
        "at_account": key.account,
        "at_folder": key.folder,
        "at_uidvalidity": key.uidvalidity,
        "at_uid": key.uid,
    }


def _columns(mail: Withheld) -> dict[str, Any]:
    return {
        "account": mail.key.account,
        "folder": mail.key.folder,
        "uidvalidity": mail.key.uidvalidity,
        "uid": mail.key.uid,
        "size": mail.size,
        "received": mail.received,
    }
