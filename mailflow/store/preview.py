"""The books as they are now, to look at: whatever is done with them does not last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.facts import CUT_OFF_DAY
from mailflow.domain.proof import Belief
from mailflow.domain.register import Register
from mailflow.store.connection import Pen
from mailflow.store.engine import open_engine, sqlite_path, translated
from mailflow.store.facts import Earlier, Rules
from mailflow.store.habits import Habits
from mailflow.store.schema import prepare, refuse_another, version_of
from mailflow.store.work import SqlWork

IN_MEMORY = "sqlite://"


@contextmanager
def books_to_look_at(
    url: str, register: Register, zone: ZoneInfo, now: datetime
) -> Iterator[SqlWork]:
    """Empty books where there is no database yet. Leave them soon: on SQLite nobody can commit
    meanwhile.

    Raises `StoreTrouble`.
    """
    engine = _opened(url)
    rules = Rules(zone, Belief(), lambda _: register, Earlier(), Habits(), CUT_OFF_DAY)
    try:
        with translated(), engine.connect() as connection:
            connection = connection.execution_options(mailflow_write=False)
            pen = Pen(connection, "operator", now, now.astimezone(zone).date())
            try:
                yield SqlWork(pen, rules)
            finally:
                connection.rollback()
    finally:
        engine.dispose()


def _opened(url: str) -> sa.Engine:
    path = sqlite_path(url)
    if path is None or path.exists():
        engine = open_engine(url)
        with translated(), engine.connect() as connection:
            version = version_of(connection.execution_options(mailflow_write=False))
        if version is not None:
            refuse_another(version)
            return engine
        engine.dispose()
    engine = open_engine(IN_MEMORY)
    prepare(engine, None)
    return engine
