"""On a sheet that is no order: the words over numbers beside products, one of which may count."""

from __future__ import annotations

from mailflow.domain.naming import KnownNames
from mailflow.parsers.grid import Grid
from mailflow.parsers.storeys import is_number
from mailflow.parsers.vocabulary import LONGEST_HEADER, meaning_of

MOST_ROWS = 500
MOST_HEADERS = 3


def uncounted_headers(grid: Grid, known: KnownNames) -> tuple[str, ...]:
    """Headers nobody understands, the nearest text above each column."""
    above: dict[int, str] = {}
    found: dict[str, None] = {}
    for row in list(grid.rows)[:MOST_ROWS]:
        cells = grid.rows[row]
        is_line = any(known.is_product(c.text) for c in cells.values() if c.text)
        for column, cell in cells.items():
            if not is_number(cell):
                above[column] = "" if is_line else cell.text
            elif is_line and _is_strange(header := above.get(column, "")):
                found[header] = None
    return tuple(found)[:MOST_HEADERS]


def _is_strange(header: str) -> bool:
    return 0 < len(header) <= LONGEST_HEADER and meaning_of(header) is None
