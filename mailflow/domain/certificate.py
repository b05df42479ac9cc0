"""The certificate of a server ends on a day that is known long before: it is told some weeks ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailflow.domain.value import dataclass

SOON = timedelta(days=21)
"""Servers that renew by themselves have done so by then; others leave time to."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Of which server (`host:port`), and the instant it ends, as seen at the last connection."""

    server: str
    ends: datetime

    def is_ending(self, now: datetime) -> bool:
        return self.ends - now <= SOON
