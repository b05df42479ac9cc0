"""The door to papers that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from mailflow.domain.archived import Archived, Found


class Archive(Protocol):
    """Within a write transaction."""

    def keep(self, papers: Sequence[Archived]) -> None: ...
    def known(self, hashes: Sequence[str]) -> Mapping[str, Archived]:
        """Those of these contents that are kept already, without their text, by hash."""
        ...

    def find(self, words: str, most: int) -> Sequence[Found]:
        """Papers in which all the words stand, the newest first."""
        ...
