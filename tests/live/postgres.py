"""A PostgreSQL of its own on the loopback, that forgets fast and hands out empty databases."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.live.machine import (
    HOST,
    free_port,
    is_root,
    last_lines,
    program,
    short_folder,
    wait_until,
)

USER = "mailflow"
_OWNER = "postgres"
"""Whom the package makes; PostgreSQL refuses to run as root."""


@dataclass
class Postgres:
    folder: Path
    host: str = HOST
    port: int = field(default_factory=free_port)
    _made: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        """Start with the databases of before; returns when it answers."""
        if not (self.folder / "data").exists():
            self._make_cluster()
        settings = {
            "listen_addresses": HOST,
            "unix_socket_directories": "",
            "fsync": "off",  # a process may be killed here, a machine not
            "full_page_writes": "off",
            "max_connections": "50",
            "timezone": "UTC",
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [_program("postgres"), "-D", self.folder / "data", "-p", str(self.port), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                **_unprivileged(),
            )
        if not wait_until(self._answers, seconds=30):
            self.stop()
            raise RuntimeError(f"postgres does not answer:\n{last_lines(self.log)}")

    def stop(self) -> None:
        """End it at once, with all connections; what was committed is there after `start`."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT)
        try:
            self._process.wait(timeout=20)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
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
        data = self.folder / "data"
        data.mkdir()
        if is_root():
            shutil.chown(data, _OWNER, _OWNER)
        command = [_program("initdb"), "-D", str(data), "-U", USER, "--auth=trust", "--no-sync"]
        made = subprocess.run(
            [*command, "--encoding=UTF8", "--locale=C"],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **_unprivileged(),
        )
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr}")


def _unprivileged() -> dict[str, Any]:
    return {"user": _OWNER, "group": _OWNER, "extra_groups": []} if is_root() else {}


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
