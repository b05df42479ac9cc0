"""What columns are made of: instants, words of strangers, numbers of rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


metadata = sa.MetaData(naming_convention=NAMING)


HOLDS = "holds"


def unique_while(name: str, *columns: str, state: str) -> sa.Index:
    """Of the rows in this state no two are alike in these columns; others may be as many as there were.

    The condition is said to a dialect when the table is made: said here, SQLAlchemy would load all that it
    knows of PostgreSQL, also where the database is SQLite.
    """
    return sa.Index(name, *columns, unique=True, info={HOLDS: f"state = '{state}'"})


@sa.event.listens_for(sa.Table, "before_create")
def _say_conditions(table: sa.Table, connection: sa.Connection, **_rest: Any) -> None:
    for index in table.indexes:
        if condition := index.info.get(HOLDS):
            index.dialect_options[connection.dialect.name]["where"] = sa.text(condition)


ZERO_HOUR = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> int:
    """Since 1970 UTC. Raises `ValueError` for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a zone: {instant}")
    since = instant.astimezone(UTC) - ZERO_HOUR
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def as_kept(words: str, longest: int | None) -> str:
    """A stranger's text as `Words` keeps it."""
    if words.isascii() and "\0" not in words:
        return words[:longest]
    return words.replace("\0", "\ufffd").encode("utf-8", "replace").decode()[:longest]


class Instant(TypeDecorator[datetime]):
    """Whole microseconds since 1970 UTC: the same order and value on every database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, _dialect: Any) -> datetime | None:
        if value is None:
            return None
        return ZERO_HOUR + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """A text that may be a stranger's: what a database cannot hold is replaced, the rest is cut.

    PostgreSQL refuses the sign zero and no database takes half a surrogate pair; a mail must not
    be able to stop us with either.
    """

    impl = sa.Text
    cache_ok = True

    def __init__(self, longest: int | None = None) -> None:
        super().__init__()
        self.longest = longest

    def process_bind_param(self, value: str | None, _dialect: Any) -> str | None:
        return None if value is None else as_kept(value, self.longest)


class Written(str):
    """What is JSON already, for a column of JSON: it is kept as it is."""

    __slots__ = ()


ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
