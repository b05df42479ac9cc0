"""One story from its seed: mails come in by chance, passes follow, the program dies now and then."""

from __future__ import annotations

import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from random import Random
from typing import Any

from mailflow.domain import failpoint
from tests.life.books import Books
from tests.life.events import Street
from tests.life.invariants import ALWAYS, AT_REST, AT_THE_END, broken
from tests.life.people import About
from tests.life.town import town
from tests.scenarios.house import House
from tests.scenarios.replies import ADMIN, GM

BEGIN = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
WAITS = (
    *(timedelta(minutes=3), timedelta(minutes=40), timedelta(hours=5), timedelta(hours=26)),
    timedelta(hours=50),
)
OFTEN = (6, 6, 4, 3, 1)
DEPUTY = f'asking: {{deputies: {{"{ADMIN}": "{GM}"}}}}\n'
AT_ONCE = "shortages: {supply: release}\n"
"""In a third of the stories nobody is asked about supplementary lists."""
DOUBT = timedelta(seconds=150)
"""Evidence of a message that may have left is looked for after two minutes, before the next event."""
HALF_AN_HOUR = timedelta(minutes=30)
"""The program's clocks strike at half and full hours: the digest's, the goods'."""
CRASHES = 0.5
"""How many of the passes are to be ended by a kill on the way; not all of them come to that step."""
OFTEN_REACHED = "work.committed"
"""Whatever a pass does goes through it."""
DEADLY = [
    n
    for n in failpoint.ALL
    if not n.startswith(("smtp.", "schema.")) and n not in ("intake.withheld", "mails.taken")
]
"""Steps of a pass between two Maildirs."""

BEGINS_OF_PEOPLE = tuple(
    f"{what}."
    for what in (
        *("question", "register", "papers", "letter", "announcement", "request", "consumers"),
        *("calls", "samples", "reminder", "deal", "work"),
    )
)
DEADLY_TO_PEOPLE = [name for name in DEADLY if name.startswith(BEGINS_OF_PEOPLE)]
"""Those steps on which something else than goods depends."""

ENDS = {
    "requests": "select number, state, json_extract(content, '$.step') from requests",
    "announcements": "select number, revision, state from announcements",
    "confirmed": "select announcement_id, key, confirm_mail_id from addressees",
    "consumers": "select list_id, region, phone, agent from consumers",
    "calls": "select mail_id, store_key, sku, version, state, heard, used from calls",
    "registers": "select number, kind, state, rows from register_proposals",
    "versions": "select kind, source, rows from masters",
    "archived": "select number, mail_id, sha256 from archived",
}
"""Of each table what has to be the same however often the program died."""


@dataclass
class Life:
    """`crashing` False plays the same story undisturbed."""

    folder: Path
    seed: int
    crashing: bool = True
    about: About = About.GOODS
    story: list[str] = field(default_factory=list)
    killed: int = 0

    def __post_init__(self) -> None:
        more = (DEPUTY, DEPUTY, DEPUTY + AT_ONCE)[self.seed % 3]
        self.house: House = town(self.folder, more)
        self.books = Books(self.folder)
        self.street = Street(Random(f"street {self.seed}"), self.books, about=self.about)
        self.deaths = Random(f"deaths {self.seed}")
        self.now = BEGIN
        self._put = 0
        self.house.once(self.now.isoformat())

    def play(self, steps: int) -> list[str]:
        """Everything that was not as it must be, and the story until then."""
        for step in range(steps):
            is_counted_first = step == 0 and self.seed % 2 == 1
            name, mails = self.street.counted() if is_counted_first else self._happens()
            [wait] = self.street.rng.choices(WAITS, OFTEN)
            self.now = _before_no_stroke(self.now + wait)
            self.story.append(f"{self.now:%m-%d %H:%M} {name}")
            for raw in mails:
                self._put += 1
                self.house.put(f"{self._put:04d}", raw)
            if wrong := self._passes(is_time=2 * step >= steps):
                return wrong
        for _ in range(2):
            self.now += timedelta(minutes=20)
            if wrong := self._undisturbed():
                return wrong
        return broken(self.books, AT_THE_END) or self._sent_once()

    def _happens(self) -> tuple[str, list[bytes]]:
        """One thing where goods alone move, else several: the desk does not deal with one at a time."""
        many = 1 if self.about is About.GOODS else self.street.rng.choice((1, 2, 3, 4))
        happened = [self.street.happening() for _ in range(many)]
        return ", ".join(name for name, _ in happened), [
            raw for _, each in happened for raw in each
        ]

    def _passes(self, *, is_time: bool) -> list[str]:
        """One pass that may die, then one that may not; who lives at half time dies where he can."""
        if self.crashing and (self.deaths.random() < CRASHES or (is_time and not self.killed)):
            deadly = DEADLY if self.about is About.GOODS else DEADLY_TO_PEOPLE
            point = f"{self.deaths.choice(deadly)}:{self.deaths.randint(1, 2)}"
            if is_time and not self.killed:
                point = OFTEN_REACHED
            done = self.house.once(self.now.isoformat(), MAILFLOW_FAILPOINT=point)
            if done.returncode == -signal.SIGKILL:
                self.killed += 1
                self.story.append(f"    killed at {point}")
                if wrong := broken(self.books, ALWAYS) or self._undisturbed():
                    return wrong
                # What was in doubt is looked for; else the next event would find another desk.
                return self._undisturbed(DOUBT)
        return self._undisturbed()

    def _undisturbed(self, later: timedelta = timedelta(0)) -> list[str]:
        done = self.house.once((self.now + later).isoformat())
        if done.returncode:
            return [f"exit {done.returncode}: {done.stdout}{done.stderr}"]
        return broken(self.books, AT_REST)

    def _sent_once(self) -> list[str]:
        """What lies in the carrier's Maildir is what the books say, each message once."""
        raw = [p.read_bytes() for p in (self.folder / "outbox/new").glob("*")]
        there = Counter(str(message_from_bytes(r)["Message-ID"]) for r in raw)
        known = Counter(s.message_id for s in self.books.sent() if s.state == "accepted")
        return [
            f"{name}: {there[name]} copies for {known[name]} people"
            for name in sorted(known.keys() | there.keys())
            if known[name] != there[name]
        ]

    def end(self) -> dict[str, Any]:
        """Also of what is listed nowhere as a whole."""
        return {**self.house.end_state(), **{name: self.books.said(q) for name, q in ENDS.items()}}


def _before_no_stroke(now: datetime) -> datetime:
    """A look after doubt would be behind the stroke, and find what no undisturbed pass did."""
    left = HALF_AN_HOUR - (now - BEGIN) % HALF_AN_HOUR
    return now + left if left <= DOUBT else now
