"""A message that nobody takes is told of until somebody has seen to it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.sink import Sink
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import ADMIN

WAREHOUSE = "warehouse@songping.example"
LIST = "FH261110-0001"


def digests(sink: Sink) -> list[str]:
    found = []
    for taken in sink.taken:
        message = message_from_bytes(taken.raw, policy=default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        if taken.recipients == (ADMIN,) and body is not None and message["In-Reply-To"] is None:
            found.append(str(body.get_content()))
    return found


def the_list(house: House) -> tuple[int, str]:
    [row] = [m for m in house.rows("messages") if m["notice"] == "dispatch-list"]
    return row["id"], row["state"]


@pytest.mark.fault("S05", "S07", "S15")
def test_it_stands_in_every_digest_until_it_is_closed(sink: Sink, tmp_path: Path) -> None:
    carrier = f"smtp://127.0.0.1:{sink.port}"
    house = build_house(tmp_path / "house", CONFIG.replace("maildir:outbox", carrier))
    house.put("1", some_mails("01-clean")["01-clean"])
    sink.refuse[WAREHOUSE] = "550 5.1.1 no such user"
    done = house.once("2026-11-10T10:00:00+08:00")
    assert done.returncode == 1, "a pass that leaves something unsent says so"
    number, state = the_list(house)
    assert state == "failed"
    assert house.once("2026-11-10T18:00:00+08:00").returncode == 0
    assert [text.count(LIST) for text in digests(sink)] == [1]
    assert house.run("close", "message", str(number), "--reason", "by phone").returncode == 0
    assert house.once("2026-11-11T18:00:00+08:00").returncode == 0
    assert [text.count(LIST) for text in digests(sink)] == [1, 0]
