"""Strangers' bytes are opened in a child process; whatever happens there is a verdict here.

The child has limits on memory, processor time, wall time, files and output. It is reused while it
is healthy, and replaced when it died, was killed, grew or grew old. It dies with its nursery, and
that with the thread that started it: a sandbox belongs to one thread, which lives as long.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Generic, TypeVar

from mailflow.parsers.sandbox_nursery import Nursery
from mailflow.parsers.sandbox_process import Child, Gone, Late, TooMuch
from mailflow.parsers.sandbox_verdict import Opener, ReadingFailed, verdict_on
from mailflow.parsers.sandbox_wire import ChildError, Limits, Named, Remembered, Verdict

__all__ = [
    "ChildError",
    "Limits",
    "Named",
    "Pending",
    "ReadingFailed",
    "Remembered",
    "Sandbox",
    "SandboxClosed",
    "SandboxUnavailable",
]

T = TypeVar("T")
Function = Callable[..., Any] | Named
READER = ("mailflow.parsers.reader", "email.parser", "encodings.gb18030")
"""With what the standard library loads at the first mail, which each child would load anew."""
MOST_TRIES = 2


class SandboxUnavailable(Exception):
    """No child can be started: trouble of this machine, never a verdict on the bytes."""


class SandboxClosed(Exception):
    """The sandbox was closed before the call was answered."""


@dataclass(slots=True, eq=False)
class _Call:
    function: Function
    arguments: tuple[Any, ...]
    returns: Any
    tries: int = 0
    answer: Any = None
    failure: Exception | None = None
    done: bool = False

    def fail(self, failure: Exception) -> None:
        self.failure, self.done = failure, True


@dataclass(slots=True, eq=False)
class _Seat:
    """A place for a child, the call it is working on and the one it begins right after that."""

    child: Child | None = None
    calls: deque[_Call] = field(default_factory=deque)


class Pending(Generic[T]):
    """A call under way."""

    def __init__(self, sandbox: Sandbox, call: _Call) -> None:
        self._sandbox = sandbox
        self._call = call

    def result(self) -> T:
        """Wait for the answer. Raises `ReadingFailed`, a `ChildError` that the function raised
        on purpose, `SandboxUnavailable`, `SandboxClosed`."""
        answer: T = self._sandbox.settle(self._call)
        return answer


class Sandbox:
    """Children that call functions of ours. Each works on one call and has the next at hand, so
    that it does not wait until somebody asks for its answer. `warm` names the modules that are
    imported for them before the first call; with the nursery of another sandbox, those of that one,
    which has to be closed after this."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        children: int = 1,
        warm: Sequence[str] = READER,
        nursery: Nursery | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._guest = nursery is not None
        self.nursery = nursery or Nursery(warm)
        self._seats = [_Seat() for _ in range(children)]
        self._queue: deque[_Call] = deque()
        self._kept: dict[str, tuple[int, bytes]] = {}
        self._opener = Opener(self._limits)
        self._closed = False

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the children now, so that they import while the caller does something else.

        Without it each is started by its first call. Raises `SandboxUnavailable`.
        """
        for seat in self._seats:
            seat.child = seat.child or self._fresh()

    def remember(self, key: str, value: object) -> None:
        """Let calls name `value`, as it is now, by `Remembered(key)`; each child is sent it once.

        It reaches calls that wait in the queue too.
        """
        version, frozen = self._kept.get(key, (0, b""))
        if (fresh := pickle.dumps(value)) != frozen:
            self._kept[key] = (version + 1, fresh)

    def call(self, function: Function, *arguments: Any, returns: type[T]) -> T:
        """Run a top-level function of ours in a child and wait for what it returns."""
        return self.submit(function, *arguments, returns=returns).result()

    def submit(self, function: Function, *arguments: Any, returns: type[T]) -> Pending[T]:
        """Begin a call, or queue it where all children are at work."""
        if self._closed:
            raise SandboxClosed
        for argument in arguments:
            if isinstance(argument, Remembered) and argument.key not in self._kept:
                raise KeyError(argument.key)
        call = _Call(function, arguments, returns)
        self._queue.append(call)
        self._hand_out()
        self._opener.expect(returns)  # while the child is at work
        return Pending(self, call)

    def settle(self, call: _Call) -> Any:
        while not call.done:
            at_work = [seat for seat in self._seats if seat.calls]
            self._collect(next((s for s in at_work if call in s.calls), at_work[0]))
        if call.failure is not None:
            raise call.failure
        return call.answer

    def close(self) -> None:
        """End the children at once; calls without an answer get `SandboxClosed`."""
        self._closed = True
        for seat in self._seats:
            self._vacate(seat)
        for call in self._queue:
            call.fail(SandboxClosed())
        self._queue.clear()
        if not self._guest:
            self.nursery.close()

    def _hand_out(self) -> None:
        for seat in self._seats:
            while not seat.calls and self._queue:
                self._begin(seat, self._queue.popleft())
        for seat in self._seats:
            if self._queue and len(seat.calls) == 1:
                self._begin_ahead(seat)

    def _begin(self, seat: _Seat, call: _Call) -> None:
        try:
            child = seat.child = seat.child or self._fresh()
        except SandboxUnavailable as trouble:
            call.fail(trouble)
            return
        child.send(self._frame(child, call))
        call.tries += 1
        seat.calls.append(call)

    def _begin_ahead(self, seat: _Seat) -> None:
        """Lay the next call at hand, where it is small enough to lie in the pipe meanwhile."""
        child = seat.child
        assert child is not None
        if child.calls < self._limits.calls:
            known = dict(child.known)
            if child.has_room_for(frame := self._frame(child, self._queue[0])):
                child.send(frame)
                call = self._queue.popleft()
                call.tries += 1
                seat.calls.append(call)
            else:
                child.known = known

    def _fresh(self) -> Child:
        try:
            return Child(self._limits, self.nursery)
        except OSError as error:
            raise SandboxUnavailable(f"the reading process cannot be started: {error}") from error

    def _frame(self, child: Child, call: _Call) -> bytes:
        named = {a.key for a in call.arguments if isinstance(a, Remembered)}
        stale = {key for key in named if child.known.get(key) != self._kept[key][0]}
        child.known.update({key: self._kept[key][0] for key in stale})
        news = {key: self._kept[key][1] for key in stale}
        return pickle.dumps((news, call.function, call.arguments, call.returns))

    def _collect(self, seat: _Seat) -> None:
        """Take the answer of a seat at work, and let it begin the next call before this one's
        answer is looked at."""
        call, child = seat.calls[0], seat.child
        assert child is not None
        try:
            answer = child.receive()
        except (Late, Gone, TooMuch) as trouble:
            self._give_up(seat, trouble)
            return
        except KeyboardInterrupt:
            seat.calls.popleft().fail(SandboxClosed())
            self._vacate(seat)  # half an answer was read; the rest must not be taken for the next
            raise
        seat.calls.popleft()
        grown = answer.resident > self._limits.keep_bytes or child.answers >= self._limits.calls
        if grown or answer.verdict is Verdict.MEMORY:
            self._vacate(seat)
        self._hand_out()
        try:
            call.answer = self._opener.opened(answer, call.returns)
            call.done = True
        except (ReadingFailed, ChildError) as failure:
            call.fail(failure)

    def _give_up(self, seat: _Seat, trouble: Exception) -> None:
        call, child = seat.calls[0], seat.child
        assert child is not None
        child.end(patience=1.0 if isinstance(trouble, Gone) else 0.0)
        seat.calls.popleft()
        self._vacate(seat)
        if child.taken:
            call.fail(verdict_on(child, trouble, self._limits))
        elif call.tries < MOST_TRIES:
            self._queue.appendleft(call)  # the child was ill before: the next one is fresh
        else:
            why = f"{child.died_of}: {child.said}"
            call.fail(SandboxUnavailable(f"the reading process does not start: {why}"))
        self._hand_out()

    def _vacate(self, seat: _Seat) -> None:
        """End the child. What it had not answered is nobody's fault, and waits for the next one."""
        if seat.child is not None:
            seat.child.end()
        seat.child = None
        while seat.calls:
            call = seat.calls.pop()
            call.tries -= 1
            self._queue.appendleft(call)
