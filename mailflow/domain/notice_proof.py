"""The letter that asks a registered sender whether he has written a mail."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mailflow.domain.sender_proof import ProofVerdict
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofNotice:
    """To the address of the register, whatever else the mail names. `subject` and `files` are as the
    mail has them, `received` is when it came; where he answered the letter, those stand in it no more.
    `said` is the line that was not understood."""

    verdict: ProofVerdict
    subject: str = ""
    received: datetime | None = None
    files: tuple[str, ...] = ()
    said: str = ""
    code: ClassVar[str] = "sender-proof"
