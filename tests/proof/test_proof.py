"""A few of the stories that `make prove` plays, and that each law can be broken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.proof.run import Figures, Theatre, theatre

COUNT = 60
pytestmark = [
    pytest.mark.timeout(600),
    # Who has died has left open what he held, as the dead do.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as found:
        yield found


@pytest.mark.fault("I14", "S09", "S13", "K10", "T02", "D02")
def test_whatever_happens_around_it_the_books_and_the_world_agree(stage: Theatre) -> None:
    figures = Figures()
    for seed in range(1, COUNT + 1):
        figures.plus(stage.figures_of(seed)[0])
    assert not figures.wrong, "\n".join(f"{s}: {w}" for s, w in figures.wrong.items())
    # It was a story: there was something to lose, to send twice, and to die of.
    assert figures.deaths.total() > COUNT / 4
    assert figures.copies > COUNT
    assert figures.faults.total() > COUNT / 2


def test_a_seed_tells_the_same_story_each_time(stage: Theatre) -> None:
    assert [stage.figures_of(7), stage.figures_of(13)] == [
        stage.figures_of(7),
        stage.figures_of(13),
    ]
