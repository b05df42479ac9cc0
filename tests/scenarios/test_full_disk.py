"""A full disk is one clear line; nothing is lost by it, and work goes on by itself afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailflow.app import App
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from mailflow.dealing import MOST_ATTEMPTS
from mailflow.parsers.sandbox import Pending, SandboxUnavailable
from mailflow.works import PassReport
from tests.scenarios.house import EVENING, House, build_house, some_mails

NAMES = ("01-clean", "03-wrong-price", "07-csv")
FULL = CONFIG + "limits: {free_megabytes: 100000000}\n"
LIMITED = """
import resource, runpy, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_module("mailflow", run_name="__main__", alter_sys=True)
"""


def filled(folder: Path, config: str = CONFIG) -> House:
    house = build_house(folder, config)
    for name, raw in some_mails(*NAMES).items():
        house.put(name, raw)
    return house


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    house = filled(tmp_path / "house")
    now = datetime.fromisoformat(EVENING).astimezone(UTC)
    with opened(load_config(house.config), lambda: now, exclusive=True) as each:
        yield each


def states(app: App) -> list[tuple[str, str]]:
    return [(m["state"], m["reason"]) for m in app.store.records.listing("mails", None)]


WELL = [("done", "booked"), ("returned", "rejected-notified"), ("done", "booked")]


def test_with_room_enough_nothing_is_said(app: App) -> None:
    assert one_pass(app.works()).troubles == ()
    assert states(app) == WELL


@pytest.mark.fault("D01")
def test_mails_wait_on_the_server_until_there_is_room_again(tmp_path: Path) -> None:
    house = filled(tmp_path / "house", FULL)
    for _ in range(2):
        done = house.once()
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "spool: its disk is nearly full: free space" in done.stderr
        assert house.rows("mails") == []
        assert len(list((house.folder / "inbox" / "new").iterdir())) == len(NAMES)
    house.config.write_text(CONFIG, encoding="utf-8")
    assert house.once().returncode == 0
    assert [(m["state"], m["reason"]) for m in house.rows("mails")] == WELL


def with_files_up_to(limit: int, house: House) -> subprocess.CompletedProcess[str]:
    """A pass in which no file can grow beyond the limit, as on a disk that is full."""
    words = ("run", "--once", "--now", EVENING, "--config", str(house.config))
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), *words],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.mark.fault("D02")
def test_a_database_that_cannot_grow_costs_no_mail_and_no_try(tmp_path: Path) -> None:
    undisturbed = filled(tmp_path / "undisturbed")
    assert undisturbed.once().returncode == 0
    house = filled(tmp_path / "house")
    assert house.once(MAILFLOW_FAILPOINT="intake.recorded").returncode == -signal.SIGKILL
    limit = (house.folder / "mailflow.db").stat().st_size + 8192
    for _ in range(MOST_ATTEMPTS + 1):
        done = with_files_up_to(limit, house)
        assert done.returncode == 1, done.stdout
        assert done.stderr.startswith("database: ")
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stdout
        assert {m["state"] for m in house.rows("mails")} == {"waiting"}
    assert house.once().returncode == 0
    assert house.end_state() == undisturbed.end_state()


@pytest.mark.fault("D03")
def test_an_output_that_takes_nothing_stops_no_mail(tmp_path: Path) -> None:
    house = filled(tmp_path / "house")
    words = ("run", "--once", "--now", EVENING, "--config", str(house.config))
    with open(os.devnull.replace("null", "full"), "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mailflow", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=100,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "output: No space left on device: free space or mend its rights\n"
    assert [(m["state"], m["reason"]) for m in house.rows("mails")] == WELL
    assert {m["state"] for m in house.rows("messages")} == {"accepted"}


class Nobody:
    """A reading process that cannot be started."""

    def result(self) -> Any:
        raise SandboxUnavailable("the reading process cannot be started: no memory")


def test_a_machine_that_cannot_read_uses_up_no_try(app: App) -> None:
    def unread(_raw: bytes) -> Pending[Any]:
        return Nobody()  # type: ignore[return-value] # nothing is asked of it

    works = replace(app.works(), read=unread)
    reports: list[PassReport] = [one_pass(works) for _ in range(MOST_ATTEMPTS + 1)]
    assert {r.troubles for r in reports} == {("the reading process cannot be started: no memory",)}
    assert {state for state, _ in states(app)} == {"waiting"}
    assert one_pass(app.works()).troubles == ()
    assert states(app) == WELL


@pytest.mark.fault("D09", "M07")
def test_a_mail_whose_bytes_are_gone_is_set_aside_and_the_next_goes_on(app: App) -> None:
    def nobody_reads(_raw: bytes) -> Pending[Any]:
        return Nobody()  # type: ignore[return-value] # nothing is asked of it

    one_pass(replace(app.works(), read=nobody_reads))
    first = next(iter(app.store.records.listing("mails", None)))["sha256"]
    (app.spool.folder / first[:2] / first).unlink()
    one_pass(app.works())
    aside, *others = states(app)
    assert aside[0] == "failed"
    assert aside[1].startswith("quarantined:damaged: spool")
    assert others == WELL[1:]
    [case] = [c for c in app.store.records.listing("cases", "open") if c["number"] == "M1"]
    assert case["reason"] == "quarantined:damaged"
