"""A form may stand in the words of a mail, as a table that somebody filled in there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from mailflow.domain.sheet import Place, Written
from mailflow.parsers.body_tables import BODY, own_rows
from mailflow.parsers.cells import Rows
from mailflow.parsers.mime_parts import Body

MOST_CELLS, LONGEST_CELL = 300, 500
FEWEST_CELLS = 2
_LAID_OUT = re.compile(r"\S(?:\t| {2,}|\u3000|\s*[|│┃])\s*\S")
"""Words of one line that stand apart."""


def form_in_words(bodies: Sequence[Body], subject: str) -> tuple[Written, ...]:
    """The filled cells of the tables in what its sender wrote himself, from the line above the first to
    the end of the last; of the first of the mail's texts that has one. A form has no more cells."""
    if not any("<table" in b.html.casefold() or _LAID_OUT.search(b.text) for b in bodies):
        return ()
    for rows in own_rows(bodies, subject):
        tables = [n for n, cells in rows.items() if len(cells) >= FEWEST_CELLS]
        if tables:
            return tuple(islice(_cells(rows, _begin(rows, tables[0]), tables[-1]), MOST_CELLS))
    return ()


def _begin(rows: Rows, first: int) -> int:
    """Its title stands in the last line that is filled above it."""
    return max((n for n in rows if n < first), default=first)


def _cells(rows: Rows, begin: int, end: int) -> Iterator[Written]:
    for row, cells in sorted(rows.items()):
        if begin <= row <= end:
            for column, cell in sorted(cells.items()):
                if text := cell.text.strip():
                    yield Written(text[:LONGEST_CELL], Place(BODY, "", row, column))
