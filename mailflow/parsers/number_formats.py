"""Whether a number format shows its number as a date or a time: then it is no quantity."""

from __future__ import annotations

import re

BUILT_IN_MOMENTS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats that a workbook uses without writing them down; 27 and later as Chinese Excel has them."""

_NO_CODE = re.compile(r'"[^"]*"?|\\.|_.|\*.|general|e[+-]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")


def shows_moment(code: str) -> bool:
    """By the signs for days and hours outside of quoted text; `#,##0"日"` shows none."""
    bare = _NO_CODE.sub("", code.partition(";")[0]).casefold()
    return bool(_ELAPSED.search(bare)) or not set("ymdhsae").isdisjoint(_BRACKETS.sub("", bare))
