"""Mails on their way to a desk: each has a name of its own."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


class Postmark:
    """Counts the mails of one story."""

    def __init__(self) -> None:
        self._count = 0

    def name(self) -> str:
        self._count += 1
        return f"<life-{self._count}@street.example>"

    def put_on(self, raw: bytes) -> bytes:
        message = parsed(raw)
        del message["Message-ID"]
        message["Message-ID"] = self.name()
        return message.as_bytes()
