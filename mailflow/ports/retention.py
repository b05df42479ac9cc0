"""The door to what is over: old mails and letters, of which nothing is open any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailflow.domain.retention import OldMail


class Retention(Protocol):
    """Within a write transaction: what is over cannot become open again before it is deleted."""

    def old_mails(self, before: datetime, most: int) -> Sequence[OldMail]:
        """Settled before, with nothing about them that is open, unsent, in doubt or kept on purpose;
        the oldest first."""
        ...

    def forget_mail(self, old: OldMail) -> None:
        """Who wrote it, its subject and what was found in it go out of its row."""
        ...

    def forget_letters(self, before: datetime, most: int) -> int:
        """Of messages made before that have ended, the bytes and the subject go, a note in their
        place; how many."""
        ...
