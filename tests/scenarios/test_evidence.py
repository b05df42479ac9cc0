"""A list whose fate is in doubt is looked for among the sent mails before it is sent again."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.dovecot import Dovecot
from tests.live.sink import Phase, Sink
from tests.scenarios.house import EVENING, House, build_house, some_mails

MINUTES_LATER = "2026-11-10T18:03:00+08:00"
QUARTER_LATER = "2026-11-10T18:16:00+08:00"
numbers = count(1)


@pytest.fixture
def house(tmp_path: Path, dovecot: Dovecot, sink: Sink) -> House:
    """A clean order waits; the provider's folder of sent mails is there, and empty."""
    user = f"sent{next(numbers)}-{tmp_path.name[-12:]}".lower().replace("_", "-")
    mailbox = f'{{url: "imaps://{user}@127.0.0.1:{dovecot.imaps_port}", password: {{env: LIVE}}, '
    mailbox += f'since: all, ca_file: "{dovecot.ca_file}"}}'
    config = CONFIG.replace('{url: "maildir:inbox", since: all}', mailbox)
    carrier = f'"smtp://127.0.0.1:{sink.port}", sent_folder: 已发送'
    built = build_house(tmp_path / "house", config.replace('"maildir:outbox"', carrier))
    with dovecot.client(user) as client:
        client.create_folder("已发送")
    dovecot.deliver(user, some_mails("01-clean")["01-clean"])
    return built


def user_of(house: House) -> str:
    return house.config.read_text(encoding="utf-8").partition("imaps://")[2].partition("@")[0]


def once(house: House, dovecot: Dovecot, now: str) -> None:
    done = house.once(now, LIVE=dovecot.password)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def the_list(house: House) -> dict[str, Any]:
    [row] = [m for m in house.rows("messages") if m["notice"] == "dispatch-list"]
    return row


def copies(sink: Sink) -> Counter[str]:
    return Counter(str(message_from_bytes(taken.raw)["Message-ID"]) for taken in sink.taken)


def lose_the_answer(house: House, dovecot: Dovecot, sink: Sink, phase: Phase) -> str:
    """The first pass loses the connection after the list's final dot; the list's Message-ID."""
    sink.drop_at = phase
    once(house, dovecot, EVENING)
    row = the_list(house)
    assert (row["state"], row["resends"]) == ("unknown", 0)
    return str(row["message_id"])


@pytest.mark.fault("S01", "S09")
def test_a_list_found_among_the_sent_mails_is_not_sent_again(
    house: House, dovecot: Dovecot, sink: Sink
) -> None:
    message_id = lose_the_answer(house, dovecot, sink, "dot-kept")
    [kept] = [t.raw for t in sink.taken if message_id.encode() in t.raw]
    with dovecot.client(user_of(house)) as client:
        client.append("已发送", kept)
    once(house, dovecot, MINUTES_LATER)
    assert (the_list(house)["state"], the_list(house)["resends"]) == ("accepted", 0)
    once(house, dovecot, QUARTER_LATER)
    assert copies(sink)[message_id] == 1


@pytest.mark.fault("S01", "S09")
def test_a_list_that_is_not_found_is_sent_again_once_and_late(
    house: House, dovecot: Dovecot, sink: Sink
) -> None:
    message_id = lose_the_answer(house, dovecot, sink, "dot-lost")
    once(house, dovecot, MINUTES_LATER)
    assert the_list(house)["state"] == "unknown"
    assert copies(sink)[message_id] == 0
    once(house, dovecot, QUARTER_LATER)
    once(house, dovecot, QUARTER_LATER)
    assert (the_list(house)["state"], the_list(house)["resends"]) == ("accepted", 1)
    assert copies(sink)[message_id] == 1


def test_a_folder_of_sent_mails_that_is_not_there_is_said_by_doctor(
    house: House, dovecot: Dovecot
) -> None:
    told = house.run("doctor", LIVE=dovecot.password).stdout
    assert "ok    mailbox        sent folder 已发送" in told
    text = house.config.read_text(encoding="utf-8")
    house.config.write_text(text.replace("sent_folder: 已发送", "sent_folder: Sent"))
    done = house.run("doctor", LIVE=dovecot.password)
    assert done.returncode == 1
    assert "BAD   mailbox        sent folder Sent: there is none" in done.stdout
    assert "已发送" in done.stdout


def test_a_folder_of_sent_mails_needs_imap_and_smtp(tmp_path: Path) -> None:
    house = build_house(tmp_path / "plain")
    text = house.config.read_text(encoding="utf-8")
    house.config.write_text(text.replace('"maildir:outbox"', '"maildir:outbox", sent_folder: Sent'))
    done = house.run("doctor")
    assert done.returncode == 2
    assert "transport: sent_folder" in done.stderr
    assert "imaps://" in done.stderr
