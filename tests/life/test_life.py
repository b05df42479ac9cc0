"""A few stories by chance; `python -m tests.life` plays as many as wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.life.life import Life

STEPS = 12
SEEDS = (0, 2, 5, 7)


@pytest.mark.fault("S13", "K06", "K09")
@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_ends_the_same_however_often_the_program_dies(seed: int, tmp_path: Path) -> None:
    calm = Life(tmp_path / "calm", seed, crashing=False)
    killed = Life(tmp_path / "killed", seed)
    assert calm.play(STEPS) == [], "\n".join(calm.story)
    assert killed.play(STEPS) == [], "\n".join(killed.story)
    assert killed.killed
    assert killed.end() == calm.end()
