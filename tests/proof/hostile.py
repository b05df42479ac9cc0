"""`python -m tests.proof.hostile --count 400`: hostile mails through one daemon with its real sandbox. It must
not end, every mail must come to an end of its own, and the daemon may hardly grow."""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import warnings
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from mailflow.app import App, open_app
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.config import load
from mailflow.daemon import one_pass
from tests.proof.bombs import hostile
from tests.proof.machine import heard_logs
from tests.scenarios.house import build_house, some_mails

MOST_MEGABYTES = 20.0
TOGETHER = 50
"""Hostile mails that lie in the mailbox at a time."""
NOON = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)


@dataclass
class Survived:
    """`ends`: states of the hostile mails; `grown` in megabytes of resident memory."""

    mails: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    grown: float = 0.0
    troubles: set[str] = field(default_factory=set)

    @property
    def is_well(self) -> bool:
        return not self.ends["waiting"] and self.grown < MOST_MEGABYTES and not self.troubles


def resident() -> float:
    """Of this process, in megabytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("no VmRSS in /proc/self/status")


def survived(folder: Path, count: int) -> Survived:
    """Its memory is looked at when it has dealt with good mails, and again after all hostile ones."""
    mails = folder.with_name("mails")
    house = build_house(folder, CONFIG)
    # Written by a process of its own: what that takes is not this one's.
    writer = get_context("fork").Process(target=_write, args=(mails, count))
    writer.start()
    writer.join()
    app = open_app(load(house.config), lambda: NOON, exclusive=True)
    found = Survived(count)
    try:
        for name, raw in some_mails("01-clean", "03-wrong-price", "14-wrong-total").items():
            house.put(name, raw)
        _passes(app, found)
        before = resident()
        for number, path in enumerate(sorted(mails.iterdir()), start=1):
            path.rename(folder / "inbox/new" / path.name)
            if number % TOGETHER == 0:
                _passes(app, found)
        _passes(app, found)
        gc.collect()
        found.grown = resident() - before
        found.ends = Counter(app.store.records.counts()["mails"])
    finally:
        app.close()
    return found


def _write(mails: Path, count: int) -> None:
    mails.mkdir()
    warnings.simplefilter("ignore")  # zipfile warns of names that stand twice
    for number, raw in enumerate(hostile(count)):
        (mails / f"h{number:04}.eml").write_bytes(raw)


def _passes(app: App, found: Survived) -> None:
    """As many as a mail has attempts."""
    for _ in range(3):
        found.troubles.update(one_pass(app.works()).troubles)


def told(found: Survived) -> str:
    ends = ", ".join(f"{state} {times}" for state, times in sorted(found.ends.items()) if times)
    return (
        f"{found.mails} hostile mails: the daemon lives, its memory grew by {found.grown:.1f} MB; "
        f"mails now: {ends}"
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.hostile", description=__doc__)
    parser.add_argument("--count", type=int, default=400)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mailflow-hostile-") as folder, heard_logs():
        found = survived(Path(folder) / "house", chosen.count)
    print(told(found), *sorted(found.troubles), sep="\n  ")
    return 0 if found.is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
