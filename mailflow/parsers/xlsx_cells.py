"""What the raw text of a cell means, and whether another reader says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from typing import NamedTuple

from mailflow.domain.spelling import remembered
from mailflow.parsers.grid import Cell
from mailflow.parsers.looks import STRUCK
from mailflow.parsers.xlsx_parts import corrupt
from mailflow.parsers.xlsx_strings import SharedStrings, within

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""Signs that XML does not allow, and what Excel takes for such a sign."""
LONGEST_NUMBER = 15
"""Digits a float keeps; a longer integer has lost its end (reliability X11)."""

Value = int | float | str | bool | clock_time | date | datetime | timedelta
"""What calamine says of a cell."""


class Seen(NamedTuple):
    """A cell by our own look, dates still numbers; and what calamine says where it sees the same."""

    cell: Cell
    expected: str | float | bool | None


WITHOUT_VALUE = Seen(Cell("", trouble="formula-without-value"), None)
"""A formula whose result the file does not hold (reliability X10)."""


class Meanings(dict[str, "_OfKind"]):
    """`meanings[kind][raw]`: cells by type letter (n, s, b, e, …) and raw text.

    Each is made once a book: most cells of a sheet are repetitions, and a text that ten thousand
    cells show takes the room of one.
    """

    def __init__(self, strings: SharedStrings) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, kind: str) -> _OfKind:
        made = self[kind] = _OfKind(kind, self._strings)
        return made


class _OfKind(dict[str, Seen]):
    def __init__(self, kind: str, strings: SharedStrings) -> None:
        super().__init__()
        self._kind = kind
        self._strings = strings

    def __missing__(self, raw: str) -> Seen:
        made = self[raw] = self._shared(raw) if self._kind == "s" else seen_of(self._kind, raw)
        return made

    def _shared(self, raw: str) -> Seen:
        texts = self._strings.texts
        if not raw.isdecimal() or len(raw) > 9 or int(raw) >= len(texts):
            raise corrupt("a cell names a shared string that is not there")
        seen = _of_text(texts[int(raw)])
        return struck_out(seen) if int(raw) in self._strings.struck else seen


def struck_out(seen: Seen) -> Seen:
    return Seen(replace(seen.cell, trouble=STRUCK), seen.expected)


def seen_of(kind: str, raw: str) -> Seen:
    """Whatever the book: all kinds but the shared strings."""
    within(raw)
    if kind == "n":
        return _of_number(raw)
    if kind == "b":
        return Seen(Cell("TRUE" if raw == "1" else "FALSE"), raw == "1")
    if kind == "e":
        return Seen(Cell(raw, trouble="error-value"), None)
    if kind == "d":
        return Seen(Cell(raw), None)
    return _of_text(raw)


def _unescaped(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return sign if sign.isprintable() or sign in "\t\n\r" else ""


@remembered
def _of_text(text: str) -> Seen:
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return Seen(Cell(text.strip()), text)


@remembered
def _of_number(raw: str) -> Seen:
    try:
        exact = float(raw)
        number = Decimal(f"{exact:.15g}")
    except (ValueError, ArithmeticError):
        return Seen(Cell(raw, trouble="readers-disagree"), None)
    if not number.is_finite():
        return Seen(Cell(raw, trouble="error-value"), None)
    digits = raw.lstrip("-").partition(".")[0].partition("E")[0]
    long = abs(number) >= 10**LONGEST_NUMBER or len(digits) > LONGEST_NUMBER
    return Seen(Cell(plain_number(number), number, trouble="long-number" if long else ""), exact)


def plain_number(number: Decimal) -> str:
    """`80.6`, `12`, never `1.2E+1`."""
    return f"{number.normalize():f}" if number else "0"


def confirmed(seen: Mapping[int, Seen], theirs: Sequence[Value] | None) -> dict[int, Cell]:
    """The filled cells of a row with calamine's word on each; None where it could not read it."""
    cells: dict[int, Cell] = {}
    width = 0 if theirs is None else len(theirs)
    for column, (cell, expected) in seen.items():
        if theirs is not None:
            value = theirs[column] if column < width else ""
            if value != expected:
                cell = _judged(cell, value)
        if cell.text or cell.trouble:
            cells[column] = cell
    return cells


def _judged(own: Cell, theirs: Value) -> Cell:
    """Where calamine says something else: it knows dates; what really differs is said."""
    if own.trouble in ("error-value", "formula-without-value"):
        return own
    if isinstance(theirs, datetime | date):
        day = theirs.date() if isinstance(theirs, datetime) else theirs
        return Cell(day.isoformat(), own.number, day, own.trouble)
    if isinstance(theirs, clock_time | timedelta):
        return Cell(str(theirs), trouble=own.trouble)
    if isinstance(theirs, bool):
        return own
    if isinstance(theirs, str):
        same = " ".join(theirs.split()) == " ".join(own.text.split())
    else:
        same = own.number is not None and Decimal(f"{float(theirs):.15g}") == own.number
    return own if same else Cell(own.text, own.number, trouble="readers-disagree")
