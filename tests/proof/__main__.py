"""`python -m tests.proof --count 2000`: so many stories by seeds; what is wrong is told with its story, and
at the end the figures. `--seed N --count 1 --tell` plays one and tells all of it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.util import Finalize

from mailflow.domain import failpoint
from tests.proof.run import STEPS, Figures, Theatre, theatre

CHUNK = 25
"""Seeds that one process plays before it says how it went."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--tell", action="store_true")
    parser.add_argument(
        "--until-wrong", action="store_true", help="in one process, to the first wrong"
    )
    chosen = parser.parse_args(arguments)
    if chosen.until_wrong:
        return _until_wrong(range(chosen.seed, chosen.seed + chosen.count), chosen.steps)
    if chosen.tell:
        return _tell(range(chosen.seed, chosen.seed + chosen.count), chosen.steps)
    figures = Figures()
    last = chosen.seed + chosen.count
    starts = range(chosen.seed, last, CHUNK)
    chunks = [range(start, min(start + CHUNK, last)) for start in starts]
    for played in _played(chunks, chosen.steps, chosen.workers):
        figures.plus(played)
        for seed, story in played.wrong.items():
            print(f"seed {seed}:", *story, sep="\n  ")
        if sys.stderr.isatty():
            print(f"\r{figures.stories} of {chosen.count}", end="", file=sys.stderr)
    print(told(figures))
    return 1 if figures.wrong else 0


def _tell(seeds: Iterable[int], steps: int) -> int:
    wrong = False
    with theatre(steps) as stage:
        for seed in seeds:
            figures, told_of = stage.figures_of(seed)
            wrong |= bool(figures.wrong)
            print(f"seed {seed}:", *figures.wrong.get(seed, told_of), sep="\n  ")
    return 1 if wrong else 0


def _until_wrong(seeds: range, steps: int) -> int:
    """How many stories it took, and what was wrong, in one line of JSON."""
    with theatre(steps) as stage:
        for number, seed in enumerate(seeds, start=1):
            figures, _ = stage.figures_of(seed)
            if seed in figures.wrong:
                [*_, wrong] = figures.wrong[seed]
                print(json.dumps({"stories": number, "seed": seed, "wrong": wrong}))
                return 1
    return 0


_stage: list[Theatre] = []


def _played(chunks: list[range], steps: int, workers: int) -> Iterator[Figures]:
    if workers == 1:
        with theatre(steps) as stage:
            for chunk in chunks:
                yield _chunk_on(stage, chunk)
        return
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(steps,)) as pool:
        yield from pool.map(_chunk, chunks)


def _begin(steps: int) -> None:
    """The stage of a process that plays; it is taken down when the process ends."""
    place = theatre(steps)
    _stage.append(place.__enter__())
    Finalize(place, place.__exit__, args=(None, None, None), exitpriority=1)


def _chunk(seeds: range) -> Figures:
    return _chunk_on(_stage[0], seeds)


def _chunk_on(stage: Theatre, seeds: range) -> Figures:
    figures = Figures()
    for seed in seeds:
        figures.plus(stage.figures_of(seed)[0])
    return figures


def told(figures: Figures) -> str:
    """What was played, and what was not."""
    never = sorted(set(failpoint.ALL) - figures.deaths.keys())
    lines = [
        f"{figures.stories} stories, {len(figures.wrong)} wrong",
        f"{figures.mails} mails came, {figures.copies} copies of letters left, {figures.passes} passes",
        f"{figures.deaths.total()} deaths at {len(figures.deaths)} of {len(failpoint.ALL)} failpoints",
        f"{figures.faults.total()} faults of mailbox, carrier, disk and reader:",
        *(f"    {times} × {what}" for what, times in figures.faults.most_common()),
        f"nobody died at: {', '.join(never) or 'none of them'}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
