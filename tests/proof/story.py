"""One story from its seed: mails come, passes follow, everything around goes wrong, and then is quiet."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from mailflow.domain.answer import TOKEN_LENGTH, TOKEN_SIGNS
from mailflow.parsers.sandbox import ReadingFailed
from tests.proof.carrier import Carrier
from tests.proof.death import Reaper
from tests.proof.machine import VERIFIED, Machine, Model, said
from tests.proof.mailbox import MailServer
from tests.proof.mails import DEADLY, Pool, Posted
from tests.proof.street import Street

BEGIN = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
WAITS = (
    *(timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=4)),
    *(timedelta(hours=26), timedelta(days=13)),
)
OFTEN = (8, 6, 3, 2, 2)
JUMPS = (timedelta(hours=1), -timedelta(hours=1), timedelta(days=1), -timedelta(days=2))
"""By which the machine's clock is wrong for the rest of the story."""
FIRST_PASSES = 5
"""Of a new desk: whether its disk has room nobody knows yet."""
QUIET = (timedelta(minutes=3), timedelta(minutes=20))
AFTER_TROUBLE = (
    *(timedelta(0), timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=2)),
    *(timedelta(hours=30), timedelta(days=4)),
)
"""How time runs on when nothing goes wrong any more: what was in doubt, put off or withheld has come."""


@dataclass
class Story:
    """`told` is what happened, for whoever looks into a seed that went wrong."""

    model: Model
    pool: Pool
    folder: Path
    seed: int
    told: list[str] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    did: list[str] = field(default_factory=list)
    """Faults of the machine."""
    script: list[str] | None = None
    """Failpoints at which it dies, one after the other, and at no others; nothing else goes wrong."""

    def __post_init__(self) -> None:
        self.rng = Random(f"story {self.seed}")
        self.world = Random(f"world {self.seed}")
        self.verified = self.seed % 3 == 0
        self.trouble = self.world.choice((0.0, 0.02, 0.05, 0.15))
        self.deadly = self.world.choice((0.0, 0.3, 0.6))
        if self.script is not None:
            self.trouble = self.deadly = 0.0
        self.was_troubled = self.trouble > 0
        home = self.folder / "life-0"
        # Some desks are new: their registers are not in the database yet.
        self.is_new = self.seed % 8 == 5
        self.model.begin(home, bare=self.is_new)
        self.reaper = Reaper(home)
        sight = self.world.choice(("sent", "blind", "all"))
        self.server = MailServer(self.world, self.trouble)
        self.carrier = Carrier(self.world, self.trouble, sight)
        self.model.reader.ill = self._ill
        change = VERIFIED if self.verified else ""
        self.machine = Machine(
            self.model, self.reaper, self.server, self.carrier, self._mint, change, BEGIN
        )
        self.street = Street(self.rng, self.pool, self.carrier, self.verified)
        self.true_time = self.began = BEGIN
        self.wrong_by = timedelta(0)
        said.clear()

    def play(self, steps: int) -> None:
        for _ in range(steps):
            self._step()
        self._settle()

    def _step(self) -> None:
        [wait] = self.world.choices(WAITS, OFTEN)
        self.true_time += wait
        if self.world.random() < self.trouble:
            self.wrong_by = self.world.choice(JUMPS)
            self._fault(f"the machine's clock is wrong: {self.wrong_by}")
        for mail in self.street.happening(wait):
            self.posted.append(mail)
            self.server.put(mail.raw, self.true_time)
            self.told.append(f"{self.true_time:%m-%d %H:%M} {mail.what} ({mail.sender})")
        self.reaper.interrupt = self._interrupt if self.trouble else None
        for _ in range(3):
            is_deadly = (
                self.world.random() < self.deadly
            )  # drawn whatever is wanted: the world stays as it is
            if self.script:
                self.reaper.arm(self.script[0], 1)
            elif is_deadly:
                self._arm()
            if self._pass():
                break
            if self.script:
                self.script.pop(0)

    def _arm(self) -> None:
        how = self.world.choice(("any", "new", "known"))
        if how == "new":
            self.reaper.arm("?", self.world.randint(1, 6))
        elif how == "any" or not self.reaper.passed:
            self.reaper.arm("*", self.world.randint(1, 60))
        else:
            self.reaper.arm(self.world.choice(sorted(self.reaper.passed)), self.world.randint(1, 3))

    def _pass(self) -> bool:
        """False where it died on the way."""
        self.machine.now = self.true_time + self.wrong_by
        before = self.reaper.killed.copy()
        report = self.machine.one_pass()
        if report is None:
            [where] = self.reaper.killed - before
            self.told.append(f"    died at {where}")
        else:
            self.reaper.disarm()
            self.told.extend(f"    {trouble}" for trouble in report.troubles)
        return report is not None

    def _settle(self) -> None:
        """Faults end, and time runs on until all is quiet (C13)."""
        self.server.trouble = self.carrier.trouble = 0.0
        self.trouble, self.reaper.interrupt = 0.0, None
        self.reaper.disarm()
        self.wrong_by = max(self.wrong_by, timedelta(0))
        waits = AFTER_TROUBLE if self.was_troubled else QUIET
        for wait in waits:
            self.true_time += wait
            self._pass_after_deaths()
        self.machine.stop()

    def _pass_after_deaths(self) -> None:
        """What a script still wants to die at may be passed only now: it reminds of what nobody answers."""
        while True:
            if self.script:
                self.reaper.arm(self.script[0], 1)
            if self._pass():
                return
            assert self.script, "it died, and was not told to"
            self.script.pop(0)

    def _interrupt(self, name: str) -> None:
        """Trouble of the disk or the database at a step; what is in the transaction is undone."""
        share = 1.0 if self.is_new and self.machine.passes < FIRST_PASSES else 0.2
        if name == "work.before-commit" and self.world.random() < self.trouble * share:
            self._fault(f"the disk is full at {name}")
            full = OSError("database or disk is full")
            raise sa.exc.OperationalError("commit", None, full)

    def _ill(self, function: str, first: object) -> Exception | None:
        """The child that reads may die of what it reads, or of nothing."""
        if isinstance(first, bytes) and first.startswith(DEADLY):
            return ReadingFailed("crashed", "played")
        if function == "read_mail" and self.world.random() < self.trouble * 0.3:
            self._fault("the child that reads has died")
            return ReadingFailed("crashed", "played")
        return None

    def _fault(self, what: str) -> None:
        self.did.append(what)
        self.told.append(f"    {what}")

    def _mint(self) -> str:
        token = "".join(self.rng.choice(TOKEN_SIGNS) for _ in range(TOKEN_LENGTH))
        self.tokens.append(token)
        return token

    def end(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
