"""What an operator does by hand at the door of the house: `hold`, `release`, `close`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.house import LATER, House, build_house, some_mails


@pytest.fixture
def house(tmp_path: Path) -> House:
    built = build_house(tmp_path / "house")
    for name, raw in some_mails("11-over-credit").items():
        built.put(name, raw)
    return built


@pytest.mark.fault("Z10")
def test_an_order_is_released_by_the_case_that_waits_for_it(house: House) -> None:
    assert house.once().returncode == 0
    [case] = house.rows("cases")
    released = house.run("release", "case", case["number"], "--reason", "paid today")
    assert released.stdout == f"order {case['subject_id']}: accepted\n"
    assert [m["state"] for m in house.rows("mails")] == ["done"]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    # What a person did is due at the time on his clock, which is no rehearsal's.
    assert house.run("run", "--once").returncode == 0
    lists = [m["state"] for m in house.rows("messages") if m["notice"] == "dispatch-list"]
    assert lists == ["accepted"]
    again = house.run("release", "case", case["number"], "--reason", "again")
    assert again.returncode == 1
    assert again.stderr.count("\n") == 1


@pytest.mark.fault("Z10")
def test_a_mail_that_is_held_waits_through_every_pass(house: House) -> None:
    killed = house.once(MAILFLOW_FAILPOINT="attempt.begun")
    assert killed.returncode != 0
    assert house.run("hold", "mail", "M1", "--reason", "wait").stdout == "mail M1: held\n"
    for now in LATER:
        assert house.once(now).returncode == 0
    [mail] = house.rows("mails")
    assert (mail["state"], mail["reason"]) == ("held", "held-by-hand")
    assert len(list((house.folder / "inbox" / "new").iterdir())) == 1
    house.run("release", "case", "M1", "--reason", "go")
    assert house.once(LATER[-1]).returncode == 0
    [mail] = house.rows("mails")
    assert mail["reason"] == "waiting-approval"


@pytest.mark.fault("Z10")
def test_a_reason_is_asked_for(house: House) -> None:
    assert house.run("close", "mail", "M1", "--reason", " ").returncode == 2
