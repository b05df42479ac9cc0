"""What is over by its term is deleted, and nothing that is open; the rest can be shown as before (Z09)."""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import NAN, mail
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import EVENING, LATER, House, build_house, some_mails

NAMES = ("01-clean", "03-wrong-price", "11-over-credit")
PAPER = mail(NAN, "归档 合同", "请归档", ("合同.txt", "经销合同，有效期三年".encode()))
LAST_DAY, OVER = "2027-02-08T17:00:00+08:00", "2027-02-09T17:00:00+08:00"
"""Days on which nothing is over, and on which most is."""
RETURNED = "DD261110-0002"
TERMS = CONFIG + "keep: {mails_days: 90, letters_days: 90}\n"


def filled(folder: Path) -> House:
    house = build_house(folder)
    for name, raw in (*some_mails(*NAMES).items(), ("paper", PAPER)):
        house.put(name, raw)
    for now in (EVENING, *LATER):
        assert house.once(now).returncode == 0
    # Nothing is configured: nothing is ever over.
    everything = bytes_of(house)
    assert house.once(OVER).returncode == 0
    assert bytes_of(house) == everything
    return house


def stored(house: House, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as books:
        return books.execute(query).fetchall()


def bytes_of(house: House) -> set[str]:
    return {path.name for path in (house.folder / "spool").glob("??/*") if len(path.name) == 64}


def first_mail(house: House) -> bytes:
    [(sha256,)] = stored(house, "select sha256 from mails where id = 1")
    return (house.folder / "spool" / sha256[:2] / sha256).read_bytes()


def names_of(house: House, *states: str) -> set[str]:
    return {m["sha256"] for m in house.rows("mails") if m["state"] in states}


@pytest.mark.fault("Z09")
def test_what_is_over_is_deleted_and_what_is_open_is_not(tmp_path: Path) -> None:
    house = filled(tmp_path / "house")
    before = {kind: house.rows(kind) for kind in ("orders", "cases")}
    assert {m["state"] for m in house.rows("mails")} == {"done", "returned", "held"}
    [paper] = [m for m in house.rows("mails") if m["subject"] == "归档 合同"]
    assert stored(house, "select mail_sha256 from archived") == [(paper["sha256"],)]
    everything, again = bytes_of(house), first_mail(house)
    house.config.write_text(TERMS, encoding="utf-8")
    assert house.once(LAST_DAY).returncode == 0
    assert bytes_of(house) == everything
    assert stored(house, "select count(*) from mails where subject = ''") == [(0,)]
    for point in ("spool.forgotten", "retention.deleted"):
        killed = house.once(OVER, MAILFLOW_FAILPOINT=point)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert house.once(OVER).returncode == 0
    # A case is open about the one that was returned, too.
    kept = names_of(house, "held", "returned") | {paper["sha256"]}
    assert bytes_of(house) == kept
    over = [m for m in house.rows("mails") if m["sha256"] not in kept]
    assert [(m["sender"], m["subject"]) for m in over] == [("", "")]
    assert stored(house, "select findings from mails where subject = ''") == [("[]",)]
    old = stored(house, "select letter, subject from outbox where created < 1794400000000000")
    notes = {
        sha: json.loads(m)
        for sha, m in stored(house, "select sha256, mime from letters")
        if bytes(m).startswith(b"{")
    }
    assert old
    assert all(subject == "" and notes[letter]["deleted"] == "letter" for letter, subject in old)
    assert before["orders"] == house.rows("orders")
    # What was kept is as it was kept, and can be copied; what was deleted is not brought back.
    told = house.run("verify")
    assert told.returncode == 0, told.stderr
    assert house.run("backup", str(tmp_path / "copies")).returncode == 0
    refused = house.run("redo", str(over[0]["id"]), "--reason", "once more").stderr
    assert "keep.mails_days" in refused
    story = json.loads(house.run("show", "mail", str(over[0]["id"]), "--json").stdout)
    assert [h["reason"] for h in story["history"]].count("bytes deleted") == 1
    assert house.run("close", "order", RETURNED, "--reason", "settled").returncode == 0
    house.put("again", again)
    assert house.once("2027-02-10T17:00:00+08:00").returncode == 0
    assert len(house.rows("mails")) == 4
    assert bytes_of(house) == kept - names_of(house, "returned")
