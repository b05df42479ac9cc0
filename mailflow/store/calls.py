"""Call-back results as rows: of a store, product, month and consumer the newest told holds."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from mailflow.domain.called import Called, CallSums
from mailflow.store.connection import Pen, get_meta, set_meta
from mailflow.store.tables_calls import calls

KIND = "call-backs"
"""Of what is entered of a mail, in the history."""
SECRET = "call-backs-key"
SUMS = ("calls", "reached", "sent", "heard", "used", "wasted")
HOLDS = sa.select(calls).where(
    calls.c.state == "holds",
    calls.c.distributor == sa.bindparam("of_distributor"),
    calls.c.store_key.in_(sa.bindparam("of_stores", expanding=True)),
)
OF_STORE = (
    sa.select(calls.c.distributor)
    .where(calls.c.store_key == sa.bindparam("of_store"), calls.c.state == "holds")
    .distinct()
)
SAME = sa.and_(
    calls.c.distributor == sa.bindparam("of_distributor"),
    calls.c.store_key == sa.bindparam("of_store"),
    calls.c.sku == sa.bindparam("of_sku"),
    calls.c.month == sa.bindparam("of_month"),
    calls.c.who == sa.bindparam("of_who"),
)
LAST = sa.select(sa.func.max(calls.c.version)).where(SAME)
SUPERSEDE = sa.update(calls).where(SAME, calls.c.state == "holds").values(state="superseded")
ADD = sa.insert(calls)
WITHDRAW = (
    sa.update(calls)
    .where(calls.c.mail_id == sa.bindparam("of_mail"), calls.c.state == "holds")
    .values(state="withdrawn")
    .returning(calls)
)


class SqlCalls:
    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._connection = pen.connection
        self._secret: bytes | None = None

    def sign(self, text: str) -> str:
        """Keyed, so that nobody can try all telephone numbers on what is kept."""
        if self._secret is None:
            self._secret = bytes.fromhex(self._kept_secret())
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()[:32]

    def _kept_secret(self) -> str:
        known = get_meta(self._connection, SECRET)
        if known is None:
            known = secrets.token_hex(32)
            set_meta(self._connection, SECRET, known)
        return known

    def held(self, stores: Collection[tuple[str, str]]) -> tuple[Called, ...]:
        return tuple(self._held(stores))

    def _held(self, stores: Collection[tuple[str, str]]) -> Iterator[Called]:
        of: dict[str, list[str]] = {}
        for distributor, key in stores:
            of.setdefault(distributor, []).append(key)
        for distributor, keys in of.items():
            for begin in range(0, len(keys), AT_ONCE):
                chosen = keys[begin : begin + AT_ONCE]
                rows = {"of_distributor": distributor, "of_stores": chosen}
                yield from map(called_of, self._connection.execute(HOLDS, rows))

    def known_stores(self, key: str) -> Sequence[str]:
        return tuple(self._connection.execute(OF_STORE, {"of_store": key}).scalars())

    def keep(self, rows: Sequence[Called], mail_id: int, reason: str) -> None:
        for row in rows:
            same = {
                "of_distributor": row.distributor,
                "of_store": row.key,
                "of_sku": row.sku,
                "of_month": row.month,
                "of_who": row.who,
            }
            before = int(self._connection.execute(LAST, same).scalar() or 0)
            if before:
                self._connection.execute(SUPERSEDE, same)
            self._connection.execute(ADD, _values(row, mail_id, before + 1))
        self._pen.note(KIND, f"M{mail_id}", ("", "entered"), reason)


AT_ONCE = 400
"""Stores asked for in one statement: SQLite takes no more than a thousand values."""


def called_of(row: Any) -> Called:
    return Called(
        distributor=row.distributor,
        store=row.store,
        key=row.store_key,
        sku=row.sku,
        month=row.month,
        who=row.who,
        called_on=row.called_on,
        sums=CallSums(**{name: getattr(row, name) for name in SUMS}),
        cell=row.cell,
    )


def _values(row: Called, mail_id: int, version: int) -> dict[str, Any]:
    return {
        "mail_id": mail_id,
        "distributor": row.distributor,
        "store_key": row.key,
        "store": row.store,
        "sku": row.sku,
        "month": row.month,
        "who": row.who,
        "version": version,
        "state": "holds",
        "called_on": row.called_on,
        **{name: getattr(row.sums, name) for name in SUMS},
        "cell": row.cell,
    }


def withdraw_calls_of_mail(pen: Pen, mail_id: int, reason: str) -> tuple[Called, ...]:
    """The mail is read anew: what it told counts for nothing until it has been. What that was."""
    rows = pen.connection.execute(WITHDRAW, {"of_mail": mail_id}).all()
    if rows:
        pen.note(KIND, f"M{mail_id}", ("entered", "withdrawn"), reason)
    return tuple(map(called_of, rows))
