"""Two daemons at once on one mailbox and one PostgreSQL end as one daemon alone would have."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import EVENING, LATER, House, build_house, some_mails

NAMES = ("01-clean", "03-wrong-price", "11-over-credit")
COPIES = 4
"""Of each mail, told apart by a line of the text: work enough for two to meet over."""


def filled(folder: Path, database: str) -> House:
    house = build_house(folder, CONFIG.replace("sqlite:///mailflow.db", database))
    for name, raw in some_mails(*NAMES).items():
        for copy in range(COPIES):
            house.put(f"{name}-{copy}", raw.replace(b"\n\n", b"\n\n%d\n" % copy, 1))
    return house


def begin_a_pass(house: House) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mailflow", "run", "--once", "--now", EVENING,
         "--config", str(house.config)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip


def told(house: House) -> dict[str, Any]:
    """Mails get their numbers in the order they come in, which is nobody's: they are left out."""
    return {
        "mails": sorted((m["state"], m["reason"]) for m in house.rows("mails")),
        "orders": sorted((o["state"], o["distributor"], o["tins"]) for o in house.rows("orders")),
        "cases": sorted((c["kind"], c["state"]) for c in house.rows("cases")),
        "messages": sorted(
            (m["notice"], m["recipient"], m["state"]) for m in house.rows("messages")
        ),
        "outbox": sorted(to for _, to in house.outbox()),
    }


@pytest.mark.fault("I06", "I09", "S10")
def test_two_daemons_do_what_one_would_have_done(tmp_path: Path, postgres: str) -> None:
    alone = filled(tmp_path / "alone", "sqlite:///mailflow.db")
    assert alone.once().returncode == 0
    together = filled(tmp_path / "together", postgres)
    both = [begin_a_pass(together) for _ in range(2)]
    for worker in both:
        output, errors = worker.communicate(timeout=100)
        assert worker.returncode == 0, output + errors
    for house in (alone, together):
        assert house.once(LATER[0]).returncode == 0
    assert told(together) == told(alone)
    assert len(told(alone)["mails"]) == COPIES * len(NAMES)


@pytest.mark.fault("K03", "S10")
def test_what_a_killed_worker_had_taken_is_dealt_with_by_the_next(
    tmp_path: Path, postgres: str
) -> None:
    alone = filled(tmp_path / "alone", "sqlite:///mailflow.db")
    assert alone.once().returncode == 0
    killed = filled(tmp_path / "killed", postgres)
    died = killed.once(MAILFLOW_FAILPOINT="mails.taken")
    assert died.returncode == -signal.SIGKILL, died.stderr
    for house in (alone, killed):
        assert house.once(LATER[0]).returncode == 0
    assert told(killed) == told(alone)
