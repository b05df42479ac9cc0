"""A PostgreSQL of its own on the loopback, that forgets fast and hands out empty databases."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from tests.live.machine import (
    HOST,
    as_user,
    end_server,
    free_port,
    is_root,
    last_lines,
    program,
    short_folder,
    start_server,
    wait_until,
)

USER = "mailflow"

_CONFIG = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 50
timezone = 'UTC'
fsync = off
full_page_writes = off
"""
"""Processes may be killed here, machines not: nothing waits for the disk."""


@dataclass
class Postgres:
    folder: Path
    host: str = HOST
    port: int = field(default_factory=free_port)
    _made: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        """Start with the databases of before; returns when it answers."""
        if not self._data.exists():
            self._make_cluster()
        command = [_program("postgres"), "-D", str(self._data), "-p", str(self.port)]
        self._process = start_server(*command, log=self.log, ends_by="-QUIT $server", user=_owner())
        if not wait_until(self._answers, seconds=30):
            self.stop()
            raise RuntimeError(f"postgres does not answer:\n{last_lines(self.log)}")

    def stop(self) -> None:
        """End it at once, with all connections; what was committed is there after `start`."""
        if self._process is None:
            return
        end_server(self._process, self.port)
        self._process = None

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@{self.host}:{self.port}/{database}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new database with nothing in it, gone afterwards whoever still uses it."""
        self._made += 1
        name = sql.Identifier(f"test_{self._made}")
        self._do(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        try:
            yield self.url(f"test_{self._made}")
        finally:
            self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def _do(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=self.host, port=self.port, user=USER, dbname="postgres", autocommit=True
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        self._data.mkdir()
        if owner := _owner():
            shutil.chown(self._data, owner, owner)
        command = [_program("initdb"), "-D", str(self._data), "-U", USER, "--auth=trust"]
        made = subprocess.run(
            [*command, "--no-sync", "--encoding=UTF8", "--locale=C"],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **as_user(_owner()),
        )
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr}")
        with (self._data / "postgresql.conf").open("a") as config:
            config.write(_CONFIG)


def empty_tables(url: str) -> None:
    """Take out what stands in the tables of a database, and number anew; its version stays.

    Whoever still uses it is cut off. No trigger is asked: history may otherwise not be removed.
    """
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("SET session_replication_role = replica")
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            if table != "alembic_version":
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        numbers = connection.execute("SELECT sequencename FROM pg_sequences")
        for (number,) in numbers.fetchall():
            restart = sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(number))
            connection.execute(restart)


def _owner() -> str | None:
    """PostgreSQL refuses to run as root; the package has made somebody for it."""
    return "postgres" if is_root() else None


def _program(name: str) -> str:
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return program(name, "postgresql", newest_first)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    with short_folder("postgres") as folder:
        postgres = Postgres(folder)
        try:
            postgres.start()
            yield postgres
        finally:
            postgres.stop()
