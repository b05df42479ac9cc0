"""What parent and child of the sandbox agree on."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import asdict
from enum import Enum
from importlib import import_module
from typing import Any

from mailflow.domain.value import dataclass

REQUEST = struct.Struct("<Q")
"""Before each call: the size of its pickle. Only the parent pickles."""

ANSWER = struct.Struct("<cQQ")
"""Before each answer: verdict, size of the payload, resident memory of the child, in bytes."""

BIRTH, WAIT = b"B", b"W"
"""First byte of an order to the nursery: make a child, with these limits and handles; wait for the
end of the child with this number."""

PID, STATUS = struct.Struct("<q"), struct.Struct("<i")
"""What it says to either: the new child's number; how that child ended, as `waitpid` says it."""

LONGEST_ORDER = 4096
MEGABYTE = 1024 * 1024


class ChildError(Exception):
    """Raised on purpose by a function of ours, with one text; it crosses the pipe as itself.

    Derive from it what callers of the sandbox shall catch.
    """


class Verdict(Enum):
    """How a call ended; the first byte of an answer."""

    TAKEN = b"+"
    """Before the answer: the child is well and has the call. Until then it cannot be blamed."""
    ANSWER = b"A"
    RAISED = b"R"
    """A `ChildError`: the name of its class, line feed, text."""
    MEMORY = b"M"
    TOO_LARGE = b"L"
    FAULT = b"F"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use. A child that came to hold more than `keep_bytes`, or that has
    answered `calls` times, is replaced by a fresh one after the call."""

    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    output_bytes: int = 64 * MEGABYTE
    keep_bytes: int = 220 * MEGABYTE
    calls: int = 5_000
    start_seconds: float = 60.0

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Limits:
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Named:
    """A top-level function of ours by its name: only the child imports what it needs."""

    module: str
    function: str

    def found(self) -> Callable[..., Any]:
        function: Callable[..., Any] = getattr(import_module(self.module), self.function)
        return function


@dataclass(frozen=True, slots=True)
class Remembered:
    """Stands in a call's arguments for a value that the sandbox was told to remember."""

    key: str
