"""The same order once more is answered courteously and booked once; a further one is asked about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, mail, order, sheet
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import BEI, FINANCE, NAN, letters, lists_of, order_state, reply, words
from tests.scenarios.test_corrected import with_sheet

NEXT, THEN = LATER
NUMBER = "DD261110-0001"
GOODS = order("N101", [(A1, 10, "现金"), (A2, 12, "现金")])


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path / "house")
    house.put("first", mail(BEI, "小叶子补货", "请查收", ("小叶子.xlsx", sheet(GOODS))))
    assert house.once().returncode == 0
    assert order_state(house) == ["accepted"]
    return house


def put(house: House, raw: bytes, now: str = NEXT) -> None:
    house.put("again", raw)
    done = house.once(now)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.fault("B01", "B02")
@pytest.mark.parametrize("how", ["subject", "thread"])
def test_it_is_booked_once_and_its_sender_hears_how_it_stands(house: House, how: str) -> None:
    raw = {
        "subject": mail(BEI, "小叶子补货（重发）", "不知收到没有", ("小叶子2.xlsx", sheet(GOODS))),
        "thread": with_sheet(
            reply(letters(house, BEI)[-1], "再确认一下", BEI, subject="见附件"), GOODS
        ),
    }[how]
    put(house, raw)
    assert order_state(house) == ["accepted"]
    assert len(lists_of(house)) == 1
    assert [m["reason"] for m in house.rows("mails")] == ["booked", "sent-again"]
    assert house.rows("cases") == []
    told = letters(house, BEI)[-1]
    assert f"[{NUMBER}] 已收到过" in told["Subject"]
    assert "没有重复下单" in words(told)
    assert "已受理" in words(told)
    assert not list(told.iter_attachments())


@pytest.mark.fault("B02")
@pytest.mark.parametrize(
    ("subject", "text", "now"),
    [
        ("小叶子补货", "请另订一批同样的", NEXT),
        ("小叶子十二月订单", "请查收", NEXT),
        ("小叶子补货", "请查收", "2026-11-16T09:00:00+08:00"),
    ],
)
def test_what_may_be_a_further_order_is_asked_about(
    house: House, subject: str, text: str, now: str
) -> None:
    put(house, mail(BEI, subject, text, ("小叶子2.xlsx", sheet(GOODS)), X_Count="2"), now)
    assert order_state(house) == ["accepted", "review"]
    assert len(lists_of(house)) == 1


@pytest.mark.fault("B01")
def test_one_that_waits_is_told_so_and_asked_of_nobody_twice(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    much = sheet(order("N103", [(A1, 20, "现金")]))
    house.put("first", mail(BEI, "亲贝订单", "请查收", ("亲贝.xlsx", much)))
    assert house.once().returncode == 0
    put(house, mail(BEI, "亲贝订单 再发一次", "急", ("亲贝.xlsx", much)))
    assert order_state(house) == ["held"]
    assert len(letters(house, FINANCE)) == 1
    assert "待审批" in words(letters(house, BEI)[-1])


@pytest.mark.fault("B02")
def test_beside_it_what_is_new_is_dealt_with(house: House) -> None:
    """A whole workbook comes again, with one order that was not in it before."""
    other = sheet(order("N102", [(A1, 10, "现金")]))
    put(
        house,
        mail(BEI, "小叶子补货", "请查收", ("a.xlsx", sheet(GOODS)), ("b.xlsx", other), X_Count="2"),
    )
    assert [o["number"] for o in house.rows("orders")] == [NUMBER, "DD261110-0002-2"]
    assert order_state(house) == ["accepted", "accepted"]
    told = letters(house, BEI)[-1]
    assert "没有重复下单" in words(told)
    assert "FH261110-0002-2" in words(told)


@pytest.mark.fault("M08")
def test_mails_of_one_name_or_of_none_are_each_their_own(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    orders = (("N101", b"Message-ID: <one@x.example>"), ("N102", b"Message-ID: <one@x.example>"))
    for code, name in (*orders, ("S201", b"X-Nothing: 1")):
        sender = NAN if code == "S201" else BEI
        raw = mail(
            sender, f"{code} 订单", "请查收", ("订单.xlsx", sheet(order(code, [(A1, 10, "现金")])))
        )
        house.put(code, re.sub(rb"Message-ID: \S+", name, raw, count=1))
    assert house.once().returncode == 0
    assert [m["reason"] for m in house.rows("mails")] == ["booked"] * 3
    assert [o["distributor"] for o in house.rows("orders")] == ["N101", "N102", "S201"]
