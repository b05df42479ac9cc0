"""A file that goes with a letter exactly as a mail brought it."""

from __future__ import annotations

from mailflow.domain.attached import Attached
from mailflow.domain.audience import Audience
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class MailedFile:
    """Which part of which mail it is, and who sent that: its bytes stay in the spool, inside the mail.

    `audience` is whose it is; where nobody says it, nobody outside the house gets it.
    """

    file: Attached
    mail_id: int
    mail_sha256: str
    sender: str
    audience: Audience = Audience.INTERNAL
