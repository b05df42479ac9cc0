"""`python -m tests.quarter`: September to November 2026 of a desk of twelve regions; what is not as it
must be is listed. The 20th of September is a make-up day, the 25th a holiday, and so is the first
week of October; on two due days nobody looks after the desk."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.quarter.desk import Desk
from tests.quarter.play import Play, days

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 1)
AWAY = days(date(2026, 9, 20), date(2026, 9, 21)) | days(date(2026, 10, 25), date(2026, 10, 26))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quarter", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--regions", type=int, default=12)
    parser.add_argument("--distributors", type=int, default=10, help="of each region")
    parser.add_argument("--orders", type=float, default=1.5, help="of a distributor in a month")
    chosen = parser.parse_args(arguments)
    desk = Desk(chosen.regions, chosen.distributors, 60, chosen.seed)
    with tempfile.TemporaryDirectory() as text:
        play = Play(Path(text) / "desk", desk, FIRST, LAST, chosen.orders, AWAY)
        wrong = [*play.play()]
        wrong += [] if wrong else play.sent_once()
    print(*wrong, sep="\n", end="\n" if wrong else "")
    kinds = ", ".join(f"{times} {kind}" for kind, times in sorted(play.left.items()))
    print(f"{play.mails} mails in, {play.left.total()} out in {play.passes} passes: {kinds}")
    print(
        "not as it must be" if wrong else "every mail that should have left has, once, and no other"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
