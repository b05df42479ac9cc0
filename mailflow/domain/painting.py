"""A sheet with the reading painted over it: what every cell, column and row was taken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from mailflow.domain.appraisal import Item
from mailflow.domain.finding import Finding
from mailflow.domain.picture import DrawnSheet


class Role(StrEnum):
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
    TAKEN = "taken"
    STRANGE = "strange"


ROLE_OF: Mapping[str, Role] = MappingProxyType(
    {
        "code": Role.PRODUCT,
        "name": Role.PRODUCT,
        "cases": Role.QUANTITY,
        "tins": Role.QUANTITY,
        "quantity": Role.QUANTITY,
        "unit-price": Role.PRICE,
        "case-price": Role.PRICE,
        "amount": Role.AMOUNT,
        "funding": Role.FUNDING,
        "line-no": Role.DETAIL,
        "other-name": Role.DETAIL,
        "spec": Role.DETAIL,
        "per-case": Role.DETAIL,
        "unit": Role.DETAIL,
        "remark": Role.DETAIL,
        "gift": Role.UNREAD,
        "other": Role.UNUSED,
    }
)
"""The role of a column by its meaning; what is not named here is about the order as a whole."""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as it is numbered in one picture; `order` is its document's position in the mail,
    None for what is said of the mail as a whole."""

    number: int
    finding: Finding
    order: int | None


@dataclass(frozen=True, slots=True)
class PaintedCell:
    """`across` counts the columns of the picture it is merged over; `goes_on` is below a cell
    that it is merged with. `notes` are the numbers of the findings at this cell."""

    column: int
    text: str
    role: Role | None
    across: int = 1
    goes_on: bool = False
    trouble: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PaintedColumn:
    """What a column of a table means, shown below the table's header. An empty `meaning` was not
    understood."""

    column: int
    header: str
    meaning: str
    role: Role
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
    def roles(self) -> tuple[Role, ...]:
        """Those that occur, in the order of a legend."""
        seen = {cell.role for row in self.rows for cell in row.cells}
        return tuple(role for role in Role if role in seen)
