"""The `Store` door on SQLAlchemy: one database, opened for a daemon or for a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.facts import Facts
from mailflow.domain.mail import Head
from mailflow.domain.register import Register
from mailflow.ports import StoreTrouble
from mailflow.store.connection import Database
from mailflow.store.engine import migrate, open_engine, sqlite_path, take_lock, translated
from mailflow.store.hand import act
from mailflow.store.journal import SqlJournal
from mailflow.store.masters import SqlMasters
from mailflow.store.records import SqlRecords
from mailflow.store.shelf import SqlShelf
from mailflow.store.tables import meta
from mailflow.store.work import Rules, SqlWork

SCHEMA = "0001"
"""The newest migration; alembic is loaded only where the database has not got it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a database is opened. `exclusive` is for the daemon: one per SQLite file."""

    zone: ZoneInfo
    trust_from: bool = False
    exclusive: bool = False


def open_store(url: str, opening: Opening) -> SqlStore:
    """Raises `StoreTrouble`: unreachable, locked by another daemon, not writable."""
    path = sqlite_path(url)
    lock = None
    if path is not None:
        if not path.parent.is_dir():
            raise StoreTrouble(f"database {path}: its folder does not exist: create it")
        lock = take_lock(path) if opening.exclusive else None
    engine = open_engine(url)
    with translated():
        if not _is_current(engine):
            migrate(engine)
    epoch = _next_epoch(engine) if opening.exclusive else _epoch(engine)
    return SqlStore(Database(engine, epoch), opening, lock)


def _is_current(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return False
        version = connection.execute(sa.text("select version_num from alembic_version")).scalar()
        return bool(version == SCHEMA)


def _epoch(engine: sa.Engine) -> int:
    with translated(), engine.connect() as connection:
        value = connection.execute(sa.select(meta.c.value).where(meta.c.key == "epoch")).scalar()
    return int(value or 0)


def _next_epoch(engine: sa.Engine) -> int:
    epoch = _epoch(engine) + 1
    with translated(), engine.begin() as connection:
        connection.execute(sa.delete(meta).where(meta.c.key == "epoch"))
        connection.execute(sa.insert(meta).values(key="epoch", value=str(epoch)))
    return epoch


class SqlStore:
    def __init__(self, database: Database, opening: Opening, lock: IO[str] | None) -> None:
        self._database = database
        self._lock = lock
        self._masters = SqlMasters(database, opening.zone)
        self._rules = Rules(opening.zone, opening.trust_from, self._masters.register)
        self.journal = SqlJournal(database)
        self.shelf = SqlShelf(database)
        self.records = SqlRecords(database)

    @contextmanager
    def begin(self, now: datetime) -> Iterator[SqlWork]:
        self._masters.register()
        with self._database.writing() as connection:
            yield SqlWork(connection, self._database, self._rules, now)

    def facts(self, head: Head, received: datetime) -> Facts:
        self._masters.register()
        with self._database.reading() as connection:
            return SqlWork(connection, self._database, self._rules, received).facts(head, received)

    def first_start(self, now: datetime) -> datetime:
        with self._database.writing() as connection:
            known = sa.select(meta.c.value).where(meta.c.key == "first_start")
            value = connection.execute(known).scalar()
            if value is None:
                value = now.isoformat()
                connection.execute(sa.insert(meta).values(key="first_start", value=value))
        return datetime.fromisoformat(str(value))

    def register(self) -> Register:
        return self._masters.register()

    def load_master(
        self, kind: str, sha256: str, rows: Iterable[Mapping[str, Any]], now: datetime
    ) -> bool:
        return self._masters.load(kind, sha256, rows, now)

    def master_rows(self, kind: str) -> Sequence[Mapping[str, str]]:
        """The current version of a master table, as it was loaded."""
        return self._masters.rows(kind)

    def act(self, verb: str, kind: str, subject_id: str, reason: str, now: datetime) -> str:
        with self._database.writing() as connection:
            return act(self._database, connection, (verb, kind, subject_id), reason, now)

    def recover(self, now: datetime) -> int:
        with self._database.writing() as connection:
            return self.shelf.recover(connection, now)

    def check(self) -> str:
        """`ok`, or what the database says of itself (reliability D07)."""
        if self._database.engine.dialect.name != "sqlite":
            return "ok"
        with self._database.reading() as connection:
            return str(connection.exec_driver_sql("PRAGMA quick_check(5)").scalar())

    def close(self) -> None:
        self._database.engine.dispose()
        if self._lock is not None:
            self._lock.close()
