"""Transactions: writers take the lock at once, readers never wait, every change is noted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from datetime import date, datetime
from enum import IntEnum
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.domain.history_chain import BEGINNING, link_of
from mailflow.store.columns import as_kept, microseconds
from mailflow.store.engine import translated
from mailflow.store.quick import QuickConnection
from mailflow.store.tables import BY_LONGEST, history, meta

NAMESPACE = 0x6D61696C
"""First half of every lock we take on a PostgreSQL server; the second half says which."""


class Lock(IntEnum):
    """What several workers do one after the other. Negative: epochs are positive."""

    SCHEMA = -1
    BOOKS = -2
    """Deciding: what is still owed, or ordered already, must not change meanwhile."""
    SHELF = -3
    """Taking messages: those of one recipient keep their order."""
    INTAKE = -4
    """Recording: what two workers see of one mailbox is recorded once."""
    HISTORY = -5
    """Putting down the history, a chain: taken last, right before the commit."""


ADVISORY = sa.select(
    sa.func.pg_advisory_xact_lock(NAMESPACE, sa.bindparam("which", type_=sa.Integer))
)


def lock(connection: sa.Connection, which: Lock) -> None:
    """Wait for a lock that goes with the transaction. On SQLite every writer has it anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(ADVISORY, {"which": which.value})


class Pen:
    """What a write transaction is written with; its history is put down as one at its end.

    `today` is the business day of `now`.
    """

    def __init__(self, connection: sa.Connection, by: str, now: datetime, today: date) -> None:
        self.connection = connection
        self.now = now
        self.today = today
        self._by = by
        self._notes: list[dict[str, Any]] = []

    def note(self, kind: str, subject_id: object, states: tuple[str, str], reason: str) -> None:
        """One history row for a change of state, in the same transaction as the change."""
        before, after = states
        self._notes.append(
            {
                "at": self.now,
                "kind": kind,
                "subject_id": str(subject_id),
                "before": before,
                "after": after,
                "by": as_kept(self._by, BY_LONGEST),
                "reason": as_kept(reason, None),
            }
        )

    def put_down(self) -> None:
        """Each row linked to the one before, also to those that others put down meanwhile."""
        if not self._notes:
            return
        lock(self.connection, Lock.HISTORY)
        link = self.connection.execute(LAST_LINK).scalar() or BEGINNING
        for note in self._notes:
            at, *words = note.values()
            note["link"] = link = link_of(link, (microseconds(at), *words))
        self.connection.execute(NOTES, self._notes)
        self._notes = []


LAST_LINK = sa.select(history.c.link).order_by(history.c.id.desc()).limit(1)
NOTES = sa.insert(history)
"""Statements stand beside those who use them, built once: building takes longer than running."""


class Database:
    """An engine with the two ways to use it. `by` stands beside every change in the history; days
    are those of the business zone."""

    def __init__(self, engine: sa.Engine, by: str, zone: ZoneInfo) -> None:
        self.engine = engine
        # On SQLite only one may write at a time; who waits here goes on at once when it is his turn,
        # and not only when SQLite looks again.
        is_one = engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[object] = threading.Lock() if is_one else nullcontext()
        self._idle: list[QuickConnection] = []
        """Connections of SQLite that nobody reads on just now: from the pool each would cost more than
        what is read."""
        self._by = by
        self._zone = zone

    @contextmanager
    def writing(self, now: datetime, which: Lock | None = None) -> Iterator[Pen]:
        with translated(), self._turn, self.engine.connect() as connection:
            with connection.begin():
                if which is not None:
                    lock(connection, which)
                pen = Pen(connection, self._by, now, now.astimezone(self._zone).date())
                yield pen
                pen.put_down()
                failpoint.reached("work.before-commit")
            failpoint.reached("work.committed")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Leave it soon: on SQLite nobody can commit meanwhile."""
        with translated(), ExitStack() as undo:
            connection = self._reader()
            undo.callback(connection.close)
            yield connection
            if isinstance(connection, QuickConnection):
                connection.look_away()
                self._idle.append(connection)
                undo.pop_all()

    def _reader(self) -> sa.Connection:
        with suppress(IndexError):
            return self._idle.pop()
        connection = self.engine.connect().execution_options(mailflow_write=False)
        if isinstance(connection, QuickConnection):
            connection.reads = True
        return connection

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
        self.engine.dispose()


GET_META = sa.select(meta.c.value).where(meta.c.key == sa.bindparam("of"))
SET_META = sa.update(meta).where(meta.c.key == sa.bindparam("of"))
ADD_META = sa.insert(meta)


def get_meta(connection: sa.Connection, key: str) -> str | None:
    value: str | None = connection.execute(GET_META, {"of": key}).scalar()
    return value


def set_meta(connection: sa.Connection, key: str, value: str) -> None:
    """Two who might do it for the first time must hold one lock."""
    if not connection.execute(SET_META, {"of": key, "value": value}).rowcount:
        connection.execute(ADD_META, {"key": key, "value": value})


def number_of(text: str) -> int | None:
    """The number a person wrote, or None where no row can have it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
