"""One child process as its parent holds it: started, written to, listened to, ended."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import time
from collections import deque

from mailflow.domain.value import dataclass
from mailflow.parsers.sandbox_nursery import STDERR_BYTES, Nursery
from mailflow.parsers.sandbox_wire import ANSWER, MEGABYTE, REQUEST, Limits, Verdict

PIPE_BYTES = MEGABYTE
LATE_SECONDS = 1.0
"""A parent that comes late for an answer gives the child so long to hand it over."""


class Late(Exception):
    """The child has not answered in its time."""


class Gone(Exception):
    """The child ended or said something that is no answer."""


class TooMuch(Exception):
    """The child announced more than it may say; the text is the size."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`resident` is what the child holds in memory, in bytes."""

    verdict: Verdict
    payload: bytes
    resident: int


class Child:
    """`known` is what it was told to remember, by key and version. `calls` were sent to it, and
    `answers` came back. `taken` says whether it has acknowledged the call under way: before that
    nothing that happens is the call's fault."""

    def __init__(self, limits: Limits, nursery: Nursery) -> None:
        """Raises `OSError`."""
        self.known: dict[str, int] = {}
        self.calls = 0
        self.answers = 0
        self.taken = False
        self._sent: deque[int] = deque()
        self._limits = limits
        self._deadline = 0.0
        self._said = b""
        theirs_in, self._requests = os.pipe()
        self._answers, theirs_out = os.pipe()
        self._stderr, theirs_err = os.pipe()
        for handle in (self._requests, self._answers):
            # Where the system allows less the parent waits a little more often.
            with contextlib.suppress(OSError):
                fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._room = fcntl.fcntl(self._requests, fcntl.F_GETPIPE_SZ) // 2
        os.set_blocking(self._requests, False)
        try:
            self._birth = nursery.order(limits, (theirs_in, theirs_out, theirs_err))
        except OSError:
            self._close_pipes()
            raise
        finally:
            for handle in (theirs_in, theirs_out, theirs_err):
                os.close(handle)

    @property
    def pid(self) -> int:
        """Of a child that has answered."""
        pid = self._birth.pid(LATE_SECONDS)
        assert pid is not None
        return pid

    def has_room_for(self, frame: bytes) -> bool:
        """Whether it can be sent while a call is under way, without waiting for the child."""
        return sum(self._sent) + len(frame) <= self._room

    def send(self, frame: bytes) -> None:
        """Begin a call. A child that is gone is found out when its answer is asked for."""
        if not self._sent:
            self._grant(self._limits.wall_seconds if self.calls else self._limits.start_seconds)
        self.calls += 1
        self._sent.append(len(frame))
        view = memoryview(REQUEST.pack(len(frame)) + frame)
        with contextlib.suppress(BrokenPipeError, Late):
            while view:
                self._wait(self._requests, select.POLLOUT)
                view = view[os.write(self._requests, view[:PIPE_BYTES]) :]

    def receive(self) -> Answer:
        """The answer to the oldest call. Raises `Late`, `Gone`, `TooMuch`; then it must be
        ended."""
        self.taken = False
        self._deadline = max(self._deadline, time.monotonic() + LATE_SECONDS)
        if self._answer().verdict is not Verdict.TAKEN:
            raise Gone
        self.taken = True
        if not self.answers:  # the time it took to start is not the call's
            self._grant(self._limits.wall_seconds)
        answer = self._answer()
        self.answers += 1
        self._sent.popleft()
        self._grant(self._limits.wall_seconds)
        return answer

    def _grant(self, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds

    def _answer(self) -> Answer:
        verdict, size, resident = ANSWER.unpack(self._read(ANSWER.size))
        if size > self._limits.output_bytes:
            raise TooMuch(str(size))
        try:
            return Answer(Verdict(verdict), self._read(size), resident)
        except ValueError as error:
            raise Gone from error

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size > 0:
            self._wait(self._answers, select.POLLIN)
            part = os.read(self._answers, min(size, PIPE_BYTES))
            if not part:
                raise Gone
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _wait(self, handle: int, event: int) -> None:
        """Until the handle is ready, hearing meanwhile what the child says on its stderr."""
        poller = select.poll()
        poller.register(handle, event)
        poller.register(self._stderr, select.POLLIN)
        while True:
            left = self._deadline - time.monotonic()
            ready = dict(poller.poll(max(left, 0.0) * 1000))
            if handle in ready:
                return
            if self._stderr in ready and not self._listen():
                poller.unregister(self._stderr)
            if left <= 0:
                raise Late

    def _listen(self) -> bool:
        heard = os.read(self._stderr, STDERR_BYTES)
        self._said = (self._said + heard)[:STDERR_BYTES]
        return bool(heard)

    def end(self, patience: float = 0.0) -> None:
        """Kill it if it has not ended by itself within `patience` seconds. Safe to repeat."""
        if self._answers < 0:
            return
        self._birth.end(patience)
        os.set_blocking(self._stderr, False)
        with contextlib.suppress(BlockingIOError):
            while self._listen():
                pass
        self._close_pipes()

    def _close_pipes(self) -> None:
        for handle in (self._requests, self._answers, self._stderr):
            os.close(handle)
        self._requests = self._answers = self._stderr = -1

    @property
    def died_of(self) -> str:
        """`SIGABRT`, `exit 3`; once it has been ended."""
        code = self._birth.code
        if code is None or code >= 0:
            return f"exit {code}"
        return signal.Signals(-code).name

    @property
    def said(self) -> str:
        """The first line it wrote on its standard error, printable, capped."""
        said = self._said or self._birth.said
        lines = said.decode("utf-8", "replace").splitlines()
        line = next((line for line in lines if line.strip()), "")
        return "".join(sign for sign in line[:200] if sign.isprintable())
