"""The same job between a real Dovecot and a real Postfix: each message arrives exactly once."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.scenarios.house import EVENING, LATER, some_mails
from tests.scenarios.live_house import LiveHouse, Servers

NAMES = ("01-clean", "02-loose-tins", "07-csv", "11-over-credit")
AT_THE_SERVERS = (
    "intake.spooled",
    "intake.recorded",
    "deal.committed",
    "send.before",
    "smtp.before-dot",
    "smtp.dot-sent",
    "smtp.replied",
    "send.accepted",
    "file-away.before",
    "file-away.moved",
)


@pytest.fixture
def house(tmp_path: Path, servers: Servers) -> LiveHouse:
    """With mails waiting."""
    built = servers.build(tmp_path / "house")
    for name, raw in some_mails(*NAMES).items():
        built.put(name, raw)
    return built


def once(house: LiveHouse, now: str = EVENING, **more: str) -> int:
    done = house.once(now, **more)
    assert done.returncode in (0, -signal.SIGKILL), done.stdout + done.stderr
    return done.returncode


def test_two_passes_send_each_message_exactly_once(house: LiveHouse) -> None:
    once(house)
    once(house)
    copies = house.copies()
    assert set(copies.values()) == {1}
    assert copies == house.owned()
    notices = Counter(m["notice"] for m in house.rows("messages"))
    assert notices == {"dispatch-list": 2, "order-answer": 4, "approval-request": 1, "digest": 1}
    mails = house.servers.dovecot.mails
    assert mails(house.name) == []
    assert len(mails(house.name, "Done")) == 2


@pytest.mark.fault("S13", "K02", "K03", "K07", "K08")
@pytest.mark.parametrize("name", AT_THE_SERVERS)
def test_a_kill_between_two_steps_loses_nothing_and_explains_every_copy(
    name: str, house: LiveHouse
) -> None:
    assert once(house, MAILFLOW_FAILPOINT=name) == -signal.SIGKILL
    for later in LATER:
        once(house, later)
    assert {m["state"] for m in house.rows("messages")} == {"accepted"}
    assert len(house.rows("mails")) == len(NAMES)
    copies, owned = house.copies(), house.owned()
    assert copies.keys() == owned.keys()
    # A copy more than one needs a resend that stands in the records.
    assert all(1 <= copies[key] <= owned[key] for key in copies), (copies, owned)
