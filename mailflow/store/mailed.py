"""Which version of a master table is in force, and whether a mail brought it or a file."""

from __future__ import annotations

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


def mailed_customers(url: str, sha256: str) -> tuple[Row, ...]:
    """The distributors in force where a mail brought them after their file, which has this hash, was
    loaded; empty where the file holds. For who changes nothing, not even a database's version.

    Raises `StoreTrouble`.
    """
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return ()
    kind = MasterKind.CUSTOMERS.value
    engine = open_engine(url)
    try:
        with translated(), engine.connect() as connection:
            connection = connection.execution_options(mailflow_write=False)
            version = version_of(connection)
            if version is None:
                return ()
            refuse_another(version)
            newest, file = newest_of(connection, kind), newest_of(connection, kind, FILE)
            if newest is None or file is None or newest == file or file[1] != sha256:
                return ()
            rows = sa.select(masters.c.rows).where(masters.c.id == newest[0])
            return tuple(connection.execute(rows).scalar_one())
    finally:
        engine.dispose()
