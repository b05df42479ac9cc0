"""`python -m tests.proof.broken_builds`: each build that is broken on purpose is played until it is found
out, and how many stories that took is told. `--some` takes a few of them."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tests.proof.mutants import ALL, SOME, Mutant

ROOT = Path(__file__).parents[2]
MOST_STORIES = 300
"""After so many a build counts as not found out."""


class NoSuchPlace(Exception):
    """The program does not say any more what a mutant would change."""


@dataclass(frozen=True)
class Found:
    """`stories` is 0 where it was not found out; `by` is what was wrong."""

    mutant: Mutant
    stories: int
    by: str

    @property
    def law(self) -> str:
        return " ".join(self.by.split()[1:3]).rstrip(":")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.proof.broken_builds", description=__doc__
    )
    parser.add_argument("--some", action="store_true")
    parser.add_argument("--name", default="")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args(arguments)
    mutants = [m for m in (SOME if chosen.some else ALL) if chosen.name in m.name]
    with ThreadPoolExecutor(chosen.workers) as pool:
        found = []
        for hunt in as_completed([pool.submit(hunted, mutant) for mutant in mutants]):
            one = hunt.result()
            found.append(one)
            took = (
                f"{one.stories:4} stories  {one.law}"
                if one.stories
                else "  NOT FOUND OUT " + one.by
            )
            print(f"{took}: {one.mutant.name}", flush=True)
    print(told(found))
    return 0 if all(one.stories for one in found) else 1


def told(found: Sequence[Found]) -> str:
    caught = [one.stories for one in found if one.stories]
    middle = statistics.median(caught) if caught else 0
    return f"{len(caught)} of {len(found)} broken builds found out, half of them within {middle:.0f} stories"


def hunted(mutant: Mutant) -> Found:
    """Played in a copy, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="mailflow-broken-") as text:
        copy = Path(text)
        broken_copy(mutant, copy)
        command = [
            sys.executable,
            "-m",
            "tests.proof",
            "--until-wrong",
            "--count",
            str(MOST_STORIES),
        ]
        ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if not ended.returncode:
        return Found(mutant, 0, "")
    try:
        said = json.loads(ended.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        return Found(mutant, 0, f"it does not run: {ended.stderr[-600:]}")
    return Found(mutant, said["stories"], said["wrong"])


def broken_copy(mutant: Mutant, copy: Path) -> None:
    """A tree in which the program is copied and changed, and all else is the tree's own. Raises
    `NoSuchPlace`."""
    shutil.copytree(ROOT / "mailflow", copy / "mailflow")
    for name in ("tests", "templates", "accuracy", "pyproject.toml"):
        (copy / name).symlink_to(ROOT / name)
    path = copy / "mailflow" / mutant.file
    path.write_text(changed(mutant, path.read_text(encoding="utf-8")), encoding="utf-8")


def changed(mutant: Mutant, source: str) -> str:
    for old, new in mutant.edits:
        if len(re.findall(re.escape(old), source)) != 1:
            raise NoSuchPlace(f"{mutant.name}: {mutant.file}: not once: {old!r}")
        source = source.replace(old, new)
    return source


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
