"""Real servers for any test that asks for one by name; one that is missing fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.authority import Authority, make_authority
from tests.live.dovecot import Dovecot, running_dovecot
from tests.live.postfix import Postfix, running_postfix
from tests.live.postgres import Postgres, running_postgres
from tests.live.sink import Sink, running_sink


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def dovecot(authority: Authority) -> Iterator[Dovecot]:
    """One for the whole run: give each test a user of its own, and start it again if you stop it."""
    with running_dovecot(authority) as server:
        yield server


@pytest.fixture
def make_dovecot(authority: Authority) -> Iterator[Callable[..., Dovecot]]:
    """Further ones with settings of their own: `make_dovecot(mail_max_userip_connections="1")`."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(running_dovecot(authority, **settings))


@pytest.fixture(scope="session")
def postfix_of_the_run(dovecot: Dovecot) -> Iterator[Postfix]:
    with running_sink() as world, running_postfix(dovecot, world) as server:
        yield server


@pytest.fixture
def postfix(postfix_of_the_run: Postfix) -> Postfix:
    """One for the whole run, with an outside world (`postfix.world`) that has seen nothing yet."""
    postfix_of_the_run.world.reset()
    return postfix_of_the_run


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Postgres) -> Iterator[str]:
    """The URL of an empty database, as `database.url` wants it."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as server:
        yield server


@pytest.fixture
def make_sink() -> Iterator[Callable[..., Sink]]:
    """Sinks of another kind: `make_sink(tls=authority.server_context(), login=True, size=1000)`."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(running_sink(**options))
