"""Death at any step, within one process: what a power cut would leave is kept at that very instant.

The program under test goes on unwinding after it has died, as no killed process would; by then its
folder is another than the one that the next start finds, and the world around it hears nothing more.
"""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mailflow.domain import failpoint


class Died(BaseException):
    """No `except` of the program catches it."""


class Endless(BaseException):
    """A pass goes on and on; no `except` of the program catches it."""


MOST_STEPS = 5_000
"""Failpoints that a pass comes to; in these stories it is a few hundred."""


@dataclass
class Reaper:
    """Kills at the n-th pass of a failpoint, or at the n-th of any; `passed` counts all that were
    passed, `killed` those at which it killed."""

    folder: Path
    passed: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    dead: bool = False
    steps: int = 0
    """Failpoints of this pass."""
    interrupt: Callable[[str], None] | None = None
    """Called with each name; what it raises is trouble at that step."""
    _name: str = ""
    _left: int = 0
    _lives: int = 0

    def arm(self, name: str, left: int) -> None:
        """`*` is any failpoint, `?` any that was not passed before: so rare ones have their turn."""
        self._name, self._left = name, left

    def disarm(self) -> None:
        self._name = ""

    def reached(self, name: str) -> None:
        if self.dead:
            raise Died(name)
        self.passed[name] += 1
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Endless(name)
        if self._name in ("*", name) or (self._name == "?" and self.passed[name] == 1):
            self._left -= 1
            if self._left <= 0:
                self.die(name)
        if self.interrupt is not None:
            self.interrupt(name)

    def die(self, name: str) -> None:
        """The disk as it is now is what the next start finds."""
        self.disarm()
        self.move()
        self.dead = True
        self.killed[name] += 1
        raise Died(name)

    def move(self) -> None:
        """Whoever still holds something in the folder holds it there, and not where it goes on."""
        self._lives += 1
        left = self.folder.with_name(f"life-{self._lives}")
        shutil.copytree(self.folder, left, ignore=shutil.ignore_patterns("*-shm"))
        self.folder = left

    def assert_alive(self) -> None:
        """Asked by the world before it does anything for the program."""
        if self.dead:
            raise Died

    def revive(self) -> None:
        self.dead = False

    @contextmanager
    def at_work(self) -> Iterator[None]:
        before, failpoint.reached = failpoint.reached, self.reached
        try:
            yield
        finally:
            failpoint.reached = before


def is_dead() -> bool:
    """Whether whoever is at work has died, in another thread perhaps: he says nothing any more."""
    reaper = getattr(failpoint.reached, "__self__", None)
    return isinstance(reaper, Reaper) and reaper.dead


@contextmanager
def silent_in_threads() -> Iterator[None]:
    """A thread that died with its process has no last words; what else ends one is told as ever."""
    told = threading.excepthook

    def hook(ended: Any) -> None:
        if not issubclass(ended.exc_type, Died):
            told(ended)

    threading.excepthook = hook
    try:
        yield
    finally:
        threading.excepthook = told
