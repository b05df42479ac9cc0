"""When a month is over each distributor gets its statement once, on the day the house has set."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import BEI, NAN
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import letters, words

ON = CONFIG + "statements: {day: 28, at: 09:00}\n"
BEFORE, DUE = "2026-12-28T08:50:00+08:00", "2026-12-28T09:05:00+08:00"
LATER, SUNDAY = "2026-12-31T10:00:00+08:00", "2027-01-03T10:00:00+08:00"


def begun(folder: Path, config: str, now: str = "2026-11-10T10:00:00+08:00") -> House:
    house = build_house(folder, config)
    for name, raw in some_mails("01-clean").items():
        house.put(name, raw)
    house.once(now)
    return house


def statements(house: House) -> list[str]:
    """To whom each went; a copy for the manager is a message of its own of the same letter."""
    sent = {str(m["Message-ID"]): str(m["To"]) for m in letters(house, subject="对账单")}
    return sorted(sent.values())


@pytest.mark.parametrize("config", [CONFIG, ON])
def test_none_before_the_hour_and_none_where_no_day_is_set(tmp_path: Path, config: str) -> None:
    house = begun(tmp_path, config)
    house.once(BEFORE if config == ON else DUE)
    assert statements(house) == []


def test_each_gets_the_month_that_is_over_once(tmp_path: Path) -> None:
    house = begun(tmp_path, ON)
    house.once(DUE)
    dealers = [f"{code}@dealer.example" for code in ("n101", "n102", "s201")]
    assert statements(house) == sorted([BEI, NAN, *dealers])
    own, _copy = letters(house, "n101@dealer.example")
    assert own["Cc"] == BEI
    assert "[DZ-N101-202611]" in own["Subject"]
    assert "期末应收  57,600.00" in words(own)
    house.once(DUE)
    house.once(LATER)
    assert len(statements(house)) == 5


def test_who_was_down_catches_up_on_a_working_day(tmp_path: Path) -> None:
    house = begun(tmp_path, ON)
    house.once(SUNDAY)
    assert statements(house) == []
    house.once("2027-01-04T10:00:00+08:00")
    assert len(statements(house)) == 5


def test_a_house_that_opened_after_the_day_sends_none(tmp_path: Path) -> None:
    house = begun(tmp_path, ON, "2026-12-29T10:00:00+08:00")
    house.once(LATER)
    assert statements(house) == []
