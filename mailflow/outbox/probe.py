"""A mail of the house to itself: no letter, nothing is booked of it, and who reads it sees what it is for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.domain.audience import Audience
from mailflow.domain.message import Message
from mailflow.domain.value import dataclass
from mailflow.outbox.mime_headers import bare_address
from mailflow.outbox.mime_message import Envelope, build, message_id
from mailflow.outbox.mime_parts import Body


@dataclass(frozen=True, slots=True)
class Probes:
    """Of a house that sends as `sender` (`Name <address>`), to its own address."""

    sender: str
    instance: str
    zone: ZoneInfo

    def probe(
        self,
        purpose: tuple[str, str],
        words: tuple[str, str],
        now: datetime,
        extra: tuple[tuple[str, str], ...] = (),
    ) -> Message:
        """`purpose`: what for, and which one; `words`: subject and text."""
        desk, (subject, text) = bare_address(self.sender), words
        envelope = Envelope(
            sender=self.sender,
            to=(desk,),
            cc=(),
            subject=subject,
            message_id=message_id(purpose, self.sender),
            date=now.astimezone(self.zone),
            automatic="auto-generated",
            instance=self.instance,
            extra=extra,
        )
        return Message(
            notice=purpose[0],
            subject_id=purpose[1],
            revision=1,
            recipient=desk,
            sender=desk,
            subject=subject,
            message_id=envelope.message_id,
            mime=build(envelope, Body(text, f"<p>{text}</p>")),
            audience=Audience.INTERNAL,
            goods=False,
            created=now,
            due=now,
        )
