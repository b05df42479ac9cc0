"""`python -m tests.proof.kills --count 1000`: the real program between a real Dovecot and a real Postfix
is killed so many times by SIGKILL at random instants, and started again. Mails and the instants, as parts
of how long a pass takes, come from seeds. In the end the laws of the stories are asked of books and
mailboxes; a second copy is explained only where a process died behind the final dot of that message."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

from tests.life import laws_of_goods
from tests.live.machine import wait_until
from tests.proof import machine
from tests.proof.between import RealDesk, can_be_posted, running_servers
from tests.proof.killing import Starter, starting
from tests.proof.laws import wrong_in
from tests.proof.mails import Pool
from tests.proof.shelves import OpenBooks, goods_on
from tests.proof.story import BEGIN
from tests.proof.street import Street
from tests.scenarios.live_house import Servers

KILLS_OF_A_DESK = 50
WAITS = (timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=4), timedelta(hours=26))
OFTEN = (8, 6, 3, 1)
QUIET = (timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=30))
"""How time runs on in the end: what is in doubt is looked for, then sent again, and told in a digest."""
RESTART = timedelta(seconds=5)
AT_ONCE = (1, 2, 2, 2)
"""Deaths before a pass is left alone: a mail at which three attempts end is a person's."""
FIRST_SPAN = 1.0
LEAST_SPAN = 0.1
WHOLE = 0.3
"""How many of the deaths lie anywhere in a pass; the others lie behind its first decision, where all that
can be lost or doubled happens in a tenth of its time."""
SLOW = 3
"""Of so many desks one has a server that takes its time behind the final dot."""
MEASURED = 4
"""Of so many passes that are left alone one begins from scratch and is measured."""


