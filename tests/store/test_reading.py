"""What is read is of one instant, each reading sees what was committed before it, and none keeps others from writing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from mailflow.ports import StoreTrouble
from mailflow.store.columns import metadata
from mailflow.store.connection import ADD_META, GET_META, SET_META, Database
from mailflow.store.engine import open_engine

NOW = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    metadata.create_all(engine)
    made = Database(engine, "x", ZoneInfo("Asia/Shanghai"))
    with made.writing(NOW) as pen:
        pen.connection.execute(ADD_META, {"key": "a", "value": "0"})
    yield made
    made.close()


def value(connection: sa.Connection) -> str | None:
    found: str | None = connection.execute(GET_META, {"of": "a"}).scalar()
    return found


def write(database: Database, text: str) -> None:
    with database.writing(NOW) as pen:
        pen.connection.execute(SET_META, {"of": "a", "value": text})


def once(connection: sa.Connection) -> str | None:
    """A statement that is met for the first time, and takes the library's way."""
    found: str | None = connection.execute(
        sa.text("select value from meta where key = 'a'")
    ).scalar()
    return found


def test_each_reading_sees_what_was_committed_before_it(database: Database) -> None:
    for number in range(4):
        write(database, str(number))
        with database.reading() as connection:
            assert value(connection) == str(number)
        with database.reading() as connection:
            assert (once(connection), value(connection)) == (str(number), str(number))
        with database.reading() as connection:
            assert (value(connection), once(connection)) == (str(number), str(number))


def test_one_that_is_kept_open_sees_one_instant(database: Database) -> None:
    with database.reading() as connection:
        value(connection)
    with database.reading() as connection:
        before = value(connection)
        if database.engine.url.database and is_wal(database):
            write(database, "later")
        assert (value(connection), once(connection)) == (before, before)
    with database.reading() as connection:
        assert value(connection) == ("later" if is_wal(database) else before)


def is_wal(database: Database) -> bool:
    """Elsewhere nobody can commit while somebody reads."""
    with database.reading() as connection:
        return connection.execute(sa.text("pragma journal_mode")).scalar() == "wal"


def test_two_at_once_read_on_connections_of_their_own(database: Database) -> None:
    with database.reading() as first, database.reading() as second:
        assert first is not second
        assert value(first) == value(second) == "0"
    with database.reading() as again:
        assert again in (first, second)


def test_what_breaks_off_is_not_read_on_again(database: Database) -> None:
    with pytest.raises(StoreTrouble), database.reading() as connection:
        connection.execute(sa.text("select nothing from nowhere"))
    assert connection.closed
    write(database, "1")
    with database.reading() as connection:
        assert value(connection) == "1"


def test_nothing_is_written_on_it(database: Database) -> None:
    """It has no lock of a writer; what would be changed on it is gone when it ends."""
    for _ in range(3):
        with database.reading() as connection:
            connection.execute(SET_META, {"of": "a", "value": "changed"})
        with database.reading() as connection:
            assert value(connection) == "0"


def test_once_closed_no_file_is_held_open(database: Database) -> None:
    with database.reading() as connection:
        value(connection)
    database.close()
    assert connection.closed
