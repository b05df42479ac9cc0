"""Which version of a master table is in force, and whether a mail brought it or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa

from mailflow.domain.master import MasterKind, Row
from mailflow.store.engine import open_engine, sqlite_path, translated
from mailflow.store.schema import refuse_another, version_of
from mailflow.store.tables import masters

FILE = "file"


def newest_of(
    connection: sa.Connection, kind: str, source: str | None = None
) -> tuple[int, str] | None:
    """Number and hash of the newest version, or of the newest that came so."""
    chosen = sa.select(masters.c.id, masters.c.sha256).where(masters.c.kind == kind)
    if source is not None:
        chosen = chosen.where(masters.c.source == source)
    row = connection.execute(chosen.order_by(masters.c.id.desc()).limit(1)).first()
    return (row.id, row.sha256) if row else None


def versions_in(version: str) -> Iterator[tuple[MasterKind, int]]:
    """`3.5.6`: the version of each kind of master table, in their order; those with none left out."""
    for kind, number in zip(MasterKind, version.split("."), strict=False):
        if number.isdigit() and int(number):
            yield kind, int(number)


def mailed_rows(url: str, hashes: Mapping[MasterKind, str]) -> Mapping[MasterKind, tuple[Row, ...]]:
    """The tables in force that a mail brought after their files, which have these hashes, were
    loaded; a kind without a file is taken as it is. For who changes nothing, not even a database's
    version.

    Raises `StoreTrouble`.
    """
    with looking(url) as connection:
        if connection is None:
            return {}
        kinds = (kind for kind in MasterKind if _is_mailed(connection, kind, hashes.get(kind)))
        return {kind: _newest_rows(connection, kind) for kind in kinds}


def _is_mailed(connection: sa.Connection, kind: MasterKind, sha256: str | None) -> bool:
    newest, file = newest_of(connection, kind.value), newest_of(connection, kind.value, FILE)
    if newest is None:
        return False
    return sha256 is None or (file is not None and newest != file and file[1] == sha256)


def _newest_rows(connection: sa.Connection, kind: MasterKind) -> tuple[Row, ...]:
    newest = newest_of(connection, kind.value)
    assert newest is not None
    rows = sa.select(masters.c.rows).where(masters.c.id == newest[0])
    return tuple(connection.execute(rows).scalar_one())


@contextmanager
def looking(url: str) -> Iterator[sa.Connection | None]:
    """At a database as it is; None where there is none yet. Raises `StoreTrouble`."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        yield None
        return
    engine = open_engine(url)
    try:
        with translated(), engine.connect() as connection:
            connection = connection.execution_options(mailflow_write=False)
            version = version_of(connection)
            if version is None:
                yield None
                return
            refuse_another(version)
            yield connection
    finally:
        engine.dispose()
