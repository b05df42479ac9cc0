"""The whole life of an order by mail alone, path by path, between Maildirs and between real servers.

The order forms are of Tuesday the 10th of November 2026; working days are Monday to Friday.
"""

from __future__ import annotations

import json
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, A3, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.parsers.sheets import saved, workbook
from tests.scenarios.conftest import Build
from tests.scenarios.house import House, some_mails
from tests.scenarios.replies import ADMIN, FINANCE, GM, TOKEN, letters, question, reply, words
from tests.scenarios.shipped import WAREHOUSE, filled, listed
from tests.scenarios.test_corrected import revisions, with_sheet
from tests.scenarios.test_goods_clock import LOGISTICS
from tests.scenarios.test_goods_clock import filled as waybills
from tests.scenarios.test_stock import DEALER, an_order, stock

TRUCK = {"carrier": "顺丰", "waybill": "SF1234567890", "day": "2026-11-10"}
OTHER = {"carrier": "德邦", "waybill": "DPK000111222", "day": "2026-11-11"}
LIST = "发货清单"


def at(day: int, hour: str = "09:05") -> str:
    return f"2026-11-{day:02}T{hour}:00+08:00"


def comes(house: House, now: str, *raw: bytes) -> None:
    """Mails that lie in the mailbox when a pass looks; without any only the time has come."""
    for each in raw:
        message = message_from_bytes(each)
        del message["Message-ID"]
        number = len(list((house.folder / "inbox").rglob("*story*")))
        message["Message-ID"] = f"<story-{number}@street.example>"
        house.put(f"story{number:03}", message.as_bytes())
    done = house.once(now)
    assert done.returncode == 0, done.stdout + done.stderr


def ordered(code: str, *lines: Any, subject: str, text: str = "请查收") -> bytes:
    sender = BEI if code.startswith("N") else NAN
    return mail(sender, subject, text, (f"{subject}.xlsx", sheet(order(code, list(lines)))))


def last(house: House, to: str, subject: str = "") -> EmailMessage:
    return letters(house, to, subject)[-1]


def states(house: House) -> list[str]:
    return [state for _, _, state in revisions(house)]


def reasons(house: House) -> list[str]:
    return [m["reason"] for m in house.rows("mails")]


