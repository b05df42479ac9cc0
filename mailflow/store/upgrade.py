"""Migrations; imported only where a database of an older version is opened, for alembic is slow."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.util import CommandError

from mailflow.ports import StoreTrouble


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """In the transaction of the connection. Raises `StoreTrouble` for a version nobody knows."""
    config = AlembicConfig()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreTrouble(
            f"database: made by another version of mailflow ({error}): install that version"
        ) from error
