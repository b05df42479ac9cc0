"""A few stories by chance; `python -m tests.life` plays as many as wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.life.life import Life
from tests.life.people import About

STORIES = ((About.GOODS, 0, 12), (About.GOODS, 2, 12), (About.GOODS, 5, 12), (About.ALL, 1, 7))
"""What each is about, its seed, and how many steps it has; where goods are not alone more happens in one."""


@pytest.mark.fault("S13", "K06", "K09")
@pytest.mark.timeout(400)
@pytest.mark.parametrize(("about", "seed", "steps"), STORIES)
def test_a_story_ends_the_same_however_often_the_program_dies(
    about: About, seed: int, steps: int, tmp_path: Path
) -> None:
    calm = Life(tmp_path / "calm", seed, crashing=False, about=about)
    killed = Life(tmp_path / "killed", seed, about=about)
    assert calm.play(steps) == [], "\n".join(calm.story)
    assert killed.play(steps) == [], "\n".join(killed.story)
    assert killed.killed
    assert killed.end() == calm.end()