@dataclass
class Figures:
    desks: int = 0
    kills: int = 0
    starts: int = 0
    mails: int = 0
    orders: int = 0
    copies: int = 0
    second_copies: int = 0
    set_aside: int = 0
    died: Counter[str] = field(default_factory=Counter)
    recovered: list[tuple[float, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def plus(self, other: Figures) -> None:
        for each in fields(Figures):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@dataclass
class Desk:
    """One desk and its deaths."""

    real: RealDesk
    starter: Starter
    pool: Pool
    seed: int
    figures: Figures = field(default_factory=Figures)
    true_time: datetime = BEGIN
    spans: dict[bool, float] = field(
        default_factory=lambda: dict.fromkeys((True, False), FIRST_SPAN)
    )
    """Seconds that a pass takes, from its first decision or from its begin, as far as is known."""
    passes: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(f"kills {self.seed}")
        self.street = Street(self.rng, self.pool, self.real.people, verified=False)

    def play(self, kills: int) -> None:
        """So many deaths, and then time runs on until all is quiet."""
        while self.figures.kills < kills:
            [wait] = self.rng.choices(WAITS, OFTEN)
            self.true_time += wait
            for _ in range(self.rng.choice((1, 2, 2, 3))):
                self._post(wait)
            for _ in range(min(self.rng.choice(AT_ONCE), kills - self.figures.kills)):
                self._kill()
            self._pass()
        for wait in QUIET:
            self.true_time += wait
            self._pass()

    def _post(self, after: timedelta) -> None:
        for mail in filter(can_be_posted, self.street.happening(after)):
            self.real.put(mail, self.true_time)

    def _kill(self) -> None:
        self.figures.starts += 1
        self.true_time += RESTART
        decided = self.rng.random() > WHOLE
        after = self.rng.random() * self.spans[decided]
        took = self.starter.killed(self._arguments(), after, decided=decided)
        if took is not None:
            self.spans[decided] = max(took, LEAST_SPAN)
            return
        self.spans[decided] *= 1.04
        self.figures.kills += 1
        self.real.has_died()

    def _pass(self) -> None:
        self.figures.starts += 1
        self.true_time += RESTART
        self.passes += 1
        if self.passes % MEASURED:
            self.starter.left_alone(self._arguments())
        else:
            found = self.starter.measured(self._arguments())
            if found.wall is not None and found.work is not None:
                self.figures.recovered.append((found.wall, found.work))
        self.real.read_mailboxes()

    def _arguments(self) -> tuple[str, ...]:
        config = str(self.real.house.config)
        return ("run", "--once", "--now", self.true_time.isoformat(), "--config", config)

    def wrong(self) -> Iterator[str]:
        books = OpenBooks(self.real.folder)
        try:
            self._count(books)
            machine.said[:] = self.starter.said
            yield from wrong_in(self._as_story(books), books)  # type: ignore[arg-type] # has what is asked of it
            yield from self._copies(books)
        finally:
            books.close()
        if not wait_until(lambda: not self.starter.survivors(), seconds=20):
            yield from (f"outlives its start: {one}" for one in self.starter.survivors())

    def _copies(self, books: OpenBooks) -> Iterator[str]:
        """By what was seen at the deaths, whatever the books say of it later."""
        for sent in books.sent():
            copies = self.real.people.copies(sent.message_id, sent.recipient)
            self.figures.second_copies += max(0, copies - 1)
            deaths = self.real.doubts[sent.message_id, sent.recipient]
            if copies > 1 + deaths:
                yield f"message {sent.number} {sent.notice}: {copies} copies, {deaths} deaths"

    def _count(self, books: OpenBooks) -> None:
        figures = self.figures
        [orders] = books.rows("select count(*) as many from orders")
        [aside] = books.rows("select count(*) as many from mails where state = 'failed'")
        figures.desks += 1
        figures.orders += orders["many"]
        figures.set_aside += aside["many"]
        figures.mails += len(self.real.posted)
        figures.copies += len(self.real.people.taken)
        figures.died += self.real.died

    def _as_story(self, books: OpenBooks) -> SimpleNamespace:
        """What the laws ask of a story."""
        return SimpleNamespace(
            posted=self.real.posted,
            server=self.real,
            carrier=self.real.people,
            machine=SimpleNamespace(endless=[]),
            tokens=[row["token"] for row in books.rows("select token from questions")],
            true_time=self.true_time,
            began=BEGIN,
            did=[],
        )


def killed(servers: Sequence[Servers], count: int, seed: int) -> Iterator[Figures]:
    """`count` deaths, at desks of `KILLS_OF_A_DESK` each: after each desk the figures of all so far."""
    figures, pool = Figures(), Pool()
    environment = {**os.environ, "LIVE": servers[0].dovecot.password}
    with (
        tempfile.TemporaryDirectory(prefix="mailflow-kills-") as text,
        patch.object(laws_of_goods, "goods_on", goods_on),
        starting(Path(text), environment) as starter,
    ):
        while figures.kills < count:
            starter.said.clear()
            at = servers[-1 if seed % SLOW == 0 else 0]
            desk = Desk(RealDesk(at, Path(text) / f"desk{seed}"), starter, pool, seed)
            desk.play(min(KILLS_OF_A_DESK, count - figures.kills))
            desk.figures.wrong += (f"desk {seed}: {what}" for what in desk.wrong())
            figures.plus(desk.figures)
            desk.real.end()
            seed += 1
            yield figures


def told(figures: Figures) -> str:
    walls = sorted(wall for wall, _ in figures.recovered)
    works = sorted(work for _, work in figures.recovered)
    lines = [
        f"{figures.kills} kills of {figures.starts} starts at {figures.desks} desks, {len(figures.wrong)} wrong",
        f"{figures.mails} mails came, {figures.orders} orders, {figures.copies} copies of letters arrived",
        f"{figures.second_copies} second copies, each behind a final dot; {figures.set_aside} mails set aside",
        *(f"    {times} died {where}" for where, times in figures.died.most_common()),
        f"first mail decided on after a start: {_spread(walls)}; of processor time {_spread(works)}",
    ]
    return "\n".join(lines)


def _spread(values: Sequence[float]) -> str:
    if len(values) < 2:
        return f"measured {len(values)} times"
    late = values[min(len(values) - 1, int(len(values) * 0.95))]
    middle = statistics.median(values)
    return f"{middle:.2f} s at the median of {len(values)}, 95 % within {late:.2f} s, all within {values[-1]:.2f} s"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.kills", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    figures, told_of = Figures(), 0
    # Who breaks it off is told what was played so far.
    with running_servers() as servers, suppress(KeyboardInterrupt):
        for figures in killed(servers, chosen.count, chosen.seed):
            print(*figures.wrong[told_of:], f"{figures.kills} kills", sep="\n", flush=True)
            told_of = len(figures.wrong)
    print(told(figures))
    return 1 if figures.wrong or not figures.kills else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
