"""What the sandbox's tests run in the child: well-behaved, ill, and hostile functions."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from mailflow.parsers.sandbox import ChildError


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    number: Decimal | None = None
    inner: tuple[Answer, ...] = ()


class Panic(BaseException):
    """Like a panic of a Rust library: no `Exception`."""


class Objection(ChildError):
    """Raised on purpose."""


def same(value: str) -> str:
    return value


def answer(value: str) -> Answer:
    return Answer(value, Decimal("1.50"), (Answer("inner"),))


def pid() -> int:
    return os.getpid()


def both(first: str, second: Sequence[str]) -> str:
    return first + "".join(second)


def letters(text: str) -> int:
    return len(text)


def repeated(data: bytes, times: int) -> bytes:
    return data * times


def wrong_type() -> int:
    return "not a number"  # type: ignore[return-value]


def object_to(text: str) -> NoReturn:
    raise Objection(text)


def raise_error(text: str) -> NoReturn:
    raise ValueError(text)


def panic() -> NoReturn:
    raise Panic("called `Option::unwrap()` on a `None` value")


def leave(code: int) -> NoReturn:
    sys.exit(code)


def leave_at_once(code: int) -> NoReturn:
    os._exit(code)


def abort() -> NoReturn:
    os.abort()


def abort_like_a_library() -> NoReturn:
    os.write(2, b"memory allocation of 4294967296 bytes failed\n")
    os.abort()


def break_memory() -> int:
    return ctypes.string_at(0)[0]


def go_down(depth: int) -> int:
    return go_down(depth + 1) + 1


def spin() -> NoReturn:
    while True:
        pass


def sleep_for_ever() -> NoReturn:
    while True:
        time.sleep(60)


def burn(seconds: float) -> int:
    """Processor time, whatever the machine's speed."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return os.getpid()


def tell_and_spin(fifo: str) -> NoReturn:
    Path(fifo).write_bytes(b"1")
    spin()


def tell_and_sleep(fifo: str) -> NoReturn:
    Path(fifo).write_bytes(b"1")
    sleep_for_ever()


def take_memory(size: int) -> int:
    return len(bytearray(size))


UNPACKED: list[str] = []


def unpacked(text: str) -> str:
    UNPACKED.append(text)
    return text


class Counted:
    """Counts in the child how often it came over the pipe."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __reduce__(self) -> tuple[Callable[[str], str], tuple[str]]:
        return unpacked, (self.text,)


def times_unpacked(text: str) -> int:
    return UNPACKED.count(text)


HELD: list[bytes] = []


def hold(size: int) -> int:
    HELD.append(os.urandom(size))
    return os.getpid()


def print_junk(lines: int) -> str:
    for _ in range(lines):
        sys.stdout.write("A" * 200 + "\n")
        sys.stderr.write("B" * 200 + "\n")
    sys.stdout.flush()
    os.write(1, b"A" * 1000)
    return "done"


def kill_itself() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def ask_to_stop() -> str:
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def write_file(path: str) -> int:
    return Path(path).write_text("x" * 100)


def open_many() -> int:
    return len([open(os.devnull) for _ in range(500)])


def connect(port: int) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return "connected"


def run_program() -> str:
    return subprocess.run(["true"], check=True, capture_output=True).stdout.decode()


def environment() -> dict[str, str]:
    return dict(os.environ)


def core_limit() -> int:
    return resource.getrlimit(resource.RLIMIT_CORE)[1]


def lie(frame: bytes) -> NoReturn:
    """Speaks to the parent past the program: what a taken-over child could do."""
    for handle in range(3, 64):
        try:
            os.write(handle, frame)
        except OSError:
            continue
    os._exit(0)
