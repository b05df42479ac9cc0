"""An outbox that is held: everything is decided as always, and nothing leaves until a person says so.

It is held by an operator, or because the database is older than what was done with it: then what was
sent since is not known, and would be sent a second time (reliability D08).
"""

from __future__ import annotations

from datetime import datetime

from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class HeldOutbox:
    since: datetime
    why: str

    def __str__(self) -> str:
        return f"held since {self.since:%Y-%m-%d %H:%M} UTC: {self.why}"