@pytest.mark.fault("P04", "P08", "P09")
def test_from_an_order_over_credit_to_the_door_of_the_distributor(
    build: Build, tmp_path: Path
) -> None:
    house = build(tmp_path / "house")
    first = ordered("N103", (A1, 20, "现金"), subject="亲贝补货")
    comes(house, at(10, "10:00"), first)
    assert states(house) == ["held"]
    asked, number = question(house, FINANCE), "DD261110-0001"

    # A condition is asked back; then his program drops all but the thread.
    bare = reply(asked, "同意，下月结清", FINANCE, subject="答复", refers=False, quote=True)
    comes(house, at(10, "10:05"), bare)
    assert states(house) == ["held"]
    comes(house, at(10, "10:10"), reply(asked, "同意", FINANCE, subject="答复"))
    assert states(house) == ["accepted"]
    comes(house, at(10, "10:15"), reply(asked, "不同意", FINANCE, refers=False))
    assert reasons(house)[1:] == ["answer-unclear", "approval-applied", "answer-again"]
    assert len(letters(house, WAREHOUSE, LIST)) == 1

    # The same once more, then a changed one after the list is out.
    comes(house, at(10, "10:20"), ordered("N103", (A1, 20, "现金"), subject="亲贝补货（再发一次）"))
    assert "没有重复下单" in words(last(house, BEI))
    changed = reply(last(house, BEI), "改一下", BEI, subject=f"更正 {number}")
    comes(house, at(10, "10:25"), with_sheet(changed, order("N103", [(A1, 16, "现金")])))
    assert revisions(house) == [(number, 1, "accepted"), (number, 2, "review")]
    comes(house, at(10, "10:30"), reply(question(house, ADMIN), "同意", ADMIN))
    assert states(house) == ["closed", "accepted"]
    paper = last(house, WAREHOUSE, LIST)
    assert "原 120 听，改为 96 听" in words(paper)

    # What left is less, then the rest; then it is too late to cancel.
    back = mail(
        WAREHOUSE, "清单回填", "请查收", ("清单.xlsx", filled(paper, {0: 10}, {0: "B1"}, TRUCK))
    )
    comes(house, at(10, "15:00"), back, back)
    assert states(house) == ["closed", "accepted"]
    assert "漏发 36 听" in words(last(house, WAREHOUSE))
    rest = mail(
        WAREHOUSE, "清单回填二", "请查收", ("清单.xlsx", filled(paper, {0: 6}, {0: "B2"}, OTHER))
    )
    comes(house, at(11, "15:00"), rest)
    assert states(house) == ["closed", "shipped"]
    comes(house, at(11, "15:10"), reply(last(house, BEI), "取消", BEI))
    assert states(house) == ["closed", "shipped"]
    more = reply(last(house, BEI), "再改", BEI, subject=f"更正 {number}")
    comes(house, at(11, "15:15"), with_sheet(more, order("N103", [(A1, 12, "现金")])))
    assert states(house) == ["closed", "shipped"]
    assert reasons(house)[-2:] == ["cancelled-too-late", "changed-too-late"]
    comes(house, at(11, "15:20"), mail(ADMIN, "批次 B2", ""))
    assert "36 听" in words(last(house, ADMIN))

    # Three days after it left logistics is asked, every two days until it is there.
    comes(house, at(16))
    comes(house, at(16, "10:00"), waybills(house, ("SF1234567890", "已签收", "2026-11-13")))
    assert "SF1234567890" in words(last(house, BEI, "货已签收"))
    comes(house, at(18))
    comes(house, at(18, "10:00"), waybills(house, ("DPK000111222", "已签收", ""), name="b"))
    comes(house, at(20))
    assert len(letters(house, LOGISTICS)) == 2
    assert len(letters(house, BEI, "货已签收")) == 2
    story = json.loads(house.run("show", "order", number, "--json").stdout)
    happened = [step["after"] for step in story["history"]]
    assert [happened.count(s) for s in ("listed", "sent", "delivered", "shipped")] == [2, 2, 2, 1]
    assert {c["state"] for c in house.rows("cases")} == {"closed"}


def test_a_returned_order_is_accepted_corrected_taken_back_or_closed(
    build: Build, tmp_path: Path
) -> None:
    house = build(tmp_path / "house")
    some = some_mails("03-wrong-price", "02-loose-tins", "14-wrong-total", "05-wrong-ship-to")
    comes(house, at(10, "10:00"), *some.values())
    assert states(house) == ["returned"] * 4
    one, two, three, four = (n for n, _, _ in revisions(house))
    prices, loose, total = (
        [m for m in letters(house, BEI) if f"[{n}" in m["Subject"]] for n in (one, two, three)
    )

    right = order("N102", [(A1, 10, "现金"), (A3, 10, "现金")])
    comes(house, at(10, "11:00"), with_sheet(reply(loose[-1], "已改", BEI, refers=False), right))
    comes(house, at(10, "11:10"), reply(total[-1], "取消", BEI))
    comes(house, at(11, "10:00"))
    [reminded] = letters(house, BEI, "还等您改")
    assert TOKEN.findall(reminded["Subject"]) == TOKEN.findall(prices[-1]["Subject"])
    comes(house, at(11, "10:05"), reply(reminded, "接受", BEI))
    ends = {(n, state) for n, _, state in revisions(house)}
    assert {(two, "accepted"), (three, "closed"), (four, "returned"), (one, "closed")} <= ends
    assert states(house).count("accepted") == 2
    assert len(letters(house, WAREHOUSE, LIST)) == 2

    # Nobody answers the last one.
    comes(house, at(12, "10:00"))
    comes(house, at(17, "09:30"))
    assert (four, 1, "returned") in revisions(house)
    comes(house, at(17, "10:00"))
    assert (four, 1, "closed") in revisions(house)
    assert [m["recipient"] for m in house.rows("messages") if m["notice"] == "order-reminder"] == [
        BEI,
        NAN,
        NAN,
        NAN,
        ADMIN,
    ]
    # The two lists that are out should have left.
    left = {c["reason"] for c in house.rows("cases") if c["state"] == "open"}
    assert left == {"ship-overdue"}


