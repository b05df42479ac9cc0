"""A provider's limits are kept over restarts, and whoever looks sees what waits and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.sink import Sink
from tests.scenarios.house import House, build_house, some_mails


@pytest.fixture
def house(sink: Sink, tmp_path: Path) -> House:
    carrier = f"'smtp://127.0.0.1:{sink.port}', limits: {{per_minute: 1, per_day: 3}}"
    house = build_house(tmp_path / "house", CONFIG.replace('"maildir:outbox"', carrier))
    house.put("1", some_mails("01-clean")["01-clean"])
    return house


@pytest.mark.fault("S07", "T08")
def test_what_may_not_leave_yet_waits_and_is_told(house: House, sink: Sink) -> None:
    first = house.once("2026-11-10T17:00:00+08:00")
    assert first.returncode == 1, "a pass that leaves something unsent says so"
    assert "1 messages wait until" in first.stderr
    assert "1 in a minute have left, which is the limit (transport.limits)" in first.stderr
    assert house.once("2026-11-10T17:00:30+08:00").returncode == 1
    assert len(sink.taken) == 1, "another process keeps to it as well"
    assert house.once("2026-11-10T17:01:00+08:00").returncode == 0
    assert len(sink.taken) == 2
    assert json.loads(house.run("status", "--json").stdout)["outbox_queue"] is None


def test_doctor_names_the_provider_and_what_may_be_sent(house: House) -> None:
    told = house.run("doctor").stdout
    assert "at most 1 in a minute, 3 in 24 hours messages leave (by transport.limits)" in told
