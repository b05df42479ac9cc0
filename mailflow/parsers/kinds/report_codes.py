"""Cells that name something by digits and letters: waybills, telephones, numbers of lists.

A program that takes such a thing for a number drops its leading zeros, and its end where it is long:
what may have lost a digit is doubted and not taken.
"""

from __future__ import annotations

import re
import unicodedata

from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.report_values import NOTHING, DigitsLost, Unreadable

_POWER = re.compile(r"[+-]?\d+(?:\.\d+)?E\+?\d+", re.IGNORECASE)
"""`6.90123E+12`: a spreadsheet's way to show a number that is too long for its cell."""
_WHOLE = re.compile(r"(\d+)\.0+")
FEWEST_DIGITS = 7
_WHOLE_PHONE = re.compile(r"0\d+|1\d{10}|(?:86|0086)1\d{10}|[2-8]\d{6,7}|[48]00\d{7}|\d{1,6}")
_PHONE_SIGNS = re.compile(r"[\d\s()+\-–—*#转,，/;；、:：.]|ext|mobile|tel", re.IGNORECASE)


def code_in(cell: Cell) -> str | None:
    """The text as it stands; full-width signs become plain ones."""
    text = cell.text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if text.casefold() in NOTHING:
        return None
    if cell.trouble == "long-number":
        raise DigitsLost
    if cell.day is not None or (cell.number is not None and cell.number != int(cell.number)):
        raise Unreadable
    if _POWER.fullmatch(text):
        raise DigitsLost
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def phone_in(cell: Cell) -> str | None:
    """Digits alone are a mobile number, a local one without area code, or a hotline; what else they
    are began with a zero, which a program took away."""
    text = code_in(cell)
    if text is None:
        return None
    digits = re.sub(r"\D", "", text)
    if text.isdecimal() and not _WHOLE_PHONE.fullmatch(text):
        raise DigitsLost
    if len(digits) < FEWEST_DIGITS or _PHONE_SIGNS.sub("", text):
        raise Unreadable
    return text
