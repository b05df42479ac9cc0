"""A small house in a folder: its desk is the demo's, its program the real one in a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from mailflow.cli import cli
from mailflow.commands.demo_desk.mails import mails
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.folders import lay_out
from tests.scenarios.processes import run_mailflow

EVENING = "2026-11-10T18:00:00+08:00"
LATER = ("2026-11-10T18:05:00+08:00", "2026-11-10T18:25:00+08:00")


@dataclass(frozen=True)
class House:
    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """In a process of its own, forked from one that has loaded the program."""
        return run_mailflow(
            (*arguments, "--config", str(self.config)), {**os.environ, **environment}
        )

    def run_from_scratch(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """As an operator runs it; it takes a second to load the program."""
        return subprocess.run(
            [sys.executable, "-m", "mailflow", *arguments, "--config", str(self.config)],
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    def once(self, now: str = EVENING, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("run", "--once", "--now", now, **environment)

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """Asked for here: tests look at rows more often than at anything else, and looking changes nothing."""
        asked = ["list", kind, "--json", "--config", str(self.config)]
        told = CliRunner().invoke(cli, asked, catch_exceptions=False)
        return [json.loads(line) for line in told.stdout.splitlines()]

    def went_out(self) -> list[bytes]:
        """Everything that went out, as whoever got it has it."""
        return [p.read_bytes() for p in (self.folder / "outbox/new").glob("*")]

    def outbox(self) -> list[tuple[str, str]]:
        """Message-ID and addressees of everything that went out."""
        sent = map(message_from_bytes, self.went_out())
        return sorted((message["Message-ID"], message["To"]) for message in sent)

    def put(self, name: str, raw: bytes) -> None:
        """It lies in the mailbox when the next pass looks."""
        (self.folder / "inbox" / "new" / f"{name}.eml").write_bytes(raw)

    def end_state(self) -> dict[str, Any]:
        """What must be the same however often the process died on the way."""
        return {
            "mails": sorted((m["id"], m["state"], m["reason"]) for m in self.rows("mails")),
            "orders": sorted((o["number"], o["state"], o["tins"]) for o in self.rows("orders")),
            "cases": sorted((c["number"], c["state"]) for c in self.rows("cases")),
            "messages": sorted(
                (m["notice"], m["recipient"], m["subject_id"], m["state"])
                for m in self.rows("messages")
            ),
            "outbox": self.outbox(),
        }


def build_house(folder: Path, config: str = CONFIG) -> House:
    """Registers, configuration and empty Maildirs; no mail yet."""
    lay_out(folder, config)
    return House(folder)


def some_mails(*names: str) -> dict[str, bytes]:
    """The demo's mails of these names; all of them where none is named."""
    every = dict(mails())
    return {n: every[n] for n in names} if names else every
