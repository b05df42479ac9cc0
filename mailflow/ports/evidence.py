"""The door to what a database can be shown to have kept: its chain of history, the hashes of its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from mailflow.domain.history_chain import Broken, Seal


class Evidence(Protocol):
    """All of it can be looked at while a daemon works; nothing here changes anything."""

    def seal(self) -> Seal | None:
        """How far the history goes now; None where it is empty."""
        ...

    def rows(self) -> int:
        """Of the history: how long looking through it takes."""
        ...

    def breaks(self, told: Iterable[Seal]) -> Iterator[Broken]:
        """Where the history is not what it was, or not what these seals say."""
        ...

    def mails(self) -> Iterator[tuple[int, str]]:
        """Number and SHA-256 of every mail whose bytes are to be in the spool."""
        ...

    def altered_letters(self) -> Iterator[str]:
        """The hashes of letters under which other bytes lie than were kept."""
        ...

    def off_balance(self) -> Iterator[str]:
        """Distributors whose balances are not the sums of what was entered."""
        ...
