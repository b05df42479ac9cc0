"""A distributor that another manager or another region looks after takes along what is open (S9)."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG, STAFF, write_register
from tests.scenarios.house import EVENING, House, build_house
from tests.scenarios.replies import ADMIN, TOKEN, letters, reply, words
from tests.scenarios.test_registers import KNOWN, sends

NEW = "bei2.manager@songping.example"
NORTH, SOUTH = "north.admin@songping.example", "south.admin@songping.example"
PEOPLE = (
    ("sales_admin", "北区销管", NORTH, "北区", ""),
    ("sales_admin", "南区销管", SOUTH, "南区", ""),
    ("regional_manager", "北区新经理", NEW, "北区", ""),
    *STAFF,
)
ANOTHER = [*KNOWN[0][:4], NEW, *KNOWN[0][5:]]
MOVED = [*KNOWN[1][:3], "南区", NAN, *KNOWN[1][5:]]
THURSDAY = "2026-11-12T18:00:00+08:00"


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path, CONFIG + "registers: {apply: at-once}\n")
    write_register(tmp_path, "staff", PEOPLE)
    return house


def comes(house: House, raw: bytes, now: str = EVENING) -> None:
    house.put(f"h{len(house.rows('mails'))}", raw)
    done = house.once(now)
    assert done.returncode == 0, done.stderr


def asked(house: House, to: str) -> list[EmailMessage]:
    return [m for m in letters(house, to) if TOKEN.search(m["Subject"])]


def states(house: House) -> list[str]:
    return [row["state"] for row in house.rows("orders")]


def wrong_price(code: str = "N101") -> bytes:
    rows = order(code, [(A1, 4, "现金")], price=150)
    return mail(BEI, f"{code} 订单", "您好", (f"{code}.xlsx", sheet(rows)))


def test_who_still_looks_after_it_is_asked_nothing_anew(house: House) -> None:
    comes(house, wrong_price())
    before = len(house.rows("messages"))
    sends(house, [[*KNOWN[0][:7], "13000000999", *KNOWN[0][8:]]], "名单变更")
    assert asked(house, NEW) == []
    assert len(asked(house, BEI)) == 1
    told = {m["notice"] for m in house.rows("messages")[before:]}
    assert told == {"register-answer", "register-changed"}


def test_a_returned_order_is_corrected_by_the_manager_of_now(house: House) -> None:
    comes(house, wrong_price())
    comes(house, wrong_price("N102"))
    assert states(house) == ["returned", "returned"]
    [mine, other] = asked(house, BEI)
    sends(house, [ANOTHER], "名单变更")
    [handed] = asked(house, NEW)
    assert "DD261110-0001" in handed["Subject"]
    [told] = letters(house, NEW, "名单")
    assert "北区经理 → 北区新经理" in words(told)
    assert "没办完的订单：DD261110-0001" in words(told)
    assert "北区经理 → 北区新经理" in words(letters(house, BEI, "名单")[0])

    comes(house, reply(mine, "接受", BEI))
    assert states(house)[0] == "returned"
    reasons = [m["reason"] for m in house.rows("mails")]
    assert reasons[-1] == "answer-moved-on"
    comes(house, reply(handed, "接受", NEW))
    assert states(house) == ["closed", "returned", "accepted"]
    notices = [m["notice"] for m in house.rows("messages")]
    assert notices.count("dispatch-list") == 1
    # The other distributor is his as before.
    comes(house, reply(other, "接受", BEI))
    assert states(house)[-1] == "accepted"


def test_a_returned_order_is_chased_at_the_manager_of_now(house: House) -> None:
    rows = order("N101", [(("松坪至臻婴儿配方奶粉1段800g", 268), 10, "现金"), (A2, 6, "现金")])
    comes(house, mail(BEI, "小叶子订单", "您好", ("小叶子.xlsx", sheet(rows))))
    assert states(house) == ["returned"]
    assert asked(house, BEI) == []
    sends(house, [ANOTHER], "名单变更")
    house.once(THURSDAY)
    assert [m for m in letters(house, BEI) if "提醒" in m["Subject"]] == []
    [reminder] = [m for m in letters(house, NEW) if "DD261110-0001" in m["Subject"]]
    assert "小叶子" in words(reminder)


def test_what_waits_for_a_yes_goes_to_the_sales_admin_of_the_new_region(house: House) -> None:
    for day in ("上午", "下午"):
        rows = order("N102", [(A1, 3, "现金")])
        comes(house, mail(BEI, f"宝宝屋{day}订单", "您好", (f"{day}.xlsx", sheet(rows))))
    assert states(house) == ["accepted", "review"]
    [before] = asked(house, NORTH)
    sends(house, [MOVED], "名单变更")
    [now] = asked(house, SOUTH)
    assert "转给您批" in now["Subject"]
    assert "归您的区域" in words(now)
    [case] = [c for c in house.rows("cases") if c["state"] == "open"]
    assert case["region"] == "南区"
    for who in (NORTH, SOUTH):
        [told] = letters(house, who, "名单")
        assert "销管：北区销管、销管小何 → 南区销管、销管小何" in words(told)

    comes(house, reply(before, "同意", NORTH))
    assert states(house)[-1] == "review"
    comes(house, reply(now, "同意", SOUTH))
    assert states(house)[-1] == "accepted"
    assert [c for c in house.rows("cases") if c["state"] == "open"] == []
    assert letters(house, ADMIN, "转给您批") == []
