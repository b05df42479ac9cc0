"""What systemd hears: that it began, that it lives, and nothing more once it hangs."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailflow.domain.vitals import Ailment
from mailflow.vigil.supervisor import Supervisor
from tests.vigil.test_alarm import WELL


@pytest.fixture
def door(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(20)
        yield listening


def test_without_systemd_nothing_is_said_and_nothing_breaks(tmp_path: Path) -> None:
    Supervisor(None)(WELL)
    Supervisor(str(tmp_path / "nobody"))(WELL)


def test_a_daemon_whose_servers_are_down_is_vouched_for(door: socket.socket) -> None:
    supervisor = Supervisor(door.getsockname())
    supervisor(WELL)
    assert door.recv(999).decode() == "WATCHDOG=1\nSTATUS=works; 0 mails since the start"
    supervisor(replace(WELL, ailments=(Ailment.NO_POLL, Ailment.UNSENT)))
    assert door.recv(999).decode().startswith("WATCHDOG=1\nSTATUS=no-poll, unsent; ")


@pytest.mark.fault("Z01")
def test_a_daemon_that_hangs_is_not(door: socket.socket) -> None:
    Supervisor(door.getsockname())(replace(WELL, ailments=(Ailment.HANGS,)))
    assert door.recv(999).decode().startswith("STATUS=hangs; ")


def test_a_name_in_the_abstract_space_is_meant(tmp_path: Path) -> None:
    name = f"mailflow-{os.getpid()}-{tmp_path.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        listening.settimeout(20)
        Supervisor(f"@{name}").say("READY=1")
        assert listening.recv(999) == b"READY=1"


def test_no_child_inherits_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", "/run/notify")
    assert Supervisor.of_environment().address == "/run/notify"
    assert "NOTIFY_SOCKET" not in os.environ


def test_one_that_does_not_listen_holds_up_nobody(door: socket.socket) -> None:
    supervisor = Supervisor(door.getsockname())
    for _ in range(2000):
        supervisor(WELL)
    assert door.recv(999).startswith(b"WATCHDOG=1")
