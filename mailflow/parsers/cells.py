"""What a value of any reader becomes on a grid, and what is said where two readers disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.grid import MAX_TEXT, AttachmentRefused, Cell, Grid

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069]"
)
"""Signs that nobody sees, and that databases and printers do not take."""
LONGEST_NUMBER = 15
"""Digits a float keeps; a longer integer has lost its end (reliability X11)."""
DISAGREE = "readers-disagree"
FIRST_DAY_1900 = date(1899, 12, 30)
FIRST_DAY_1904 = date(1904, 1, 1)
LEAP_DAY_OF_LOTUS = 60
"""Serial of the 29 February 1900 that never was; before it days count one later."""
LAST_SERIAL = 2_958_466

Value = int | float | str | bool | clock_time | date | datetime | timedelta
"""What calamine says of a cell; an empty one is an empty text."""
Rows = dict[int, dict[int, Cell]]
Area = tuple[int, int, int, int]
"""Top, left, bottom, right."""


def text_cell(text: str) -> Cell:
    """Raises `AttachmentRefused` for more text than Excel allows in a cell."""
    if len(text) > MAX_TEXT:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "a cell with more text than Excel allows")
    return Cell(_UNSEEN.sub("", text).strip())


def plain_number(number: Decimal) -> str:
    """`80.6`, `12`, never `1.2E+1`."""
    return f"{number.normalize():f}" if number else "0"


def number_cell(value: float | Decimal) -> Cell:
    """A number as a person sees it: fifteen digits, as Excel keeps them."""
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        return Cell(str(value), trouble="error-value")
    long = abs(number) >= 10**LONGEST_NUMBER
    return Cell(plain_number(number), number, trouble="long-number" if long else "")


def truth_cell(value: object) -> Cell:
    return Cell("TRUE" if value else "FALSE")


def error_cell(text: str) -> Cell:
    return Cell(text or "#N/A", trouble="error-value")


def moment_cell(serial: float, *, since_1904: bool) -> Cell:
    """A number that its format shows as a date or a time: never a quantity."""
    day = day_of(serial, since_1904=since_1904)
    if day is not None:
        return Cell(day.isoformat(), Decimal(f"{serial:.15g}"), day)
    if 0 <= serial < 1:
        return Cell(str(timedelta(seconds=round(serial * 86_400))))
    return Cell(f"{serial:.15g}", trouble="error-value")


def day_of(serial: float, *, since_1904: bool) -> date | None:
    whole = int(serial)
    if not 1 <= whole < LAST_SERIAL:
        return None
    if since_1904:
        return FIRST_DAY_1904 + timedelta(days=whole)
    if whole < LEAP_DAY_OF_LOTUS:
        return FIRST_DAY_1900 + timedelta(days=whole + 1)
    return FIRST_DAY_1900 + timedelta(days=whole)


def said_cell(value: Value) -> Cell | None:
    """What calamine alone says; None for an empty cell."""
    if isinstance(value, bool):
        return truth_cell(value)
    if isinstance(value, int | float):
        return number_cell(value)
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(day.isoformat(), None, day)
    if isinstance(value, clock_time | timedelta):
        return Cell(str(value))
    return text_cell(value) if value.strip() else None


def said_rows(said: Sequence[Sequence[Value]]) -> Rows:
    """The cells of a sheet that only calamine could read."""
    rows: Rows = {}
    for row, values in enumerate(said):
        found = {c: cell for c, value in enumerate(values) if (cell := said_cell(value))}
        if found:
            rows[row] = found
    return rows


def compared(own: Rows, theirs: Sequence[Sequence[Value]]) -> Rows:
    """Our cells, in order; where calamine says something else the cell says so."""
    rows: Rows = {}
    for row in sorted(
        own.keys() | {r for r, said in enumerate(theirs) if any(map(_is_said, said))}
    ):
        said = theirs[row] if row < len(theirs) else ()
        if kept := _row_compared(own.get(row, {}), said):
            rows[row] = kept
    return rows


def _row_compared(own: Mapping[int, Cell], said: Sequence[Value]) -> dict[int, Cell]:
    kept: dict[int, Cell] = {}
    for column in sorted(own.keys() | {c for c, value in enumerate(said) if _is_said(value)}):
        cell, value = own.get(column), said[column] if column < len(said) else ""
        if cell is None:
            other = said_cell(value)
            kept[column] = replace(other or Cell(""), trouble=DISAGREE)
        elif cell.trouble or agree(cell, value):
            kept[column] = cell
        else:
            kept[column] = replace(cell, trouble=DISAGREE)
    return kept


def _is_said(value: Value) -> bool:
    return not isinstance(value, str) or bool(value.strip())


def agree(own: Cell, theirs: Value) -> bool:
    """Whether calamine sees the same; how it shows times and truths is its own business."""
    if isinstance(theirs, bool):
        return own.text in ("TRUE", "FALSE")
    if isinstance(theirs, datetime | date):
        day = theirs.date() if isinstance(theirs, datetime) else theirs
        return own.day == day
    if isinstance(theirs, clock_time | timedelta):
        return own.number is None or own.day is not None
    if isinstance(theirs, int | float):
        number = Decimal(f"{float(theirs):.15g}")
        return own.number == number and own.day is None
    if theirs.startswith("PT") and ":" in own.text:
        return True  # an elapsed time as an .ods writes it down
    return own.number is None and "".join(theirs.split()) == "".join(own.text.split())


def ordered(rows: Rows) -> Rows:
    """Rows and columns in reading order."""
    return {row: dict(sorted(rows[row].items())) for row in sorted(rows) if rows[row]}


def clipped(merges: Iterable[Area], grid: Grid) -> tuple[Area, ...]:
    """Merged areas as far as the sheet is filled: some reach over whole rows and columns."""
    last_row, last_column = grid.last_row, grid.last_column
    return tuple(
        (top, left, min(bottom, last_row), min(right, last_column))
        for top, left, bottom, right in merges
        if 0 <= top <= last_row and 0 <= left <= last_column and top <= bottom and left <= right
    )
