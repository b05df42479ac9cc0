"""A database is this version's or it is not opened; an empty one is made, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from mailflow.domain import failpoint
from mailflow.ports import StoreTrouble
from mailflow.store.audiences import CALLED, GUARDED, TOLD
from mailflow.store.connection import Lock, lock
from mailflow.store.engine import translated
from mailflow.store.presence import alive
from mailflow.store.tables_archive import SEARCHED
from mailflow.store.tables_guesses import metadata

NEWEST = "0033"
"""The newest migration. `tables.py` says the same as all of them together (a test compares)."""

Upgrade = Callable[[sa.Connection], None]
"""Brings an older database to this version, in the transaction of its connection."""


def prepare(engine: sa.Engine, upgrade: Upgrade | None) -> None:
    """Raises `StoreTrouble` for a database of another version, where nobody may upgrade it."""
    with translated():
        with engine.connect().execution_options(mailflow_write=False) as connection:
            if version_of(connection) == NEWEST:
                return
        with engine.begin() as connection:
            # Whoever was first has done it when we get the lock.
            lock(connection, Lock.SCHEMA)
            _bring_up(connection, version_of(connection), upgrade)
            failpoint.reached("schema.before-commit")


def version_of(connection: sa.Connection) -> str | None:
    """None for a database in which nothing was made yet."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    known = sa.text("select version_num from alembic_version")
    version: str | None = connection.execute(known).scalar()
    return version


def refuse_another(version: str) -> None:
    """Raises `StoreTrouble` for every version but this one's."""
    if version > NEWEST:
        raise StoreTrouble(
            f"database: made by a newer mailflow (schema {version}, this one knows {NEWEST}): "
            "install that version"
        )
    if version < NEWEST:
        raise StoreTrouble(
            f"database: made by an older mailflow (schema {version}): back it up, then "
            "`mailflow run` brings it to this version"
        )


def _bring_up(connection: sa.Connection, version: str | None, upgrade: Upgrade | None) -> None:
    if version is None:
        _make(connection)
    elif version > NEWEST or upgrade is None:
        refuse_another(version)
    elif version < NEWEST:
        if alive(connection):
            raise StoreTrouble(
                f"database: made by an older mailflow (schema {version}), which still runs on "
                "it: stop it everywhere first"
            )
        upgrade(connection)


def _make(connection: sa.Connection) -> None:
    """All at once: the migrations, one after the other, take longer than a whole first pass."""
    metadata.create_all(connection, checkfirst=False)
    name = connection.dialect.name
    guards = (*GUARDED[name], *TOLD[name], *CALLED[name])
    for statement in (*APPEND_ONLY[name], *guards, *SEARCHED[name]):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("create table alembic_version (version_num varchar(32) primary key)")
    connection.exec_driver_sql(f"insert into alembic_version values ('{NEWEST}')")


KEPT_FOR_EVER = ("history", "entries", "postings")
APPEND_ONLY = {
    "sqlite": [
        f"create trigger {table}_no_{verb} before {verb} on {table} "
        f"begin select raise(abort, '{table} is append-only'); end"
        for table in KEPT_FOR_EVER
        for verb in ("update", "delete")
    ],
    "postgresql": [
        statement
        for table in KEPT_FOR_EVER
        for statement in (
            f"create function {table}_is_append_only() returns trigger language plpgsql as "
            f"$$ begin raise exception '{table} is append-only'; end $$",
            f"create trigger {table}_no_change before update or delete or truncate on {table} "
            f"for each statement execute function {table}_is_append_only()",
        )
    ],
}
