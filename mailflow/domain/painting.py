"""A sheet with the reading painted over it: what every cell, column and row was taken for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from mailflow.domain.appraisal import Item
from mailflow.domain.finding import Finding
from mailflow.domain.pattern import pattern
from mailflow.domain.picture import DrawnSheet
from mailflow.domain.value import dataclass


class CellRole(StrEnum):
    """What a cell is to the reading. `ABOUT` says whose order it is and where it goes, `DETAIL`
    goes with a line, `UNUSED` is understood and no part of an order, `NOTE` was left aside,
    `UNREAD` stands where an order might be and was not understood."""

    HEADER = "header"
    PRODUCT = "product"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    FUNDING = "funding"
    DETAIL = "detail"
    ABOUT = "about"
    SECTION = "section"
    TOTAL = "total"
    UNUSED = "unused"
    NOTE = "note"
    UNREAD = "unread"


class RowRole(StrEnum):
    """A `BLANK` row is empty, a `GAP` stands for rows that are not drawn."""

    HEADER = "header"
    LINE = "line"
    ROW = "row"
    NOT_ORDERED = "not-ordered"
    SECTION = "section"
    TOTAL = "total"
    ABOUT = "about"
    NOTE = "note"
    UNREAD = "unread"
    BLANK = "blank"
    GAP = "gap"


class Why(StrEnum):
    """What a column was recognised by; the last two, why it was not used."""

    WORD = "word"
    UNIT = "unit"
    STOREYS = "storeys"
    CONTENT = "content"
    NAME = "name"
    SETTLED = "settled"
    TAKEN = "taken"
    STRANGE = "strange"


ROLE_OF: Mapping[str, CellRole] = MappingProxyType(
    {
        "code": CellRole.PRODUCT,
        "name": CellRole.PRODUCT,
        "series": CellRole.PRODUCT,
        "stage": CellRole.PRODUCT,
        "cases": CellRole.QUANTITY,
        "tins": CellRole.QUANTITY,
        "quantity": CellRole.QUANTITY,
        "unit-price": CellRole.PRICE,
        "case-price": CellRole.PRICE,
        "amount": CellRole.AMOUNT,
        "funding": CellRole.FUNDING,
        "line-no": CellRole.DETAIL,
        "other-name": CellRole.DETAIL,
        "spec": CellRole.DETAIL,
        "per-case": CellRole.DETAIL,
        "unit": CellRole.DETAIL,
        "remark": CellRole.DETAIL,
        "gift": CellRole.UNREAD,
        "other": CellRole.UNUSED,
    }
)
"""The role of a column by its meaning; what is not named here is about the order as a whole."""


_FIGURE = pattern(r"[¥￥$]?\s*-?[\d,]+(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as it is numbered in one picture; `order` is its document's position in the mail,
    None for what is said of the mail as a whole. `same_as` is the number of an earlier one that
    says the same, so that it need not be said in full again."""

    number: int
    finding: Finding
    order: int | None
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class PaintedCell:
    """`across` counts the columns of the picture it is merged over; `goes_on` is below a cell
    that it is merged with. `notes` are the numbers of the findings at this cell."""

    column: int
    text: str
    role: CellRole | None
    across: int = 1
    goes_on: bool = False
    trouble: str = ""
    notes: tuple[int, ...] = ()

    @property
    def is_figure(self) -> bool:
        return _FIGURE.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class PaintedColumn:
    """What a column of a table means, shown below the table's header. An empty `meaning` was not
    understood."""

    column: int
    header: str
    meaning: str
    role: CellRole
    why: Why


@dataclass(frozen=True, slots=True)
class PaintedRow:
    """`meanings` are told below the last row of a header. A gap is `length` rows without cells,
    empty ones or, where it `is_cut`, such as are left out of the picture."""

    number: int
    role: RowRole
    cells: tuple[PaintedCell, ...] = ()
    hidden: bool = False
    items: tuple[Item, ...] = ()
    notes: tuple[Note, ...] = ()
    meanings: tuple[PaintedColumn, ...] = ()
    length: int = 1
    is_cut: bool = False

    @property
    def address(self) -> int:
        """As Excel counts."""
        return self.number + 1


@dataclass(frozen=True, slots=True)
class Axis:
    """A column of the picture; `length` more than 1 for empty ones that are drawn as one."""

    column: int
    hidden: bool = False
    length: int = 1


@dataclass(frozen=True, slots=True)
class PaintedSheet:
    """`orders` are the positions of the documents read from it; `notes` those whose cell is not
    drawn. `is_skipped`: it was not read as an order, as others of the mail were."""

    drawn: DrawnSheet
    axis: tuple[Axis, ...]
    rows: tuple[PaintedRow, ...]
    orders: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    is_skipped: bool = False

    @property
    def has_items(self) -> bool:
        return any(row.items for row in self.rows)

    @property
    def is_spoken_of(self) -> bool:
        """Whether something was found on it."""
        return bool(self.notes) or any(row.notes for row in self.rows)

    @property
    def roles(self) -> tuple[CellRole, ...]:
        """Those that occur, in the order of a legend."""
        seen = {cell.role for row in self.rows for cell in row.cells}
        return tuple(role for role in CellRole if role in seen)