def test_loose_tins_go_by_a_yes_and_expense_goods_stay_by_a_no(
    build: Build, tmp_path: Path
) -> None:
    house = build(tmp_path / "house")
    rows = order("N101", [(A1, 10, "现金"), (A2, 10, "现金")])
    rows[8] = (2, A2[0], "800g*6听/箱", "10箱3听", 188, 11844, "现金", "门店急用，要散听")
    rows[9] = ("合计", "", "", "", "", 23724, "", "")
    loose = mail(BEI, "小叶子散听", "请安排", ("小叶子.xlsx", sheet(rows)))
    comes(house, at(10, "10:00"), loose, some_mails("12-over-expense")["12-over-expense"])
    assert states(house) == ["review", "held"]
    yes, no = question(house, ADMIN), question(house, GM)
    assert "要散听" in words(yes)
    comes(house, at(10, "10:05"), reply(yes, "同意", BEI), reply(no, "不同意\n本月费用已用完", GM))
    assert states(house) == ["review", "closed"]
    assert "本月费用已用完" in words(last(house, NAN))
    comes(house, at(10, "10:10"), reply(yes, "OK", ADMIN, quote=True))
    assert states(house) == ["accepted", "closed"]
    assert "特批" in words(last(house, WAREHOUSE, LIST))


def test_a_list_is_called_back_by_a_yes_and_a_change_before_it_needs_none(
    build: Build, tmp_path: Path
) -> None:
    house = build(tmp_path / "house")
    first = ordered("N103", (A1, 20, "现金"), subject="亲贝补货")
    comes(house, at(10, "10:00"), first)
    asked = question(house, FINANCE)
    changed = reply(last(house, BEI), "改少一点", BEI, subject="更正 DD261110-0001")
    comes(house, at(10, "10:05"), with_sheet(changed, order("N103", [(A1, 5, "现金")])))
    assert states(house) == ["closed", "accepted"]
    comes(house, at(10, "10:10"), reply(asked, "不同意", FINANCE))
    assert states(house) == ["closed", "accepted"]
    comes(house, at(10, "10:15"), reply(last(house, BEI), "取消\n店里盘点", BEI))
    assert states(house) == ["closed", "accepted"]
    wish = question(house, ADMIN)
    assert "店里盘点" in words(wish)
    comes(house, at(11, "10:20"))
    assert "提醒" in last(house, ADMIN, "取消")["Subject"]
    comes(house, at(11, "10:25"), reply(wish, "同意", ADMIN, refers=False))
    assert states(house) == ["closed", "closed"]
    assert "作废" in last(house, WAREHOUSE)["Subject"]
    assert "已取消" in last(house, BEI)["Subject"]


