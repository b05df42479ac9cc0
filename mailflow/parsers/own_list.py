"""A dispatch list of ours is known by the number over it, and is never an order.

A manager forwards it, a warehouse sends it back filled in: products and quantities stand in it, but
the goods were ordered before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mailflow.domain.spelling import remembered
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Grid

HEAD_ROWS = 4
LONGEST = 40
"""Signs of a cell that holds a number and nothing else."""
_NUMBER = r"FH\d{6}-\d{4,}(?:-\d{1,3})?(?:-B\d{1,3})?"
_OVER_A_LIST = re.compile(rf"({_NUMBER})\s{{0,4}}R(\d{{1,4}})")
_NAMED = re.compile(rf"(?<![A-Z0-9])({_NUMBER})(?![\d-])(?:\s{{0,4}}R(\d{{1,4}})(?!\d))?")
_DASHES = re.compile(r"\s?[‐-―−－﹣﹘]\s?")
_MARKS = "FH"
_TITLE = re.compile(
    "(?:本|对应|我司|贵司)?(?:发货|出库|出货)?(?:清单|单据|单)?(?:编号|号码|号)?(?:发货|填回)?(?:明细|回执|情况)?"
    "|(?:DISPATCH|SHIPPING)?(?:LIST|NOTE|REPORT)?(?:NO|NUMBER)?"
)


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
    for row, cells in grid.rows.items():
        for column, cell in cells.items():
            # A book has thousands of cells, and a few of them bear these marks.
            if _MARKS in cell.text and (number := number_over_list(cell.text)):
                yield row, column, number


def number_over_list(text: str) -> OwnNumber | None:
    if _MARKS in text and (match := _OVER_A_LIST.fullmatch(_plain(text))):
        return OwnNumber(match[1], match[2])
    return None


@remembered
def numbers_named(text: str) -> tuple[OwnNumber, ...]:
    """Every list that a text names: `清单 fh261109-0042 R1`; the same one once."""
    plain = _plain(text)
    if _MARKS not in plain:
        return ()
    return tuple(dict.fromkeys(OwnNumber(m[1], m[2] or "") for m in _NAMED.finditer(plain)))


@remembered
def number_over(text: str) -> OwnNumber | None:
    """The list whose goods stand below a text: `清单号：FH261109-0042`, `发货清单 FH261109-0042 R1`. A
    sentence that speaks of a list is none."""
    named = numbers_named(text)
    if len(named) != 1:
        return None
    rest = re.sub(r"[\W_]+", "", _NAMED.sub("", _plain(text)))
    return named[0] if _TITLE.fullmatch(rest) else None


def _plain(text: str) -> str:
    if text.isascii():
        return text.strip().upper()
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip().upper()
