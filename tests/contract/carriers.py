"""Carriers, each with what can be seen at its other end."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Protocol

from mailflow.outbox.maildir import MaildirSender
from mailflow.outbox.smtp import SmtpSender, SmtpSettings
from mailflow.ports import Sender
from tests.contract.fakes import MemorySender
from tests.live.postfix import Postfix
from tests.live.sink import Sink


class Destination(Protocol):
    """`copies` is how many copies of a message lie there when it was sent twice."""

    copies: int

    def open(self) -> Sender: ...
    def arrived(self, recipient: str) -> list[bytes]:
        """Whole mails once all has come to rest; a server may have put headers above them."""
        ...

    def lying_there(self, recipient: str) -> int:
        """How many mails can be seen just now."""
        ...


@dataclass
class MemoryDestination:
    sender: MemorySender = field(default_factory=MemorySender)
    copies: int = 2

    def open(self) -> Sender:
        return self.sender

    def arrived(self, recipient: str) -> list[bytes]:
        return [m.mime for m in self.sender.taken if m.recipient == recipient]

    def lying_there(self, recipient: str) -> int:
        return len(self.arrived(recipient))


@dataclass
class MaildirDestination:
    """One folder for all: whom a mail is for is in the name of its file."""

    folder: Path
    copies: int = 1

    def open(self) -> Sender:
        return MaildirSender(self.folder)

    def arrived(self, recipient: str) -> list[bytes]:
        found = sorted((self.folder / "new").glob(f"*.{recipient}.*"))
        return [path.read_bytes() for path in found]

    def lying_there(self, recipient: str) -> int:
        return len(self.arrived(recipient))


@dataclass
class SinkDestination:
    sink: Sink
    copies: int = 2

    def open(self) -> Sender:
        return SmtpSender(SmtpSettings(self.sink.host, self.sink.port, "none"))

    def arrived(self, recipient: str) -> list[bytes]:
        return [taken.raw for taken in self.sink.taken if taken.recipients == (recipient,)]

    def lying_there(self, recipient: str) -> int:
        return len(self.arrived(recipient))


@dataclass
class PostfixDestination:
    """A real Postfix with a login over STARTTLS, and a real Dovecot behind it."""

    postfix: Postfix
    copies: int = 2
    """Mail stores keep both copies of a Message-ID (reliability S12)."""

    def open(self) -> Sender:
        return SmtpSender(
            SmtpSettings(
                host=self.postfix.host,
                port=self.postfix.port,
                security="starttls",
                user="orders",
                password=self.postfix.dovecot.password,
                ca_file=str(self.postfix.ca_file),
            )
        )

    def arrived(self, recipient: str) -> list[bytes]:
        assert self.postfix.queue_empty()
        return self.postfix.dovecot.mails(recipient.partition("@")[0])

    def lying_there(self, recipient: str) -> int:
        return len(self.postfix.dovecot.mails(recipient.partition("@")[0]))


def message_ids(mails: list[bytes]) -> list[str]:
    return [str(message_from_bytes(raw)["Message-ID"]) for raw in mails]
