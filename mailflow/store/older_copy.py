"""Before a database is brought to this version it is copied as it is: a file beside it, for a way back (Z05)."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from mailflow.ports import StoreTrouble
from mailflow.store.backup import copy_database
from mailflow.store.engine import translated
from mailflow.store.schema import NEWEST, version_of


def copy_of(path: Path, version: str) -> Path:
    return path.with_name(f"{path.name}.schema-{version}")


def keep_older(engine: sa.Engine, path: Path) -> None:
    """Nothing for a new database or one of this version. A copy that was begun before is made anew. Raises
    `StoreTrouble`: then nothing is brought up."""
    with translated(), engine.connect().execution_options(mailflow_write=False) as connection:
        version = version_of(connection)
    if version is None or version >= NEWEST:
        return
    copy = copy_of(path, version)
    try:
        copy.unlink(missing_ok=True)
        copy_database(path, copy)
    except OSError as error:
        raise StoreTrouble(
            f"database {path}: no copy of it could be made before it is brought to this version "
            f"({error.strerror}): free space beside it"
        ) from error
