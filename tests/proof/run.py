"""Many stories, one after the other or on several processors, and what is to be said of them."""

from __future__ import annotations

import gc
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from mailflow.cli import RINGS_LOOKED_FOR
from mailflow.outbox.apart import Apart
from tests.life import laws_of_goods
from tests.proof.death import silent_in_threads
from tests.proof.laws import broken
from tests.proof.machine import Model, heard_logs, kept
from tests.proof.mails import Pool
from tests.proof.shelves import goods_on
from tests.proof.story import Story
from tests.scenarios import beside

MEMORY = Path("/dev/shm")
"""Where a flush costs nothing; what it protects from is played by copies of the folder."""
STEPS = 4


@dataclass
class Figures:
    stories: int = 0
    passes: int = 0
    mails: int = 0
    copies: int = 0
    """Copies of letters that the carrier took."""
    deaths: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    wrong: dict[int, list[str]] = field(default_factory=dict)
    """By seed what was not as it must be."""

    def plus(self, other: Figures) -> None:
        for name in ("stories", "passes", "mails", "copies"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.deaths += other.deaths
        self.passed += other.passed
        self.faults += other.faults
        self.wrong |= other.wrong

    def count(self, story: Story) -> None:
        self.stories += 1
        self.passes += story.machine.passes
        self.mails += len(story.posted)
        self.copies += len(story.carrier.taken)
        self.deaths += story.reaper.killed
        self.passed += story.reaper.passed
        for did in (story.server.did, story.carrier.did, story.did):
            self.faults += Counter(what.partition(":")[0] for what in did)


@dataclass
class Theatre:
    """Where stories are played: what they all begin with is made once."""

    folder: Path
    steps: int = STEPS

    def __post_init__(self) -> None:
        self.model = Model(self.folder / "model")
        self.pool = Pool()

    def played(self, seed: int, script: list[str] | None = None) -> Story:
        place = self.folder / f"story-{seed}"
        story = Story(self.model, self.pool, place, seed, script=script)
        story.play(self.steps)
        return story

    def figures_of(self, seed: int, script: list[str] | None = None) -> tuple[Figures, list[str]]:
        """What is to be counted of a story, and what happened in it."""
        figures = Figures()
        story = self.played(seed, script)
        if wrong := broken(story):
            figures.wrong[seed] = [*story.told, *(f"WRONG {what}" for what in wrong)]
        figures.count(story)
        story.end()
        return figures, story.told


@contextmanager
def theatre(steps: int = STEPS) -> Iterator[Theatre]:
    """Rings of objects are looked for as seldom as in the program itself."""
    gc.set_threshold(RINGS_LOOKED_FOR)
    place = MEMORY if MEMORY.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="mailflow-proof-", dir=place) as folder,
        heard_logs(),
        silent_in_threads(),
        kept(),
        patch.object(laws_of_goods, "goods_on", goods_on),
        patch.object(Apart, "_run", beside.run),
    ):
        yield Theatre(Path(folder), steps)
