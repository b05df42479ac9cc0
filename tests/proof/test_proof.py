"""A few of the stories that `make prove` plays, and that each law can be broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.broken_builds import ROOT, changed, hunted
from tests.proof.hostile import survived, told
from tests.proof.mutants import ALL, SOME, Mutant
from tests.proof.pairs import died
from tests.proof.run import Figures, Theatre, theatre
from tests.proof.senders import tried

COUNT = 50
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


@pytest.mark.fault("A01", "A02", "A03", "A04", "A05", "A06", "A10", "A11")
def test_no_forged_or_ambiguous_sender_moves_anything(stage: Theatre) -> None:
    found = tried(stage)
    assert found.forged > 300
    assert (found.moved, found.waiting) == (0, 0)
    assert found.honest > 4  # who writes in his own name is served


@pytest.mark.fault("K10")
def test_a_death_while_it_recovers_from_one_changes_nothing_of_that(stage: Theatre) -> None:
    points = ("work.committed", "smtp.dot-sent", "intake.spooled")
    scripts = (
        (seed, [name, "work.before-commit"]) for seed, name in zip((5, 5, 7), points, strict=True)
    )
    figures = died(stage, scripts)
    assert not figures.wrong


@pytest.mark.parametrize("mutant", SOME[-1:], ids=lambda m: m.name)
def test_a_build_that_is_broken_on_purpose_is_found_out(mutant: Mutant) -> None:
    found = hunted(mutant)
    assert found.stories, found.by


def test_every_broken_build_is_one_change_of_the_program_as_it_is() -> None:
    assert len({mutant.name for mutant in ALL}) == len(ALL) > 30
    for mutant in ALL:
        source = (ROOT / "mailflow" / mutant.file).read_text(encoding="utf-8")
        compile(changed(mutant, source), mutant.file, "exec")


@pytest.mark.fault("D11", "K04", "M06", "M07", "X02", "X03", "X04", "X05", "X06", "X08")
def test_hostile_mails_end_and_the_daemon_does_not(tmp_path: Path) -> None:
    found = survived(tmp_path / "house", 40)
    assert found.is_well, told(found)
    assert found.ends.total() > 40
