"""The nursery, and its children: each takes calls from a pipe, runs them under limits, answers as
JSON."""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from mailflow.domain.pattern import compile_all
from mailflow.parsers.sandbox_shapes import encoded
from mailflow.parsers.sandbox_wire import (
    ANSWER,
    BIRTH,
    LONGEST_ORDER,
    PID,
    REQUEST,
    STATUS,
    ChildError,
    Limits,
    Named,
    Remembered,
    Verdict,
)

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
LONGEST_DETAIL = 500
RINGS_LOOKED_FOR = 50_000
"""New objects between two looks for rings of them; the values of a reading go by themselves."""
UNWANTED = ("numpy",)
"""openpyxl would load it only to know its numbers: half of the time and memory of a marked copy."""


def end_with(parent: int) -> None:
    """Die when the parent does, and not by the signals that ask the parent to stop: it will want
    the answer to the call that is under way."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def confine(limits: Limits) -> None:
    """Give up what reading needs not: memory, files, processes, network, privileges."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # Neither may be allowed; the other limits hold all the same.
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_AS, limits.memory_bytes),
    ):
        resource.setrlimit(which, (most, most))


def allow_cpu(seconds: int) -> None:
    """So many seconds of processor time from now on, whatever was used before."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


class Desk:
    """Where calls are worked off, one after the other."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._remembered: dict[str, Any] = {}
        self._statm = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)

    def answer(self, frame: bytes) -> tuple[Verdict, bytes]:
        allow_cpu(self._limits.cpu_seconds)
        try:
            return self._called(frame)
        except ChildError as error:
            return Verdict.RAISED, _told(f"{type(error).__name__}\n{error}")
        except MemoryError:
            return Verdict.MEMORY, b""
        except BaseException as error:  # the outermost frame: a Rust panic is no Exception
            return Verdict.FAULT, _told(f"{type(error).__name__}: {error}")

    def _called(self, frame: bytes) -> tuple[Verdict, bytes]:
        news, function, arguments, returns = pickle.loads(frame)
        for key, value in news.items():
            self._remembered[key] = pickle.loads(value)
        if isinstance(function, Named):
            function = function.found()
        known = (self._remembered[a.key] if isinstance(a, Remembered) else a for a in arguments)
        value = function(*known)
        payload = bytes(memoryview(value)) if returns is bytes else encoded(value, returns)
        if len(payload) > self._limits.output_bytes:
            return Verdict.TOO_LARGE, b""
        return Verdict.ANSWER, payload

    def resident_bytes(self) -> int:
        """Not `ru_maxrss`: that begins with what the parent held when it made this process."""
        return int(os.pread(self._statm, 100, 0).split()[1]) * resource.getpagesize()


def _told(text: str) -> bytes:
    return text[:LONGEST_DETAIL].encode("utf-8", "replace")


def serve(requests: int, answers: int, desk: Desk) -> None:
    """Until the parent closes the pipe."""
    with os.fdopen(requests, "rb") as calls, os.fdopen(answers, "wb") as out:
        while len(header := calls.read(REQUEST.size)) == REQUEST.size:
            frame = calls.read(*REQUEST.unpack(header))
            out.write(ANSWER.pack(Verdict.TAKEN.value, 0, 0))
            out.flush()
            verdict, payload = desk.answer(frame)
            out.write(ANSWER.pack(verdict.value, len(payload), desk.resident_bytes()))
            out.write(payload)
            out.flush()


def raise_children(line: socket.socket) -> None:
    """Until the parent closes the line. Whoever is waited for has ended, or was killed."""
    while True:
        order, handles, *_ = socket.recv_fds(line, LONGEST_ORDER, 3)
        if not order:
            return
        if order.startswith(BIRTH):
            line.send(PID.pack(born(Limits.from_text(order[1:].decode()), line, handles)))
            for handle in handles:
                os.close(handle)
        else:
            (pid,) = PID.unpack(order[1:])
            line.send(STATUS.pack(os.waitpid(pid, 0)[1]))


def born(limits: Limits, line: socket.socket, handles: Sequence[int]) -> int:
    """The number of a new child. What it inherits is what the nursery imported."""
    nursery = os.getpid()
    if pid := os.fork():
        return pid
    ended = 1
    try:
        line.close()
        requests, answers, said = handles
        os.dup2(said, sys.stderr.fileno())
        os.close(said)
        end_with(nursery)
        confine(limits)
        serve(requests, answers, Desk(limits))
        ended = 0
    finally:
        # Whatever happens it must not go on as a second nursery.
        if ended:
            traceback.print_exc()
        os._exit(ended)


def load(modules: Sequence[str]) -> None:
    """What children need, and nothing of what they must not hold."""
    for package in UNWANTED:
        sys.modules[package] = None  # type: ignore[assignment] # importing it is an ImportError
    for module in modules:
        import_module(module)
    compile_all()


def main(arguments: list[str]) -> None:
    parent, handle = (int(text) for text in arguments[:2])
    gc.set_threshold(RINGS_LOOKED_FOR)
    end_with(parent)
    faulthandler.enable()
    load(arguments[2:])
    gc.freeze()
    with socket.socket(fileno=handle) as line:
        raise_children(line)


if __name__ == "__main__":
    main(sys.argv[1:])
