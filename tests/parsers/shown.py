"""Grids as tests write them down."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.grid import Grid
from mailflow.parsers.workbook import read_book


def shown(grid: Grid) -> list[Mapping[int, str]]:
    """The texts of every row by column; what is doubted bears a question mark."""
    return [
        {column: cell.text + "?" * bool(cell.trouble) for column, cell in row.items()}
        for row in grid.rows.values()
    ]


def table(text: str, encoding: str = "utf-8") -> list[Mapping[int, str]]:
    """A text table that was sent as a file."""
    return shown(read_book(text.encode(encoding)).grids[0])
