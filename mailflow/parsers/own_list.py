"""A dispatch list of ours is known by the number over it, and is never an order.

A manager forwards it, a warehouse sends it back filled in: products and quantities stand in it, but
the goods were ordered before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Grid

HEAD_ROWS = 4
_NUMBER = r"FH\d{6}-\d{4,}(?:-\d{1,3})?"
_OVER_A_LIST = re.compile(rf"({_NUMBER})\s{{0,4}}R(\d{{1,4}})")
_NAMED = re.compile(rf"(?<![A-Z0-9])({_NUMBER})(?![\d-])(?:\s{{0,4}}R(\d{{1,4}})(?!\d))?")
_DASHES = re.compile(r"\s?[‐-―−－﹣﹘]\s?")
_MARKS = "FH"


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A list's number; `revision` is empty where a text names the number alone."""

    number: str
    revision: str


def is_dispatch_list(grid: Grid) -> bool:
    """Whether list number and revision stand by themselves in a cell at its top."""
    rows = (row for row in range(HEAD_ROWS) if row in grid.rows)
    return any(number_over_list(cell.text) for row in rows for cell in grid.rows[row].values())


def numbers_over_lists(grid: Grid) -> Iterator[tuple[int, int, OwnNumber]]:
    """Row and column of each cell that holds number and revision of a list and nothing else."""
    for (row, column), cell in grid.filled():
        if number := number_over_list(cell.text):
            yield row, column, number


def number_over_list(text: str) -> OwnNumber | None:
    if _MARKS in text and (match := _OVER_A_LIST.fullmatch(_plain(text))):
        return OwnNumber(match[1], match[2])
    return None


def numbers_named(text: str) -> list[OwnNumber]:
    """Every list that a text names: `清单 fh261109-0042 R1`; the same one once."""
    plain = _plain(text)
    if _MARKS not in plain:
        return []
    return list(dict.fromkeys(OwnNumber(m[1], m[2] or "") for m in _NAMED.finditer(plain)))


def _plain(text: str) -> str:
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip().upper()
