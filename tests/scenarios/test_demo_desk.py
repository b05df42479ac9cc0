"""An ordinary day of a small desk: mails go in; lists, answers and a digest come out."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from tests.scenarios.house import EVENING, House, build_house, some_mails

EXPECTED = {
    "01-clean": ("done", "booked"),
    "02-loose-tins": ("returned", "rejected-notified"),
    "03-wrong-price": ("returned", "rejected-notified"),
    "04-unknown-product": ("returned", "rejected-notified"),
    "05-wrong-ship-to": ("returned", "rejected-notified"),
    "06-english": ("done", "booked"),
    "07-csv": ("done", "booked"),
    "08-auto-reply": ("ignored", "auto-reply"),
    "09-stranger": ("ignored", "stranger"),
    "10-broken": ("returned", "rejected-notified"),
    "11-over-credit": ("held", "waiting-approval"),
    "12-over-expense": ("held", "waiting-approval"),
    "13-not-entitled": ("review", "needs-clarification"),
    "14-wrong-total": ("returned", "rejected-notified"),
    "15-the-same-again": ("done", "sent-again"),
    "16-no-attachment": ("review", "request:status"),
}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = build_house(tmp_path_factory.mktemp("desk"))
    for name, raw in some_mails().items():
        house.put(name, raw)
    result = house.run_from_scratch("run", "--once", "--now", EVENING)
    assert result.returncode == 0, result.stdout + result.stderr
    return house


def subjects(house: House) -> dict[str, list[str]]:
    """Subjects by recipient."""
    found: dict[str, list[str]] = {}
    for path in (house.folder / "outbox" / "new").iterdir():
        message = message_from_bytes(path.read_bytes())
        subject = str(make_header(decode_header(message["Subject"])))
        found.setdefault(message["To"], []).append(subject)
    return found


def test_an_empty_mailbox_makes_nothing_but_the_digest(tmp_path: Path) -> None:
    house = build_house(tmp_path / "empty")
    assert house.once().returncode == 0
    assert {m["notice"] for m in house.rows("messages")} == {"digest"}
    assert house.rows("orders") == []


def test_every_mail_ends_as_it_should(day: House) -> None:
    ended = {m["id"]: (m["state"], m["reason"]) for m in day.rows("mails")}
    assert ended == dict(enumerate(EXPECTED.values(), start=1))


def test_the_warehouse_gets_one_list_for_each_accepted_order_and_nothing_else(day: House) -> None:
    accepted = [o["number"] for o in day.rows("orders") if o["state"] == "accepted"]
    lists = [m for m in day.rows("messages") if m["notice"] == "dispatch-list"]
    assert len(accepted) == 3
    assert sorted(m["subject_id"] for m in lists) == sorted(
        "FH" + number.removeprefix("DD") for number in accepted
    )
    assert {m["recipient"] for m in lists} == {"warehouse@songping.example"}


@pytest.mark.fault("A18", "L01")
def test_strangers_and_automatic_mail_get_no_answer(day: House) -> None:
    recipients = {m["recipient"] for m in day.rows("messages")}
    assert "hello@stranger.example" not in recipients
    answers = [m for m in day.rows("messages") if m["notice"] == "order-answer"]
    assert len(answers) == 13


def test_those_who_must_approve_are_asked(day: House) -> None:
    asked = {m["recipient"] for m in day.rows("messages") if m["notice"] == "approval-request"}
    assert asked == {"finance@songping.example", "gm@songping.example", "he@songping.example"}


@pytest.mark.fault("L01")
def test_every_message_says_that_a_machine_wrote_it(day: House) -> None:
    for path in (day.folder / "outbox" / "new").iterdir():
        message = message_from_bytes(path.read_bytes())
        assert message["Auto-Submitted"] in ("auto-replied", "auto-generated")
        assert message["X-Mailflow-Loop"]


def test_a_second_pass_changes_nothing(day: House) -> None:
    before = day.end_state()
    assert day.once().returncode == 0
    assert day.end_state() == before


def test_settled_mails_lie_in_the_folder_of_their_outcome(day: House) -> None:
    assert list((day.folder / "inbox" / "new").iterdir()) == []
    for folder, count in ((".Done", 4), (".Returned", 6), (".Held", 2), (".Ignored", 2)):
        assert len(list((day.folder / "inbox" / folder / "cur").iterdir())) == count, folder
