"""Replies to mails of the house, as the programs of the people who answer write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from tests.scenarios.house import House

FINANCE, GM, ADMIN = "finance@songping.example", "gm@songping.example", "he@songping.example"
BEI, NAN = "bei.manager@songping.example", "nan.manager@songping.example"
TOKEN = re.compile(r"#([0-9A-Z]{26})")


def letters(house: House, to: str = "", subject: str = "") -> list[EmailMessage]:
    """What was sent to somebody, oldest first by its number in the database."""
    order = {m["message_id"]: m["id"] for m in house.rows("messages")}
    every = [message_from_bytes(raw, policy=default) for raw in house.went_out()]
    mine = [m for m in every if to in (m["To"] or "") and subject in m["Subject"]]
    return sorted(mine, key=lambda m: order[m["Message-ID"]])  # type: ignore[return-value] # policy


def question(house: House, to: str) -> EmailMessage:
    """The letter that asks somebody."""
    [asked] = [m for m in letters(house, to) if TOKEN.search(m["Subject"])][:1]
    return asked


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def reply(
    to: EmailMessage,
    text: str,
    sender: str,
    *,
    subject: str | None = None,
    quote: bool = False,
    refers: bool = True,
    **more: Any,
) -> bytes:
    """An answer to a mail of ours; without `refers` its program drops the headers of the thread."""
    answer = EmailMessage()
    answer["From"] = sender
    answer["To"] = "orders@songping.example"
    answer["Subject"] = f"Re: {to['Subject']}" if subject is None else subject
    answer["Message-ID"] = f"<{abs(hash((sender, text, subject, quote, refers)))}@reply.example>"
    if refers:
        answer["In-Reply-To"] = to["Message-ID"]
        answer["References"] = to["Message-ID"]
    for name, value in more.items():
        answer[name.replace("_", "-")] = value
    below = f"\n\n------------------ 原始邮件 ------------------\n{words(to)}" if quote else ""
    answer.set_content(text + below)
    return answer.as_bytes()


def answered(house: House, name: str, raw: bytes, once: Callable[[], Any]) -> None:
    house.put(name, raw)
    assert once().returncode == 0


def order_state(house: House) -> list[str]:
    return [row["state"] for row in house.rows("orders")]


def lists_of(house: House) -> list[dict[str, Any]]:
    return [m for m in house.rows("messages") if m["notice"] == "dispatch-list"]
