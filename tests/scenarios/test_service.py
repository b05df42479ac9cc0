"""The daemon as a service: watched, told to end, told to read its configuration again."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.machine import wait_until
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import ADMIN
from tests.scenarios.service import Systemd, free_port, serving, status_of
from tests.vigil.hooks import robot


def house_with(folder: Path, more: str) -> House:
    return build_house(folder, CONFIG + f"\npoll_seconds: 1\n{more}\n")


def about_orders(house: House) -> list[str]:
    """To whom something went out; from the evening on a digest goes out as well."""
    return [to for _, to in house.outbox() if ADMIN not in to]


def test_where_no_daemon_runs_health_says_so(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    assert house.once().returncode == 0
    told = house.run("health")
    assert (told.returncode, told.stdout) == (1, "")
    assert "no daemon runs here" in told.stderr


def test_a_daemon_that_works_tells_it_everywhere_and_ends_when_told(tmp_path: Path) -> None:
    port = free_port()
    house = house_with(tmp_path / "house", f"health: {{listen: '127.0.0.1:{port}'}}")
    house.put("mail", some_mails("01-clean")["01-clean"])
    systemd = Systemd(tmp_path / "notify")
    try:
        with serving(house, NOTIFY_SOCKET=str(systemd.path)) as service:
            assert wait_until(lambda: service.health().get("states") == {"done": 1}, seconds=100)
            assert "READY=1" in systemd.heard
            assert status_of(port) == 200
            assert status_of(port, "/metrics") == 200
            told = house.run("health", "--json")
            assert (told.returncode, json.loads(told.stdout)["well"]) == (0, True)
            service.tell(signal.SIGTERM)
            assert service.ends() == 0
    finally:
        systemd.close()
    assert systemd.heard[-1] == "STOPPING=1"
    assert any(said.startswith("WATCHDOG=1\nSTATUS=works") for said in systemd.heard)
    assert house.run("health").returncode == 1
    assert not (house.folder / "health.json").exists()


@pytest.mark.fault("Z01")
def test_a_daemon_that_was_killed_is_found_by_the_age_of_its_file(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "")
    with serving(house) as service:
        assert wait_until(service.polls, seconds=100)
        service.tell(signal.SIGKILL)
        service.ends()

        def is_missed() -> bool:
            told = house.run("health")
            return told.returncode == 1 and "has given no sign" in told.stderr

        assert wait_until(is_missed, seconds=100)


@pytest.mark.fault("I03", "I07", "S15", "Z01", "Z02")
def test_a_mailbox_that_is_gone_is_told_over_the_second_channel_and_so_is_its_return(
    tmp_path: Path,
) -> None:
    port = free_port()
    with robot() as one:
        (tmp_path / "secret").write_text(one.url, encoding="utf-8")
        alarm = f"{{webhook: {{file: {tmp_path / 'secret'}}}}}"
        more = f"health: {{listen: '127.0.0.1:{port}', alarm: {alarm}}}"
        house = house_with(tmp_path / "house", more)
        with serving(house) as service:
            assert wait_until(service.polls, seconds=100)
            assert one.heard == []
            (house.folder / "inbox").rename(house.folder / "away")
            assert wait_until(lambda: bool(one.heard), seconds=100), service.log
            assert "新来的订单都还没收" in one.heard[0]
            assert status_of(port) == 503
            told = house.run("health")
            assert told.returncode == 1
            assert "no-poll: the mailbox was not looked through" in told.stderr
            (house.folder / "away").rename(house.folder / "inbox")
            assert wait_until(lambda: len(one.heard) == 2, seconds=100)
            assert one.heard[1].endswith("已恢复正常。")
            assert one.url not in service.log


@pytest.mark.fault("Z06")
def test_a_configuration_that_is_wrong_is_not_taken_and_one_that_is_right_is(
    tmp_path: Path,
) -> None:
    house = house_with(tmp_path / "house", "")
    good = house.config.read_text(encoding="utf-8")
    with serving(house) as service:
        assert wait_until(service.polls, seconds=100)
        house.config.write_text(good + "\nnonsense: 1\n", encoding="utf-8")
        service.tell(signal.SIGHUP)
        assert wait_until(lambda: "stays in force" in service.log, seconds=100)
        assert "nonsense" in service.log
        house.put("first", some_mails("01-clean")["01-clean"])
        assert wait_until(lambda: len(about_orders(house)) == 2, seconds=100)
        house.config.write_text(good.replace("mode: live", "mode: shadow"), encoding="utf-8")
        assert "mode: shadow" in house.config.read_text(encoding="utf-8")
        service.tell(signal.SIGHUP)
        assert wait_until(lambda: "configuration read again" in service.log, seconds=100)
        house.put("second", some_mails("02-loose-tins")["02-loose-tins"])
        assert wait_until(lambda: service.health().get("states") == {"returned": 1}, seconds=100)
        service.tell(signal.SIGTERM)
        assert service.ends() == 0
    assert {m["state"] for m in house.rows("mails")} == {"done", "returned"}
    assert len(about_orders(house)) == 2


@pytest.mark.fault("Z11")
def test_a_pass_over_many_mails_ends_after_the_one_under_way(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "")
    clean = some_mails("01-clean")["01-clean"]
    for number in range(400):
        house.put(f"mail{number}", clean.replace(b"Message-ID: <", b"Message-ID: <%d-" % number))
    with serving(house) as service:
        assert wait_until(lambda: sum(service.health().get("done", {}).values()) > 400, seconds=100)
        service.tell(signal.SIGTERM)
        assert service.ends() == 0
    waiting = [m for m in house.rows("mails") if m["state"] == "waiting"]
    assert waiting
    assert all(m["attempts"] == 0 for m in waiting)


@pytest.mark.fault("Z11")
def test_a_server_that_never_answers_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        place = f"smtp://127.0.0.1:{mute.getsockname()[1]}"
        house = house_with(tmp_path / "house", "")
        text = house.config.read_text(encoding="utf-8").replace("maildir:outbox", place)
        house.config.write_text(text, encoding="utf-8")
        house.put("mail", some_mails("01-clean")["01-clean"])
        with serving(house) as service:
            caller, _ = mute.accept()
            service.tell(signal.SIGTERM)
            assert service.ends() == 0
            caller.close()
    # It was ended in the middle of the try: nobody recorded that this failed.
    assert {m["last_error"] for m in house.rows("messages")} == {""}
    assert not (house.folder / "health.json").exists()
