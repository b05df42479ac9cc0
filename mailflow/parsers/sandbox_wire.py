"""What parent and child of the sandbox agree on."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from enum import Enum

HEADER = struct.Struct("<I")
MEGABYTE = 1024 * 1024


class Verdict(Enum):
    """How a call ended; the first byte of an answer frame."""

    ANSWER = b"A"
    RAISED = b"R"
    """The function raised one of its own exceptions: class name, line feed, text."""
    MEMORY = b"M"
    FAULT = b"F"


@dataclass(frozen=True, slots=True)
class Limits:
    """`keep_bytes`: a child that ever grew beyond it is replaced after the call."""

    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    output_bytes: int = 64 * MEGABYTE
    keep_bytes: int = 220 * MEGABYTE

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Limits:
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Remembered:
    """Stands in a call's arguments for a value the child was sent before."""

    key: str
