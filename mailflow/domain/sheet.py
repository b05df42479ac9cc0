"""Every value that was read keeps the place it was read from."""

from __future__ import annotations

from functools import lru_cache

from mailflow.domain.value import dataclass


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """`0` is `A`, `26` is `AA`, as Excel shows columns."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of a sheet of an attachment; row and column count from 0."""

    attachment: str
    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """`A7`, as Excel shows it."""
        return f"{column_letters(self.column)}{self.row + 1}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}" if self.sheet else self.address


@dataclass(frozen=True, slots=True)
class Span:
    """A rectangle of cells, both corners included."""

    attachment: str
    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first = f"{column_letters(self.left)}{self.top + 1}"
        last = f"{column_letters(self.right)}{self.bottom + 1}"
        area = first if first == last else f"{first}:{last}"
        return f"{self.sheet}!{area}" if self.sheet else area


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it stands in the sender's sheet, body, subject or file name."""

    text: str
    at: Place | None = None