def test_what_is_short_comes_by_a_supplementary_list_that_a_deputy_agrees_to(
    build: Build, tmp_path: Path
) -> None:
    house = build(tmp_path / "house", CONFIG + f'asking: {{deputies: {{"{ADMIN}": "{GM}"}}}}\n')
    count = stock(("SP-A1-800", 10), ("SP-A2-800", 100))
    wanted = an_order("小叶子订单", (A1, 15, "现金"), (A2, 5, "现金"))
    comes(house, at(10, "10:00"), count)
    comes(house, at(10, "10:05"), wanted)
    assert "缺 30 听" in words(last(house, DEALER))
    more = stock(("SP-A1-800", 100), ("SP-A2-800", 90), name="库存日报晚")
    comes(house, at(10, "10:10"), more)
    first = question(house, ADMIN)
    comes(house, at(11, "10:15"))
    assert "提醒，补发" in last(house, ADMIN, "补发")["Subject"]
    comes(house, at(12, "10:15"))
    asked = question(house, GM)
    comes(house, at(12, "10:20"), reply(first, "同意", ADMIN), reply(asked, "同意", GM))
    assert reasons(house)[-2:] == ["answer-moved-on", "approval-applied"]
    papers = letters(house, WAREHOUSE, LIST)
    assert ["-B1" in m["Subject"] for m in papers] == [False, True]

    # One report over both lists ships the order.
    head = ["清单号", "产品编码", "产品名称", "实发箱数", "批号", "承运商", "运单号", "发货日期"]
    truck = ("B1", "顺丰", "SF1234567890", "2026-11-12")
    name = "FH261110-0002"
    rows = [
        [name, "SP-A1-800", A1[0], 10, *truck],
        [name, "SP-A2-800", A2[0], 5, *truck],
        [f"{name}-B1", "SP-A1-800", A1[0], 5, *truck],
    ]
    report = saved(workbook([head, *rows]))
    comes(house, at(12, "15:00"), mail(WAREHOUSE, "发货明细", "请查收", ("明细.xlsx", report)))
    assert states(house) == ["shipped"]
    assert {c["state"] for c in house.rows("cases")} == {"closed"}


def test_an_unusual_order_waits_for_a_deputy_and_lists_that_do_not_leave_are_asked_for(
    build: Build, tmp_path: Path
) -> None:
    house = build(tmp_path / "house", CONFIG + f'asking: {{deputies: {{"{ADMIN}": "{GM}"}}}}\n')
    usual = [ordered("N101", (A1, 2 + n, "现金"), subject=f"小叶子第{n}批") for n in range(6)]
    comes(house, at(10, "10:00"), *usual)
    comes(house, at(10, "10:30"), ordered("N101", (A1, 60, "现金"), subject="小叶子补货"))
    assert states(house) == ["accepted"] * 6 + ["review"]
    asked = question(house, ADMIN)
    assert "60" in words(asked)

    # Six lists of Tuesday are due on Friday; the desk stands still until the next Tuesday.
    comes(house, at(17))
    sent = [(m["recipient"], m["notice"]) for m in house.rows("messages")]
    assert [who for who, notice in sent if notice == "ship-reminder"] == [WAREHOUSE, ADMIN]
    assert "6 张" in last(house, WAREHOUSE, "请发货")["Subject"]
    assert question(house, GM)["Subject"].startswith("请代批")
    assert len(letters(house, ADMIN, "提醒")) == 0
    comes(house, at(17, "09:30"), reply(question(house, GM), "不同意\n太多了", GM))
    assert states(house)[-1] == "closed"
    assert "太多了" in words(last(house, BEI))

    # By words, and filled in.
    papers = letters(house, WAREHOUSE, LIST)
    told = [reply(m, "已发 顺丰 SF1234567890", WAREHOUSE) for m in papers[:3]]
    filled_in = [
        mail(
            WAREHOUSE,
            f"回填{n}",
            "请查收",
            ("清单.xlsx", filled(m, dict(enumerate(listed(_file(m)))), {}, OTHER)),
        )
        for n, m in enumerate(papers[3:])
    ]
    comes(house, at(17, "11:00"), *told, *filled_in)
    assert states(house) == ["shipped"] * 6 + ["closed"]
    comes(house, at(18))
    assert {c["state"] for c in house.rows("cases")} == {"closed"}


def _file(message: EmailMessage) -> bytes:
    [file] = message.iter_attachments()
    content = file.get_content()
    assert isinstance(content, bytes)
    return content
