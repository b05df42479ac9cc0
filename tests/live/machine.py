"""What the servers of a test run need of this machine: programs, ports, folders, privileges."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HOST = "127.0.0.1"
_BINARIES = ("/usr/sbin", "/usr/lib/dovecot", "/usr/lib/postfix/sbin")


def program(name: str, of: str, folders: Sequence[str | Path] = ()) -> str:
    """Where the program is; a test that needs one that is missing fails and says what to do."""
    places = [os.environ.get("PATH", ""), *_BINARIES, *map(str, folders)]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.fail(
            f"{name} is not installed: run `make test` as root or with sudo, "
            f"or `apt-get install --no-install-recommends {of}`",
            pytrace=False,
        )
    return found


_CHANCE = random.SystemRandom()
_GIVEN: set[int] = set()


def free_port() -> int:
    """A port nobody listens on, below those the kernel hands to outgoing connections.

    Several test processes choose at the same time: at random, so that they rarely meet, and not by
    numbers that a test may seed. None is given twice: it is free until its server listens.
    """
    while True:
        port = _CHANCE.randint(15_000, 31_999)
        if port in _GIVEN:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            _GIVEN.add(port)
            return port


def listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def is_closed(port: int) -> bool:
    """Whether really nobody holds it any more: what dies may still answer, with a reset at best."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        pass
    return False


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def short_folder(name: str) -> Iterator[Path]:
    """A folder that other users may enter and whose path leaves room for the names of sockets.

    The folders of pytest give neither.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"mailflow-{name}-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        as_root("rm", "-rf", str(folder), check=False)


def is_root() -> bool:
    return os.geteuid() == 0


def as_root(*command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*sudo(), *command], check=check, capture_output=True, text=True, timeout=60
    )


_WATCHED = """
setsid "$@" &
server=$!
read -r _
kill {ends_by}
wait
"""
"""Its input ends when the tests tell it to, or when they are killed; a server outlives neither."""


def start_server(
    *command: str, log: Path, ends_by: str, user: str | None = None, root: bool = False
) -> subprocess.Popen[bytes]:
    """A server in a group of its own. `ends_by` is what the shell's `kill` is told about `$server`.

    It writes into a file: its children inherit a pipe, and who reads that waits for ever.
    """
    watched = ["sh", "-c", _WATCHED.format(ends_by=ends_by), "sh", *command]
    with log.open("ab") as said:
        return subprocess.Popen(
            [*sudo(), *watched] if root else watched,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            start_new_session=True,
            cwd="/",
            **as_user(user),
        )


def end_server(process: subprocess.Popen[bytes], *ports: int) -> None:
    """Returns when it is gone, and nobody answers at its ports any more."""
    process.communicate(b"\n", timeout=20)
    assert wait_until(lambda: all(map(is_closed, ports)), seconds=20)


def as_user(name: str | None) -> dict[str, Any]:
    """What makes a subprocess somebody else's."""
    return {"user": name, "group": name, "extra_groups": []} if name else {}


def sudo() -> list[str]:
    """What to write before a command so that root runs it, where that is possible at all."""
    return [] if is_root() or not may_be_root() else ["sudo", "-n"]


@cache
def may_be_root() -> bool:
    if is_root():
        return True
    if shutil.which("sudo") is None:
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def last_lines(log: Path) -> str:
    if not log.exists():
        return f"{log.name}: nothing was logged"
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])
