"""From the calls of customer service to the truck that brings fewer sample tins, by mail alone."""

from __future__ import annotations

from pathlib import Path

from mailflow.commands.demo_desk.mails import BEI, mail
from mailflow.commands.demo_desk.registers import write_register
from tests.scenarios.conftest import Build
from tests.scenarios.replies import ADMIN, letters, words
from tests.scenarios.shipped import WAREHOUSE, filled
from tests.scenarios.test_call_backs import NORTH, PEOPLE, sums
from tests.scenarios.test_samples import STANDARD, number_in, results, sent, wanted
from tests.scenarios.test_samples import lists as papers
from tests.scenarios.test_stories import TRUCK, at, comes, states


def test_calls_sums_an_order_with_less_its_truck_and_a_waiver(build: Build, tmp_path: Path) -> None:
    house = build(tmp_path, STANDARD)
    write_register(house.folder, "staff", PEOPLE)
    comes(house, at(10), results(100, 30), results(50, 20, "月亮母婴店"))
    assert "使用率 30%，标准 60%" in words(sums(house, BEI)[0])
    assert len(letters(house, NORTH)) == 2
    comes(house, at(10, "10:05"), wanted())
    assert [sent(paper)[0][1] for paper in papers(house)] == [48]
    [answer] = letters(house, BEI, "已受理")
    assert "订 72 听，扣 24 听，发 48 听" in words(answer)
    [listed] = letters(house, WAREHOUSE)
    back = filled(listed, {0: 2, 1: 2}, {}, TRUCK)
    comes(house, at(10, "15:05"), mail(WAREHOUSE, "清单回填", "请查收", ("清单.xlsx", back)))
    assert states(house) == ["shipped"]
    second = number_in(sums(house, ADMIN)[1])
    comes(house, at(11), mail(ADMIN, f"免扣 {second}", ""))
    assert "已免扣 10 听" in words(letters(house, ADMIN, "已免扣")[0])
