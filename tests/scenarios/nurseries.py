"""Nurseries of the sandbox that start at once: one process has imported what children need, and forks
them. They are what `mailflow.parsers.sandbox_child` makes of a process of its own, to the last line."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from mailflow.parsers import sandbox_child
from mailflow.parsers.sandbox_nursery import surroundings
from mailflow.parsers.sandbox_process import Child
from mailflow.parsers.sandbox_wire import LONGEST_ORDER, PID, Limits

PRACTISE = b"P"
"""First byte of an order that is no birth: what to work off once, before the next is born."""
WARM = ("mailflow.parsers.reader", "mailflow.outbox.workbooks.checked_list")


class Lender:
    """It is started once, before processes are forked that shall ask it. It ends with them all."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=surroundings(),
            )

    @contextmanager
    def practising(self) -> Iterator[None]:
        """The calls that are made meanwhile it works off itself as well: what is found out once in a
        process, those that it forks know from then on."""
        calls: list[bytes] = []

        def sent(child: Child, frame: bytes) -> None:
            calls.append(bytes(frame))
            send(child, frame)

        send = Child.send
        with patch.object(Child, "send", sent):
            yield
        with TemporaryDirectory() as folder:
            path = Path(folder) / "calls"
            path.write_bytes(pickle.dumps(calls))
            reply, told = os.pipe()
            with os.fdopen(reply, "rb") as answer:
                socket.send_fds(self._line, [PRACTISE + bytes(path)], (told,))
                os.close(told)
                answer.read()

    def started(self, line: int, said: int, warm: Sequence[str]) -> Lent:
        """As `mailflow.parsers.sandbox_nursery.started`."""
        reply, told = os.pipe()
        with os.fdopen(reply, "rb") as answer:
            try:
                socket.send_fds(self._line, ["\n".join(warm).encode()], (line, said, told))
            finally:
                os.close(told)
            return Lent(*PID.unpack(answer.read(PID.size)))


class Lent:
    """A nursery as its parent holds it, whose child it is not."""

    returncode: int | None = None

    def __init__(self, pid: int) -> None:
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        return self._looked(0)

    def wait(self) -> int:
        self._looked(None)
        assert self.returncode is not None
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def _looked(self, patience: float | None) -> int | None:
        if select.select([self._handle], [], [], patience)[0]:
            self.returncode = -signal.SIGKILL  # how it really ended hears who lent it
        return self.returncode


def lend(line: socket.socket) -> None:
    """Until nobody is left who could ask."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    while True:
        order, handles, *_ = socket.recv_fds(line, LONGEST_ORDER, 3)
        if not order:
            return
        if order.startswith(PRACTISE):
            practise(Path(os.fsdecode(order[1:])))
            os.close(*handles)
            continue
        lender = os.getpid()
        if os.fork() == 0:
            try:
                line.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                become(lender, order.decode().split("\n"), *handles)
            finally:
                os._exit(0)
        for handle in handles:
            os.close(handle)


def practise(path: Path) -> None:
    """Without limits, and whatever comes of it: who asked has had the answers from a child."""
    desk = sandbox_child.Desk(Limits())
    with patch.object(sandbox_child, "allow_cpu", lambda _: None):
        for call in pickle.loads(path.read_bytes()):
            desk.answer(call)
    gc.freeze()


def become(lender: int, warm: Sequence[str], line: int, said: int, told: int) -> None:
    os.write(told, PID.pack(os.getpid()))
    os.close(told)
    os.dup2(said, sys.stderr.fileno())
    os.close(said)
    sandbox_child.main([str(lender), str(line), *warm])


if __name__ == "__main__":
    sandbox_child.load(WARM)
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        lend(asked)
