"""The door to call-back results: what was heard of sample tins, naming nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from mailflow.domain.called import Called


class Calls(Protocol):
    """Rows that hold, within a write transaction."""

    def sign(self, text: str) -> str:
        """A text by which the same consumer is known again, and nobody finds out who he is."""
        ...

    def held(self, stores: Collection[tuple[str, str]]) -> tuple[Called, ...]:
        """All that holds of these stores, each told by its distributor and how it is compared."""
        ...

    def known_stores(self, key: str) -> Sequence[str]:
        """The distributors of which anything is known about a store that is compared so."""
        ...

    def keep(self, rows: Sequence[Called], mail_id: int, reason: str) -> None:
        """Each in place of what held of the same store, product, month and consumer."""
        ...
