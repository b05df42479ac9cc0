"""Strangers' texts are fit for a cell: no sign a program chokes on, no length it refuses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import ceil

LONGEST = 32_000
"""Signs in a cell; Excel itself refuses a workbook with more than 32,767."""
TALLEST = 400.0
"""Points a row may be high; Excel's own limit is 409."""

# Control signs, halves of surrogate pairs, what is no character; and the marks that turn the
# direction of writing or hide a sign, with which one name can be made to look like another.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\uffff\ud800-\udfff]+"
)
_WHITE = re.compile(r"[\t\n ]*\n[\t\n ]*|\t+")
_WIDE = frozenset("WFA")


def cleaned(text: str, longest: int = LONGEST) -> str:
    """The text in one line, ending in `…` where it was cut."""
    if len(text) <= longest and text.isprintable():
        return text.strip()
    return lines_cleaned(text, longest).replace("\n", " ").strip()


def lines_cleaned(text: str, longest: int = LONGEST) -> str:
    """The text with its line breaks kept, none of them twice."""
    # Nothing behind the limit is looked at: a text may be as long as a mail.
    printable = _UNPRINTABLE.sub(" ", text[: 2 * longest].replace("\r\n", "\n"))
    printable = _WHITE.sub(lambda m: "\n" if "\n" in m[0] else " ", printable)
    return printable if len(printable) <= longest else printable[: longest - 1] + "…"


def width_of(text: str, points: float) -> float:
    """Pixels at 96 dpi, on the safe side: a Chinese sign is a square, a Latin one 0.55 of it."""
    em = points * 96 / 72
    return sum(em if unicodedata.east_asian_width(c) in _WIDE else 0.55 * em for c in text)


@lru_cache(maxsize=4096)
def height_of(text: str, pixels: float, points: float) -> float:
    """Points a wrapped text needs in a cell of this width."""
    lines = sum(max(1, ceil(width_of(line, points) / pixels)) for line in text.split("\n"))
    return min(TALLEST, lines * points * 1.4 + 4)
