"""No password is in anything the program says, logs or keeps, whatever goes wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.mailbox.scripted_imap import Whims, imap_server
from tests.outbox.scripted_smtp import Script, smtp_server
from tests.scenarios.house import EVENING, LATER, build_house, some_mails

CANARIES = {"IMAP_SECRET": "canary-of-imap-7", "SMTP_SECRET": "canary-of-smtp-7"}
MAILS = dict(enumerate(some_mails("01-clean", "10-broken").values(), start=1))


@pytest.mark.fault("O13", "Z07")
def test_what_is_refused_says_no_password_anywhere(tmp_path: Path) -> None:
    with imap_server(Whims(mails=dict(MAILS))) as whims, smtp_server(Script()) as carrier:
        carrier.replies["AUTH"] = ["535 wrong password"] * 9
        mailbox = (
            f'"imap://desk@127.0.0.1:{whims.port}", password: {{env: IMAP_SECRET}}, since: all'
        )
        transport = f'"smtp://desk@127.0.0.1:{carrier.port}", password: {{env: SMTP_SECRET}}'
        config = CONFIG.replace('"maildir:inbox", since: all', mailbox)
        house = build_house(tmp_path / "house", config.replace('"maildir:outbox"', transport))
        whims.replies["LOGIN"] = ["TAG NO login fail"]
        said = [
            house.once(EVENING, **CANARIES),
            house.once(LATER[0], **CANARIES),
            house.run("doctor", **CANARIES),
            house.run("status", "--json"),
            house.run("list", "messages", "--json"),
            house.run("show", "mail", "M1"),
        ]
    assert [m["state"] for m in house.rows("mails")] == ["done", "returned"]
    assert "535 wrong password" in said[1].stderr
    assert said[1].stderr.count("\n") == 1
    told = "".join(each.stdout + each.stderr for each in said).encode()
    kept = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    for canary in CANARIES.values():
        assert canary.encode() not in told
        assert canary.encode() not in kept
    assert any(CANARIES["IMAP_SECRET"] in command for command in whims.commands)
