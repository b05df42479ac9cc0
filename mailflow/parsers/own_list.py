"""A dispatch list of ours is known by the number over it, and is never an order.

A manager forwards it, a warehouse sends it back filled in: products and quantities stand in it, but
the goods were ordered before.
"""

from __future__ import annotations

import re

from mailflow.parsers.grid import Grid

HEAD_ROWS = 4
_NUMBER = re.compile(r"FH\d{6}-\d{4,}(?:-\d+)?\s{1,4}R\d{1,4}")


def is_dispatch_list(grid: Grid) -> bool:
    """Whether list number and revision stand by themselves in a cell at its top."""
    return any(
        _NUMBER.fullmatch(cell.text.strip())
        for row, cells in grid.rows.items()
        if row < HEAD_ROWS
        for cell in cells.values()
    )
