"""A desk between a real Dovecot and a real Postfix, for stories in which the program is really killed.

What the laws ask of the world is answered by the mailboxes: every copy in them was taken, and nothing else.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random

from imapclient import IMAPClient

from mailflow.store.sqlite_driver import DRIVER
from tests.authority import make_authority
from tests.live.dovecot import Dovecot, running_dovecot
from tests.live.postfix import running_postfix
from tests.live.sink import running_sink
from tests.proof.carrier import Carrier, Taken
from tests.proof.mails import DEADLY, Posted
from tests.proof.shelves import OpenBooks
from tests.scenarios.live_house import LiveHouse, Servers

NAMED = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE)
LEFT_BEHIND = {
    "behind the final dot": "select count(*) from outbox where state = 'end-of-data-sent'",
    "while a message left": "select count(*) from outbox where state = 'sending'",
    "with mails to decide on": "select count(*) from mails where state = 'waiting'",
    "with messages to send": "select count(*) from outbox where state in ('ready', 'retry-wait')",
}
"""Where a death may have been, by what it left in the books; the first that fits is told."""
IN_DOUBT = "select message_id, recipient from outbox where state = 'end-of-data-sent'"


@contextmanager
def running_servers() -> Iterator[tuple[Servers, Servers]]:
    """The same mailboxes behind two Postfixes: one that replies at once, and one that takes a second
    for its reply to the final dot, as servers do that look through a mail first."""
    with (
        tempfile.TemporaryDirectory(prefix="mailflow-kills-") as folder,
        running_dovecot(make_authority(Path(folder))) as dovecot,
        running_sink() as world,
        running_postfix(dovecot, world) as quick,
        running_postfix(dovecot, world, smtpd_end_of_data_restrictions="sleep 1") as slow,
    ):
        yield Servers(dovecot, quick), Servers(dovecot, slow)


@dataclass
class People(Carrier):
    """Whoever gets letters, with what lies in their mailboxes."""

    rng: Random = field(default_factory=Random)
    sight: str = "blind"
    """Nobody keeps what was sent: what is in doubt is sent again."""


@dataclass
class RealDesk:
    """The house, its mailbox, its people; `doubts` are the deaths behind the final dot of each message,
    as its books had it when it died."""

    servers: Servers
    folder: Path
    house: LiveHouse = field(init=False)
    people: People = field(default_factory=People)
    posted: list[Posted] = field(default_factory=list)
    doubts: Counter[tuple[str, str]] = field(default_factory=Counter)
    died: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.house = self.servers.build(self.folder)
        self._earlier = set(self._letters())
        self._sent_before = len(self.servers.postfix.world.taken)
        self._client: IMAPClient = self.servers.dovecot.client(self.house.name)

    def put(self, mail: Posted, now: datetime) -> None:
        """With the bytes that the program will see: a mail on its way has lines of CRLF."""
        raw = mail.raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        self.posted.append(replace(mail, raw=raw))
        self._client.append("INBOX", raw, msg_time=now)

    def there(self) -> Iterator[str]:
        """Nobody removes anything: all that was posted."""
        return iter({mail.sha256 for mail in self.posted})

    def has_died(self) -> None:
        """Look at its books as they are, in a copy: the next start finds what the death has left."""
        with tempfile.TemporaryDirectory(prefix="mailflow-died-") as text:
            copy = Path(text)
            for part in self.folder.glob("mailflow.db*"):
                shutil.copy(part, copy / part.name)
            self.died[self._where(copy)] += 1

    def _where(self, copy: Path) -> str:
        if not (copy / "mailflow.db").exists():
            return "before there were books"
        connection = DRIVER.connect(str(copy / "mailflow.db"))
        try:
            if not connection.execute(
                "select 1 from sqlite_master where name = 'outbox'"
            ).fetchone():
                return "before there were books"
            self.doubts.update(tuple(row) for row in connection.execute(IN_DOUBT))
            found = (w for w, q in LEFT_BEHIND.items() if connection.execute(q).fetchone()[0])
            return next(found, "with nothing left to do, or before it knew")
        finally:
            connection.close()

    def read_mailboxes(self) -> None:
        """Once Postfix has brought everything."""
        if not self.servers.postfix.queue_empty(timeout=60):
            raise RuntimeError("postfix does not bring what it has taken")
        books = OpenBooks(self.folder)
        try:
            known = {(s.message_id, s.recipient.casefold()): s for s in books.sent()}
        finally:
            books.close()
        self.people.taken = []
        for recipient, raw in self._arrived():
            found = NAMED.search(raw)
            name = found[1].decode() if found else ""
            sent = known.get((name, recipient))
            mime = sent.mime if sent and raw.endswith(sent.mime) else raw
            number, notice = (sent.number, sent.notice) if sent else (0, "?")
            who = sent.recipient if sent else recipient
            self.people.taken.append(Taken(number, name, who, notice, mime))
        self.people.taken.sort(key=lambda taken: taken.number)

    def _arrived(self) -> Iterator[tuple[str, bytes]]:
        ours = f"X-Mailflow-Loop: {self.house.name}\r\n".encode()
        for path in self._letters():
            raw = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            if path not in self._earlier and ours in raw:
                yield f"{path.parents[2].name}@songping.example", raw
        for taken in self.servers.postfix.world.taken[self._sent_before :]:
            if ours in taken.raw:
                yield from ((person.casefold(), taken.raw) for person in taken.recipients)

    def _letters(self) -> Iterator[Path]:
        dovecot: Dovecot = self.servers.dovecot
        return (dovecot.folder / "mail").glob("*/Maildir/new/*")

    def end(self) -> None:
        self._client.logout()
        shutil.rmtree(self.folder, ignore_errors=True)


def can_be_posted(mail: Posted) -> bool:
    """Not those that no server takes (a NUL), and not those at which only a played reader dies."""
    return b"\0" not in mail.raw and not mail.raw.startswith(DEADLY)
