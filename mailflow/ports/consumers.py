"""The door to consumers' data: kept while they are called, deleted when the time is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from mailflow.domain.consumer_list import Batch, ConsumerList, KeptList, KnownConsumer, Personal


class Consumers(Protocol):
    """Within a write transaction. Every access stands in the history of its list."""

    def known(self, keys: Collection[str]) -> Mapping[str, KnownConsumer]:
        """Which of these numbers are on lists that are kept."""
        ...

    def keep(self, taken: ConsumerList) -> None: ...
    def passed(self, number: str, region: str, to: str) -> None:
        """Raises where they were passed on before."""
        ...

    def waiting(self) -> Sequence[Batch]:
        """What nobody was in charge of, the oldest list first."""
        ...

    def kept(self, number: str) -> KeptList | None:
        """How it stands with a list; None where there is none of that number."""
        ...

    def want_forgotten(self, number: str, reason: str) -> None:
        """It is deleted before its time: from now on nothing of it leaves. Safe to repeat; raises
        where there is no such list."""
        ...

    def mark_personal(self, mail_id: int, day: date) -> None:
        """A mail in which consumers stand, whatever became of it; `day` it came on, business zone."""
        ...

    def forget(self, gone: Personal, note: bytes) -> bool:
        """Its rows are deleted, and the bytes of each letter about it that has left or never will
        are `note` from now on. False where one is still to leave: then it is asked for again."""
        ...
