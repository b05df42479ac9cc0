"""`帮助` and `状态` by mail: everybody hears what is his, and nobody hears anything else."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from tests.scenarios.conftest import Build
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import ADMIN, FINANCE, letters, question, reply, words
from tests.scenarios.shipped import WAREHOUSE

DEALER = "n101@dealer.example"
NOTICES = ("help-answer", "status-answer")
CLEAN, OVER, RETURNED = "DD261110-0001", "DD261110-0002", "DD261110-0003"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return busy(build_house(tmp_path))


def busy(house: House) -> House:
    """One order is with the warehouse, one waits for finance, one was returned."""
    dear = sheet(order("N103", [(A1, 20, "现金")]))
    house.put("1", some_mails("01-clean")["01-clean"])
    house.put("2", mail(BEI, "亲贝订单", "您好", ("亲贝.xlsx", dear)))
    house.put("3", some_mails("04-unknown-product")["04-unknown-product"])
    assert house.once().returncode == 0
    states = {row["number"]: row["state"] for row in house.rows("orders")}
    assert states == {CLEAN: "accepted", OVER: "held", RETURNED: "returned"}
    return house


def asks(house: House, *mails: bytes) -> None:
    before = len(house.rows("mails"))
    for number, raw in enumerate(mails):
        house.put(f"{before}-{number}", raw)
    done = house.once()
    assert done.returncode == 0, done.stderr


def told(house: House, to: str) -> list[EmailMessage]:
    ids = {m["message_id"] for m in house.rows("messages") if m["notice"] in NOTICES}
    return [m for m in letters(house, to) if m["Message-ID"] in ids]


def test_who_is_no_person_we_know_hears_nothing(house: House) -> None:
    asks(
        house,
        mail("who@elsewhere.example", "帮助", ""),
        mail("who@elsewhere.example", f"状态 {CLEAN}", ""),
        mail(BEI, "帮助", "", Auto_Submitted="auto-replied"),
        mail(BEI, "状态", "", Precedence="list", List_Id="<x.example>"),
        mail(BEI, "请帮助", "上次的货少了两箱，请帮忙看看"),
        mail(BEI, "状态", "为什么还没有发货？"),
        mail(BEI, "帮助我", "谢谢", ("a.xlsx", sheet(order("N101", [(A1, 7, "现金")])))),
    )
    assert told(house, "") == []
    assert {m["state"] for m in house.rows("mails")[3:6]} == {"ignored"}


def test_help_tells_everybody_what_he_can_do(build: Build, tmp_path: Path) -> None:
    house = busy(build(tmp_path))
    asks(house, *(mail(who, "帮助", "") for who in (BEI, NAN, DEALER, WAREHOUSE, ADMIN)))
    [manager], [english], [dealer], [warehouse], [admin] = (
        told(house, who) for who in (BEI, NAN, DEALER, WAREHOUSE, ADMIN)
    )
    text = words(manager)
    assert "北区经理，您好" in text
    assert "状态 DD261110-0002" in text
    assert "小叶子 对账单" in text
    assert "统计" not in text
    assert "What you can do by mail" in english["Subject"]
    assert "status DD261110-0003" in words(english)
    assert "例如主题写：对账单" in words(dealer)
    assert "报仓库库存" in words(warehouse)
    assert "对账单" not in words(warehouse)
    assert "统计 2026-10" in words(admin)
    assert manager["Auto-Submitted"] == "auto-replied"
    html = manager.get_body(("html",))
    assert html is not None
    assert "mailto:orders@songping.example?subject=%E7%8A%B6%E6%80%81%20DD261110-0002" in (
        html.get_content()
    )
    # What the letter offers is understood when it is sent.
    asks(house, mail(BEI, "状态 DD261110-0002", ""), mail(NAN, "status DD261110-0003", "Thanks"))
    [_, held] = told(house, BEI)
    assert "现在等财务（财务部）：超出信用额度，11月10日" in words(held)
    [_, returned] = told(house, NAN)
    assert "To be corrected 清河市童心食品经营部" in returned["Subject"]


def test_a_status_is_told_to_those_who_may_know_it(house: House) -> None:
    asks(
        house,
        mail(BEI, "状态", ""),
        mail(DEALER, "查单", "谢谢"),
        mail(NAN, f"状态 {CLEAN}", ""),
        mail(FINANCE, f"状态 {OVER} FH261110-0001 M3", ""),
        mail(WAREHOUSE, f"状态 {CLEAN} {OVER}", ""),
        mail("it@songping.example", "状态", ""),
    )
    [mine] = told(house, BEI)
    assert "没办完的订单 2 张" in mine["Subject"]
    assert [n for n in (CLEAN, OVER, RETURNED) if n in words(mine)] == [CLEAN, OVER]
    [own] = told(house, DEALER)
    assert own["Subject"] == f"Re: 待发货 青禾市小叶子母婴用品有限公司 [{CLEAN}]"
    assert "清单 FH261110-0001 R1，11月10日开" in words(own)
    assert OVER not in words(own)
    [foreign] = told(house, NAN)
    assert f"Not found: {CLEAN}" in words(foreign)
    assert "小叶子" not in words(foreign)
    [all_of_it] = told(house, FINANCE)
    assert [n for n in (CLEAN, OVER, RETURNED) if n in words(all_of_it)] == [CLEAN, OVER, RETURNED]
    [goods] = told(house, WAREHOUSE)
    assert "待发货" in words(goods)
    assert f"没有查到 {OVER}" in words(goods)
    assert "超出信用额度" not in words(goods)
    [nothing] = told(house, "it@songping.example")
    assert "没有没办完的订单" in words(nothing)
    asks(house, mail(NAN, "find contract 2026", ""))
    [_, refused] = told(house, NAN)
    assert "is not open to you by mail: please ask" in words(refused)
    assert house.rows("mails")[-1]["reason"] == "not-theirs"


def test_a_status_asked_in_a_thread_answers_no_question(house: House) -> None:
    asked = question(house, FINANCE)
    asks(house, reply(asked, "状态", FINANCE, quote=True))
    [letter] = told(house, FINANCE)
    assert f"[{OVER}]" in letter["Subject"]
    assert {row["number"]: row["state"] for row in house.rows("orders")}[OVER] == "held"
    asks(house, reply(asked, "同意", FINANCE, quote=True))
    asks(house, mail(BEI, f"状态 {OVER}", ""))
    [*_, later] = told(house, BEI)
    assert "待发货" in later["Subject"]


def test_a_program_that_asks_again_and_again_is_left_to_a_person(house: House) -> None:
    same = mail(BEI, "帮助", "")
    asks(house, *(same.replace(b"Message-ID: <", b"Message-ID: <%d." % n, 1) for n in range(32)))
    assert len(told(house, BEI)) == 30
    assert [m["state"] for m in house.rows("mails")[-2:]] == ["review", "review"]
