"""What the program makes in a process of its own, made in a fork of the one that asks: matplotlib is
loaded once, not for every letter."""

from __future__ import annotations

import os
import pickle
from importlib import import_module
from typing import IO

from mailflow.outbox.apart import Apart, NotMade

LOADED = ("mailflow.outbox.chart_drawing", "mailflow.outbox.workbooks.statistics")


def load() -> None:
    for module in LOADED:
        import_module(module)


def run(apart: Apart, handed: IO[bytes], rest: str) -> bytes:
    """As `Apart._run`. Raises `NotMade`."""
    load()
    module, _, name = apart.function.partition(":")
    handed.seek(0)
    answer, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        ended = 1
        try:
            given = pickle.load(handed)
            more = (handed,) if rest else ()
            with os.fdopen(told, "wb") as out:
                out.write(getattr(import_module(module), name)(*given, *more))
            ended = 0
        finally:
            os._exit(ended)
    os.close(told)
    with os.fdopen(answer, "rb") as made:
        found = made.read()
    if os.waitpid(pid, 0)[1]:
        raise NotMade(f"{apart.what} could not be made: the fork ended")
    return found
