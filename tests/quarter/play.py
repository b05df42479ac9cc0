"""A desk played pass by pass: what left is held against what should have left, and the books against
those that were kept beside them."""

from __future__ import annotations

import gc
import os
import re
import resource
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from mailflow.commands.demo_desk.registers import write_register
from mailflow.commands.opening import opened
from mailflow.commands.run import set_up_logs
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from mailflow.works import Works
from tests.life.books import LETTERS, Books, Sent
from tests.quarter.calendar_2026 import DAY, ZONE, is_worked
from tests.quarter.desk import Desk
from tests.quarter.events import Event, FoundWrong
from tests.quarter.kept import differing, misstated, missummed
from tests.quarter.mails import Writer
from tests.quarter.oracle import Oracle
from tests.quarter.people import People
from tests.quarter.seen import Mail, mail_of
from tests.quarter.town import EVENING, MORNING, NOON
from tests.scenarios.house import House

LATER = LETTERS.replace("order by", "where outbox.id > ? order by")


@dataclass
class Play:
    """`first` and `last` are days; `away` are days on which the desk is not looked after at all."""

    folder: Path
    desk: Desk
    first: date
    last: date
    busy: float = 2.0
    away: frozenset[date] = frozenset()
    passes: int = 0
    mails: int = 0
    left: Counter[str] = field(default_factory=Counter)
    open_files: list[int] = field(default_factory=list)
    """Of this process, in which the desk works, each morning."""
    megabytes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.house = _house(self.folder, self.desk)
        self.books = Books(self.folder)
        self.oracle = Oracle(self.desk, datetime.combine(self.first, MORNING, tzinfo=ZONE))
        self.people = People(self.desk, self.oracle, self.busy)
        self.writer = Writer(self._find)
        self._sent: list[Sent] = []
        self._fresh: list[Sent] = []
        self._last = 0
        self._now = datetime.combine(self.first, MORNING, tzinfo=ZONE)
        self._works: Works | None = None
        self._stack = ExitStack()

    def play(self) -> Iterator[str]:
        """What is not as it must be, pass by pass; the first wrong one is the last."""
        try:
            for now in self._moments():
                wrong = list(self._passed(now))
                yield from wrong
                if wrong:
                    return
        finally:
            self._close()

    def _moments(self) -> Iterator[datetime]:
        day, before = self.first, self.first
        while day <= self.last:
            if day.month != before.month:
                self.people.month_over()
            if day in self.away:
                self._close()  # the next pass is that of a new process
            else:
                self.open_files.append(len(os.listdir("/proc/self/fd")))
                self.megabytes.append(_resident())
                hours = (MORNING, NOON, EVENING) if is_worked(day) else (EVENING,)
                yield from (datetime.combine(day, hour, tzinfo=ZONE) for hour in hours)
            day, before = day + DAY, day

    def _passed(self, now: datetime) -> Iterator[str]:
        self._now = now
        events = self.people.happen(now)
        for event in events:
            self._put(event, now)
        expected = Counter(self.oracle.expected(events, now))
        self.passes += 1
        yield from self._looked(now)
        seen = Counter(self._new())
        self.left.update(mail.kind for mail in seen.elements())
        for what, mails in (("too much", seen - expected), ("missing", expected - seen)):
            for mail, times in sorted(mails.items()):
                yield f"{now:%m-%d %H:%M} {what}: {' | '.join(mail)}" + f" x{times}" * (times > 1)
        yield from differing(self.books, self.oracle, self.desk, now)
        yield from self._told_rightly()

    def _told_rightly(self) -> Iterator[str]:
        """Statements and statistics of this pass agree with the ledger."""
        for sent in self._fresh:
            if sent.notice == "statement":
                yield from misstated(sent, self.oracle)
        months = {
            s.subject_id.removeprefix("statistics-")
            for s in self._fresh
            if s.notice == "statistics"
        }
        for text in sorted(m for m in months if re.fullmatch(r"\d{4}-\d\d", m)):
            month = date.fromisoformat(f"{text}-01")
            yield from missummed(self.house, month, self.oracle, self.desk)

    def _put(self, event: Event, now: datetime) -> None:
        if isinstance(event, FoundWrong):
            name = f"{event.of.code}/{event.month:%Y-%m}"
            done = self.house.run("close", "inventory", name, "--reason", "漏了门店")
            assert done.returncode == 0, done.stderr
            return
        self.mails += 1
        self.house.put(f"{self.mails:06}", self.writer.raw(event, now))

    def _looked(self, now: datetime) -> Iterator[str]:
        """The first pass after a time away is one of `mailflow run --once --now`."""
        if self._works is None:
            done = self.house.once(now.isoformat())
            if done.returncode:
                yield f"{now}: exit {done.returncode}: {done.stderr}"
            self._open()
            return
        report = one_pass(self._works)
        if report.troubles or report.failed or report.unsent:
            yield f"{now}: {report}"

    def _open(self) -> None:
        set_up_logs(quiet=True)
        config = load_config(self.house.config)
        app = self._stack.enter_context(
            opened(config, lambda: self._now.astimezone(UTC), exclusive=True)
        )
        self._works = app.works()

    def _close(self) -> None:
        self._works = None
        self._stack.close()
        gc.collect()

    def _new(self) -> Iterator[Mail]:
        self._fresh = [Sent(*row) for row in self.books.letters(LATER, self._last)]
        self._sent += self._fresh
        for sent in self._fresh:
            self._last = sent.number
            assert sent.state == "accepted", sent
            yield mail_of(sent)

    def _find(self, kind: str, text: str, to: str) -> EmailMessage:
        return next(
            s.letter
            for s in reversed(self._sent)
            if (s.notice, s.recipient) == (kind, to) and text in str(s.letter["Subject"])
        )

    def sent_once(self) -> list[str]:
        """What lies with the carrier is what the books say, each message once."""
        raw = [p.read_bytes() for p in (self.folder / "outbox/new").glob("*")]
        there = Counter(str(message_from_bytes(r)["Message-ID"]) for r in raw)
        known = Counter(sent.message_id for sent in self._sent)
        return [
            f"{n}: {there[n]} for {known[n]}" for n in there.keys() | known if there[n] != known[n]
        ]


def _house(folder: Path, desk: Desk) -> House:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(desk.config, encoding="utf-8")
    for kind, rows in desk.registers().items():
        write_register(folder, kind, rows)
    for part in ("new", "cur", "tmp"):
        (folder / "inbox" / part).mkdir(parents=True)
    return House(folder)


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


def days(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))
