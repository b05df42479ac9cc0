"""The real program in a process of its own, ended by SIGKILL wherever it is, or left to its end and measured.

Most starts are forked from a process that has loaded the program, so that a thousand take minutes; those
that are measured begin as an operator's do, with the interpreter.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.scenarios import processes

TICK = os.sysconf("SC_CLK_TCK")
A_MAIL = b'{"mail":'
"""How the line of the log begins that tells what became of a mail."""
LOOK = 0.002
LONGEST = 120.0
"""Seconds after which a pass that nobody killed has hung."""


class Hung(Exception):
    """A pass did not end by itself."""


@dataclass(frozen=True)
class Recovered:
    """Of a start: seconds until the first mail was decided on, as they pass and of the processors;
    None where there was none to decide on."""

    wall: float | None
    work: float | None
    code: int


@dataclass
class Starter:
    """`said` is every line of the log of all starts, `sessions` every process that was begun."""

    server: subprocess.Popen[bytes]
    folder: Path
    environment: Mapping[str, str]
    said: list[dict[str, Any]] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)

    def killed(
        self, arguments: tuple[str, ...], after: float, *, decided: bool = False
    ) -> float | None:
        """SIGKILL so many seconds after it began, or after it has decided on its first mail. Where it
        ended before: how many seconds it took, from the same instant."""
        began = time.monotonic()
        pid = self._order(arguments)
        ended = False
        while decided and not ended and not self._has_decided():
            ended = self._waits(LOOK)
            began = time.monotonic()
        ended = ended or self._waits(after)
        if not ended:
            with suppress(ProcessLookupError):  # it has ended by itself just now
                os.kill(pid, signal.SIGKILL)
        code = int(self._line())
        took = time.monotonic() - began
        with suppress(FileNotFoundError):  # it died before it had anything to write to
            self._hear((self.folder / "out").read_text(encoding="utf-8"))
        if code not in (0, 1, -signal.SIGKILL):
            raise Hung(f"{arguments} ended with {code}: {self._errors()}")
        return None if code == -signal.SIGKILL else took

    def left_alone(self, arguments: tuple[str, ...]) -> None:
        """Forked, and to its end. Raises `Hung`."""
        if self.killed(arguments, LONGEST) is None:
            raise Hung(f"{arguments} did not end within {LONGEST:.0f} seconds")

    def measured(self, arguments: tuple[str, ...]) -> Recovered:
        """From scratch, and to its end."""
        wall = work = None
        with (self.folder / "err").open("wb") as err:
            began = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "mailflow", *arguments],
                stdout=subprocess.PIPE,
                stderr=err,
                env=dict(self.environment),
                start_new_session=True,
            )
        self.sessions.add(process.pid)
        with process:
            assert process.stdout is not None
            for line in process.stdout:
                if wall is None and line.startswith(A_MAIL):
                    wall, work = time.monotonic() - began, worked(process.pid)
                self._hear(line.decode())
        return Recovered(wall, work, process.wait(LONGEST))

    def survivors(self) -> list[str]:
        """What still runs of all that was begun: the reading processes of a killed one, if they do
        not end with it."""
        return [
            f"process {pid} of start {session}"
            for pid, state, session in _processes()
            if session in self.sessions and state != "Z"
        ]

    def _has_decided(self) -> bool:
        out = self.folder / "out"
        return out.exists() and out.read_bytes().startswith(A_MAIL)

    def _order(self, arguments: tuple[str, ...]) -> int:
        streams = [str(self.folder / name) for name in ("out", "err")]
        for stream in streams:
            Path(stream).unlink(missing_ok=True)
        assert self.server.stdin is not None
        order = json.dumps([arguments, dict(self.environment), streams]) + "\n"
        self.server.stdin.write(order.encode())
        pid = int(self._line())
        self.sessions.add(pid)
        return pid

    def _line(self) -> bytes:
        assert self.server.stdout is not None
        return self.server.stdout.readline()

    def _waits(self, seconds: float) -> bool:
        """True where it ended meanwhile."""
        return bool(select.select([self.server.stdout], [], [], seconds)[0])

    def _hear(self, text: str) -> None:
        for line in text.splitlines():
            # The last line of one that was killed may be half a line; the summary is no event.
            with suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict):
                    self.said.append(event)

    def _errors(self) -> str:
        return (self.folder / "err").read_text(encoding="utf-8", errors="replace")[-2000:]


def worked(pid: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _processes() -> Iterator[tuple[int, str, int]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
                fields = stat.rpartition(")")[2].split()
                yield int(entry.name), fields[0], int(fields[3])


@contextmanager
def starting(folder: Path, environment: Mapping[str, str]) -> Iterator[Starter]:
    server = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    try:
        yield Starter(server, folder, environment)
    finally:
        server.communicate()  # it ends with its input


def serve() -> None:
    """For each order a line with the process's number, and one with its exit code when it has ended."""
    processes.load()
    while order := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            os.setsid()
            processes.end_as(partial(processes.run_here, *json.loads(order)))
        _say(pid)
        _, status = os.waitpid(pid, 0)
        _say(os.waitstatus_to_exitcode(status))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
