"""`python -m tests.proof.long_day`: a day of a busy desk through one daemon that is never started again,
between a real Dovecot and a real Postfix. The daemon's loop is its own; only what it waits for between
two looks is the clock of the story, which goes on by a minute. Memory, open files and what is kept
beside the books are looked at each hour: they must not grow."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from mailflow.commands.demo_desk.mails import A1, A2, A3, G1, mail, order, sheet
from tests.proof.between import RealDesk, can_be_posted, running_servers
from tests.proof.mails import MANAGERS, Pool, Posted
from tests.proof.shelves import OpenBooks
from tests.proof.story import BEGIN
from tests.proof.street import Street
from tests.scenarios.live_house import Servers

HOURS = 24
MINUTES = 60
EACH = 3
"""Minutes between two mails, or more of them that come together."""
ORDERS = 0.6
"""How many of the mails are orders that nobody has sent before."""
MOST_MEGABYTES = 3.0
"""By which the second half of the day may lie above the quarter before it: mails differ in size."""
HELPERS = ("meta", "withheld", "jobs")
"""Tables beside the books."""
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Sample:
    """Of one instant: megabytes of the daemon, and of the processes that it began; its open files,
    threads and children; files in its folder that are neither spool nor registers; rows of helpers."""

    hour: float
    memory: float
    children_memory: float
    open_files: int
    threads: int
    children: int
    files: int
    rows: int
    letters: int


@dataclass
class Day:
    real: RealDesk
    daemon: subprocess.Popen[str]
    waits: int
    """Where it says that it waits."""
    street: Street
    rng: Random
    now: datetime = BEGIN
    mails: int = 0

    def samples(self, hours: int) -> Iterator[Sample]:
        for minute in range(hours * MINUTES):
            if minute % EACH == 0:
                self._post()
            if minute % MINUTES == MINUTES - 1:
                self.real.read_mailboxes()
                yield self._sample(minute / MINUTES)
            self.now += timedelta(minutes=1)
            self.tell(self.now.isoformat())

    def _post(self) -> None:
        is_order = self.rng.random() < ORDERS
        after = timedelta(minutes=EACH)
        came = [fresh_order(self.rng, self.mails)] if is_order else self.street.happening(after)
        for one in filter(can_be_posted, came):
            self.real.put(one, self.now)
            self.mails += 1

    def tell(self, line: str) -> None:
        """Returns when it waits for the next."""
        assert self.daemon.stdin is not None
        self.daemon.stdin.write(line + "\n")
        self.daemon.stdin.flush()
        if os.read(self.waits, 1) != b".":
            raise RuntimeError(f"{self.real.folder / 'log'}: the daemon has ended")

    def _sample(self, hour: float) -> Sample:
        folder = self.real.folder
        place = Path("/proc") / str(self.daemon.pid)
        below = _descendants(self.daemon.pid)
        books = OpenBooks(folder)
        try:
            counts = [
                books.rows(f"select count(*) as many from {name}")[0]["many"] for name in HELPERS
            ]
        finally:
            books.close()
        spool = folder / "spool"
        return Sample(
            hour,
            _megabytes(self.daemon.pid),
            sum(map(_megabytes, below)),
            len(list((place / "fd").iterdir())),
            len(list((place / "task").iterdir())),
            len(below),
            sum(path.is_file() and spool not in path.parents for path in folder.rglob("*")),
            sum(counts),
            len(self.real.people.taken),
        )


def fresh_order(rng: Random, number: int) -> Posted:
    code = rng.choice(sorted(MANAGERS))
    lines = [(one, rng.randint(1, 3), "现金") for one in rng.sample((A1, A2, A3, G1), 2)]
    wrong = {"total": 7} if number % 9 == 0 else {}
    book = sheet(order(code, lines, **wrong))
    raw = mail(MANAGERS[code], f"{code} 订单{number}", "请查收附件", (f"{code}.xlsx", book))
    return Posted(raw, MANAGERS[code], f"order {number} of {code}")


def _megabytes(pid: int) -> float:
    pages = int((Path("/proc") / str(pid) / "statm").read_text(encoding="utf-8").split()[1])
    return pages * PAGE / 1e6


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in (Path("/proc") / str(pid) / "task").iterdir():
        for child in map(int, (task / "children").read_text(encoding="utf-8").split()):
            found += [child, *_descendants(child)]
    return found


@contextmanager
def day(servers: Servers, folder: Path) -> Iterator[Day]:
    real = RealDesk(servers, folder)
    waits, says = os.pipe()
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen(
            [sys.executable, "-m", "tests.proof.waiting_daemon", str(real.house.config), str(says)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            text=True,
            pass_fds=[says],
            env={**os.environ, "LIVE": servers.dovecot.password},
        )
    os.close(says)
    rng = Random("a long day")
    street = Street(rng, Pool(), real.people, verified=False)
    one = Day(real, daemon, waits, street, rng)
    try:
        one.tell(BEGIN.isoformat())
        yield one
        daemon.communicate("\n", timeout=60)
    finally:
        daemon.kill()
        os.close(waits)
        real.end()


def growth(samples: Sequence[Sample]) -> list[str]:
    """What is more in the second half than in the quarter before it; nothing of less than four."""
    quarter, half = len(samples) // 4, len(samples) // 2
    before, after = samples[quarter:half], samples[half:]
    if not before:
        return []
    grown = []
    for what, most in (("memory", MOST_MEGABYTES), ("children_memory", 10.0)):
        more = _middle(after, what) - _middle(before, what)
        if more > most:
            grown.append(f"{what}: {more:.1f} MB more")
    for what in ("open_files", "threads", "children", "files", "rows"):
        most_before = max(getattr(sample, what) for sample in before)
        most_after = max(getattr(sample, what) for sample in after)
        if most_after > most_before:
            grown.append(f"{what}: {most_before} before, {most_after} after")
    return grown


def _middle(samples: Sequence[Sample], what: str) -> float:
    return statistics.median(getattr(sample, what) for sample in samples)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.long_day", description=__doc__)
    parser.add_argument("--hours", type=int, default=HOURS)
    chosen = parser.parse_args(arguments)
    samples = []
    with (
        tempfile.TemporaryDirectory(prefix="mailflow-day-") as text,
        running_servers() as (servers, _),
        day(servers, Path(text) / "desk") as one,
    ):
        for sample in one.samples(chosen.hours):
            samples.append(sample)
            print(sample, flush=True)
    grown = growth(samples)
    print(f"{chosen.hours} hours, {one.mails} mails, {samples[-1].letters} letters")
    print(*grown or ["nothing grew"], sep="\n")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
