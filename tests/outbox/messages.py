"""Messages to send, with only the values a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mailflow.domain.audience import Audience
from mailflow.domain.message import Message

NOON = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
MIME = (
    b"From: Desk <orders@desk.example>\r\nTo: ware@desk.example\r\nSubject: list\r\n"
    b"Date: Tue, 10 Nov 2026 12:00:00 +0800\r\nMessage-ID: <one@desk.example>\r\n\r\nfirst line\r\n.\r\n..two dots\r\nlast line\r\n"
)


def a_message(number: int = 1, **values: Any) -> Message:
    message = Message(
        id=number,
        notice="dispatch-list",
        subject_id=f"FH261110-{number:04d}",
        revision=1,
        recipient="ware@desk.example",
        sender="orders@desk.example",
        subject="list",
        message_id=f"<{number}@desk.example>",
        mime=MIME.replace(b"<one@", b"<%d@" % number),
        audience=Audience.PARTNER,
        goods=True,
        created=NOON,
        due=NOON,
    )
    return replace(message, **values)
