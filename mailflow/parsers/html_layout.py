"""One table of a page while it is read: which cells it covers, what it hides, what it strikes out."""

from __future__ import annotations

from dataclasses import field, replace

from mailflow.domain.value import dataclass
from mailflow.parsers.cells import DISAGREE, text_cell
from mailflow.parsers.grid import MAX_COLUMNS, MAX_ROWS, Cell, check_size
from mailflow.parsers.html_marks import Mark
from mailflow.parsers.values import number_of


@dataclass(slots=True)
class Row:
    cells: dict[int, Cell] = field(default_factory=dict)
    hidden: bool = False
    quoted: str = ""
    """`cited` where a program put it as another mail's, `indented` where somebody may have."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A cell that covers others beside or below it."""

    row: Row
    column: int
    down: int
    across: int


@dataclass(slots=True)
class OpenCell:
    mark: Mark
    column: int
    text: list[str] = field(default_factory=list)
    struck: bool = False
    holds_table: bool = False


@dataclass(slots=True)
class OpenTable:
    """`covered` says for how many rows more a column is covered from above; `inner` are rows of
    tables inside the row under way, which come behind it."""

    hidden: bool
    rows: list[Row] = field(default_factory=list)
    row: Row | None = None
    cell: OpenCell | None = None
    inner: list[Row] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    reaches: list[Reach] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0

    def begin_row(self, *, hidden: bool) -> None:
        self.row = Row(hidden=self.hidden or hidden)

    def end_row(self) -> None:
        if self.row is None:
            return
        self.rows.append(self.row)
        self.rows.extend(self.inner)
        self.row, self.inner = None, []
        self.covered = {c: n - 1 for c, n in self.covered.items() if n > 1}

    def column(self, mark: Mark, *, hidden: bool) -> None:
        alike = count_of(mark, "span", MAX_COLUMNS)
        if hidden:
            self.hidden_columns.update(range(self.columns, self.columns + alike))
        self.columns += alike

    def begin_cell(self, mark: Mark) -> None:
        if self.row is None:
            self.begin_row(hidden=False)
        column = max(self.row.cells, default=-1) + 1 if self.row else 0
        while self.covered.get(column, 0):
            column += 1
        self.cell = OpenCell(mark, column)

    def end_cell(self, *, hidden: bool, struck: bool) -> None:
        """The cell's text is a cell of the row; what it covers is empty, and counts."""
        if self.cell is None or self.row is None:
            return
        cell, self.cell = self.cell, None
        across = count_of(cell.mark, "colspan", MAX_COLUMNS)
        down = count_of(cell.mark, "rowspan", MAX_ROWS)
        check_size(1, cell.column + across, 0)
        for column in range(cell.column, cell.column + across):
            self.row.cells[column] = Cell("")
            if down > 1:
                self.covered[column] = down
        if cell.holds_table:
            self.inner.extend(_flow(cell))
        made = _made(cell, struck=struck or cell.struck)
        self.row.cells[cell.column] = made
        if hidden and made.text:
            self.hidden_columns.add(cell.column)
        if across > 1 or down > 1:
            self.reaches.append(Reach(self.row, cell.column, down, across))

    def make_room(self) -> None:
        """A table begins in the cell: the text before it, and after it, is lines of their own."""
        if self.cell is not None:
            self.cell.holds_table = True
            self.inner.extend(_flow(self.cell))


def _flow(cell: OpenCell) -> list[Row]:
    text, cell.text = "".join(cell.text), []
    return [Row({0: text_cell(line)}) for line in lines_of(text)]


def lines_of(text: str) -> list[str]:
    """Lines that are not empty, each with single spaces only."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]


def count_of(mark: Mark, name: str, most: int) -> int:
    text = mark.attributes.get(name, "1").strip()
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 8 else 1


def _made(cell: OpenCell, *, struck: bool) -> Cell:
    """What is struck out was meant once; what is shown otherwise than stored is two values."""
    made = text_cell("\n".join(lines_of("".join(cell.text))))
    if not made.text:
        return made
    stored = number_of(cell.mark.attributes.get("x:num", ""))
    shown = number_of(made.text)
    differs = stored is not None and shown is not None and stored != shown
    return replace(made, trouble=DISAGREE) if struck or differs else made
