"""The sheet that goes with a letter that has no room for all of its rows."""

from __future__ import annotations

from mailflow.domain.audience import Audience
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsFile:
    """`rows_NAME` of the printed words names it, `rows_COLUMN` each of its columns; what stands in one
    of `CODED` is told by the word `rows_VALUE`. Every cell is a text; instants in the business zone."""

    name: str
    number: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    audience: Audience = Audience.INTERNAL
    about: tuple[str, ...] = ()
    """Codes of the distributors whose own it is, as in a `Content`."""
    language: str = "zh"


CODED = frozenset({"reached", "step"})
