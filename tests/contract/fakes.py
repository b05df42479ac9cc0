"""Our own doors, in memory: they keep the same promises as the real ones (see the contracts)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailflow.domain.mail import MailKey, MailState
from mailflow.domain.message import Message, MessageState
from mailflow.domain.only_head import MOST_HEAD
from mailflow.domain.pace import Slowed, slowed_again
from mailflow.ports import Listed, NotSent, PerhapsSent


class MemoryMailbox:
    """`put` is how mail gets in; `removed` what a person took out with another program."""

    account = "memory"

    def __init__(self) -> None:
        self.folder = "INBOX"
        self._validity = 1
        self._next = 1
        self._mails: dict[int, tuple[bytes, datetime]] = {}
        self.filed: dict[str, list[bytes]] = {}
        self._filed_at: dict[bytes, datetime] = {}

    def put(self, raw: bytes, received: datetime) -> None:
        self._mails[self._next] = (raw, received)
        self._next += 1

    def remove(self, raw: bytes) -> None:
        self._mails = {uid: mail for uid, mail in self._mails.items() if mail[0] != raw}

    def renumber(self) -> None:
        """What a server does that lost its index: other numbers, under another UIDVALIDITY."""
        mails = list(self._mails.values())
        self._validity += 1
        self._mails, self._next = dict(enumerate(mails, start=1)), len(mails) + 1

    def uidvalidity(self) -> int:
        return self._validity

    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]:
        return [
            Listed(MailKey(self.account, self.folder, self._validity, uid), len(raw), received)
            for uid, (raw, received) in sorted(self._mails.items())
            if uid not in known
        ]

    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        for key in keys:
            if key.uidvalidity == self._validity and key.uid in self._mails:
                yield key, self._mails[key.uid][0]

    def heads(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        yield from ((key, raw[:MOST_HEAD]) for key, raw in self.fetch(keys))

    def file_away(self, keys: Sequence[MailKey], state: MailState) -> None:
        for key in keys:
            if key.uidvalidity == self._validity and key.uid in self._mails:
                raw, received = self._mails.pop(key.uid)
                self._filed_at[raw] = received
                self.filed.setdefault(state.value.capitalize(), []).append(raw)

    def outcomes(self) -> Iterator[MemoryMailbox]:
        for name, raws in self.filed.items():
            beside = MemoryMailbox()
            beside.folder = name
            for raw in raws:
                beside.put(raw, self._filed_at[raw])
            yield beside

    def wait(self, seconds: float) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """Nothing is held open."""


@dataclass
class MemorySender:
    """`troubles` are raised one a message, before or after it was taken, as a real one would."""

    troubles: list[Exception | None] = field(default_factory=list)
    taken: list[Message] = field(default_factory=list)
    asked: int = 0
    knows: bool = True

    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        self.asked += 1
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, NotSent):
            raise trouble
        before_end()
        self.taken.append(message)
        if isinstance(trouble, PerhapsSent):
            raise trouble

    def evidence(self, message: Message) -> bool | None:
        if not self.knows:
            return None
        return any(m.message_id == message.message_id for m in self.taken)

    def close(self) -> None:
        """Nothing is held open."""


@dataclass
class MemoryShelf:
    """`history` are the states each message went through, as they were committed."""

    messages: dict[int, Message] = field(default_factory=dict)
    history: dict[int, list[MessageState]] = field(default_factory=dict)
    slow: Slowed | None = None
    left: list[datetime] = field(default_factory=list)

    def put(self, *messages: Message) -> None:
        for message in messages:
            assert message.id is not None
            self.messages[message.id] = message

    def take_due(self, now: datetime, limit: int) -> Sequence[Message]:
        ready = (MessageState.READY, MessageState.RETRY)
        due = [m for m in self.messages.values() if m.state in ready and m.due <= now]
        taken = [m.begun() for m in sorted(due, key=lambda m: (m.due, m.id))[:limit]]
        for message in taken:
            self.put_back(message, now)
        return taken

    def doubtful(self, now: datetime) -> Sequence[Message]:
        unknown = MessageState.UNKNOWN
        return [m for m in self.messages.values() if m.state is unknown and m.due <= now]

    def held(self) -> None:
        """Nobody holds it."""

    def departed(self, since: datetime) -> Sequence[datetime]:
        return [at for at in self.left if at > since]

    def overdue(self, now: datetime) -> int:
        ready = (MessageState.READY, MessageState.RETRY)
        return sum(m.state in ready and m.due <= now for m in self.messages.values())

    def slowed(self) -> Slowed | None:
        return self.slow

    def slow_down(self, asked_for: timedelta, why: str, now: datetime) -> None:
        self.slow = slowed_again(self.slow, asked_for, why, now)

    def put_back(self, message: Message, now: datetime) -> None:
        if message.state is MessageState.END_OF_DATA:
            self.left.append(now)
        self.put(message)
        assert message.id is not None
        self.history.setdefault(message.id, []).append(message.state)
