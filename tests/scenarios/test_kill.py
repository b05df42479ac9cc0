"""Killed at any step and started again, the house ends as if nothing had happened (K01 to K08)."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from mailflow.domain import failpoint
from tests.scenarios.house import EVENING, LATER, House, build_house, some_mails

NAMES = ("01-clean", "03-wrong-price", "11-over-credit")
NOT_HERE = (
    *("smtp.before-dot", "smtp.dot-sent", "smtp.replied", "intake.withheld"),
    "mails.taken",
)
"""Failpoints of carriers, mailboxes and databases this scenario has not; others kill at them."""
ANSWERING = ("question.answered", "question.voided", "reminder.queued", "shipment.booked")
"""Reached by answers, by what nobody answers and by what has left: `test_answers.py`, `test_reminders.py` and
`test_shipping.py` kill there."""
ACKNOWLEDGED = ("mail.acknowledged",)
"""Reached by the yes of a sender whom nothing proves: `test_verified.py` kills there."""
LATER_ON = ("list.withdrawn", "delivery.booked", "message.bounced")
"""Reached when a list is called back, when goods arrive and when a letter comes back:
`test_called_back.py`, `test_goods_clock.py` and `test_bounces.py` kill there."""
STOCK = ("stock.taken", "shortages.kept", "supply.issued")
"""Reached by what a warehouse tells of its stock: `test_stock.py` kills there."""
GUARD = ("letter.stopped", "papers.kept", "round-trip.sent")
"""Reached by a letter that somebody on it may not have, by papers that are kept, and by a mail to ourselves:
`test_guarded.py`, `test_archive.py` and `test_round_trip.py` kill there."""
ANNOUNCEMENTS = (
    *("announcement.proposed", "announcement.made", "announcement.confirmed"),
    "announcement.ended",
)
"""Reached by what is announced: `test_announcements.py` kills there."""
REGISTERS = ("register.proposed", "register.applied", "calls.kept", "samples.taken")
"""Reached by a mailed register, by call-back results and by sample tins: `test_registers.py`, `test_call_backs.py`
and `test_samples.py` kill there."""
REQUESTS = ("request.kept",)
"""Reached by what goes through people: `test_requests_chased.py` kills there."""
CONSUMERS = (
    *(name for name in failpoint.ALL if name.startswith("consumers.")),
    *("spool.forgotten", "retention.deleted"),
)
"""Reached by a list of consumers, and by the end of what is kept: `test_consumers.py` and `test_retention.py`
kill there."""


def filled(folder: Path) -> House:
    house = build_house(folder)
    for name, raw in some_mails(*NAMES).items():
        house.put(name, raw)
    return house


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    house = filled(tmp_path_factory.mktemp("undisturbed"))
    assert house.run_from_scratch("run", "--once", "--now", EVENING).returncode == 0
    for later in LATER:
        assert house.once(later).returncode == 0
    return house.end_state()


@pytest.mark.fault("S13", "K01", "K02", "K03", "K05", "K06", "K07", "T06")
@pytest.mark.parametrize("passes", [1, 3])
@pytest.mark.parametrize(
    "name",
    [
        n
        for n in failpoint.ALL
        if n not in (*NOT_HERE, *ANSWERING, *ACKNOWLEDGED, *LATER_ON, *STOCK, *REGISTERS, *GUARD)
        and n not in (*ANNOUNCEMENTS, *REQUESTS, *CONSUMERS)
    ],
)
def test_a_kill_at_any_step_leaves_the_same_end_state(
    name: str, passes: int, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    house = filled(tmp_path / "house")
    killed = house.once(MAILFLOW_FAILPOINT=f"{name}:{passes}")
    assert killed.returncode in (0, -signal.SIGKILL), killed.stderr
    if passes == 1:
        assert killed.returncode == -signal.SIGKILL, f"{name} was never reached"
    for later in LATER:
        again = house.once(later)
        assert again.returncode == 0, again.stdout + again.stderr
    assert house.end_state() == undisturbed


IN_TURN = (
    ("spool.renamed", "intake.recorded"),
    ("attempt.begun", "deal.performed"),
    ("work.before-commit:3", "deal.committed"),
    ("shelf.taken", "send.before"),
    ("maildir.written", "maildir.renamed"),
    ("send.accepted", "file-away.moved"),
)
"""A kill, and one in the pass that makes it good."""


@pytest.mark.fault("K10")
@pytest.mark.parametrize(("first", "second"), IN_TURN)
def test_a_kill_while_it_recovers_from_one_changes_nothing(
    first: str, second: str, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    house = filled(tmp_path / "house")
    for now, point in ((EVENING, first), (LATER[0], second)):
        killed = house.once(now, MAILFLOW_FAILPOINT=point)
        assert killed.returncode == -signal.SIGKILL, f"{point} was never reached"
    for later in LATER:
        again = house.once(later)
        assert again.returncode == 0, again.stdout + again.stderr
    assert house.end_state() == undisturbed


def crowded(folder: Path) -> House:
    """So many mails that the first messages leave while the last mails are decided on."""
    house = build_house(folder)
    for name, raw in some_mails().items():
        house.put(name, raw)
    return house


@pytest.fixture(scope="module")
def in_peace(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    house = crowded(tmp_path_factory.mktemp("in-peace"))
    for instant in (EVENING, *LATER):
        assert house.once(instant).returncode == 0
    return house.end_state()


@pytest.mark.fault("K01", "K05", "K08")
@pytest.mark.parametrize(
    "point",
    [
        *("shelf.taken:2", "send.before:3", "maildir.written:2", "maildir.renamed:4"),
        *("shelf.put-back:5", "send.accepted:3", "deal.claimed:7", "deal.committed:6"),
    ],
)
def test_a_kill_while_messages_leave_and_mails_are_decided_on_changes_nothing(
    point: str, in_peace: dict[str, Any], tmp_path: Path
) -> None:
    house = crowded(tmp_path / "house")
    killed = house.once(EVENING, MAILFLOW_FAILPOINT=point)
    assert killed.returncode == -signal.SIGKILL, f"{point} was never reached"
    for later in LATER:
        again = house.once(later)
        assert again.returncode == 0, again.stdout + again.stderr
    assert house.end_state() == in_peace
