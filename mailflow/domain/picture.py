"""The sheets of a mail as they look, as far as a person can look at them."""

from __future__ import annotations

from mailflow.domain.sheet import Place, Written
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """`trouble` says why the value is not to be believed; it is empty for nearly all."""

    column: int
    text: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    number: int
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """Filled rows only, in order, counting from 0, as are columns and merged areas (top, left,
    bottom, right). `last_row` is that of the whole sheet, `whole_to` the row to which all filled
    ones are drawn; `rows_left` and `columns_left` tell how many are not.
    """

    attachment: str
    name: str
    format: str
    rows: tuple[DrawnRow, ...]
    last_row: int
    whole_to: int
    rows_left: int = 0
    columns_left: int = 0
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """`sheets_left` are filled ones that are not drawn."""

    sheets: tuple[DrawnSheet, ...] = ()
    sheets_left: int = 0


@dataclass(frozen=True, slots=True)
class Focus:
    """What must be drawn: the rows of these places however far down, and of the words of the mail
    itself that version in which `words` stand."""

    places: tuple[Place, ...] = ()
    words: tuple[Written, ...] = ()
