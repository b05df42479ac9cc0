"""`python -m tests.life --count 200 --seed 1`: so many stories, each once undisturbed and once with
the program killed on the way; what is not as it must be is listed with its story."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.life.life import Life
from tests.life.people import About


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.life", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=25)
    parser.add_argument("--about", type=About, choices=tuple(About), default=About.ALL)
    chosen = parser.parse_args(arguments)
    wrong = 0
    for seed in range(chosen.seed, chosen.seed + chosen.count):
        found = told(seed, chosen.steps, chosen.about)
        wrong += bool(found)
        if sys.stderr.isatty():
            print(f"\r{seed - chosen.seed + 1} of {chosen.count}", end="", file=sys.stderr)
    print(f"{chosen.count} stories of {chosen.steps} events, {wrong} wrong")
    return 1 if wrong else 0


def told(seed: int, steps: int, about: About) -> bool:
    with tempfile.TemporaryDirectory() as text:
        lives = [
            Life(Path(text) / name, seed, name == "killed", about) for name in ("calm", "killed")
        ]
        for life in lives:
            if wrong := life.play(steps):
                print(f"seed {seed}:", *life.story, *(f"  WRONG {w}" for w in wrong), sep="\n  ")
                return True
        calm, killed = (life.end() for life in lives)
        if calm != killed:
            print(f"seed {seed}: other end after {lives[1].killed} kills")
            print(*lives[1].story, sep="\n  ")
            for part in calm:
                print(part, [x for x in calm[part] if x not in killed[part]])
                print(part, [x for x in killed[part] if x not in calm[part]])
        return calm != killed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
