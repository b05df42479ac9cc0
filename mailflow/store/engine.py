"""Opening a database so that what was committed survives a power cut."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic_core import PydanticSerializationError, to_json

from mailflow.ports import StoreTrouble
from mailflow.store import quick
from mailflow.store.columns import Written
from mailflow.store.quick import QuickConnection
from mailflow.store.sqlite_driver import DRIVER, journal_mode

BUSY_MILLISECONDS = 10_000
CONNECT_SECONDS = 10
AGAIN_SECONDS = 0.02
STATEMENTS = 512
"""That a connection keeps prepared: a pass has more of them than the driver would keep by itself."""


def open_engine(url: str) -> sa.Engine:
    """Nothing is connected yet. Raises `StoreTrouble` for an address of no database we know."""
    try:
        address = sa.engine.make_url(url)
    except sa.exc.ArgumentError as error:
        raise StoreTrouble(f"database.url: not an address of a database: {error}") from error
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    if address.get_backend_name() == "postgresql":
        return _open_postgres(address.set(drivername="postgresql+psycopg"))
    raise StoreTrouble(
        f"database.url: {address.drivername}: not known: write sqlite:///FILE or "
        "postgresql+psycopg://USER@HOST/DATABASE"
    )


def _open_sqlite(address: sa.URL) -> sa.Engine:
    journal = journal_mode()
    engine = sa.create_engine(
        address,
        module=DRIVER,
        connect_args={"check_same_thread": False, "cached_statements": STATEMENTS},
        json_serializer=_as_json,
        hide_parameters=True,
    )
    engine._connection_cls = QuickConnection

    @sa.event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: ours begin with the write lock.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        got = _journal_changed(connection, journal)
        if got == "wal" and journal != "wal":
            raise StoreTrouble(
                f"database {address.database}: another program keeps it in WAL mode, in which "
                "this SQLite can lose data: close that program"
            )
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA foreign_keys=ON")
        # What is deleted or changed is overwritten: else consumers stay in the file for years.
        connection.execute("PRAGMA secure_delete=ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        mode = connection.get_execution_options().get("mailflow_write", True)
        quick.begin(connection, quick.WRITES if mode else quick.READS)

    return engine


def _as_json(value: object) -> str:
    """In a fifth of the time that Python's own takes; it is asked for what UTF-8 has no bytes for."""
    if type(value) is Written:
        return str(value)
    try:
        return to_json(value).decode()
    except PydanticSerializationError:
        return json.dumps(value)


def _journal_changed(connection: Any, wanted: str) -> str:
    """The mode that is then in force. While another connection changes it for the first time
    SQLite says `locked` at once, however long it may wait for anything else."""
    until = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            return str(connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0])
        except DRIVER.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(AGAIN_SECONDS)


def _open_postgres(address: sa.URL) -> sa.Engine:
    alive = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    engine = sa.create_engine(
        address,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, **alive},
        json_serializer=_as_json,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        # A server may be set to forget the last commits in a power cut; a stronger one stays.
        connection.execute(
            "select set_config('synchronous_commit', 'on', false) "
            "where current_setting('synchronous_commit') in ('off', 'local')"
        )
        # A worker whose machine is gone is told from a silent one (store/presence.py).
        connection.execute("set tcp_keepalives_idle = 30")
        connection.execute("set tcp_keepalives_interval = 10")
        connection.execute("set tcp_keepalives_count = 3")
        connection.commit()

    return engine


@contextmanager
def translated() -> Iterator[None]:
    """The database's trouble becomes ours at this door.

    A row that breaks a key or does not fit is our own mistake and stays what it is: trying it
    again would not help, and would keep every later mail waiting.
    """
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError):
        raise
    except sa.exc.DBAPIError as error:
        said = " ".join(str(error.orig).split())
        if "full" in said or "space" in said:
            mend = "free space; it is tried again"
        elif isinstance(error, sa.exc.OperationalError):
            mend = "check its disk, lock or server; it is tried again"
        else:
            mend = "see `mailflow doctor`"
        raise StoreTrouble(f"database: {said}: {mend}") from error


def sqlite_path(url: str) -> Path | None:
    """Where the database's file lies; None for a server or a database in memory."""
    database = sa.engine.make_url(url).database if url.startswith("sqlite") else None
    return Path(database) if database and database != ":memory:" else None
