"""The parts of an .xlsb are records; each is walked once, under the limits of an order."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Set
from dataclasses import field, replace

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.cells import (
    Area,
    Rows,
    error_cell,
    moment_cell,
    number_cell,
    text_cell,
    truth_cell,
)
from mailflow.parsers.grid import AttachmentRefused, Cell, check_size
from mailflow.parsers.looks import STRUCK, Look, looking

ROW, CELL_RK, CELL_ERROR, CELL_BOOL, CELL_REAL, CELL_TEXT, CELL_SHARED = 0, 2, 3, 4, 5, 6, 7
FORMULA_TEXT, FORMULA_REAL, FORMULA_BOOL, FORMULA_ERROR, CELL_RICH = 8, 9, 10, 11, 62
STRING_ITEM, RICH = 19, 1
COLUMNS, WORKBOOK_PROPERTIES, BUNDLE_SHEET, MERGE = 60, 153, 156, 176
ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
HIDDEN_ROW = 0x10
Record = tuple[int, bytes]


def records(part: bytes) -> Iterator[Record]:
    """Type and body of each; raises `AttachmentRefused` where the last is cut off."""
    position, end = 0, len(part)
    while position < end:
        kind = part[position]
        position += 1
        if kind & 0x80 and position < end:
            kind = (kind & 0x7F) | ((part[position] & 0x7F) << 7)
            position += 1
        size = shift = 0
        while position < end and shift < 28:
            byte = part[position]
            position += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if position + size > end:
            raise AttachmentRefused(RefusedBecause.CORRUPT, "a part that is cut off")
        yield kind, part[position : position + size]
        position += size


def wide_text(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; an absent one is empty."""
    if at + 4 > len(body):
        return "", len(body)
    (length,) = struct.unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(body):
        raise AttachmentRefused(RefusedBecause.CORRUPT, "a text that is cut off")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    hidden: bool
    relation: str


def sheets_of(part: bytes) -> tuple[list[Sheet], bool]:
    """Every sheet in the book's own order, and whether dates count from 1904."""
    sheets, since_1904 = [], False
    for kind, body in records(part):
        if kind == BUNDLE_SHEET and len(body) >= 8:
            (state,) = struct.unpack_from("<I", body)
            relation, at = wide_text(body, 8)
            name, _ = wide_text(body, at)
            sheets.append(Sheet(name, state != 0, relation))
        elif kind == WORKBOOK_PROPERTIES and body:
            since_1904 = bool(body[0] & 1)
    return sheets, since_1904


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the fonts of its parts where they differ."""

    text: str
    fonts: frozenset[int] = frozenset()


def rich_text(body: bytes, at: int) -> Text:
    """A text with its marks before it and its runs behind it."""
    text, end = wide_text(body, at + 1)
    if at >= len(body) or not body[at] & RICH:
        return Text(text)
    count = int.from_bytes(body[end : end + 4], "little")
    runs = (body[n : n + 2] for n in range(end + 6, min(end + 4 + 4 * count, len(body)), 4))
    return Text(text, frozenset(int.from_bytes(font, "little") for font in runs))


def strings_of(part: bytes) -> list[Text]:
    return [rich_text(body, 0) for kind, body in records(part) if kind == STRING_ITEM]


@dataclass(slots=True)
class SheetWalk:
    """Gathers one sheet. `moments` are the styles of dates and times, `looks` those that change
    what a cell says, `struck` the fonts that strike out."""

    strings: list[Text]
    moments: Set[int]
    looks: Mapping[int, Look]
    struck: Set[int]
    since_1904: bool
    rows: Rows = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    row: int = -1
    count: int = 0

    def walk(self, part: bytes) -> None:
        for kind, body in records(part):
            if kind == ROW and len(body) >= 12:
                (self.row,) = struct.unpack_from("<I", body)
                if body[11] & HIDDEN_ROW or body[8:10] == b"\0\0":
                    self.hidden_rows.add(self.row)
            elif kind == COLUMNS and len(body) >= 18:
                first, last, width = struct.unpack_from("<III", body)
                if body[16] & 1 or width == 0:
                    self.hidden_columns.update(range(min(first, 16_384), min(last, 16_383) + 1))
            elif kind == MERGE and len(body) >= 16:
                top, bottom, left, right = struct.unpack_from("<IIII", body)
                self.merges.append((top, left, bottom, right))
            elif len(body) >= 8:
                self._cell(kind, body)

    def _cell(self, kind: int, body: bytes) -> None:
        cell = self._value(kind, body)
        if cell is None or not (cell.text or cell.trouble):
            return
        look = self.looks.get(int.from_bytes(body[4:7], "little"))
        if look is not None and not cell.trouble:
            cell = looking(cell, look)
        (column,) = struct.unpack_from("<I", body)
        self.count += 1
        check_size(self.row + 1, column + 1, self.count)
        self.rows.setdefault(self.row, {})[column] = cell

    def _value(self, kind: int, body: bytes) -> Cell | None:
        if kind in (CELL_TEXT, FORMULA_TEXT):
            return text_cell(wide_text(body, 8)[0])
        if kind == CELL_RICH:
            return self._text(rich_text(body, 8))
        if kind == CELL_SHARED:
            number = int.from_bytes(body[8:12], "little")
            if number >= len(self.strings):
                raise AttachmentRefused(RefusedBecause.CORRUPT, "a shared text that is not there")
            return self._text(self.strings[number])
        if kind in (CELL_REAL, FORMULA_REAL) and len(body) >= 16:
            return self._number(struct.unpack_from("<d", body, 8)[0], body)
        if kind == CELL_RK and len(body) >= 12:
            return self._number(_packed_number(int.from_bytes(body[8:12], "little")), body)
        if kind in (CELL_BOOL, FORMULA_BOOL) and len(body) >= 9:
            return truth_cell(body[8])
        if kind in (CELL_ERROR, FORMULA_ERROR) and len(body) >= 9:
            return error_cell(ERRORS.get(body[8], ""))
        return None

    def _text(self, written: Text) -> Cell:
        cell = text_cell(written.text)
        return cell if self.struck.isdisjoint(written.fonts) else replace(cell, trouble=STRUCK)

    def _number(self, value: float, body: bytes) -> Cell:
        style = int.from_bytes(body[4:7], "little")
        if style in self.moments:
            return moment_cell(value, since_1904=self.since_1904)
        return number_cell(value)


def _packed_number(packed: int) -> float:
    """Thirty bits hold a whole number or the upper half of a float; both perhaps by hundred."""
    if packed & 2:
        signed = packed >> 2 if packed < 0x80000000 else (packed >> 2) - 0x40000000
        value = float(signed)
    else:
        (value,) = struct.unpack("<d", bytes(4) + struct.pack("<I", packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value
