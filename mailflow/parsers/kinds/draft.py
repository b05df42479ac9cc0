"""A row of a report before it is written down: what its cells say, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mailflow.domain.doubt import DoubtKind


@dataclass(slots=True)
class Draft:
    """`values` by slot, to be changed; `last` are those of the row above, as they were settled."""

    row: int
    values: dict[str, object]
    last: Mapping[str, object]
    doubts: list[tuple[str, DoubtKind, str]] = field(default_factory=list)

    def text(self, slot: str) -> str:
        value = self.values.get(slot)
        return value if isinstance(value, str) else ""

    def doubt(self, slot: str, kind: DoubtKind, found: str = "") -> None:
        """At the cell of a slot; what it says is then not taken."""
        self.values.pop(slot, None)
        self.doubts.append((slot, kind, found))


Settler = Callable[[Draft], None]
