"""Places mail lies in, each with the mailbox that reads it and a way to put mail there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Protocol

from imapclient import IMAPClient

from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.imap_session import ImapSettings
from mailflow.mailbox.maildir import MaildirMailbox
from mailflow.ports import Mailbox
from tests.contract.fakes import MemoryMailbox
from tests.live.dovecot import Dovecot

NOW = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)


class Place(Protocol):
    """`open` may be called again, as after a restart; `remove` is what a colleague does."""

    def open(self) -> Mailbox: ...
    def put(self, raw: bytes) -> None: ...
    def remove(self, raw: bytes) -> None: ...
    def filed(self, folder: str) -> list[bytes]: ...
    def renumber(self) -> bool:
        """Give all mails other numbers; false where numbers cannot change."""
        ...

    def restart(self) -> None:
        """What the server behind it does now and then."""
        ...


@dataclass
class MemoryPlace:
    mailbox: MemoryMailbox = field(default_factory=MemoryMailbox)

    def open(self) -> Mailbox:
        return self.mailbox

    def put(self, raw: bytes) -> None:
        self.mailbox.put(raw, NOW)

    def remove(self, raw: bytes) -> None:
        self.mailbox.remove(raw)

    def filed(self, folder: str) -> list[bytes]:
        return self.mailbox.filed.get(folder, [])

    def renumber(self) -> bool:
        self.mailbox.renumber()
        return True

    def restart(self) -> None:
        """Memory never does."""


@dataclass
class MaildirPlace:
    folder: Path
    numbers: count[int] = field(default_factory=lambda: count(1_790_000_000))

    def __post_init__(self) -> None:
        for part in ("new", "cur", "tmp"):
            (self.folder / part).mkdir(parents=True)

    def open(self) -> Mailbox:
        return MaildirMailbox(self.folder)

    def put(self, raw: bytes) -> None:
        name = f"{next(self.numbers)}.M1P1.host"
        (self.folder / "tmp" / name).write_bytes(raw)
        (self.folder / "tmp" / name).rename(self.folder / "new" / name)

    def remove(self, raw: bytes) -> None:
        for part in ("new", "cur"):
            for path in (self.folder / part).iterdir():
                if path.read_bytes() == raw:
                    path.unlink()

    def filed(self, folder: str) -> list[bytes]:
        place = self.folder / f".{folder}" / "cur"
        return [path.read_bytes() for path in sorted(place.iterdir())] if place.exists() else []

    def renumber(self) -> bool:
        return False

    def restart(self) -> None:
        """A file system never does."""


@dataclass
class ImapPlace:
    """A user of a real Dovecot, over TLS."""

    dovecot: Dovecot
    user: str
    opened: list[ImapMailbox] = field(default_factory=list)

    def open(self) -> Mailbox:
        settings = ImapSettings(
            host=self.dovecot.host,
            port=self.dovecot.imaps_port,
            user=self.user,
            password=self.dovecot.password,
            ca_file=str(self.dovecot.ca_file),
        )
        # Pauses after failures are of no use here: each look at the clock is an hour later.
        hours = count(1)
        self.opened.append(ImapMailbox(settings, lambda: next(hours) * 3600.0))
        return self.opened[-1]

    def put(self, raw: bytes) -> None:
        with self.dovecot.client(self.user) as client:
            client.append("INBOX", raw, msg_time=NOW)

    def remove(self, raw: bytes) -> None:
        with self.dovecot.client(self.user) as client:
            client.select_folder("INBOX")
            for uid, answer in client.fetch(client.search("ALL"), ["BODY.PEEK[]"]).items():
                if answer[b"BODY[]"] == raw:
                    _expunge(client, uid)

    def filed(self, folder: str) -> list[bytes]:
        return self.dovecot.mails(self.user, folder)

    def renumber(self) -> bool:
        self.dovecot.doveadm(
            "mailbox", "update", "-u", self.user, "--uid-validity", "4000000001", "INBOX"
        )
        return True

    def restart(self) -> None:
        self.dovecot.stop()
        self.dovecot.start()

    def close(self) -> None:
        for mailbox in self.opened:
            mailbox.close()


def _expunge(client: IMAPClient, uid: int) -> None:
    client.delete_messages([uid])
    client.uid_expunge([uid])


MakePlace = Callable[[], Place]
