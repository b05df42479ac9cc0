"""A grid is a sheet with the addresses Excel shows; every reader of workbooks makes grids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass

MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_CELLS = 1_500_000
"""What is read of any sheet: stock lists and reports are long."""
ORDER_ROWS = 20_000
ORDER_CELLS = 500_000
"""A larger sheet is no order (rulings of the desk, 22)."""
MAX_TEXT = 32_767
"""Signs in a cell: Excel's own limit. A bomb need not be a zip bomb."""

Address = tuple[int, int]
Area = tuple[int, int, int, int]
"""Top, left, bottom, right; both corners included."""


LOOKS = frozenset({"struck-out", "not-shown"})
"""Troubles of a cell whose value is known: what is in doubt is whether it counts."""


class AttachmentRefused(Exception):
    """The bytes cannot be read; the reason is one of the contract's words."""

    def __init__(self, reason: RefusedBecause, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell. `text` is what a person sees; number and day where it holds one.

    `trouble` says why the value is not to be believed: `formula-without-value`, `error-value`,
    `readers-disagree`, `long-number`, `struck-out`, `not-shown`. `shown` is a number with the signs
    its format adds, where it adds any that count: `12箱`.
    """

    text: str
    number: Decimal | None = None
    day: date | None = None
    trouble: str = ""
    shown: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether its value is not known; of one that is struck out it is."""
        return bool(self.trouble) and self.trouble not in LOOKS


@dataclass(slots=True)
class Grid:
    """`rows` holds filled cells only, by row and column, both in order and counting from 0."""

    name: str
    rows: dict[int, dict[int, Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    since_1904: bool = False
    comments: Mapping[Address, str] = field(default_factory=dict)
    cited_rows: frozenset[int] = frozenset()
    indented_rows: frozenset[int] = frozenset()
    """On a page: rows that a program marked as another mail's, and rows set in like those."""
    _merges_of: dict[int, list[Area]] | None = field(default=None, init=False, repr=False)

    def at(self, row: int, column: int) -> Cell | None:
        cells = self.rows.get(row)
        return None if cells is None else cells.get(column)

    def filled(self) -> Iterator[tuple[Address, Cell]]:
        """Every filled cell with its place, in reading order."""
        for row, cells in self.rows.items():
            for column, cell in cells.items():
                yield (row, column), cell

    def merges_over(self, row: int) -> Sequence[Area]:
        """The merged areas a row runs through."""
        if self._merges_of is None:
            self._merges_of = {}
            for area in self.merges:
                for touched in range(area[0], area[2] + 1):
                    self._merges_of.setdefault(touched, []).append(area)
        return self._merges_of.get(row, ())

    @property
    def last_row(self) -> int:
        return max(self.rows, default=-1)

    @property
    def last_column(self) -> int:
        return max((max(cells) for cells in self.rows.values()), default=-1)


def may_be_order(grid: Grid) -> bool:
    return grid.last_row < ORDER_ROWS and sum(map(len, grid.rows.values())) <= ORDER_CELLS


def check_size(rows: int, columns: int, cells: int) -> None:
    """Raises `AttachmentRefused` where a sheet is larger than any that is read."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or cells > MAX_CELLS:
        raise AttachmentRefused(
            RefusedBecause.TOO_LARGE, f"{rows} rows, {columns} columns, {cells} cells"
        )
