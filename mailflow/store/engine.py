"""Opening a database so that what was committed survives a power cut."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig

from mailflow.ports import StoreTrouble

BUSY_MILLISECONDS = 10_000


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """SQLite up to 3.51.2 can lose committed writes in WAL mode (fixed there and backported)."""
    if version >= (3, 51, 3):
        return True
    return (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def open_engine(url: str) -> sa.Engine:
    try:
        if url.startswith("sqlite"):
            return _open_sqlite(url)
        return sa.create_engine(url, pool_pre_ping=True)
    except sa.exc.ArgumentError as error:
        raise StoreTrouble(f"database.url: not an address of a database: {error}") from error


def _open_sqlite(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"check_same_thread": False})
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info[:3]) else "TRUNCATE"

    @sa.event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: ours begin with the write lock.
        connection.isolation_level = None
        for pragma in (
            f"journal_mode={journal}",
            "synchronous=EXTRA",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        mode = connection.get_execution_options().get("mailflow_write", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if mode else "BEGIN")

    return engine


@contextmanager
def translated() -> Iterator[None]:
    """The database library's trouble becomes ours at this door."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise StoreTrouble(
            f"database: {error.orig}: check its disk, lock or server; it is tried again"
        ) from error
    except sa.exc.DBAPIError as error:
        if isinstance(error, sa.exc.IntegrityError):
            raise
        raise StoreTrouble(f"database: {error.orig}: see `mailflow doctor`") from error


def migrate(engine: sa.Engine) -> None:
    """Bring the schema to this version; a migration is whole or it did not happen."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with translated(), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def sqlite_path(url: str) -> Path | None:
    database = sa.engine.make_url(url).database if url.startswith("sqlite") else None
    return Path(database) if database and database != ":memory:" else None


def take_lock(path: Path) -> IO[str]:
    """One daemon per SQLite file; the lock goes with the process, however it ends."""
    handle = open(path.with_name(path.name + ".lock"), "a+", encoding="ascii")  # noqa: SIM115
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.seek(0)
        holder = handle.read().strip() or "unknown"
        handle.close()
        raise StoreTrouble(
            f"{path}: another mailflow runs on this database (process {holder}): stop it first"
        ) from error
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return handle
