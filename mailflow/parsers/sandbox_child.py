"""The child: takes calls from a pipe, runs them under limits, answers as JSON."""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import signal
import struct
import sys
from typing import Any

from pydantic import TypeAdapter

from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.mime import MailRefused
from mailflow.parsers.sandbox_wire import HEADER, Limits, Remembered, Verdict

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
ON_PURPOSE = (MailRefused, AttachmentRefused)


def confine(limits: Limits) -> None:
    """Give up what reading needs not: memory, files, network, a life beyond the parent's."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # Without the right to do so the other limits still hold.
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def allow_cpu(seconds: int) -> None:
    """So many seconds of processor time from now on, whatever was used before."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds + 1, resource.RLIM_INFINITY))


class Child:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.memory: dict[str, Any] = {}
        self.adapters: dict[Any, TypeAdapter[Any]] = {}

    def run(self, frame: bytes) -> tuple[Verdict, bytes]:
        allow_cpu(self.limits.cpu_seconds)
        try:
            news, function, arguments, returns = pickle.loads(frame)  # noqa: S301 - our own parent
            self.memory.update(news)
            known = (self.memory[a.key] if isinstance(a, Remembered) else a for a in arguments)
            return Verdict.ANSWER, self.encoded(function(*known), returns)
        except ON_PURPOSE as refusal:
            return Verdict.RAISED, f"{type(refusal).__name__}\n{refusal}".encode()
        except MemoryError:
            return Verdict.MEMORY, f"{self.limits.memory_bytes} bytes".encode()
        except BaseException as error:  # noqa: BLE001 - a Rust panic is no Exception
            return Verdict.FAULT, f"{type(error).__name__}: {error}"[:2000].encode()

    def encoded(self, value: Any, returns: Any) -> bytes:
        if returns is bytes:
            return bytes(value)
        if returns not in self.adapters:
            self.adapters[returns] = TypeAdapter(returns)
        return self.adapters[returns].dump_json(value)


def serve(requests: int, answers: int, limits: Limits) -> None:
    child = Child(limits)
    with os.fdopen(requests, "rb") as calls, os.fdopen(answers, "wb") as out:
        while header := calls.read(HEADER.size):
            (size,) = HEADER.unpack(header)
            verdict, payload = child.run(calls.read(size))
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            head = verdict.value + HEADER.pack(len(payload)) + struct.pack("<Q", grown)
            out.write(head + payload)
            out.flush()


def main() -> None:
    requests, answers = int(sys.argv[1]), int(sys.argv[2])
    limits = Limits.from_text(sys.argv[3])
    confine(limits)
    serve(requests, answers, limits)


if __name__ == "__main__":
    main()
