"""A process that imports what children need, once, and then makes as many of them as are asked for.

It opens no file of a stranger and has no limits; each child takes its own before its first call.
A child is made in a millisecond, and what it imported is held in memory once for all of them.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Protocol

from mailflow.parsers.sandbox_wire import BIRTH, LONGEST_ORDER, PID, STATUS, WAIT, Limits

STDERR_BYTES = 4096
REAP_SECONDS = 10.0
"""For the end of a child that was killed; one that hangs in the kernel may take longer."""

CHILD = "mailflow.parsers.sandbox_child"
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    # One thread each: more would not fit under the limit on memory.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class Process(Protocol):
    """As much of `subprocess.Popen` as a nursery's parent asks for."""

    returncode: int | Any

    def poll(self) -> int | None: ...

    def wait(self) -> int: ...

    def kill(self) -> None: ...


def started(line: int, said: int, warm: Sequence[str]) -> Process:
    """A nursery that hears its orders on the handle `line` and complains to `said`. Raises
    `OSError`."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", CHILD, str(os.getpid()), str(line), *warm],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
        pass_fds=(line,),
        env=surroundings(),
    )


def surroundings() -> dict[str, str]:
    """Nothing of the parent's environment but where modules are."""
    return ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


class Nursery:
    """`warm` names the modules it imports. It is started by its first order, and again by the next
    one where it has died; with it die its children, and it with the thread that started it."""

    def __init__(self, warm: Sequence[str]) -> None:
        self._warm = tuple(warm)
        self._home: _Home | None = None

    def start(self) -> None:
        """Let it import now. Raises `OSError`."""
        if self._home is None or self._home.is_gone:
            self.close()
            self._home = _Home(self._warm)

    def order(self, limits: Limits, handles: Sequence[int]) -> Birth:
        """A child that reads its calls from the first handle, and writes its answers and what it
        says on its stderr to the others. Does not wait for it. Raises `OSError`."""
        self.start()
        assert self._home is not None
        return self._home.order(limits, handles)

    def close(self) -> None:
        """End it at once, with all its children. Safe to repeat."""
        home, self._home = self._home, None
        if home is not None:
            home.close()


class Birth:
    """A child that was asked for."""

    def __init__(self, home: _Home, number: int) -> None:
        self._home = home
        self._number = number
        self._code: int | None = None

    def pid(self, patience: float) -> int | None:
        """None where nobody has said it within so many seconds, or the nursery is gone."""
        return self._home.pid(self._number, patience)

    def end(self, patience: float) -> None:
        """Kill it if it has not ended by itself within `patience` seconds.

        One that is not made yet ends by itself, when it finds that nobody holds its pipes.
        """
        pid = self.pid(patience)
        if pid is not None:
            self._code = self._home.end(pid, patience)
        elif self._home.is_gone:
            self._code = self._home.code

    @property
    def code(self) -> int | None:
        """How it ended, or the nursery before it was made: the exit code, or the signal as a
        negative number; once it has been ended."""
        return self._code

    @property
    def said(self) -> bytes:
        """What the nursery said on its stderr, if it is gone."""
        return self._home.said()


class _Home:
    """One nursery as its parent holds it."""

    def __init__(self, warm: Sequence[str]) -> None:
        self._pids: list[int] = []
        self._asked = 0
        self._said = b""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._stderr, theirs_err = os.pipe()
        try:
            self._process = started(theirs.fileno(), theirs_err, warm)
        except OSError:
            ours.close()
            os.close(self._stderr)
            raise
        finally:
            theirs.close()
            os.close(theirs_err)
        self._line: socket.socket | None = ours

    @property
    def is_gone(self) -> bool:
        return self._line is None or self._process.poll() is not None

    @property
    def code(self) -> int | None:
        return self._process.returncode

    def order(self, limits: Limits, handles: Sequence[int]) -> Birth:
        if self._line is not None:
            # One that died meanwhile is found out by whoever asks for the child.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                socket.send_fds(self._line, [BIRTH + limits.to_text().encode()], handles)
        self._asked += 1
        return Birth(self, self._asked - 1)

    def pid(self, number: int, patience: float) -> int | None:
        while len(self._pids) <= number:
            reply = self._reply(patience)
            if not reply:
                return None
            self._pids.append(*PID.unpack(reply))
        return self._pids[number]

    def end(self, pid: int, patience: float) -> int | None:
        """How it ended. Its number stays its own until the nursery is asked after it; without a
        nursery it ends by itself, and the number may be another's."""
        if self.is_gone or self._line is None or self.pid(self._asked - 1, patience=1.0) is None:
            return None
        with contextlib.suppress(ProcessLookupError), os.fdopen(os.pidfd_open(pid)) as handle:
            if not select.select([handle], [], [], patience)[0]:
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._line.send(WAIT + PID.pack(pid))
        if reply := self._reply(REAP_SECONDS):
            return os.waitstatus_to_exitcode(*STATUS.unpack(reply))
        self.close()  # what it says later must not be taken for the answer to another question
        return None

    def _reply(self, patience: float) -> bytes:
        """Empty where none comes."""
        if self._line is None:
            return b""
        self._line.settimeout(patience)
        try:
            reply = self._line.recv(LONGEST_ORDER)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError:
            reply = b""
        if not reply:
            self._process.wait()
        return reply

    def said(self) -> bytes:
        if self.is_gone and self._stderr >= 0:
            os.set_blocking(self._stderr, False)
            with contextlib.suppress(BlockingIOError):
                self._said += os.read(self._stderr, STDERR_BYTES)
        return self._said

    def close(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        self._process.kill()
        self._process.wait()
        self.said()
        line.close()
        os.close(self._stderr)
        self._stderr = -1
