"""`make accuracy`: a thousand orders written and read back. `--case N --keep DIR` looks at one."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from accuracy.case import Case, make_case
from accuracy.desk import desk_of
from accuracy.formats.format import Unmade
from accuracy.report import Judged, count, report
from accuracy.verdict import Grade, verdict_on


def run(seed: int, numbers: range) -> tuple[list[Judged], list[str]]:
    """Every case with its verdict; and why some could not be made, so that none is left out silently."""
    judged: list[Judged] = []
    unmade: list[str] = []
    for number in numbers:
        try:
            case = make_case(seed, number)
        except Unmade as reason:
            unmade.append(str(reason))
            continue
        judged.append((case, verdict_on(case, desk_of(case.world).see(case.raw))))
    return judged, unmade


def show_one(case: Case, keep: Path | None) -> None:
    """Everything about one case, and its mail as a file."""
    print(case)
    print("habits:", ", ".join(f"{k} {v}" for k, v in case.habits.items()))
    print("expected:", case.truth.expected.value, case.truth.why_either)
    if case.truth.codes:
        print(
            "codes:", " ".join(sorted(case.truth.codes)), "at", " ".join(sorted(case.truth.cells))
        )
    for number, order in enumerate(case.truth.orders):
        print("spoiled" if number in case.truth.spoiled else "order", order.content)
    seen = desk_of(case.world).see(case.raw)
    print("mail:", seen.state, seen.trouble, *seen.said, *seen.refused)
    for document in seen.documents:
        print(document.outcome.value, document.content)
        for said in document.said:
            print("   ", said.code, said.place, said.found)
    verdict = verdict_on(case, seen)
    print("verdict:", verdict.grade.value, verdict.why)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        path = keep / f"case-{case.seed}-{case.number}.eml"
        path.write_bytes(case.raw)
        print("mail kept as", path)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m accuracy", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--case", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--most", type=int, default=60, help="wrong ones listed of a kind")
    chosen = parser.parse_args(arguments)
    if chosen.case is not None:
        show_one(make_case(chosen.seed, chosen.case), chosen.keep)
        return 0
    begun = time.monotonic()
    judged, unmade = run(chosen.seed, range(chosen.first, chosen.first + chosen.cases))
    for line in report(judged, chosen.most):
        print(line)
    for reason, times in Counter(unmade).items():
        print(f"\nNOT MADE: {times} cases: {reason}")
    print(f"\n{time.monotonic() - begun:.0f} s")
    return 1 if count(judged, Grade.SILENT) else 0


sys.exit(main(sys.argv[1:]))
