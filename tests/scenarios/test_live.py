"""The same job between a real Dovecot and a real Postfix: each message arrives exactly once."""

from __future__ import annotations

import signal
from collections import Counter
from email import message_from_bytes
from itertools import count
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.dovecot import Dovecot
from tests.live.postfix import Postfix
from tests.scenarios.house import EVENING, LATER, House, build_house, some_mails

PEOPLE = ("warehouse", "bei.manager", "nan.manager", "he", "finance", "gm")
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
numbers = count(1)


@pytest.fixture
def house(tmp_path: Path, dovecot: Dovecot, postfix: Postfix) -> House:
    """A house of its own name and mailbox on the servers of the run, with mails waiting."""
    name = f"live{next(numbers)}-{tmp_path.name[-12:]}".lower().replace("_", "-")
    mailbox = f'{{url: "imaps://{name}@127.0.0.1:{dovecot.imaps_port}", password: {{env: LIVE}}, '
    mailbox += f'since: all, ca_file: "{dovecot.ca_file}"}}'
    config = CONFIG.replace('{url: "maildir:inbox", since: all}', mailbox)
    config = config.replace('"maildir:outbox"', f'"smtp://127.0.0.1:{postfix.port}"')
    built = build_house(tmp_path / "house", config + f"instance: {name}\n")
    for raw in some_mails(*NAMES).values():
        dovecot.deliver(name, raw)
    return built


def name_of(house: House) -> str:
    return house.config.read_text(encoding="utf-8").rpartition("instance: ")[2].strip()


def arrived(house: House, dovecot: Dovecot, postfix: Postfix) -> Counter[tuple[str, str]]:
    """Message-ID and mailbox of all this house sent, with the number of copies that arrived."""
    assert postfix.queue_empty()
    found: Counter[tuple[str, str]] = Counter()
    for person in PEOPLE:
        for raw in dovecot.mails(person):
            message = message_from_bytes(raw)
            if message["X-Mailflow-Loop"] == name_of(house):
                found[message["Message-ID"], person] += 1
    return found


def sent(house: House) -> Counter[tuple[str, str]]:
    """What the database says went out, with the copies it owns up to."""
    return Counter(
        {
            (m["message_id"], m["recipient"].partition("@")[0]): 1 + m["resends"]
            for m in house.rows("messages")
        }
    )


def once(house: House, dovecot: Dovecot, now: str = EVENING, **more: str) -> int:
    done = house.once(now, LIVE=dovecot.password, **more)
    assert done.returncode in (0, -signal.SIGKILL), done.stdout + done.stderr
    return done.returncode


def test_two_passes_send_each_message_exactly_once(
    house: House, dovecot: Dovecot, postfix: Postfix
) -> None:
    once(house, dovecot)
    once(house, dovecot)
    copies = arrived(house, dovecot, postfix)
    assert set(copies.values()) == {1}
    assert copies == sent(house)
    notices = Counter(m["notice"] for m in house.rows("messages"))
    assert notices == {"dispatch-list": 2, "order-answer": 4, "approval-request": 1, "digest": 1}
    assert dovecot.mails(name_of(house)) == []
    assert len(dovecot.mails(name_of(house), "Done")) == 2


@pytest.mark.fault("S13", "K02", "K03", "K07", "K08")
@pytest.mark.parametrize("name", AT_THE_SERVERS)
def test_a_kill_between_two_steps_loses_nothing_and_explains_every_copy(
    name: str, house: House, dovecot: Dovecot, postfix: Postfix
) -> None:
    assert once(house, dovecot, MAILFLOW_FAILPOINT=name) == -signal.SIGKILL
    for later in LATER:
        once(house, dovecot, later)
    assert {m["state"] for m in house.rows("messages")} == {"accepted"}
    assert len(house.rows("mails")) == len(NAMES)
    copies, owned = arrived(house, dovecot, postfix), sent(house)
    assert copies.keys() == owned.keys()
    # A copy more than one needs a resend that stands in the records.
    assert all(1 <= copies[key] <= owned[key] for key in copies), (copies, owned)
