"""Texts in a CSV file: a spreadsheet program takes none of them for a formula (reliability O04)."""

from __future__ import annotations

import re

from mailflow.domain.pattern import pattern

STARTS = frozenset("=+-@\t\r＝＋－＠")
"""What a cell begins with that Excel, WPS or LibreOffice may calculate; the wide signs too, as WPS
and Excel in Chinese take them for the narrow ones."""

MARK = "'"
"""Before such a text, as people type it into a cell that is to stay a text."""

_NUMBER = pattern(r"-\d+(\.\d+)?", re.ASCII)


def as_csv_text(text: str) -> str:
    """The text as it is written into the file; a number below zero stays one."""
    if text[:1] in STARTS and text and not _NUMBER.fullmatch(text):
        return MARK + text
    return text


def of_csv_text(cell: str) -> str:
    """The text that `as_csv_text` made this cell of."""
    return cell[1:] if cell[:1] == MARK and cell[1:2] in STARTS and len(cell) > 1 else cell
