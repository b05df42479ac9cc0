"""What a reader says of its own reading: what it doubts, and what it took a row for."""

from __future__ import annotations

from enum import StrEnum

from mailflow.domain.sheet import Place, Span
from mailflow.domain.value import dataclass


class DoubtKind(StrEnum):
    """What the reader is not sure of; each that an order can have has a check of the same name."""

    AMBIGUOUS_COLUMN = "ambiguous-column"
    FORMULA_WITHOUT_VALUE = "formula-without-value"
    VALUE_UNREADABLE = "value-unreadable"
    READERS_DISAGREE = "readers-disagree"
    TABLE_UNCLEAR = "table-unclear"
    SHOWN_OTHERWISE = "shown-otherwise"
    KIND_UNCLEAR = "kind-unclear"
    NAME_MISSING = "name-missing"
    """Of a report: a row with figures and nobody knows of what."""
    HIDDEN_ROWS = "hidden-rows"
    """Of a report: rows that nobody sees are read like the others."""
    DIGITS_LOST = "digits-lost"
    """Of a report: a number where a code or a telephone should stand."""
    LIST_MISSING = "list-missing"
    """Of a report: goods that were sent, and nobody says of which dispatch list."""
    NOT_FILLED = "not-filled"
    """Of a report: a line of a dispatch list that does not say what was sent of it."""
    FREE_TEXT = "free-text"
    """Of a report: a column of results that are no words anybody can count."""


OF_REPORTS = frozenset(
    {
        *(DoubtKind.NAME_MISSING, DoubtKind.HIDDEN_ROWS, DoubtKind.DIGITS_LOST),
        *(DoubtKind.LIST_MISSING, DoubtKind.NOT_FILLED, DoubtKind.FREE_TEXT),
    }
)
"""What is doubted of reports alone."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """`headers` are the words over the columns that are doubted."""

    kind: DoubtKind
    at: Place | None
    found: str = ""
    expected: str = ""
    headers: tuple[str, ...] = ()


class RowKind(StrEnum):
    """What a row was taken for that is no line."""

    HEADER = "header"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class RowRead:
    """`why` is the word that made the row what it was taken for."""

    kind: RowKind
    where: Span
    why: str
