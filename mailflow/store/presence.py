"""Who is alive: one daemon per SQLite file; on PostgreSQL every worker shows that it lives.

No time is involved: a lock goes with the process or session that holds it, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.ports import StoreTrouble
from mailflow.store.connection import NAMESPACE, Database, Lock, lock, set_meta
from mailflow.store.engine import translated
from mailflow.store.opened_mark import EPOCH, OpenedMark, counted


class Presence(Protocol):
    """`epoch` names one opening of the database for work; no two openings have the same."""

    @property
    def epoch(self) -> int: ...
    @property
    def alone(self) -> bool:
        """Whether nobody else can be at work meanwhile."""
        ...

    def announce(self) -> None:
        """Called before anything is taken: a lost lock is taken again."""
        ...

    def others(self, connection: sa.Connection) -> frozenset[int]:
        """The epochs of the other workers that live. What any other epoch holds is nobody's."""
        ...

    def close(self) -> None: ...


class Visiting:
    """A command that looks or changes by hand, while a daemon may be at work."""

    epoch = 0
    alone = False

    def announce(self) -> None:
        raise RuntimeError("the database was not opened for work: nothing may be taken")

    def others(self, _connection: sa.Connection) -> frozenset[int]:
        raise RuntimeError("the database was not opened for work: nobody is told apart")

    def close(self) -> None:
        """Nothing is held."""


class Alone:
    """SQLite: we hold the lock of the file, so whoever else held something is dead."""

    alone = True

    def __init__(self, epoch: int, held: IO[str] | None) -> None:
        self.epoch = epoch
        self._held = held

    def announce(self) -> None:
        """The file's lock cannot be lost."""

    def others(self, _connection: sa.Connection) -> frozenset[int]:
        return frozenset()

    def close(self) -> None:
        if self._held is not None:
            self._held.close()


ALIVE = sa.text(
    "select objid::bigint from pg_locks where locktype = 'advisory' and granted "
    "and classid = :namespace and objsubid = 2 and objid < 2147483648 and database = "
    "(select oid from pg_database where datname = current_database())"
)
"""The positive numbers under our namespace: epochs, and none of `Lock`."""


def alive(connection: sa.Connection) -> frozenset[int]:
    """The epochs whose workers live. Nobody needs to be told apart on SQLite."""
    if connection.dialect.name != "postgresql":
        return frozenset()
    return frozenset(connection.execute(ALIVE, {"namespace": NAMESPACE}).scalars())


NEVER_IDLE = sa.text(
    "select set_config(name, '0', false) from pg_settings where name = 'idle_session_timeout'"
)
"""It does nothing for hours and must not be ended for that. Servers before 14 end nobody."""


class Among:
    """PostgreSQL: a session of its own holds the lock named by the epoch."""

    alone = False

    def __init__(self, engine: sa.Engine, epoch: int) -> None:
        self.epoch = epoch
        self._engine = engine
        self._session: sa.Connection | None = None
        self.announce()

    def announce(self) -> None:
        with translated():
            if self._session is not None and self._still_there(self._session):
                return
            session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            session.execute(NEVER_IDLE)
            taken = session.execute(
                sa.select(sa.func.pg_try_advisory_lock(NAMESPACE, self.epoch))
            ).scalar()
            if taken:
                self._session = session
            else:
                # Our lost session is still known to the server: until it is not, we live by it.
                session.close()

    def _still_there(self, session: sa.Connection) -> bool:
        try:
            session.execute(sa.select(1))
        except sa.exc.DBAPIError:
            self._session = None
            session.invalidate()
            session.close()
            return False
        return True

    def others(self, connection: sa.Connection) -> frozenset[int]:
        return alive(connection) - {self.epoch}

    def close(self) -> None:
        if self._session is not None:
            # Back in the pool it would keep its lock.
            self._session.invalidate()
            self._session.close()
            self._session = None


def counted_opening(database: Database, mark: OpenedMark | None) -> int:
    """The epoch of this opening; by its mark a database that was put back is held before."""
    if mark is None:
        return next_epoch(database.engine)
    mark.hold_if_older(database)
    epoch = next_epoch(database.engine)
    mark.put(database, epoch)
    return epoch


def next_epoch(engine: sa.Engine) -> int:
    """A number nobody had before; what bears an earlier one was held by another opening."""
    with translated(), engine.begin() as connection:
        lock(connection, Lock.SCHEMA)
        epoch = counted(connection) + 1
        set_meta(connection, EPOCH, str(epoch))
    failpoint.reached("epoch.taken")
    return epoch


def take_lock(path: Path) -> IO[str]:
    """One daemon per SQLite file; the lock goes with the process, however it ends."""
    place = path.with_name(path.name + ".lock")
    try:
        handle = open(place, "a+", encoding="ascii", errors="replace")  # noqa: SIM115 # held while we live
    except OSError as error:
        raise StoreTrouble(f"{place}: {error.strerror}: mend the rights of its folder") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.seek(0)
        holder = handle.read(20).strip() or "unknown"
        handle.close()
        raise StoreTrouble(
            f"{path}: another mailflow runs on this database (process {holder}): stop it first"
        ) from error
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return handle
