"""`python -m accuracy.fuzz --count 100000`: spoiled mails and workbooks through the sandboxed reader.

Nothing may end it otherwise than by a reading or a refusal; `--only N` does one again and shows it.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from accuracy.case import Case, all_worlds, make_case
from accuracy.desk import desk_for
from accuracy.mails import Letter, Part, mail
from accuracy.mutations import spoiled
from mailflow.domain.document import Reading
from mailflow.domain.naming import KnownNames
from mailflow.domain.register import Register
from mailflow.parsers.mime import read_mime
from mailflow.parsers.mime_limits import MailRefused
from mailflow.parsers.sandbox import ChildError, Named, ReadingFailed, Remembered, Sandbox

READ = Named("mailflow.parsers.reader", "read_mail")
MOST_CASES = 1_000
SLOW = 5.0
"""Seconds after which a mail is listed as slow."""
FORMS = ("attached", "with html", "html only", "forwarded", "winmail")


@dataclass
class Tally:
    """How often what came of it, and the numbers of what must not be."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    slow: list[tuple[int, float]] = field(default_factory=list)

    def take(self, number: int, outcome: str, seconds: float) -> None:
        word = outcome.partition(":")[0]
        self.outcomes[word] += 1
        if word not in ("read", "refused"):
            self.wrong.append((number, outcome))
        if seconds > SLOW:
            self.slow.append((number, seconds))


@cache
def kept_case(seed: int, number: int) -> Case:
    return make_case(seed, number)


def spoiled_mail(seed: int, number: int) -> tuple[Register, bytes]:
    """A case's mail spoiled as a whole, or its attachment spoiled within a whole mail."""
    rng = Random(f"fuzz {seed}/{number}")
    case = kept_case(seed, rng.randrange(MOST_CASES))
    if rng.random() < 0.3:
        return case.world.register, spoiled(case.raw, rng)
    try:
        attached = read_mime(case.raw).attachments
    except MailRefused:
        attached = ()
    if not attached:
        return case.world.register, spoiled(case.raw, rng)
    chosen = attached[rng.randrange(len(attached))]
    letter = Letter(case.world.admin, "订单", "见附件", rng.choice(FORMS), number)
    part = Part(chosen.name, "2231 utf-8", "application/octet-stream", spoiled(chosen.data, rng))
    return case.world.register, mail(letter, [part], rng)


class Fuzz:
    """One sandbox for all; what comes back is judged too."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.desks = {w.register.version: desk_for(w.register) for w in all_worlds()}
        for version, desk in self.desks.items():
            sandbox.remember(version, KnownNames.of(desk.register))

    def outcome(self, register: Register, raw: bytes) -> str:
        try:
            reading = self.sandbox.call(READ, raw, Remembered(register.version), returns=Reading)
        except ReadingFailed as failure:
            return f"{failure.reason}: {failure.detail[:300]}"
        except ChildError:
            return "refused"
        seen = self.desks[register.version].judge(reading, raw)
        if seen.trouble:
            return f"judging: {seen.trouble}"
        return "read" if reading.documents else "refused"


def run(seed: int, numbers: range, fuzz: Fuzz) -> Tally:
    tally = Tally()
    for number in numbers:
        register, raw = spoiled_mail(seed, number)
        begun = time.monotonic()
        outcome = fuzz.outcome(register, raw)
        tally.take(number, outcome, time.monotonic() - begun)
    return tally


def told(tally: Tally, seconds: float) -> Iterator[str]:
    count = sum(tally.outcomes.values())
    yield f"{count} spoiled mails, {count / max(seconds, 0.001):.0f} a second"
    yield from (f"  {word:20} {times}" for word, times in tally.outcomes.most_common())
    yield from (f"WRONG {number}: {outcome}" for number, outcome in tally.wrong[:50])
    yield from (f"SLOW {number}: {spent:.1f} s" for number, spent in tally.slow[:50])


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m accuracy.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one mail")
    parser.add_argument("--keep", type=Path, help="where to put that one")
    chosen = parser.parse_args(arguments)
    warnings.simplefilter("ignore")  # zipfile warns of names that stand twice
    numbers = range(chosen.first, chosen.first + chosen.count)
    if chosen.only is not None:
        numbers = range(chosen.only, chosen.only + 1)
        if chosen.keep:
            chosen.keep.write_bytes(spoiled_mail(chosen.seed, chosen.only)[1])
    with Sandbox() as sandbox:
        begun = time.monotonic()
        tally = run(chosen.seed, numbers, Fuzz(sandbox))
    for line in told(tally, time.monotonic() - begun):
        print(line)
    return 1 if tally.wrong or tally.slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
