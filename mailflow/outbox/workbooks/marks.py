"""What is shown in a sender's own sheet, and in which colours."""

from __future__ import annotations

from mailflow.domain.sheet import column_letters
from mailflow.domain.value import dataclass

WRONG, ASKED = "FFFFC7CE", "FFFFEB9C"
EDGE = {WRONG: "FF9C0006", ASKED: "FF9C6500"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as it is shown in the sender's sheet; `row` and `column` count from 0, -1: none.

    `title` is a few words, `text` a whole sentence; both in the sender's language. `is_error` is
    what the sender must mend; the rest is asked of others, or worth a look. `found` is what
    stands in the cell where it is left empty.
    """

    sheet: str
    row: int
    column: int
    title: str
    text: str
    proposal: str
    is_error: bool
    found: str = ""
    expected: str = ""

    @property
    def address(self) -> str:
        """`E8`; an empty text for what is said of the order as a whole."""
        if self.row < 0 or self.column < 0:
            return ""
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def colour(self) -> str:
        return WRONG if self.is_error else ASKED
