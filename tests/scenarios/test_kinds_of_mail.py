"""Mails of every kind go in: what is ordered is booked, what is not never is, and people hear of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, BEI, mail, order, sheet
from tests.scenarios.house import LATER, House, build_house

ORDERED = sheet(order("N101", [(A1, 20, "现金"), (A2, 30, "现金")]))
ANOTHER = ("小叶子订单.xlsx", sheet(order("N101", [(A1, 7, "现金")])))
DAEMON = "MAILER-DAEMON@mx.example"


def sent(house: House, notice: str) -> bytes:
    [path] = (house.folder / "outbox" / "new").glob(f"*{notice}*")
    return path.read_bytes()


def attached(raw: bytes) -> tuple[str, bytes]:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    [part] = message.iter_attachments()
    data = part.get_content()
    assert isinstance(data, bytes)
    return str(part.get_filename()), data


def a_report(returned: bytes) -> bytes:
    parts = (
        b"Content-Type: text/plain\r\n\r\nI could not deliver your mail.",
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: failed",
        b"Content-Type: message/rfc822\r\n\r\n" + returned,
    )
    head = f"From: {DAEMON}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
    body = b"".join(b"--r\r\n%s\r\n" % part for part in parts)
    return (head + kind).encode() + body + b"--r--\r\n"


def no_orders(house: House) -> dict[str, tuple[bytes, tuple[str, str]]]:
    """What comes in after the first order, and the state and reason it must end in."""
    listed, answer = sent(house, "dispatch-list"), sent(house, "order-answer")
    name, data = attached(listed)
    inside = EmailMessage()
    inside["From"], inside["Subject"], inside["Message-ID"] = BEI, "请看", "<in@a.example>"
    inside.set_content("请看")
    inside.add_attachment(message_from_bytes(listed, policy=default))
    stripped = listed.replace(b"X-Mailflow-Loop", b"X-A").replace(b"Auto-Submitted", b"X-B")
    stripped = stripped.replace(b"Precedence", b"X-C")
    ignored = "ignored"
    return {
        "our list, redirected": (listed, (ignored, "own-mail")),
        "our answer, redirected": (answer, (ignored, "own-mail")),
        "our list, its headers taken away": (stripped, (ignored, "own-mail")),
        "our list, returned": (a_report(listed), ("done", "bounce-matched")),
        "an order, returned": (a_report(mail(BEI, "x", "x", ANOTHER)), (ignored, "bounce")),
        "an order, returned as a file": (
            mail("postmaster@qq.example", "来自qq.example的退信", "退信", ANOTHER),
            (ignored, "bounce"),
        ),
        "our list, forwarded": (
            mail(BEI, "转发: 发货清单", "请看", (name, data)),
            ("review", "needs-clarification"),
        ),
        "our list as an order": (
            mail(BEI, "小叶子订单", "请发货", ("订单.xlsx", data)),
            ("review", "needs-clarification"),
        ),
        "our list in a forwarded mail": (inside.as_bytes(), ("review", "nothing-attached")),
        "an automatic mail with an order": (
            mail(BEI, "自动回复: 订单", "我在休假", ANOTHER, Auto_Submitted="auto-replied"),
            ("review", "automatic-order"),
        ),
        "a list with an order": (
            mail(BEI, "订单", "请发货", ANOTHER, List_Id="<orders.a.example>"),
            ("review", "automatic-order"),
        ),
        "an automatic mail with half a sheet": (
            mail(BEI, "Automatic reply: 2", "x", (ANOTHER[0], ANOTHER[1][:3000])),
            ("review", "automatic-order:sheet"),
        ),
        "a vacation": (mail(BEI, "自動回覆: 訂單", "我在休假"), (ignored, "auto-reply")),
        "a receipt": (mail(BEI, "已读: 清单", "已读"), (ignored, "auto-reply")),
        "a recall": (mail(BEI, "撤回: 小叶子11月订单", "将撤回邮件"), ("review", "recall")),
        "an answer": (mail(BEI, "Re: DD261110-0001", "好的，谢谢"), ("review", "answer")),
        "a request": (mail(BEI, "门店物料", "请帮我们做一张海报"), ("review", "request:design")),
        "asks for an account": (mail(BEI, "对账", "请发10月对账单"), ("done", "statement-sent")),
        "from our own address": (
            mail("orders@songping.example", "订单", "请发货", ANOTHER),
            (ignored, "stranger"),
        ),
    }


@dataclass(frozen=True)
class Day:
    house: House
    expected: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    house = build_house(tmp_path_factory.mktemp("kinds"))
    house.put("0", mail(BEI, "小叶子11月订单", "您好", ("小叶子.xlsx", ORDERED)))
    house.once()
    mails = no_orders(house)
    for number, (raw, _) in enumerate(mails.values(), start=1):
        house.put(f"{number:02}", raw)
    house.once(LATER[0])
    return Day(house, {name: end for name, (_, end) in mails.items()})


@pytest.fixture(scope="module")
def house(day: Day) -> House:
    return day.house


def rows(house: House) -> list[dict[str, Any]]:
    return sorted(house.rows("mails"), key=lambda row: int(row["id"]))[1:]


@pytest.mark.fault("B07", "P02", "L03", "L04")
def test_every_mail_ends_as_its_kind_demands(day: Day) -> None:
    found = [(row["state"], row["reason"]) for row in rows(day.house)]

    assert dict(zip(day.expected, found, strict=True)) == day.expected


@pytest.mark.fault("L03")
def test_nothing_but_the_first_order_is_booked_and_sent(house: House) -> None:
    assert [(o["number"], o["state"]) for o in house.rows("orders")] == [
        ("DD261110-0001", "accepted")
    ]
    lists = [m for m in house.rows("messages") if m["notice"] == "dispatch-list"]
    assert len(lists) == 1


@pytest.mark.fault("L01", "L04")
def test_nothing_that_looks_automatic_is_answered(house: House) -> None:
    mails = {str(row["id"]): row["reason"] for row in rows(house)}
    answered = {
        mails[number]
        for number in mails
        for story in [json.loads(house.run("show", "mail", number, "--json").stdout)]
        if story["messages"]
    }

    assert answered == {"needs-clarification", "statement-sent"}


def test_whatever_waits_on_a_person_is_a_case(house: House) -> None:
    waiting = {f"M{row['id']}" for row in rows(house) if row["state"] == "review"}

    assert {case["number"] for case in house.rows("cases")} == waiting


@pytest.mark.fault("S16")
def test_what_is_left_alone_stands_in_the_next_digest(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    meeting = mail(BEI, "订货会", "BEGIN:VCALENDAR").replace(b"text/plain", b"text/calendar")
    house.put("1", meeting)
    house.put("2", mail(DAEMON, "Mail Delivery Warning", "postponed"))
    house.once()

    assert {r["reason"] for r in house.rows("mails")} == {"invitation", "bounce"}
    digests = [p.read_bytes() for p in (house.folder / "outbox" / "new").glob("*digest*")]
    texts = [message_from_bytes(raw, policy=default).get_body().get_content() for raw in digests]  # type: ignore[attr-defined] # each has words
    assert texts
    assert all("会议邀请" in text and "退信" in text for text in texts)


@pytest.mark.fault("B06")
def test_a_reply_with_a_new_sheet_is_an_order_of_its_thread(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    house.put("1", mail(BEI, "小叶子订单", "您好", ("小叶子.xlsx", ORDERED)))
    house.once()
    thread = str(message_from_bytes(sent(house, "order-answer"))["Message-ID"])
    quoted = "再加一单，见附件\n\n------------------ 原始邮件 ------------------\n发件人: 销管\n"
    reply = mail(BEI, "回复: 【已受理】DD261110-0001", quoted, ANOTHER, In_Reply_To=thread)
    house.put("2", reply)
    house.once(LATER[0])

    assert [(o["number"], o["state"], o["tins"]) for o in house.rows("orders")] == [
        ("DD261110-0001", "accepted", 300),
        ("DD261110-0002", "accepted", 42),
    ]
