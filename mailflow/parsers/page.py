"""A page is a grid as an order is looked for on it: whose file it is of, which names are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mailflow.domain.naming import KnownNames
from mailflow.domain.sheet import Place, Span, Written
from mailflow.parsers.grid import Address, Cell, Grid

MOST_SHARED = 100_000
"""Cells under merges that are looked through; no sheet made by hand has so many."""
NOTHING: Mapping[int, Cell] = {}


@dataclass(slots=True)
class Page:
    """`anchors` leads from each cell under a merge, but its first, to that first one."""

    grid: Grid
    attachment: str
    known: KnownNames
    anchors: dict[Address, Address] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for top, left, bottom, right in self.grid.merges:
            if len(self.anchors) + (bottom - top + 1) * (right - left + 1) > MOST_SHARED:
                return
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self.anchors[row, column] = (top, left)
            self.anchors.pop((top, left), None)

    def cells(self, row: int) -> Mapping[int, Cell]:
        return self.grid.rows.get(row, NOTHING)

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        for column, cell in self.cells(row).items():
            if cell.text:
                yield column, cell.text

    def spread(self, row: int) -> dict[int, str]:
        """The texts of a row, each over the whole width it is merged over."""
        found = dict(self.texts(row))
        for top, left, _, right in self.grid.merges_over(row):
            if (anchor := self.grid.at(top, left)) and anchor.text:
                for column in range(left, right + 1):
                    found.setdefault(column, anchor.text)
        return found

    def above(self, row: int, column: int) -> Address | None:
        """The first cell of a merge that reaches down to here in this very column."""
        anchor = self.anchors.get((row, column))
        return anchor if anchor and anchor[1] == column and anchor[0] < row else None

    def merged_to(self, row: int, column: int) -> int:
        """The last column of the merge a cell is in; its own where it is in none."""
        for _, left, _, right in self.grid.merges_over(row):
            if left <= column <= right:
                return right
        return column

    def place(self, row: int, column: int) -> Place:
        return Place(self.attachment, self.grid.name, row, column)

    def span(self, top: int, left: int, bottom: int, right: int) -> Span:
        return Span(self.attachment, self.grid.name, top, left, bottom, right)

    def written(self, text: str, row: int, column: int) -> Written:
        return Written(text, self.place(row, column))
