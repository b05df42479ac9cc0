"""Steps of requests that nobody answers are asked for again, move on, and stand in every digest; a refusal,
a withdrawal and an operator end one; a kill changes nothing."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import BEI
from tests.scenarios.asked_for import (
    DEALER,
    DESIGNER,
    SERVICE,
    asked_for,
    mailed,
    people_of,
    with_files,
)
from tests.scenarios.conftest import Build
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, GM, letters, question, reply, words
from tests.scenarios.test_stories import at, comes, last, reasons

SECOND = "service2@songping.example"
COMPLAINT = "投诉内容：两听罐口凹陷\n批号：B20260301\n经销商：小叶子"
DESIGN = "设计内容：海报\n尺寸：60×90\n要稿日期：12月1日\n经销商：小叶子"
TRAINING = "培训主题：喂养知识\n希望日期：12月上旬\n地点：青禾\n人数：15"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return people_of(build_house(tmp_path / "house", asked_for()))


def the_case(house: House, number: str = "R-2026-0001") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(house.run("show", "case", number, "--json").stdout)
    return told


def state(house: House, number: str = "R-2026-0001") -> str:
    return str(the_case(house, number)["request"]["state"])


def test_a_complaint_is_chased_from_its_owner_to_his_deputy_to_every_digest(
    build: Build, tmp_path: Path
) -> None:
    house = people_of(build(tmp_path / "house", asked_for()))
    comes(house, at(10, "10:00"), mailed(DEALER, "产品投诉", COMPLAINT))
    assert len(letters(house, SERVICE)) == 1
    comes(house, at(11, "10:05"))
    comes(house, at(11, "11:05"))
    assert [("提醒" in m["Subject"]) for m in letters(house, SERVICE)] == [False, True]
    assert letters(house, SECOND) == []
    comes(house, at(12, "10:05"))
    assert "请您代办" in words(last(house, SECOND))
    # Whoever was asked first is too late: another one has it.
    comes(house, at(12, "10:30"), reply(question(house, SERVICE), "完成：已换货", SERVICE))
    assert "已经过去" in words(last(house, SERVICE))
    assert state(house) == "open"
    comes(house, at(16, "10:05"))
    assert len(letters(house, SECOND)) == 1
    assert "nobody-answered" in the_case(house)["reason"]
    comes(house, at(16, "18:00"))
    assert "R-2026-0001" in words(last(house, ADMIN, "日报"))
    comes(house, at(17, "10:00"), reply(question(house, SECOND), "完成：已换货两听", SECOND))
    for each in (DEALER, BEI, ADMIN):
        assert "已换货两听" in words(last(house, each, "投诉申请已办好"))
    assert state(house) == "done"


def test_a_daemon_that_was_down_asks_once(house: House) -> None:
    comes(house, at(10, "10:00"), mailed(DEALER, "产品投诉", COMPLAINT))
    comes(house, at(24, "10:00"))
    comes(house, at(24, "10:05"))
    assert len(letters(house, SERVICE)) == 1
    assert len(letters(house, SECOND)) == 1


def test_whoever_does_not_tell_what_is_missing_is_reminded_then_the_admin_sees_it(
    house: House,
) -> None:
    comes(house, at(10, "10:00"), mailed(BEI, "申请 设计", "要一张海报"))
    comes(house, at(11, "10:05"))
    assert "申请还等您补" in words(last(house, BEI))
    comes(house, at(13, "10:05"))
    assert "nobody-answered" in the_case(house)["reason"]
    assert letters(house, DESIGNER) == []
    comes(house, at(13, "11:00"), reply(last(house, BEI), "撤回", BEI))
    assert state(house) == "withdrawn"
    assert {c["state"] for c in house.rows("cases")} == {"closed"}


def test_a_refusal_says_why_and_ends_it(house: House) -> None:
    comes(house, at(10, "10:00"), mailed(BEI, "申请 培训", TRAINING))
    asked = question(house, GM)
    comes(house, at(10, "11:00"), reply(asked, "退回", GM))
    assert "退回要写原因" in words(last(house, GM))
    assert state(house) == "open"
    comes(house, at(10, "11:05"), reply(asked, "同意，但是先不请外部讲师", GM))
    assert "同意附了条件" in words(last(house, GM))
    comes(house, at(10, "11:10"), reply(asked, "退回 原因：年底预算已用完", GM))
    assert "年底预算已用完" in words(last(house, BEI))
    assert state(house) == "refused"
    # One answer counts, and nothing goes on that has ended.
    comes(house, at(10, "11:15"), reply(asked, "同意", GM))
    assert state(house) == "refused"
    assert reasons(house)[-1] == "answer-again"


def test_what_is_sent_twice_is_asked_once(house: House) -> None:
    comes(house, at(10, "10:00"), mailed(BEI, "申请 设计", DESIGN))
    comes(house, at(10, "10:10"), mailed(BEI, "再发一次 设计申请", DESIGN))
    comes(house, at(10, "10:20"), mailed(BEI, "设计申请", DESIGN))
    assert len(letters(house, DESIGNER)) == 1
    assert "没有重复登记" in words(last(house, BEI))
    assert {r["number"] for r in house.rows("cases")} == {"R-2026-0001"}


def test_an_operator_closes_one_and_both_sides_hear_it(house: House) -> None:
    comes(house, at(10, "10:00"), mailed(BEI, "申请 设计", DESIGN))
    assert house.run("close", "case", "R-2026-0001", "--reason", "门店不开了").returncode == 0
    news = [m for m in house.rows("messages") if m["notice"] == "request-news"]
    assert {(m["recipient"], m["subject"]) for m in news} == {
        (BEI, "设计申请已关闭 [R-2026-0001]"),
        (DESIGNER, "设计申请已关闭 [R-2026-0001]"),
    }
    assert state(house) == "closed"
    again = house.run("close", "case", "R-2026-0001", "--reason", "x")
    assert again.returncode == 1
    assert "nothing is left to close" in again.stderr
    comes(house, at(10, "10:20"), reply(question(house, DESIGNER), "完成", DESIGNER))
    assert state(house) == "closed"


def test_whoever_asks_hears_where_it_stands(house: House) -> None:
    comes(house, at(10, "10:00"), mailed(BEI, "申请 设计", DESIGN))
    comes(house, at(10, "10:30"), mailed(BEI, "状态 R-2026-0001", ""))
    assert "设计小林" in words(last(house, BEI))
    comes(house, at(10, "10:40"), mailed("nan.manager@songping.example", "状态 R-2026-0001", ""))
    assert "设计小林" not in words(last(house, "nan.manager@songping.example"))
    comes(house, at(10, "10:50"), mailed(BEI, "帮助", ""))
    assert "设计" in words(last(house, BEI))
    assert "申请 设计" in words(last(house, BEI))


@pytest.mark.parametrize("passes", [1, 2])
@pytest.mark.parametrize("name", ["request.kept", "question.put", "question.answered"])
def test_a_kill_at_any_step_leaves_the_same_end(name: str, passes: int, tmp_path: Path) -> None:
    ends = []
    for point in ("", f"{name}:{passes}"):
        house = people_of(build_house(tmp_path / (point or "plain"), asked_for("design")))
        house.put("asks", mailed(BEI, "申请 设计", DESIGN))
        _killed_and_started_again(house, 10, point)
        art = ("终稿.pdf", b"%PDF-1.4 art")
        house.put("done", with_files(reply(question(house, DESIGNER), "完成", DESIGNER), art))
        _killed_and_started_again(house, 11, point)
        assert letters(house, BEI)[-1]["Subject"].startswith("设计申请已办好")
        state = house.end_state()
        state["outbox"] = sorted(to for _, to in state["outbox"])
        ends.append(state)
    assert ends[0] == ends[1]


def _killed_and_started_again(house: House, hour: int, point: str) -> None:
    done = house.once(at(10, f"{hour}:00"), MAILFLOW_FAILPOINT=point)
    assert done.returncode in (0, -signal.SIGKILL)
    assert house.once(at(10, f"{hour}:30")).returncode == 0
