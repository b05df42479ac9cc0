"""Every implementation of a door, for the one suite that all of them must pass."""

from __future__ import annotations

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
from tests.live.sink import Sink


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, as `database.url` names it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/mailflow.db"
    return str(request.getfixturevalue("postgres"))


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
