"""Whoever does not answer is reminded, once, at the working hour it is due; then others hear of it.

The orders come on a Tuesday evening, so a working day later is Wednesday at the same hour.
"""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, order
from mailflow.commands.demo_desk.registers import CONFIG, STAFF, write_register
from tests.scenarios.house import EVENING, House, build_house, some_mails
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
from tests.scenarios.test_corrected import with_sheet

NUMBER = "DD261110-0001"
DEPUTY = f'asking: {{deputies: {{"{FINANCE}": "{GM}"}}}}\n'


def at(day: int, hour: str = "18:00") -> str:
    return f"2026-11-{day}T{hour}:00+08:00"


def house_with(folder: Path, name: str, config: str = CONFIG) -> House:
    house = build_house(folder, config)
    for file, raw in some_mails(name).items():
        house.put(file, raw)
    assert house.once(EVENING).returncode == 0
    return house


def look(house: House, *instants: str) -> None:
    for now in instants:
        done = house.once(now)
        assert done.returncode == 0, done.stdout + done.stderr


def sent(house: House, notice: str) -> list[str]:
    return [m["recipient"] for m in house.rows("messages") if m["notice"] == notice]


def test_a_returned_order_is_reminded_of_twice_and_closed_after_five_days(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "03-wrong-price")
    look(house, at(11, "17:59"))
    assert sent(house, "order-reminder") == []
    look(house, at(11), at(11, "18:05"), at(12, "09:00"))
    assert sent(house, "order-reminder") == [BEI]
    told = letters(house, BEI, "还等您改")[-1]
    assert f"[{NUMBER} #" in told["Subject"]
    assert told["In-Reply-To"]
    assert "11月17日 18:00" in words(told)
    look(house, at(12), at(13), at(16), at(17, "17:00"))
    assert sent(house, "order-reminder") == [BEI, BEI]
    assert order_state(house) == ["returned"]
    look(house, at(17), at(18))
    assert order_state(house) == ["closed"]
    assert sent(house, "order-reminder") == [BEI, BEI, BEI, ADMIN]
    end = letters(house, BEI, "已结案")[-1]
    assert TOKEN.search(end["Subject"]) is None
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    story = json.loads(house.run("show", "order", NUMBER, "--json").stdout)
    assert story["history"][-1]["reason"] == "not corrected in time"
    assert [q["state"] for q in story["questions"]] == ["superseded"]


@pytest.mark.fault("T08")
def test_who_was_away_for_a_week_reminds_once_and_closes_a_day_later(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "03-wrong-price")
    look(house, at(18), at(19, "17:00"))
    assert sent(house, "order-reminder") == [BEI]
    assert order_state(house) == ["returned"]
    look(house, at(19))
    assert order_state(house) == ["closed"]


def test_what_was_corrected_is_not_asked_for_again(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "03-wrong-price")
    right = order("N101", [(A1, 10, "现金"), (A2, 12, "现金")])
    house.put("right", with_sheet(reply(letters(house, BEI)[-1], "已改", BEI), right))
    look(house, at(11, "10:00"), at(11), at(12), at(17), at(18))
    assert sent(house, "order-reminder") == []


@pytest.mark.parametrize(
    ("word", "state"), [("接受", ["closed", "accepted"]), ("取消", ["closed"])]
)
def test_a_word_to_the_reminder_is_enough(tmp_path: Path, word: str, state: list[str]) -> None:
    house = house_with(tmp_path / "house", "03-wrong-price")
    look(house, at(11))
    house.put("word", reply(letters(house, BEI, "还等您改")[-1], word, BEI))
    look(house, at(11, "18:30"))
    assert order_state(house) == state


def test_what_nobody_answers_moves_on_to_the_deputy(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "11-over-credit", CONFIG + DEPUTY)
    first = question(house, FINANCE)
    look(house, at(11), at(11, "19:00"))
    reminded = letters(house, FINANCE, "提醒")
    assert len(reminded) == 1
    assert TOKEN.findall(reminded[0]["Subject"]) == TOKEN.findall(first["Subject"])
    look(house, at(12), at(12, "19:00"))
    asked = question(house, GM)
    assert "代批" in asked["Subject"]
    assert len(letters(house, GM, "代批")) == 1
    house.put("late", reply(first, "同意", FINANCE))
    look(house, at(12, "20:00"))
    assert order_state(house) == ["held"]
    assert "市场部总经理" in words(letters(house, FINANCE)[-1])
    assert house.rows("mails")[-1]["reason"] == "answer-moved-on"
    house.put("deputy", reply(asked, "同意", GM))
    look(house, at(12, "20:05"))
    assert order_state(house) == ["accepted"]
    assert len(lists_of(house)) == 1


def test_who_is_deputy_no_more_decides_nothing(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "11-over-credit", CONFIG + DEPUTY)
    look(house, at(12))
    house.config.write_text(CONFIG, encoding="utf-8")
    house.put("deputy", reply(question(house, GM), "同意", GM))
    look(house, at(12, "20:00"))
    assert order_state(house) == ["held"]
    assert house.rows("mails")[-1]["reason"] == "answer-not-asked"


def test_what_no_deputy_answers_stands_in_every_digest(tmp_path: Path) -> None:
    """After a week away as well: one step, and one digest a person."""
    house = build_house(tmp_path / "house")
    other = ("sales_admin", "销管小周", "zhou@songping.example", "南区", "")
    mine = [r if r[0] != "sales_admin" else (*r[:3], "北区", "") for r in STAFF]
    write_register(house.folder, "staff", (*mine, other))
    [(name, raw)] = some_mails("11-over-credit").items()
    house.put(name, raw)
    look(house, EVENING)
    assert NUMBER not in words(letters(house, "zhou@")[-1])
    look(house, at(18))
    [case] = house.rows("cases")
    assert (case["region"], case["reason"]) == ("", "over-credit,nobody-answered")
    for who in (ADMIN, "zhou@"):
        digests = letters(house, who)
        assert len(digests) == 2
        assert NUMBER in words(digests[-1])
        assert "没人答复" in words(digests[-1])
    assert len(sent(house, "approval-request")) == 1


def test_who_left_is_not_reminded_but_somebody_else_asked(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "11-over-credit")
    staff = [row for row in STAFF if row[0] != "finance"]
    new = "finance2@songping.example"
    write_register(house.folder, "staff", [*staff, ("finance", "新财务", new, "", "")])
    look(house, at(11))
    house.put("new", reply(question(house, new), "同意", new))
    look(house, at(11, "19:00"))
    assert order_state(house) == ["accepted"]


@pytest.mark.parametrize("failpoint", ["question.voided", "question.put", "reminder.queued"])
def test_a_kill_on_the_way_leaves_nothing_undone_and_nothing_done_twice(
    tmp_path: Path, failpoint: str
) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", failpoint)):
        house = house_with(tmp_path / name, "11-over-credit", CONFIG + DEPUTY)
        done = house.once(at(12), MAILFLOW_FAILPOINT=armed)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        look(house, at(12), at(12, "18:20"))
        ends.append(house.end_state())
    assert ends[0] == ends[1]


def test_deputies_are_people_of_the_register(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house", CONFIG + DEPUTY.replace(GM, "nobody@x.example"))
    told = house.run("doctor").stdout
    assert "nobody@x.example: not in the staff register" in told
