"""What `doctor` says: lines, each with the mend where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailflow.config import Config
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`good` is None for what is worth knowing but neither good nor bad."""

    good: bool | None
    text: str


Examination = Callable[[Config], Iterator[Line]]
