"""Whether what is kept is what was kept, asked by command and by what the digests told."""

from __future__ import annotations

import json
import re
import sqlite3
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.house import EVENING, House, build_house, some_mails

NOON = "2026-11-10T12:00:00+08:00"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Two mails were dealt with, and a digest went out."""
    built = build_house(tmp_path / "house")
    for name, raw in some_mails("01-clean").items():
        built.put(name, raw)
    assert built.once(EVENING).returncode == 0
    return built


def told(house: House, *more: str) -> tuple[int, dict[str, Any], str]:
    done = house.run("verify", "--json", *more)
    return done.returncode, json.loads(done.stdout), done.stderr


def seal_of(house: House) -> str:
    """As the admin's digest tells it."""
    for raw in house.went_out():
        message = message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        if body and (match := re.search(r"校验码 (\S+?)：", body.get_content())):
            return match[1]
    raise AssertionError("no digest tells a seal")


@pytest.mark.fault("Z08")
def test_the_seal_of_a_digest_proves_the_history_later(house: House) -> None:
    seal = seal_of(house)
    assert house.once("2026-11-11T18:00:00+08:00").returncode == 0
    code, shape, _ = told(house, "--seal", seal)
    assert (code, shape["well"], shape["problems"]) == (0, True, [])
    assert shape["seal"] != seal
    said = house.run("verify", "--seal", seal).stdout
    assert "everything is as it was kept" in said


@pytest.mark.fault("Z08", "D09")
def test_each_thing_that_is_not_what_it_was_is_named(house: House) -> None:
    seal = seal_of(house)
    [blob] = sorted(p for p in (house.folder / "spool").rglob("*") if len(p.name) == 64)[:1]
    blob.chmod(0o600)
    blob.write_bytes(b"other")
    database = sqlite3.connect(house.folder / "mailflow.db")
    with database:
        database.execute("drop trigger history_no_update")
        database.execute("update history set reason = 'x' where id = 2")
        database.execute("update letters set mime = x'61'")
        database.execute("update balances set owed = owed + 1, sales = sales - 1")
    database.close()
    code, shape, _ = told(house, "--seal", seal)
    assert (code, shape["well"]) == (1, False)
    found = "\n".join(shape["problems"])
    for part in ("history: row 2 ", "not the bytes it was", "letter ", "balance of "):
        assert part in found
    plain = house.run("verify")
    assert plain.returncode == 1
    assert "history: row 2 " in plain.stderr


def test_a_seal_that_is_none_is_wrong_use(house: House) -> None:
    done = house.run("verify", "--seal", "hello")
    assert done.returncode == 2
    assert "--seal: hello: give it as the digest tells it" in done.stderr
