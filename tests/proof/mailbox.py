"""The mail server of a story: it outlives the program, and does all that servers and colleagues do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from random import Random

from mailflow.domain import failpoint
from mailflow.domain.mail import MailKey, MailState
from mailflow.ports import Listed, LoginRefused, MailboxTrouble

ACCOUNT, FOLDER = "desk", "INBOX"


@dataclass
class Lying:
    """A mail in the folder, as the server has it."""

    raw: bytes
    received: datetime


@dataclass
class MailServer:
    """`trouble` is how often a call goes wrong, from 0 to 1."""

    rng: Random
    trouble: float = 0.0
    validity: int = 1
    inbox: dict[int, Lying] = field(default_factory=dict)
    filed: list[tuple[str, bytes]] = field(default_factory=list)
    removed: list[bytes] = field(default_factory=list)
    """What a colleague took out before anybody knows whether the program had it."""
    did: list[str] = field(default_factory=list)
    """The story of what it did that was not plain."""
    _next: int = 1

    def put(self, raw: bytes, received: datetime) -> None:
        self.inbox[self._next] = Lying(raw, received)
        self._next += 1

    def hits(self, how_often: float = 1.0) -> bool:
        return self.rng.random() < self.trouble * how_often

    def there(self) -> set[str]:
        """All that was delivered and that nobody but the program took away, by its hash."""
        raws = [lying.raw for lying in self.inbox.values()] + [raw for _, raw in self.filed]
        return {sha256(raw).hexdigest() for raw in raws}

    def whim(self) -> None:
        """What may happen to the folder between two looks at it."""
        if self.hits(0.3):
            self.did.append("numbered anew")
            lying = list(self.inbox.values())
            self.rng.shuffle(lying)
            self.validity += 1
            self.inbox, self._next = dict(enumerate(lying, start=1)), len(lying) + 1
        if self.inbox and self.hits(0.3):
            self.did.append("a second copy of a mail")
            chosen = self.inbox[self.rng.choice(sorted(self.inbox))]
            self.put(chosen.raw, chosen.received)
        if self.inbox and self.hits(0.2):
            self.did.append("a colleague took a mail out")
            self.removed.append(self.inbox.pop(self.rng.choice(sorted(self.inbox))).raw)


class PlayedMailbox:
    """One session with the server; `alive` raises where the program is dead."""

    account, folder = ACCOUNT, FOLDER

    def __init__(self, server: MailServer, alive: Callable[[], None]) -> None:
        self._server = server
        self._alive = alive

    def uidvalidity(self) -> int:
        self._alive()
        self._down("connect")
        self._server.whim()
        return self._server.validity

    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]:
        del now
        self._alive()
        self._down("list")
        server = self._server
        shown = [
            Listed(MailKey(ACCOUNT, FOLDER, server.validity, uid), len(lying.raw), lying.received)
            for uid, lying in sorted(server.inbox.items())
            if uid not in known
        ]
        if shown and server.hits():
            server.did.append("lists less than there is, in another order")
            shown = server.rng.sample(shown, server.rng.randint(0, len(shown)))
        server.whim()
        return shown

    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        for key in keys:
            self._alive()
            server = self._server
            self._down("fetch")
            lying = server.inbox.get(key.uid) if key.uidvalidity == server.validity else None
            if lying is None or server.hits(0.5):
                continue
            yield key, lying.raw

    def heads(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        yield from self.fetch(keys)

    def file_away(self, keys: Sequence[MailKey], state: MailState) -> None:
        if state is MailState.WAITING:
            return
        self._alive()
        failpoint.reached("file-away.before")
        self._down("move")
        server = self._server
        for key in keys:
            if key.uidvalidity != server.validity or key.uid not in server.inbox:
                continue
            if server.hits():
                server.did.append("says that it moved a mail, and did not")
            else:
                lying = server.inbox.pop(key.uid)
                server.filed.append((state.value, lying.raw))
        failpoint.reached("file-away.moved")

    def wait(self, seconds: float) -> None:
        """There is nothing to wait for."""

    def ring(self) -> None:
        """Nobody waits."""

    def close(self) -> None:
        """Nothing is held open."""

    def _down(self, step: str) -> None:
        if self._server.hits(0.4):
            self._server.did.append(f"connection lost at {step}")
            kind = self._server.rng.choice((MailboxTrouble, MailboxTrouble, LoginRefused))
            raise kind(f"mailbox: played trouble at {step}")
