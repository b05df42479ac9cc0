"""The door to requests that go through people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailflow.domain.request import Request


class Requests(Protocol):
    """Requests within a write transaction."""

    def next_number(self, year: int) -> str:
        """The one after the highest of a business year."""
        ...

    def request(self, number: str) -> Request | None: ...
    def of_mail(self, mail_id: int) -> str:
        """The number of the request that a mail made; empty where it made none."""
        ...

    def open_of(self, address: str) -> Sequence[Request]:
        """Those that an address has asked for and that have not ended, the newest first."""
        ...

    def opened_since(self, address: str, since: datetime) -> int:
        """How many an address has opened since then."""
        ...

    def keep(self, request: Request, reason: str) -> None:
        """Open a new one, or have it be so from now on; raises where it had ended and would not have."""
        ...
