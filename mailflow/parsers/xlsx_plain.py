"""The short way through a sheet: rows written as nearly every program writes them.

A call a mark is what an own look at a sheet costs. Rows that consist of nothing but known marks in
their usual form are cut into cells instead, and each form of a cell is looked at once. At the
first sign of anything else the whole sheet goes the long way, which alone decides what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache

from mailflow.domain.sheet import column_letters
from mailflow.domain.spelling import remembered
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from mailflow.parsers.xlsx_cells import WITHOUT_VALUE, Meanings, Seen, seen_of
from mailflow.parsers.xlsx_signs import TEXT, is_plain, pattern, unescaped

COLUMN_OF = {column_letters(column): column for column in range(MAX_COLUMNS)}
BEGIN, END, END_OF_ROW, CELL = b"<sheetData>", b"</sheetData>", b"</row>", '<c r="'
_UTF_8 = pattern(r"<\w")
_ROW = re.compile(r'[ \n]*<row r="([1-9]\d{0,6})"([^<>]*)')
_NAME = r"[A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?"
_ATTRIBUTES = re.compile(rf'((?: {_NAME}="[^"<>&]*")*) ?(/?)')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_SHARED = re.compile(r'(?: s="\d{1,9}")? t="s"><v>(\d{1,9})</v></c>')
_FORMULA = (
    r'<f(?: t="shared"(?: ref="[A-Z0-9:]+")? si="\d{1,9}"| ca="1"| aca="(?:0|false)")?'
    rf"(?: ?/>|>{TEXT}</f>)"
)
_OTHER = re.compile(
    r'(?: s="\d{1,9}")?(?: t="(b|d|e|inlineStr|n|str)")?'
    rf"(?: ?/>|>({_FORMULA})?(?:<v>({TEXT})</v>|<v ?/>)?"
    rf'(?:<is><t(?: xml:space="preserve")?>({TEXT})</t></is>)?</c>)'
)


class _Otherwise(Exception):
    """The sheet is written in another way."""


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Rows read the short way. `around` is the part without them; their element, that has to be
    the one of the sheet, begins there at `begin`."""

    begin: int
    around: bytes
    rows: dict[int, dict[int, Seen]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def plain_rows(xml: bytes, meanings: Meanings) -> PlainRows | None:
    """None where the sheet has to go the long way."""
    begin = xml.find(BEGIN)
    end = xml.find(END, begin)
    if begin < 0 or end < 0 or not _UTF_8.match(xml):
        return None
    data = xml[begin + len(BEGIN) : end]
    if not is_plain(data):
        return None
    found = PlainRows(begin, xml[: begin + len(BEGIN)] + xml[end:])
    try:
        _fill(found, _rows(data), _Cells(meanings))
    except (_Otherwise, UnicodeDecodeError):
        return None
    return found


def _fill(found: PlainRows, rows: Iterator[tuple[str, bool, str]], known: _Cells) -> None:
    last, count = -1, 0
    for digits, hidden, text in rows:
        row = int(digits) - 1
        if row <= last or row >= MAX_ROWS:
            raise _Otherwise
        last = row
        if hidden:
            found.hidden.add(row)
        if text and (cells := _cells_of(text, digits, known)):
            found.rows[row] = cells
            count += len(cells)
            if count >= MAX_CELLS:
                raise _Otherwise


def _rows(data: bytes) -> Iterator[tuple[str, bool, str]]:
    """Number, whether hidden, and cells of each row."""
    *whole, rest = data.split(END_OF_ROW)
    for piece in whole:
        text = piece.decode()
        is_empty = True
        while is_empty:
            mark, _, text = text.partition(">")
            digits, hidden, is_empty = _row_marked(mark)
            if is_empty:
                yield digits, hidden, ""
        yield digits, hidden, text
    text = rest.decode()
    while text.strip(" \n"):
        mark, _, text = text.partition(">")
        digits, hidden, is_empty = _row_marked(mark)
        if not is_empty:
            raise _Otherwise
        yield digits, hidden, ""


def _row_marked(mark: str) -> tuple[str, bool, bool]:
    """Its number, whether it is hidden, and whether it ends with its mark."""
    if match := _ROW.fullmatch(mark):
        return (match[1], *_attributes(match[2]))
    raise _Otherwise


@lru_cache(maxsize=1024)
def _attributes(text: str) -> tuple[bool, bool]:
    match = _ATTRIBUTES.fullmatch(text)
    found = _ATTRIBUTE.findall(match[1]) if match else []
    named = dict(found)
    if match is None or len(named) < len(found) or "r" in named:
        raise _Otherwise  # the same one twice is no XML
    hidden = named.get("hidden") in ("1", "true") or named.get("ht") in ("0", "0.0")
    return hidden, bool(match[2])


def _cells_of(text: str, digits: str, known: _Cells) -> dict[int, Seen]:
    cells: dict[int, Seen] = {}
    first, *pieces = text.split(CELL)
    if first:
        raise _Otherwise
    last, size = -1, len(digits)
    for piece in pieces:
        reference, _, rest = piece.partition('"')
        column = COLUMN_OF.get(reference[:-size], -1)
        if column <= last or reference[-size:] != digits:
            raise _Otherwise
        last = column
        if seen := known[rest]:
            cells[column] = seen
    return cells


class _Cells(dict[str, Seen | None]):
    """What stands in a cell by all that is written behind its address; None where nothing does."""

    def __init__(self, meanings: Meanings) -> None:
        super().__init__()
        self._meanings = meanings

    def __missing__(self, rest: str) -> Seen | None:
        match = _SHARED.fullmatch(rest)
        seen = self[rest] = self._meanings["s"][match[1]] if match else _seen_in(rest)
        return seen


@remembered
def _seen_in(rest: str) -> Seen | None:
    match = _OTHER.fullmatch(rest)
    if match is None:
        raise _Otherwise
    kind, formula, value, inline = match.groups()
    if value and inline is None and kind != "inlineStr":
        return seen_of(kind or "n", unescaped(value))
    if inline is not None and value is None and formula is None and kind == "inlineStr":
        return seen_of(kind, unescaped(inline)) if inline else None
    if value or inline is not None or (formula and kind is not None):
        raise _Otherwise  # an empty result of a formula may be one
    return WITHOUT_VALUE if formula else None
