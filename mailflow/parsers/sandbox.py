"""Strangers' bytes are opened in a child process; whatever happens there is a verdict here.

The child has limits on memory, processor time, wall time, files and output. It is reused while it
is healthy, and replaced when it died, was killed, or grew.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from mailflow.parsers.sandbox_wire import HEADER, Limits, Remembered, Verdict

T = TypeVar("T")
Reason = Literal["crashed", "timeout", "memory", "output-too-large", "error"]
_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


class ReadingFailed(Exception):
    """The child did not bring an answer: a verdict on the bytes, never on us."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class ChildError(Exception):
    """An exception of the called function itself; `name` is its class, as the child told it."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


class Pending(Generic[T]):
    """A call under way. `result` waits for it; it may be asked once."""

    def __init__(self, sandbox: Sandbox, request: _Request) -> None:
        self._sandbox = sandbox
        self._request = request

    def result(self) -> T:
        """Raises `ReadingFailed`, or `ChildError` for what the function raised on purpose."""
        answer: T = self._sandbox.answer(self._request)
        return answer


@dataclass(slots=True)
class _Request:
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    returns: Any
    answer: Any = None
    failure: Exception | None = None
    done: bool = False


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    requests: int
    answers: int
    known: dict[str, int] = field(default_factory=dict)
    deadline: float = 0.0


class Sandbox:
    """One child, one call at a time, the next one sent as soon as the last was collected."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: _Child | None = None
        self._queue: deque[_Request] = deque()
        self._running: _Request | None = None
        self._memory: dict[str, tuple[int, Any]] = {}

    def remember(self, key: str, value: object) -> None:
        """Let calls name `value` by `Remembered(key)`; it is sent once to each child."""
        version = self._memory.get(key, (0, None))[0] + 1
        self._memory[key] = (version, value)

    def call(self, function: Callable[..., Any], *arguments: Any, returns: type[T]) -> T:
        """Run a top-level function of ours in the child and wait for what it returns."""
        return self.submit(function, *arguments, returns=returns).result()

    def submit(self, function: Callable[..., Any], *arguments: Any, returns: type[T]) -> Pending[T]:
        request = _Request(function, arguments, returns)
        self._queue.append(request)
        self._send_next()
        return Pending(self, request)

    def answer(self, request: _Request) -> Any:
        while not request.done:
            self._send_next()
            self._collect()
        if request.failure is not None:
            raise request.failure
        return request.answer

    def close(self) -> None:
        if self._child is not None:
            self._end(self._child)
            self._child = None

    def _send_next(self) -> None:
        if self._running is not None or not self._queue:
            return
        request = self._running = self._queue.popleft()
        child = self._child = self._child or self._start()
        news = {
            key: value
            for key, (version, value) in self._memory.items()
            if child.known.get(key) != version
        }
        frame = pickle.dumps((news, request.function, request.arguments, request.returns))
        child.deadline = time.monotonic() + self._limits.wall_seconds
        try:
            _write(child.requests, HEADER.pack(len(frame)) + frame)
        except OSError:
            return  # it died while idle or reading: collecting finds out and says why
        child.known.update({key: self._memory[key][0] for key in news})

    def _collect(self) -> None:
        request, child = self._running, self._child
        assert request is not None and child is not None
        self._running = None
        try:
            verdict, payload = self._receive(child)
            request.answer = _decoded(verdict, payload, request.returns)
        except (ReadingFailed, ChildError) as failure:
            request.failure = failure
        request.done = True
        self._send_next()

    def _receive(self, child: _Child) -> tuple[Verdict, bytes]:
        try:
            head = self._read(child, HEADER.size + 1 + 8)
            verdict = Verdict(head[:1])
            (size,) = HEADER.unpack(head[1 : 1 + HEADER.size])
            (grown,) = struct.unpack("<Q", head[1 + HEADER.size :])
            if size > self._limits.output_bytes:
                raise ReadingFailed("output-too-large", f"{size} bytes")
            payload = self._read(child, size)
        except (ReadingFailed, ValueError, EOFError) as error:
            raise self._bury(child, error) from error
        if grown > self._limits.keep_bytes or verdict is Verdict.MEMORY:
            self._replace()
        return verdict, payload

    def _read(self, child: _Child, size: int) -> bytes:
        parts: list[bytes] = []
        while size > 0:
            left = child.deadline - time.monotonic()
            # A parent that was slow to ask must not blame the child for its own delay.
            ready, _, _ = select.select([child.answers], [], [], max(left, 0.05))
            if not ready:
                raise ReadingFailed("timeout", f"{self._limits.wall_seconds} s")
            part = os.read(child.answers, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _bury(self, child: _Child, error: Exception) -> ReadingFailed:
        """End a child that broke off, and say in one word why."""
        self._child = None
        self._end(child, patience=1.0 if isinstance(error, EOFError) else 0.0)
        if isinstance(error, ReadingFailed):
            return error
        code = child.process.returncode
        if code == -signal.SIGXCPU:
            return ReadingFailed("timeout", f"{self._limits.cpu_seconds} s of processor time")
        name = signal.Signals(-code).name if code and code < 0 else f"exit {code}"
        return ReadingFailed("crashed", name)

    def _replace(self) -> None:
        if self._child is not None:
            self._end(self._child)
            self._child = None

    def _start(self) -> _Child:
        request_read, request_write = os.pipe()
        answer_read, answer_write = os.pipe()
        limits = self._limits.to_text()
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "mailflow.parsers.sandbox_child",
                str(request_read),
                str(answer_write),
                limits,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(request_read, answer_write),
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        os.close(request_read)
        os.close(answer_write)
        return _Child(process, request_write, answer_read)

    def _end(self, child: _Child, patience: float = 0.0) -> None:
        try:
            child.process.wait(patience)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
        os.close(child.requests)
        os.close(child.answers)


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _decoded(verdict: Verdict, payload: bytes, returns: Any) -> Any:
    match verdict:
        case Verdict.ANSWER:
            if returns is bytes:
                return payload
            try:
                return _adapter(returns).validate_json(payload)
            except ValidationError as error:
                raise ReadingFailed("error", "an answer of another shape") from error
        case Verdict.RAISED:
            name, _, text = payload.decode("utf-8", "replace").partition("\n")
            raise ChildError(name, text)
        case Verdict.MEMORY:
            raise ReadingFailed("memory", payload.decode("utf-8", "replace"))
        case Verdict.FAULT:
            raise ReadingFailed("error", payload.decode("utf-8", "replace"))


def _adapter(returns: Any) -> TypeAdapter[Any]:
    if returns not in _ADAPTERS:
        _ADAPTERS[returns] = TypeAdapter(returns)
    return _ADAPTERS[returns]


__all__ = ["ChildError", "Limits", "Pending", "ReadingFailed", "Remembered", "Sandbox"]
