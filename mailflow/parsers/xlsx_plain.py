"""The short way through a sheet: rows written as nearly every program writes them.

A call a mark is what an own look at a sheet costs. Rows that consist of nothing but known marks in
their usual form are taken apart by one pattern instead. At the first sign of anything else the
whole sheet goes the long way, which alone decides what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.sax.saxutils import unescape

from mailflow.domain.sheet import column_letters
from mailflow.parsers.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from mailflow.parsers.xlsx_cells import WITHOUT_VALUE, Meanings, Seen

COLUMN_OF = {column_letters(column): column for column in range(MAX_COLUMNS)}
BEGIN, END, END_OF_ROW = b"<sheetData>", b"</sheetData>", b"</row>"
_UTF_8 = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.0["'] encoding=["']utf-8["'][^<>]{0,40}\?>\s*)?<\w""",
    re.IGNORECASE,
)
_TEXT = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]"
"""A sign that an XML parser hands on as it is."""
_TEXTS = rf"{_TEXT}*(?:&(?:amp|lt|gt|quot|apos);{_TEXT}*)*"
_NAME = r"[A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?"
_ROW = re.compile(
    rf'[ \n]*<row r="([1-9]\d{{0,6}})"((?: {_NAME}="[^"<&\x00-\x1f\ufffe\uffff]*")*) ?(/?)>'
)
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_FORMULA = (
    r'<f(?: t="shared"(?: ref="[A-Z0-9:]+")? si="\d{1,9}"| ca="1"| aca="(?:0|false)")?'
    rf"(?: ?/>|>{_TEXTS}</f>)"
)
_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="\d{1,9}")?(?: t="(b|d|e|inlineStr|n|s|str)")?'
    rf"(?: ?/>|>({_FORMULA})?(?:<v>({_TEXTS})</v>|<v ?/>)?"
    rf'(?:<is><t(?: xml:space="preserve")?>({_TEXTS})</t></is>)?</c>))'
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
    found = PlainRows(begin, xml[: begin + len(BEGIN)] + xml[end:])
    try:
        _fill(found, _rows(xml, begin + len(BEGIN), end), meanings)
    except (_Otherwise, UnicodeDecodeError):
        return None
    return found


def _fill(found: PlainRows, rows: Iterator[tuple[str, str, str]], meanings: Meanings) -> None:
    last, count = -1, 0
    for digits, attributes, text in rows:
        row = int(digits) - 1
        if row <= last or row >= MAX_ROWS:
            raise _Otherwise
        last = row
        if _is_hidden(attributes):
            found.hidden.add(row)
        if text and (cells := _cells(text, digits, meanings)):
            found.rows[row] = cells
            count += len(cells)
            if count >= MAX_CELLS:
                raise _Otherwise


def _rows(xml: bytes, at: int, end: int) -> Iterator[tuple[str, str, str]]:
    """Number, attributes and cells of each row."""
    while at < end:
        stop = xml.find(END_OF_ROW, at, end)
        text = xml[at : stop if stop >= 0 else end].decode()
        at, place = (stop + len(END_OF_ROW) if stop >= 0 else end), 0
        while (mark := _ROW.match(text, place)) and mark[3]:
            yield mark[1], mark[2], ""
            place = mark.end()
        if mark and stop >= 0:
            yield mark[1], mark[2], text[mark.end() :]
        elif mark or stop >= 0 or text[place:].strip(" \n"):
            raise _Otherwise


@lru_cache(maxsize=1024)
def _is_hidden(attributes: str) -> bool:
    found = _ATTRIBUTE.findall(attributes)
    named = dict(found)
    if len(named) < len(found) or "r" in named:
        raise _Otherwise  # the same one twice: no XML
    return named.get("hidden") in ("1", "true") or named.get("ht") in ("0", "0.0")


def _unescaped(text: str) -> str:
    return unescape(text, {"&quot;": '"', "&apos;": "'"})


def _cells(text: str, digits: str, meanings: Meanings) -> dict[int, Seen]:
    cells: dict[int, Seen] = {}
    last, length = -1, 0
    for whole, letters, number, kind, formula, value, inline in _CELL.findall(text):
        length += len(whole)
        column = COLUMN_OF.get(letters, -1)
        if column <= last or number != digits:
            raise _Otherwise
        last = column
        if "&" in whole:
            value, inline = _unescaped(value), _unescaped(inline)
        if value and not inline and kind != "inlineStr":
            cells[column] = meanings[kind or "n"][value]
        elif inline and not value and kind == "inlineStr":
            cells[column] = meanings[kind][inline]
        elif value or inline or (formula and kind == "str"):
            raise _Otherwise  # such an empty result may be one
        elif formula:
            cells[column] = WITHOUT_VALUE
    if length != len(text):
        raise _Otherwise
    return cells
