"""A matter is what stands in a digest: an open case, an unread mail, trouble of the machine."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mailflow.domain.finding import Asked
from mailflow.domain.value import dataclass


class MatterKind(StrEnum):
    CASE = "case"
    UNREAD = "unread"
    """A mail nobody answers: stranger, automatic, quarantined, too large."""
    MACHINE = "machine"
    """A message that could not be sent, a poll that is overdue."""


class MachineTrouble(StrEnum):
    """The reasons of matters of the machine."""

    MESSAGE_FAILED = "message-failed"
    MESSAGE_UNKNOWN = "message-unknown"
    MESSAGE_BOUNCED = "message-bounced"
    CALENDAR_MISSING = "calendar-missing"
    """Next year's working days are not known though the year is nearly over."""
    CERTIFICATE_ENDS = "certificate-ends"
    """That of a server; from then on nothing is fetched or sent."""
    MESSAGES_WAIT = "messages-wait"
    """What may be sent by the provider's limits has been sent, or it wants a pause."""


class Overdue(StrEnum):
    """What a case is told to be besides its own reasons."""

    NOBODY_ANSWERED = "nobody-answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """`reference` is what `mailflow show` takes; `reason` a comma-joined list of codes.

    `who` is the distributor or the sender, `subject` the mail's own. An empty region: everybody's.
    `steps` are commands that settle for good what the case asks.
    """

    kind: MatterKind
    reference: str
    reason: str
    since: datetime
    who: str = ""
    subject: str = ""
    region: str = ""
    waits_on: Asked = Asked.NOBODY
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What a day brought, for one region; an empty region holds what belongs to none."""

    region: str
    mails: int = 0
    accepted: int = 0
    returned: int = 0
    held: int = 0
    review: int = 0
    ignored: int = 0
    lists: int = 0
    unsent: int = 0
