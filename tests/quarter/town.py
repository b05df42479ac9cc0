"""What all who write to a desk have in common: chance, the time of day, and what was sent so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from random import Random

from tests.quarter.calendar_2026 import is_worked
from tests.quarter.desk import Desk, Distributor
from tests.quarter.oracle import Oracle

MORNING, NOON, EVENING = time(9, 30), time(15), time(17, 45)


@dataclass
class Town:
    """`busy` is how many orders a distributor sends in a month; `months` are over. `sent` counts what
    was written, by what it is called."""

    desk: Desk
    oracle: Oracle
    busy: float = 2.0
    months: int = 0
    sent: Counter[str] = field(default_factory=Counter)

    @cached_property
    def rng(self) -> Random:
        return Random(f"people {self.desk.seed}")

    @cached_property
    def awake(self) -> list[Distributor]:
        """All but the last of each region, who never writes, and those of whom nobody has heard."""
        per_region = self.desk.per_region
        known = (d for d in self.desk.distributors if d.owed or d.expense or d.limit > 60_000)
        return [d for d in known if int(d.code[3:]) != per_region]

    def named(self, what: str) -> str:
        self.sent[what] += 1
        return f"{what}{self.sent[what]}号"

    def once(self, what: str) -> bool:
        """Whether this is the first time."""
        self.sent[what] += 1
        return self.sent[what] == 1


def is_afternoon(now: datetime) -> bool:
    """Of a working day."""
    return now.time() == NOON and is_worked(now.date())
