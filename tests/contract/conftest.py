"""Every implementation of a door, for the one suite that all of them must pass."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from mailflow.store.sql import SqlStore
from tests.contract.carriers import (
    Destination,
    MaildirDestination,
    MemoryDestination,
    PostfixDestination,
    SinkDestination,
)
from tests.contract.mailboxes import ImapPlace, MaildirPlace, MemoryPlace, Place
from tests.contract.stores import worker
from tests.live.dovecot import Dovecot
from tests.live.postfix import Postfix
from tests.live.postgres import Postgres, empty_tables
from tests.live.sink import Sink


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, as `database.url` names it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/mailflow.db"
    return str(request.getfixturevalue("postgres"))


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, to be copied: making one takes longest of all."""
    path = tmp_path_factory.mktemp("made") / "mailflow.db"
    worker(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def made_database(postgres_server: Postgres) -> Iterator[str]:
    with postgres_server.database() as url:
        worker(url).close()
        yield url


@pytest.fixture
def made_postgres(made_database: str) -> str:
    empty_tables(made_database)
    return made_database


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that was opened before, with nothing in its tables."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("made_file"), tmp_path / "mailflow.db")
        yield f"sqlite:///{tmp_path}/mailflow.db"
    else:
        yield request.getfixturevalue("made_postgres")


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    opened = worker(url)
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "maildir", "dovecot"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "memory":
        yield MemoryPlace()
    elif request.param == "maildir":
        yield MaildirPlace(tmp_path / "inbox")
    else:
        dovecot: Dovecot = request.getfixturevalue("dovecot")
        imap = ImapPlace(dovecot, f"u{uuid4().hex}")
        yield imap
        imap.close()


@pytest.fixture(params=["memory", "maildir", "sink", "postfix"])
def destination(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Destination]:
    if request.param == "memory":
        yield MemoryDestination()
    elif request.param == "maildir":
        yield MaildirDestination(tmp_path / "outbox")
    elif request.param == "sink":
        make_sink: Callable[..., Sink] = request.getfixturevalue("make_sink")
        yield SinkDestination(make_sink(size=40_000_000))
    else:
        postfix: Postfix = request.getfixturevalue("postfix")
        yield PostfixDestination(postfix)
