"""Killed around the final dot, the house never loses a message nor sends one twice untold."""

from __future__ import annotations

import signal
from collections import defaultdict
from email import message_from_bytes
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.sink import Sink
from tests.scenarios.house import House, build_house, some_mails

LATER = ("2026-11-10T18:03:00+08:00", "2026-11-10T18:25:00+08:00", "2026-11-10T18:30:00+08:00")


def house_with(sink: Sink, folder: Path) -> House:
    carrier = f"smtp://127.0.0.1:{sink.port}"
    house = build_house(folder, CONFIG.replace("maildir:outbox", carrier))
    for name, raw in some_mails("01-clean", "03-wrong-price").items():
        house.put(name, raw)
    return house


def came_to(sink: Sink) -> dict[tuple[str, str], list[bytes]]:
    """The copies of each message, by Message-ID and recipient."""
    copies: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for taken in sink.taken:
        identity = str(message_from_bytes(taken.raw)["Message-ID"])
        copies[identity, taken.recipients[0]].append(taken.raw)
    return copies


@pytest.mark.fault("S08", "K08")
@pytest.mark.parametrize("name", ["smtp.before-dot", "smtp.dot-sent", "smtp.replied"])
def test_a_kill_at_the_final_dot_is_made_good_and_every_further_copy_is_told(
    sink: Sink, tmp_path: Path, name: str
) -> None:
    house = house_with(sink, tmp_path / "house")
    killed = house.once(MAILFLOW_FAILPOINT=f"{name}:2")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    for later in LATER:
        again = house.once(later)
        assert again.returncode == 0, again.stdout + again.stderr
    messages = house.rows("messages")
    assert {message["state"] for message in messages} == {"accepted"}
    resends = {(m["message_id"], m["recipient"]): m["resends"] for m in messages}
    assert sum(resends.values()) == 1
    came = came_to(sink)
    assert came.keys() == resends.keys()
    assert all(1 <= len(came[key]) <= 1 + resends[key] for key in resends)
    assert all(len(set(copies)) == 1 for copies in came.values())
