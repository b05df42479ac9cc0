"""A workbook of statistics is made in a process of its own: what that loads is gone with it.

The press cannot do it: it may neither load numpy nor hold that much.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from mailflow.domain.statistics import Statistics
from mailflow.outbox.typeset_words import Words
from mailflow.ports import Trouble

LONGEST_SECONDS = 120
BOOK = "mailflow.outbox.workbooks.statistics"
CALL = f"import pickle, sys; from {BOOK} import write; sys.stdout.buffer.write(write(*pickle.load(sys.stdin.buffer)))"


class NotMade(Trouble):
    """The process ended without a workbook; the text says how."""


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
        given = pickle.dumps((self.statistics, self.words, dict(self.titles), self.zone))
        try:
            done = subprocess.run(
                [sys.executable, "-c", CALL],
                input=given,
                capture_output=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotMade(f"the workbook of statistics could not be made: {error}") from error
        if done.returncode or not done.stdout:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise NotMade(f"the workbook of statistics could not be made: {' '.join(said)}")
        return done.stdout
