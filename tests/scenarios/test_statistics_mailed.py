"""Statistics leave by themselves once, and at any time to who may ask."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.scenarios.house import EVENING, House, build_house, some_mails
from tests.scenarios.replies import letters, words

GM, ADMIN = "gm@songping.example", "he@songping.example"
FIRST_OF_DECEMBER = "2026-12-01T08:00:00+08:00"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """With the demo's orders of November in its books."""
    house = build_house(tmp_path)
    for name, raw in some_mails().items():
        house.put(name, raw)
    assert house.once().returncode == 0
    return house


def told(house: House) -> list[tuple[str, str]]:
    rows = [m for m in house.rows("messages") if m["notice"] == "statistics"]
    return [(m["recipient"], m["subject_id"]) for m in rows]


def question(sender: str, subject: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "orders@songping.example", subject
    mail["Message-ID"] = f"<{abs(hash((sender, subject)))}@songping.example>"
    mail.set_content("谢谢\n")
    return mail.as_bytes()


def test_nothing_leaves_before_the_day_nor_of_what_was_before_the_house(house: House) -> None:
    house.once("2026-11-30T23:00:00+08:00")
    house.once("2026-12-01T07:59:00+08:00")
    assert told(house) == []


def test_a_month_is_told_once_to_marketing_and_admins(house: House) -> None:
    for now in (FIRST_OF_DECEMBER, FIRST_OF_DECEMBER, "2026-12-02T08:00:00+08:00"):
        done = house.once(now)
        assert done.returncode == 0, done.stderr
    assert told(house) == [(GM, "statistics-2026-11"), (ADMIN, "statistics-2026-11")]
    [letter] = letters(house, GM, "销售统计")
    assert "2026年11月订货 163,836.00 元" in words(letter)
    [workbook] = letter.iter_attachments()
    assert workbook.get_filename() == "销售统计2026-11.xlsx"
    assert workbook.get_content()[:2] == b"PK"


@pytest.mark.fault("T08")
def test_a_house_that_was_down_catches_up_with_the_last_of_each(house: House) -> None:
    house.once("2027-02-03T09:00:00+08:00")
    periods = [subject for recipient, subject in told(house) if recipient == GM]
    assert periods == ["statistics-2027-01", "statistics-2026-Q4", "statistics-2026"]


def test_what_the_configuration_turns_off_does_not_leave(house: House) -> None:
    text = house.config.read_text(encoding="utf-8")
    off = text + "statistics: {month: false, to: [finance]}\n"
    house.config.write_text(off, encoding="utf-8")
    house.once(FIRST_OF_DECEMBER)
    assert told(house) == []
    house.once("2027-01-05T09:00:00+08:00")
    assert {recipient for recipient, _ in told(house)} == {"finance@songping.example"}


def test_who_may_ask_is_answered_in_his_thread_and_others_are_told_that_they_may_not(
    house: House,
) -> None:
    asked = {GM: "统计 2026-11", "finance@songping.example": "report 2026-Q4", ADMIN: "统计 2026年"}
    for sender, subject in asked.items():
        house.put(f"ask-{sender}", question(sender, subject))
    house.put("not-his", question("bei.manager@songping.example", "统计 2026-11"))
    house.put("no-period", question(GM, "统计一下"))
    done = house.once(EVENING)
    assert done.returncode == 0, done.stderr
    assert {recipient for recipient, _ in told(house)} == set(asked)
    ends = [
        (m["sender"], m["state"], m["reason"])
        for m in house.rows("mails")
        if "统计" in m["subject"]
    ]
    assert (GM, "done", "statistics-told") in ends
    assert ("bei.manager@songping.example", "done", "not-theirs") in ends
    assert (GM, "review", "request:report") in ends
    [letter] = letters(house, GM, "销售统计")
    assert letter["In-Reply-To"]
    house.once(EVENING)
    assert len(told(house)) == 3
