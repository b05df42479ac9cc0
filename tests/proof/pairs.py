"""`python -m tests.proof.pairs`: a death at every failpoint that stories pass, and at every pair of them: the
second while the program recovers from the first. `--single` leaves the pairs out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from mailflow.domain import failpoint
from tests.proof.run import Figures, Theatre, theatre

SEARCHED = 250
"""Stories in which nothing goes wrong, looked through for each failpoint."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.pairs", description=__doc__)
    parser.add_argument("--single", action="store_true")
    chosen = parser.parse_args(arguments)
    with theatre() as stage:
        where = seeds_of_points(stage)
        figures = died(stage, singles(where) if chosen.single else pairs(where))
    for seed, story in figures.wrong.items():
        print(f"seed {seed}:", *story, sep="\n  ")
    print(told(figures, where))
    return 1 if figures.wrong else 0


def told(figures: Figures, where: dict[str, int]) -> str:
    twice = figures.deaths.total() - figures.stories
    elsewhere = sorted(set(failpoint.ALL) - where.keys())
    return (
        f"{figures.stories} stories with a death at one of {len(where)} failpoints, {max(0, twice)} of "
        f"them with another while it recovered, {len(figures.wrong)} wrong\n"
        f"not passed by these stories, killed by tests of their own: {', '.join(elsewhere)}"
    )


def seeds_of_points(stage: Theatre) -> dict[str, int]:
    """For each failpoint a story that passes it."""
    found: dict[str, int] = {}
    for seed in range(1, SEARCHED + 1):
        story = stage.played(seed, [])
        for name in story.reaper.passed:
            found.setdefault(name, seed)
        story.end()
    return dict(sorted(found.items()))


def singles(where: dict[str, int]) -> Iterator[tuple[int, list[str]]]:
    yield from ((seed, [name]) for name, seed in where.items())


def pairs(where: dict[str, int]) -> Iterator[tuple[int, list[str]]]:
    for name, seed in where.items():
        yield from ((seed, [name, second]) for second in where)


def died(stage: Theatre, scripts: Iterator[tuple[int, list[str]]]) -> Figures:
    figures = Figures()
    for seed, script in scripts:
        first = script[0]
        played, story = stage.figures_of(seed, list(script))
        assert played.deaths[first], f"seed {seed}: {first} was not passed: {story}"
        figures.plus(played)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
