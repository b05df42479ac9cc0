"""Whether a person wrote a mail and is who he says: only then is anything entered, told or asked."""

from __future__ import annotations

from mailflow.domain.document import Reading
from mailflow.domain.facts import Sender
from mailflow.domain.mail import MailKind, Trust

PERSONAL = (MailKind.BUSINESS, MailKind.ANSWER)
"""What a person wrote; automatic mails, bounces, lists and our own decide nothing, ever."""


def is_person(reading: Reading, sender: Sender) -> bool:
    """No machine, no invitation, no mail of ours that came back."""
    is_personal = reading.head.kind in PERSONAL and not reading.head.has_calendar
    return is_personal and not sender.is_us


def is_proven_person(reading: Reading, sender: Sender) -> bool:
    """A person wrote it, and its sender is certain."""
    return is_person(reading, sender) and sender.trust is Trust.A and bool(sender.address)
