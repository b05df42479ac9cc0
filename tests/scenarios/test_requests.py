"""Requests that go through people, by mail alone (S12): each step by one reply, each end told to all."""

from __future__ import annotations

import json
from pathlib import Path

from mailflow.commands.demo_desk.mails import BEI
from tests.scenarios.asked_for import (
    DEALER,
    DESIGNER,
    HR,
    TRAINER,
    asked_for,
    files_of,
    mailed,
    people_of,
    with_files,
)
from tests.scenarios.conftest import Build
from tests.scenarios.replies import GM, TOKEN, letters, question, reply, words
from tests.scenarios.test_stories import at, comes, last, reasons

APPLIES = """您好：
培训主题：门店导购喂养知识
希望日期：12月上旬
地点：青禾市临江路18号
人数：15人
经销商：小叶子
谢谢
北区经理"""


def test_a_training_is_approved_prepared_dated_and_told_to_all(
    build: Build, tmp_path: Path
) -> None:
    house = people_of(build(tmp_path / "house", asked_for()))
    comes(house, at(10, "10:00"), mailed(BEI, "申请 培训", APPLIES))
    taken = last(house, BEI)
    assert "[R-2026-0001]" in taken["Subject"]
    assert "市场部总经理" in words(taken)
    assert "15人" in words(taken)
    asked = question(house, GM)
    assert "门店导购喂养知识" in words(asked)
    assert letters(house, TRAINER) == letters(house, HR) == []

    comes(house, at(10, "10:30"), reply(asked, "同意", GM))
    assert "市场部总经理" in words(last(house, BEI))
    comes(house, at(11, "09:30"), reply(question(house, TRAINER), "完成：讲师定了周老师", TRAINER))
    assert "周老师" in words(question(house, HR))
    # The dates are what he has to say.
    comes(house, at(11, "10:00"), reply(question(house, HR), "完成", HR))
    assert "最后定的日期" in words(last(house, HR))
    comes(house, at(11, "10:30"), reply(last(house, HR), "完成 12月4日下午两点", HR))

    for each in (BEI, DEALER, GM, TRAINER):
        told = last(house, each)
        assert "培训申请已办好" in told["Subject"]
        assert "12月4日下午两点" in words(told)
        assert not TOKEN.search(told["Subject"])
    assert {c["state"] for c in house.rows("cases")} == {"closed"}
    assert reasons(house) == [
        "request-opened",
        "request-agreed",
        "request-done",
        "answer-unclear",
        "request-done",
    ]
    story = json.loads(house.run("show", "case", "R-2026-0001", "--json").stdout)
    assert story["request"]["state"] == "done"
    assert [q["state"] for q in story["questions"]] == ["used"] * 3


def test_a_design_goes_to_the_designer_with_its_files_and_comes_back_with_the_artwork(
    build: Build, tmp_path: Path
) -> None:
    house = people_of(build(tmp_path / "house", asked_for()))
    photo, logo = b"\xff\xd8\xff a photo" * 50, b"%PDF-1.4 a logo"
    first = mailed(BEI, "双十二海报设计", "小叶子门店用\n尺寸：60×90", ("店面.jpg", photo))
    comes(house, at(10, "10:00"), first)
    lacking = last(house, BEI)
    assert "要稿日期" in words(lacking)
    assert "60×90" in words(lacking)
    assert letters(house, DESIGNER) == []
    more = with_files(reply(lacking, "要稿日期：12月1日\n经销商：小叶子", BEI), ("标志.pdf", logo))
    comes(house, at(10, "11:00"), more)
    asked = question(house, DESIGNER)
    assert files_of(asked) == {"店面.jpg": photo, "标志.pdf": logo}

    # Words that decide nothing reach the other side, as they were written.
    comes(house, at(10, "13:00"), reply(asked, "底色用品牌蓝可以吗？", DESIGNER))
    told = last(house, BEI)
    assert "底色用品牌蓝可以吗？" in words(told)
    comes(house, at(10, "13:30"), reply(told, "可以，字大一点", BEI))
    assert "字大一点" in words(last(house, DESIGNER))

    art = b"%PDF-1.4 the artwork" * 1000
    done = with_files(reply(asked, "完成", DESIGNER), ("海报终稿.pdf", art), ("源文件.exe", b"MZ"))
    comes(house, at(11, "10:00"), done)
    for each in (BEI, DEALER):
        assert files_of(last(house, each)) == {"海报终稿.pdf": art}
        assert "源文件.exe" in words(last(house, each))
    assert {c["state"] for c in house.rows("cases")} == {"closed"}
