"""A bounce is a mail system's word on a message of ours that it could not deliver (RFC 3464)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from mailflow.domain.message import MessageState
from mailflow.domain.value import dataclass

COMES_BACK = frozenset({MessageState.ACCEPTED, MessageState.UNKNOWN})
"""What was never sent cannot come back, and what came back has."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """`message_ids` are those of ours that the report names, `failed` the addresses it could not
    reach, `delayed` those that are still tried, lower case. `why` is what the system says of it,
    in one line; a stranger's words."""

    message_ids: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    delayed: tuple[str, ...] = ()
    why: str = ""

    @property
    def only_late(self) -> bool:
        """Nothing has failed: the system goes on trying by itself."""
        return bool(self.delayed) and not self.failed


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as the outbox keeps it, without its bytes."""

    id: int
    notice: str
    subject_id: str
    recipient: str
    subject: str
    created: datetime
    state: MessageState


def struck(bounce: Bounce, sent: Sequence[Sent]) -> tuple[Sent, ...]:
    """Which of the messages with the numbers of a report came back.

    A report that names nobody we wrote to speaks of the only one there is, or of nobody that can
    be told for sure: the mail was passed on to an address that is not ours to know.
    """
    named = [each for each in sent if each.recipient.casefold() in bounce.failed]
    if not named and len(sent) == 1:
        named = list(sent)
    return tuple(each for each in named if each.state in COMES_BACK)


@dataclass(frozen=True, slots=True)
class UndeliveredNotice:
    """To the sales admin at once: a list, or its cancellation, did not reach the warehouse."""

    message: Sent
    why: str
    code: ClassVar[str] = "undelivered"
