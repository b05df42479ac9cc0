"""A returned order whose every mistake has one proposal is mended by one word of its sender."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A2, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import LATER, House, build_house, some_mails
from tests.scenarios.replies import (
    ADMIN,
    BEI,
    FINANCE,
    GM,
    TOKEN,
    letters,
    lists_of,
    order_state,
    question,
    reply,
    words,
)
from tests.scenarios.test_answers import house_with, last, reasons, say

LATE = "2026-11-18T09:00:00+08:00"


def returned(tmp_path: Path, *names: str) -> House:
    house = house_with(tmp_path / "house", *(names or ("03-wrong-price",)))
    assert set(order_state(house)) == {"returned"}
    return house


@pytest.mark.parametrize("word", ["接受", "Accept", "同意"])
def test_the_proposals_are_taken_by_a_word(tmp_path: Path, word: str) -> None:
    house = returned(tmp_path)
    asked = last(house, BEI)
    assert TOKEN.search(asked["Subject"])
    assert "接受" in words(asked)
    say(house, reply(asked, word, BEI))
    assert order_state(house) == ["closed", "accepted"]
    assert len(lists_of(house)) == 1
    assert reasons(house)[-1] == "booked"
    told = words(last(house, BEI))
    assert "按您接受的建议改了（原单 DD261110-0001）" in told
    assert "188" in told
    [case] = house.rows("cases")
    assert case["state"] == "closed"


def test_a_wrong_total_is_left_to_the_arithmetic(tmp_path: Path) -> None:
    house = returned(tmp_path, "14-wrong-total")
    say(house, reply(last(house, BEI), "接受", BEI))
    assert order_state(house) == ["closed", "accepted"]


def test_nothing_is_offered_where_there_is_no_one_proposal(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "10-broken")
    assert not [m for m in letters(house, BEI) if TOKEN.search(m["Subject"])]


def test_with_a_condition_it_is_asked_back(tmp_path: Path) -> None:
    house = returned(tmp_path)
    asked = last(house, BEI)
    say(house, reply(asked, "接受\n但要加10箱", BEI))
    assert order_state(house) == ["returned"]
    assert "没看懂" in words(last(house, BEI))
    say(house, reply(last(house, BEI), "接受", BEI), now=LATER[1])
    assert order_state(house) == ["closed", "accepted"]


def test_somebody_else_takes_nothing(tmp_path: Path) -> None:
    house = returned(tmp_path)
    say(house, reply(last(house, BEI), "接受", GM))
    assert order_state(house) == ["returned"]
    assert "北区经理" in words(last(house, GM))


@pytest.mark.fault("P04")
def test_twice_taken_is_one_order(tmp_path: Path) -> None:
    house = returned(tmp_path)
    asked = last(house, BEI)
    say(house, reply(asked, "接受", BEI), reply(asked, "accept", BEI))
    assert sorted(order_state(house)) == ["accepted", "closed"]
    assert len(lists_of(house)) == 1


@pytest.mark.fault("P05")
def test_too_late_is_too_late(tmp_path: Path) -> None:
    house = returned(tmp_path)
    say(house, reply(last(house, BEI), "接受", BEI), now=LATE)
    assert order_state(house) == ["returned"]


def test_talk_about_it_is_read_by_a_person(tmp_path: Path) -> None:
    house = returned(tmp_path)
    say(
        house,
        reply(last(house, BEI), "价格为什么是188？", BEI, refers=True, subject="Re: 小叶子补货"),
    )
    assert order_state(house) == ["returned"]
    assert reasons(house)[-1] == "answer"


def test_what_was_sent_again_meanwhile_is_looked_at_by_a_person(tmp_path: Path) -> None:
    house = returned(tmp_path)
    asked = last(house, BEI)
    rows = order("N101", [(A2, 17, "现金")])
    house.put("again", mail(BEI, "小叶子补货（改好）", "请安排", ("补货.xlsx", sheet(rows))))
    assert house.once(LATER[0]).returncode == 0
    assert order_state(house) == ["returned", "accepted"]
    say(house, reply(asked, "接受", BEI), now=LATER[1])
    assert order_state(house) == ["closed", "accepted", "review"]
    assert "又来过订单 DD261110-0002" in words(last(house, BEI))
    assert "DD261110-0003" in last(house, ADMIN)["Subject"]


@pytest.mark.parametrize("name", ["11-over-credit", "03-wrong-price"])
def test_its_sender_takes_an_order_back_before_it_is_decided(tmp_path: Path, name: str) -> None:
    house = house_with(tmp_path / "house", name)
    say(house, reply(letters(house, BEI)[-1], "取消", BEI))
    assert order_state(house) == ["closed"]
    assert reasons(house)[-1] == "order-cancelled"
    assert "取消" in words(last(house, BEI))
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    if name == "11-over-credit":
        say(house, reply(question(house, FINANCE), "同意", FINANCE), now=LATER[1])
        assert order_state(house) == ["closed"]
        assert reasons(house)[-1] == "answer-superseded"


def test_what_is_with_the_warehouse_or_another_s_is_not_cancelled_by_a_word(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "01-clean", "11-over-credit")
    accepted, held = sorted(letters(house, BEI), key=lambda m: "已受理" not in m["Subject"])
    assert "已受理" in accepted["Subject"]
    say(house, reply(accepted, "取消", BEI), reply(held, "取消", GM))
    assert order_state(house) == ["accepted", "held"]


def test_the_story_of_an_order_tells_who_was_asked_and_said_what(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "11-over-credit")
    say(house, reply(question(house, FINANCE), "同意", FINANCE))
    story = house.run("show", "order", "DD261110-0001").stdout
    assert f"role finance  address {FINANCE}  state used  answer agree" in story


@pytest.mark.fault("K09")
def test_a_kill_while_proposals_are_taken_changes_nothing(tmp_path: Path) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", "question.answered")):
        house = house_with(tmp_path / name, "03-wrong-price")
        house.put("answer", reply(last(house, BEI), "接受", BEI))
        done = house.once(LATER[0], MAILFLOW_FAILPOINT=armed)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        for later in LATER:
            assert house.once(later).returncode == 0
        ends.append(house.end_state())
    assert ends[0] == ends[1]


@pytest.mark.fault("P12")
def test_who_gets_a_copy_sees_no_token(tmp_path: Path) -> None:
    """A distributor orders for itself; its manager gets a copy."""
    house = build_house(tmp_path / "house")
    dealer = "n101@dealer.example"
    rows = order("N101", [(A2, 16, "现金")], price=178)
    house.put("own", mail(dealer, "补货", "请安排", ("补货.xlsx", sheet(rows))))
    assert house.once().returncode == 0
    asked, copy = last(house, dealer), last(house, BEI)
    assert TOKEN.search(asked["Subject"])
    assert "#" not in copy["Subject"]
    assert "mailto:" not in words(copy)
    assert BEI not in str(asked["Cc"])
    say(house, reply(asked, "接受", dealer))
    assert order_state(house) == ["closed", "accepted"]


def test_where_nobody_is_proven_each_is_asked_whether_a_mail_is_his_and_nothing_else(
    tmp_path: Path,
) -> None:
    house = build_house(tmp_path / "house", CONFIG.replace("trust: from", "trust: verified"))
    for name, raw in some_mails("11-over-credit", "03-wrong-price").items():
        house.put(name, raw)
    assert house.once().returncode == 0
    asked = [m for m in letters(house) if TOKEN.search(m["Subject"])]
    assert [(m["To"], m["Subject"][:9]) for m in asked] == [(BEI, "这封邮件是您发的吗")] * 2
    say(house, reply(letters(house, BEI)[-1], "取消", BEI))
    assert order_state(house) == []
