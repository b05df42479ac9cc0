"""Whatever is asked of anybody is chased: reminded, then asked of his deputy, then in every digest.

Each kind of question is put on a Tuesday afternoon; a working day later is Wednesday at the same hour, while work in the evening counts from the next morning.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import mailflow
from mailflow.commands.demo_desk.mails import A1, A2, A3, BEI, mail, order, sheet
from mailflow.commands.demo_desk.registers import STAFF, write_register
from mailflow.domain.question import QuestionKind
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import ADMIN, TOKEN, letters, question, reply, words
from tests.scenarios.test_corrected import with_sheet
from tests.scenarios.test_registers import HEAD, KNOWN
from tests.scenarios.test_reminders import at, look
from tests.scenarios.test_stock import A1_10, an_order, stock

LIN, ZHOU = "lin@songping.example", "zhou@songping.example"
NUMBER, CHANGED = "DD261110-0001", order("N101", [(A1, 10, "现金"), (A3, 12, "现金")])
MINUTES = [f"2026-11-10T17:{minute:02}:00+08:00" for minute in range(1, 9)]
DIGEST = at(16, "17:40")


def house_in(folder: Path) -> House:
    """A second sales admin in the region, and one of another region."""
    house = build_house(folder)
    mine = [r if r[0] != "sales_admin" else (*r[:3], "北区", "") for r in STAFF]
    others = [
        ("sales_admin", n, a, r, "") for n, a, r in (("林", LIN, "北区"), ("周", ZHOU, "南区"))
    ]
    write_register(house.folder, "staff", [*mine, *others])
    return house


def comes(house: House, *raw: bytes) -> None:
    for each in raw:
        number = len(list((house.folder / "inbox").rglob("*mail*")))
        house.put(f"mail{number}", each)
        look(house, MINUTES[number])


def told(house: House) -> bytes:
    return reply(letters(house, BEI)[-1], "改一下", BEI, subject=f"更正 {NUMBER}")


def an_approval(house: House) -> None:
    comes(
        house,
        mail(
            BEI,
            "小叶子订单",
            "先等通知发货",
            ("小叶子.xlsx", sheet(order("N101", [(A1, 9, "现金")]))),
        ),
    )


def a_change(house: House) -> None:
    comes(house, an_order("小叶子订单", (A1, 10, "现金"), (A2, 12, "现金")))
    comes(house, with_sheet(told(house), CHANGED))


def a_correction(house: House) -> None:
    comes(house, some_mails("03-wrong-price")["03-wrong-price"])


def a_call_back(house: House) -> None:
    comes(house, an_order("小叶子订单", (A1, 10, "现金"), (A2, 12, "现金")))
    comes(house, reply(letters(house, BEI)[-1], "取消\n客户搬仓库", BEI))


def a_supply(house: House) -> None:
    comes(house, A1_10, an_order("小叶子订单", (A1, 15, "现金"), (A2, 5, "现金")))
    comes(house, stock(("SP-A1-800", 100), ("SP-A2-800", 90), name="库存日报晚"))


def a_register(house: House) -> None:
    """One distributor of his region has another phone."""
    first, *others = KNOWN[:3]
    changed = [*first[:7], "13000000999", *first[8:]]
    rows = [["经销商名单"], list(HEAD), changed, *map(list, others)]
    comes(house, mail(ADMIN, "经销商名单", "见附件", ("经销商名单.xlsx", sheet(rows, "名单"))))


def an_announcement(house: House) -> None:
    """To more people than get one unasked."""
    comes(house, mail(ADMIN, "公告：放假安排", "收件人：全部\n元旦照常发货。"))


ASKING: Mapping[str, tuple[QuestionKind, Callable[[House], None]]] = {
    "approval": (QuestionKind.APPROVAL, an_approval),
    "change": (QuestionKind.APPROVAL, a_change),
    "correction": (QuestionKind.CORRECTION, a_correction),
    "call-back": (QuestionKind.CALL_BACK, a_call_back),
    "supply": (QuestionKind.SUPPLY, a_supply),
    "register": (QuestionKind.REGISTER, a_register),
    "announcement": (QuestionKind.ANNOUNCEMENT, an_announcement),
}
"""How a question of each kind comes to be; a further kind has to be named here."""
ASK = {
    "desk/questions.py": 2,
    "desk/calling_back.py": 1,
    "desk/registers.py": 1,
    "desk/announcements.py": 1,
    "desk/supplying.py": 1,
    "desk/reminders.py": 1,
    "desk/handing_over.py": 2,
    "desk/request_steps.py": 2,
    "desk/sender_proof.py": 1,
}
"""The places that ask, and how often: a further one asks what one of these stories has to tell."""
ELSEWHERE = {QuestionKind.REQUEST, QuestionKind.SENDER_PROOF}
"""Whom a step of a request waits for is the configuration's (`test_requests_chased.py`); whether a mail
is his nobody is asked twice (`test_verified.py`)."""
OWN = (QuestionKind.CORRECTION, QuestionKind.REGISTER, QuestionKind.ANNOUNCEMENT)
"""What only he can say who sent it."""
OF_ADMIN = [name for name, (kind, _) in ASKING.items() if kind not in OWN]


def test_every_kind_of_question_has_a_story_here() -> None:
    assert {kind for kind, _ in ASKING.values()} == set(QuestionKind) - ELSEWHERE
    root = Path(mailflow.__file__).parent
    found: dict[str, int] = {}
    for path in root.rglob("*.py"):
        calls = [
            n
            for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(n, ast.Call)
        ]
        if times := sum(isinstance(c.func, ast.Name) and c.func.id == "Ask" for c in calls):
            found[path.relative_to(root).as_posix()] = times
    assert found == ASK


def sent(house: House, to: str) -> list[str]:
    """Subjects of what asks somebody, oldest first."""
    return [m["Subject"] for m in letters(house, to) if TOKEN.search(m["Subject"])]


@pytest.mark.parametrize("name", OF_ADMIN)
def test_a_question_is_reminded_of_then_asked_of_the_deputy_then_everybodys(
    name: str, tmp_path: Path
) -> None:
    house = house_in(tmp_path / "house")
    ASKING[name][1](house)
    [first] = sent(house, ADMIN)
    look(house, at(11, "17:00"))
    assert sent(house, ADMIN) == [first]
    look(house, at(11, "17:10"), at(12, "09:00"))
    [_, reminded] = sent(house, ADMIN)
    assert "提醒" in reminded
    assert TOKEN.findall(reminded) == TOKEN.findall(first)
    look(house, at(12, "17:10"), at(12, "17:20"))
    assert len(sent(house, ADMIN)) == 2
    [deputy] = sent(house, LIN)
    assert TOKEN.findall(deputy) != TOKEN.findall(first)
    assert sent(house, ZHOU) == []
    look(house, at(13, "17:10"))
    assert len(sent(house, LIN)) == 2
    look(house, DIGEST)
    [case] = [c for c in house.rows("cases") if c["state"] == "open" and "nobody" in c["reason"]]
    assert case["region"] == ""
    for who in (ADMIN, LIN, ZHOU):
        assert "没人答复" in words(letters(house, who)[-1])
    # The deputy's yes ends it all the same, once.
    asked = question(house, LIN)
    house.put("yes", reply(asked, "同意", LIN))
    look(house, at(16, "18:00"))
    assert [c["state"] for c in house.rows("cases") if c["number"] == case["number"]] == ["closed"]
    house.put("late", reply(letters(house, ADMIN, "#")[0], "不同意", ADMIN))
    look(house, at(16, "18:05"), at(18))
    assert len(sent(house, ADMIN)) == 2
    assert len(sent(house, LIN)) == 2
    story = json.loads(house.run("show", "order", case["subject_id"], "--json").stdout)
    assert [q["state"] for q in story["questions"]][-2:] == ["superseded", "used"]


def test_a_correction_is_reminded_of_with_its_order(tmp_path: Path) -> None:
    house = house_in(tmp_path / "house")
    a_correction(house)
    look(house, at(11, "17:10"))
    first, reminded = sent(house, BEI)
    assert TOKEN.findall(reminded) == TOKEN.findall(first)


def test_a_register_is_reminded_of_and_then_everybodys(tmp_path: Path) -> None:
    house = house_in(tmp_path / "house")
    a_register(house)
    [first] = sent(house, ADMIN)
    look(house, at(11, "17:00"))
    assert sent(house, ADMIN) == [first]
    look(house, at(11, "17:10"), at(12, "17:10"), DIGEST)
    [_, reminded, again] = sent(house, ADMIN)
    assert "提醒，经销商名单还等您确认" in reminded
    assert TOKEN.findall(reminded) == TOKEN.findall(again) == TOKEN.findall(first)
    assert sent(house, LIN) == []
    for who in (ADMIN, LIN, ZHOU):
        assert "没人答复" in words(letters(house, who)[-1])
    house.put("yes", reply(letters(house, ADMIN, "提醒")[0], "同意", ADMIN))
    look(house, at(16, "18:00"), at(18))
    assert len(sent(house, ADMIN)) == 3
    assert [c["state"] for c in house.rows("cases")] == ["closed"]


def test_who_was_away_for_a_week_makes_one_step_with_each_question(tmp_path: Path) -> None:
    house = house_in(tmp_path / "house")
    a_supply(house)
    look(house, at(18), at(18, "17:15"))
    assert len(sent(house, ADMIN)) == 1
    [asked] = sent(house, LIN)
    assert "请代批补发" in asked
    house.put("yes", reply(question(house, LIN), "同意", LIN))
    look(house, at(18, "17:10"))
    assert "已批准，清单已发仓库" in words(letters(house, LIN)[-1])


def test_a_supply_that_is_void_is_not_asked_for(tmp_path: Path) -> None:
    """A smaller count takes it back, an answer ends it, and so does the end of its order."""
    house = house_in(tmp_path / "house")
    a_supply(house)
    comes(house, stock(("SP-A1-800", 10), ("SP-A2-800", 90), name="库存日报夜"))
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    look(house, at(11, "17:10"), at(12, "17:10"))
    assert len(sent(house, ADMIN)) == 1
    assert sent(house, LIN) == []
    house.put("more", stock(("SP-A1-800", 90), ("SP-A2-800", 90), name="库存日报又"))
    look(house, at(12, "17:20"))
    assert len(sent(house, ADMIN)) == 2
    assert house.run("close", "order", "DD261110-0002", "--reason", "不要了").returncode == 0
    assert {c["state"] for c in house.rows("cases")} == {"closed"}
    look(house, at(16), at(17))
    assert len(sent(house, ADMIN)) == 2


def test_a_supply_waits_while_a_change_of_its_order_does_and_is_reminded_of_after(
    tmp_path: Path,
) -> None:
    house = house_in(tmp_path / "house")
    a_supply(house)
    changed = reply(letters(house, BEI)[-1], "改一下", BEI, subject="更正 DD261110-0002")
    comes(house, with_sheet(changed, CHANGED))
    more = reply(letters(house, BEI)[0], "再改", BEI, subject="更正 DD261110-0002")
    comes(house, with_sheet(more, order("N101", [(A1, 10, "现金"), (A3, 11, "现金")])))
    waits = {c["number"] for c in house.rows("cases") if c["state"] == "open"}
    assert waits == {"DD261110-0002", "FH261110-0002-B1"}
    look(house, at(11, "17:10"))
    assert len([s for s in sent(house, ADMIN) if "补发" in s]) == 1
    asked = [m for m in letters(house, ADMIN) if "请审批" in m["Subject"]][-1]
    house.put("no", reply(asked, "不同意", ADMIN))
    look(house, at(11, "17:20"), at(11, "17:25"))
    assert len([s for s in sent(house, ADMIN) if "补发" in s]) == 2


def test_an_answer_in_the_thread_alone_is_filed_to_its_supplementary_list(tmp_path: Path) -> None:
    house = house_in(tmp_path / "house")
    a_supply(house)
    comes(house, reply(question(house, ADMIN), "同意", ADMIN, subject="回复"))
    assert "已批准，清单已发仓库" in words(letters(house, ADMIN)[-1])
