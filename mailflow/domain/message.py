"""A message is one rendered letter to one recipient, and the life it leads until it is settled.

Rendered bytes and Message-ID exist before the first attempt and never change after it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from mailflow.domain.audience import Audience
from mailflow.domain.value import dataclass


class MessageState(StrEnum):
    READY = "ready"
    SENDING = "sending"
    END_OF_DATA = "end-of-data-sent"
    """Committed before the final dot is put on the wire: from here a crash is ambiguous."""
    ACCEPTED = "accepted"
    RETRY = "retry-wait"
    UNKNOWN = "unknown"
    FAILED = "failed"
    BOUNCED = "bounced"
    """It had left, and the other side reported that it could not be delivered."""
    SUPPRESSED = "suppressed"
    """Decided and rendered, but never to be sent: shadow mode, or a person said so."""


WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440))
"""How long to wait after each temporary failure; after the last one the message has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`goods` is true where a second copy could move goods: then verify first, then resend.
    `audience` is that of all it says and encloses, `about` the codes of the distributors that it tells
    of: one of them has it only where all of them are its own. `regions` are those whose consumers stand
    in it: only who calls them there has it.

    `resends` counts sendings after an ambiguous one. `mime` is the whole mail, CRLF line ends.
    """

    id: int | None = None
    notice: str
    subject_id: str
    revision: int
    recipient: str
    sender: str
    subject: str
    message_id: str
    mime: bytes
    audience: Audience
    about: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    goods: bool
    created: datetime
    due: datetime
    state: MessageState = MessageState.READY
    attempts: int = 0
    resends: int = 0
    last_error: str = ""
    mail_id: int | None = None

    def begun(self) -> Message:
        return replace(self, state=MessageState.SENDING, attempts=self.attempts + 1)

    def ending(self) -> Message:
        return replace(self, state=MessageState.END_OF_DATA)

    def accepted(self) -> Message:
        return replace(self, state=MessageState.ACCEPTED, last_error="")

    def deferred(self, error: str, now: datetime) -> Message:
        """Wait and try the same bytes again, or give up where the waits are used up."""
        if self.attempts > len(WAITS):
            return self.refused(error)
        due = now + WAITS[max(self.attempts, 1) - 1]
        return replace(self, state=MessageState.RETRY, due=due, last_error=error)

    def refused(self, error: str) -> Message:
        return replace(self, state=MessageState.FAILED, last_error=error)

    def lost_sight_of(self, error: str, now: datetime) -> Message:
        """The final dot may or may not have arrived; look for evidence two minutes later."""
        due = now + timedelta(minutes=2)
        return replace(self, state=MessageState.UNKNOWN, due=due, last_error=error)

    def resent(self, now: datetime) -> Message:
        return replace(self, state=MessageState.READY, resends=self.resends + 1, due=now)
