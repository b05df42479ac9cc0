"""The server that takes the letters of a story: it knows what it took, whatever it said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from mailflow.domain import failpoint
from mailflow.domain.message import Message
from mailflow.outbox.carrier import CarrierDown
from mailflow.ports import NotSent, PerhapsSent


@dataclass(frozen=True)
class Taken:
    """One copy, as whoever it is for has it."""

    number: int
    message_id: str
    recipient: str
    notice: str
    mime: bytes


@dataclass
class Carrier:
    """`sight`: what its account's folder of sent mails tells: `sent` shows what was taken, `blind`
    nothing, `all` also that something was not taken, as a Maildir does."""

    rng: Random
    trouble: float = 0.0
    sight: str = "sent"
    taken: list[Taken] = field(default_factory=list)
    did: list[str] = field(default_factory=list)
    uncommitted: list[str] = field(default_factory=list)
    """Messages that were on their way before the books said so."""

    def hits(self, how_often: float = 1.0) -> bool:
        return self.rng.random() < self.trouble * how_often

    def take(self, message: Message) -> None:
        number = len(self.taken) + 1
        what = (message.message_id, message.recipient, message.notice, message.mime)
        self.taken.append(Taken(number, *what))

    def copies(self, message_id: str, recipient: str) -> int:
        return sum((t.message_id, t.recipient) == (message_id, recipient) for t in self.taken)


class PlayedSender:
    """One connection; its failpoints are those of the SMTP connection."""

    def __init__(
        self, carrier: Carrier, alive: Callable[[], None], state_of: Callable[[int], str]
    ) -> None:
        self._carrier = carrier
        self._alive = alive
        self._state_of = state_of

    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        self._alive()
        carrier = self._carrier
        self._refuse(message)
        before_end()
        self._alive()
        # Another connection to the books: what stands there is committed, or it is not seen.
        if (state := self._state_of(message.id or 0)) != "end-of-data-sent":
            carrier.uncommitted.append(f"{message.message_id} {message.recipient}: {state}")
        failpoint.reached("smtp.before-dot")
        if carrier.hits(0.5):
            carrier.did.append("connection lost behind the dot, not taken")
            raise PerhapsSent("carrier: played loss behind the dot")
        carrier.take(message)
        failpoint.reached("smtp.dot-sent")
        if carrier.hits(0.5):
            carrier.did.append("connection lost behind the dot, taken")
            raise PerhapsSent("carrier: played loss behind the dot")
        failpoint.reached("smtp.replied")

    def _refuse(self, message: Message) -> None:
        carrier = self._carrier
        if carrier.hits(0.6):
            carrier.did.append("down")
            raise CarrierDown("carrier: played outage", tried=carrier.rng.random() < 0.5)
        if carrier.hits():
            carrier.did.append("try later")
            raise NotSent("carrier: 451 played greylisting")
        if carrier.hits(0.2):
            carrier.did.append(f"refused for good: {message.notice}")
            raise NotSent("carrier: 550 played refusal", permanent=True)

    def evidence(self, message: Message) -> bool | None:
        self._alive()
        if self._carrier.sight == "blind":
            return None
        found = self._carrier.copies(message.message_id, message.recipient) > 0
        return found if found or self._carrier.sight == "all" else None

    def close(self) -> None:
        """Nothing is held open."""
