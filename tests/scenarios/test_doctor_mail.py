"""A mail of the house to itself tells whether a forged verdict would be believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.doctor_mail import FORGED, _names, _survival, _written
from mailflow.domain.mail import Head
from mailflow.domain.proof import ServerVerdict
from tests.live.dovecot import DOMAIN
from tests.scenarios.house import build_house
from tests.scenarios.live_house import LiveHouse, Servers

MORNING = "2026-11-10T09:00:00+08:00"
OURS = "mx.songping.example"


def house_of(folder: Path, servers: Servers, more: str = "") -> LiveHouse:
    house = servers.build(folder, CONFIG)
    text = house.config.read_text(encoding="utf-8")
    text = text.replace("orders@songping.example", f"{house.name}@{DOMAIN}")
    house.config.write_text(text + more, encoding="utf-8")
    return house


@pytest.mark.fault("A02")
def test_a_server_that_takes_nothing_away_is_not_to_be_believed(
    tmp_path: Path, servers: Servers
) -> None:
    house = house_of(tmp_path / "house", servers, f"authentication: {{authserv_id: {OURS}}}\n")
    said = house.run("doctor", "--mail")
    told = [line[21:] for line in said.stdout.splitlines() if line[6:].startswith("mail around")]
    assert said.returncode == 1, said.stdout + said.stderr
    assert any(f"a line that we forged in the name of {OURS} came through" in t for t in told)
    assert any("bears no signature" in t for t in told)
    # The daemon takes it for what it is, and answers nothing.
    assert house.once(MORNING).returncode == 0
    assert [(m["kind"], m["state"]) for m in house.rows("mails")] == [("own", "ignored")]
    assert house.rows("messages") == []


def test_where_everything_is_a_folder_no_mail_goes_around(tmp_path: Path) -> None:
    said = build_house(tmp_path / "house").run("doctor", "--mail")
    assert "no mail goes around" in said.stdout


@pytest.mark.parametrize(
    ("own", "verdicts", "good", "told"),
    [
        (OURS, [(OURS, "pass", "songping.example")], (True, True), "was taken away"),
        (OURS, [(OURS, "pass", FORGED)], (None, False), "came through"),
        (OURS, [("mx.other.example", "", "")], (False, True), "was taken away"),
        ("", [(OURS, "pass", "songping.example")], (True, True), f"authserv_id: {OURS}"),
        ("", [(OURS, "none", ""), (OURS, "pass", FORGED)], (True, None), "came through"),
        ("", [], (None, True), "was taken away"),
    ],
)
def test_what_came_back_says_what_to_set(
    own: str, verdicts: list[tuple[str, str, str]], good: tuple[bool | None, ...], told: str
) -> None:
    head = Head(None, verdicts=tuple(ServerVerdict(*v) for v in verdicts))
    written = _written(head)
    server = own or next(iter(written), "") or FORGED
    lines = _names(own, written), _survival(head, server, is_believed=bool(own))
    assert tuple(line.good for line in lines) == good
    assert told in lines[1].text
