"""How much room a text takes on a sheet, on the safe side."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import ceil

TALLEST = 400.0
"""Points a row may be high; Excel's own limit is 409."""

_WIDE = frozenset("WFA")


def width_of(text: str, points: float) -> float:
    """Pixels at 96 dpi, on the safe side: a Chinese sign is a square, a Latin one 0.55 of it."""
    em = points * 96 / 72
    return sum(em if unicodedata.east_asian_width(c) in _WIDE else 0.55 * em for c in text)


@lru_cache(maxsize=4096)
def height_of(text: str, pixels: float, points: float) -> float:
    """Points a wrapped text needs in a cell of this width."""
    lines = sum(max(1, ceil(width_of(line, points) / pixels)) for line in text.split("\n"))
    return min(TALLEST, lines * points * 1.4 + 4)
