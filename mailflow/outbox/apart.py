"""What loads numpy is done in a process of its own, and what that takes is gone with it.

The press cannot do it: it may neither load numpy nor hold that much.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import IO, Any
from zoneinfo import ZoneInfo

from mailflow.domain.statistics import Statistics
from mailflow.domain.value import dataclass
from mailflow.outbox.typeset_words import Words
from mailflow.ports import Trouble

LONGEST_SECONDS = 120
CALL = (
    "import pickle, sys; from {module} import {name}; "
    "sys.stdout.buffer.write({name}(*pickle.load(sys.stdin.buffer), *({rest})))"
)


class NotMade(Trouble):
    """The process ended without a result; the text says how."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A function of a module, named `module:function`, that answers with bytes. `what` it makes is
    said where it could not."""

    what: str
    function: str

    def made(self, *given: Any) -> bytes:
        """Raises `NotMade`."""
        with tempfile.TemporaryFile() as handed:
            pickle.dump(given, handed)
            return self._run(handed, "")

    def made_of(self, lines: Iterable[bytes], *given: Any) -> bytes:
        """`lines` are written to disk as they come and never held; the function reads them as its
        last argument. Raises `NotMade`."""
        with tempfile.TemporaryFile() as handed:
            pickle.dump(given, handed)
            handed.writelines(lines)
            return self._run(handed, "sys.stdin.buffer,")

    def _run(self, handed: IO[bytes], rest: str) -> bytes:
        module, _, name = self.function.partition(":")
        handed.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-c", CALL.format(module=module, name=name, rest=rest)],
                stdin=handed,
                capture_output=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotMade(f"{self.what} could not be made: {error}") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise NotMade(f"{self.what} could not be made: {' '.join(said)}")
        return done.stdout


BOOK = Apart("the workbook of statistics", "mailflow.outbox.workbooks.statistics:write")


@dataclass(frozen=True)
class StatisticsBook:
    """A workbook that is made when its bytes are asked for."""

    statistics: Statistics
    words: Words
    titles: Mapping[str, str]
    zone: ZoneInfo

    def result(self) -> bytes:
        """Raises `NotMade`."""
        return self._made

    @cached_property
    def _made(self) -> bytes:
        return BOOK.made(self.statistics, self.words, dict(self.titles), self.zone)
