"""Settlements are kept, taken back by a person, and never changed: each act has its history row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.settlement import Settlement, SettlementKind
from mailflow.ports import Refusal
from mailflow.store.connection import Database, Lock
from mailflow.store.engine import open_engine, sqlite_path, translated
from mailflow.store.schema import refuse_another, version_of
from mailflow.store.tables import settlements

ACTIVE = sa.select(settlements).where(settlements.c.state == "active").order_by(settlements.c.id)
OF_SENDER = ACTIVE.where(settlements.c.sender == sa.bindparam("who"))
SAME = OF_SENDER.where(
    settlements.c.kind == sa.bindparam("of_kind"),
    settlements.c.key == sa.bindparam("of_key"),
    settlements.c.around_key == sa.bindparam("of_around"),
)
THIS = sa.select(settlements).where(settlements.c.id == sa.bindparam("this")).with_for_update()
ADD = sa.insert(settlements).returning(settlements.c.id)
REVOKE = (
    sa.update(settlements).where(settlements.c.id == sa.bindparam("this")).values(state="revoked")
)


class SqlSettlements:
    def __init__(self, database: Database) -> None:
        self._database = database

    def active(self) -> Sequence[Settlement]:
        with self._database.reading() as connection:
            return active_in(connection)

    def add(self, settlement: Settlement, now: datetime) -> Settlement:
        around_key = _around_key(settlement.around)
        same = {
            "who": settlement.sender,
            "of_kind": settlement.kind.value,
            "of_key": settlement.key,
            "of_around": around_key,
        }
        # Under the lock of the books: what is decided meanwhile is decided without it.
        with self._database.writing(now, Lock.BOOKS) as pen:
            if row := pen.connection.execute(SAME, same).first():
                known = _settlement(row)
                if known.means != settlement.means:
                    raise Refusal(
                        f"{settlement.sender}: “{known.said}” was settled as {known.means} "
                        f"({known.reference}, {known.reason}): "
                        f"`mailflow forget {known.reference} --reason …` first"
                    )
                return known
            values = {
                "sender": settlement.sender,
                "kind": settlement.kind.value,
                "said": settlement.said,
                "key": settlement.key,
                "means": settlement.means,
                "around": list(settlement.around),
                "around_key": around_key,
                "reason": settlement.reason,
                "by": settlement.by,
                "since": now,
                "state": "active",
            }
            number = pen.connection.execute(ADD, values).scalar_one()
            pen.note("settlement", number, ("", "active"), settlement.reason)
            return replace(settlement, number=number, since=now)

    def revoke(self, number: int, reason: str, now: datetime) -> Settlement:
        with self._database.writing(now, Lock.BOOKS) as pen:
            row = pen.connection.execute(THIS, {"this": number}).first()
            if row is None:
                raise Refusal(
                    f"settlement S{number}: there is none: see `mailflow list settlements`"
                )
            pen.connection.execute(REVOKE, {"this": number})
            pen.note("settlement", number, (row.state, "revoked"), reason)
            return _settlement(row)


def active_in(connection: sa.Connection) -> tuple[Settlement, ...]:
    return tuple(map(_settlement, connection.execute(ACTIVE)))


def settled_of(connection: sa.Connection, sender: str | None) -> tuple[Settlement, ...]:
    """What is in force for one sender."""
    if not sender:
        return ()
    return tuple(map(_settlement, connection.execute(OF_SENDER, {"who": sender})))


def read_settlements(url: str) -> tuple[Settlement, ...]:
    """For who changes nothing, not even a database's version; none where there is none yet.

    Raises `StoreTrouble`.
    """
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return ()
    engine = open_engine(url)
    try:
        with translated(), engine.connect() as connection:
            connection = connection.execution_options(mailflow_write=False)
            version = version_of(connection)
            if version is None:
                return ()
            refuse_another(version)
            return active_in(connection)
    finally:
        engine.dispose()


def _around_key(around: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(around).encode("utf-8", "replace")).hexdigest()


def _settlement(row: sa.Row[Any]) -> Settlement:
    return Settlement(
        sender=row.sender,
        kind=SettlementKind(row.kind),
        said=row.said,
        key=row.key,
        means=row.means,
        reason=row.reason,
        by=row.by,
        around=tuple(row.around),
        number=row.id,
        since=row.since,
    )
