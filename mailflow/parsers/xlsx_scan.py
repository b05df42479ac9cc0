"""An own look at a worksheet's XML: what other readers hide or never tell.

It sees hidden rows and columns, merges, formulas without a value and every filled cell, and it
refuses what would kill a reader, before a reader sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Address, Area, AttachmentRefused
from mailflow.parsers.xlsx_cells import WITHOUT_VALUE, Meanings, Seen, struck_out
from mailflow.parsers.xlsx_parts import Attributes, Locals, corrupt, feed, local_name, xml_parser
from mailflow.parsers.xlsx_plain import COLUMN_OF, plain_rows
from mailflow.parsers.xlsx_strings import is_on, within

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_SIGNS_OF_FORMULA = (b"<f", b":f")
"""Without any of them there is none; they are looked for in a tenth of the time."""
NEW_ROW = MAX_COLUMNS
MAX_MERGED = 50_000
"""Cells under all merges of a sheet together."""


@dataclass(slots=True)
class SheetScan:
    """`rows` holds what was seen in each filled cell, by row and column, both in order; `formulas`
    is the whole sheet where it may have any, for those who have to look at them."""

    rows: dict[int, dict[int, Seen]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    formulas: bytes = field(default=b"", compare=False)


def scan_sheet(pieces: Iterable[bytes], meanings: Meanings) -> SheetScan:
    """Raises `AttachmentRefused` for what no order is."""
    xml = b"".join(pieces)
    scan = _scanned(xml, meanings)
    if any(sign in xml for sign in _SIGNS_OF_FORMULA) and _FORMULA.search(xml):
        scan.formulas = xml
    return scan


def _scanned(xml: bytes, meanings: Meanings) -> SheetScan:
    if plain := plain_rows(xml, meanings):
        walk = _Walk(meanings)
        feed(walk.parser, [plain.around])
        if walk.begins == [plain.begin]:
            walk.scan.rows, walk.scan.hidden_rows = plain.rows, plain.hidden
            return walk.scan
    return long_way(xml, meanings)


def long_way(xml: bytes, meanings: Meanings) -> SheetScan:
    walk = _Walk(meanings)
    feed(walk.parser, [xml])
    if walk.crooked:
        rows = walk.scan.rows
        walk.scan.rows = {row: dict(sorted(rows[row].items())) for row in sorted(rows)}
    return walk.scan


def address_of(reference: str) -> Address:
    """`B3` is (2, 1); refused beyond what Excel can address (reliability X05)."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise corrupt(f"cell reference {reference[:20]!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


class _Walk:
    """Gathers one sheet while expat walks it, a call a mark: here nanoseconds count.

    `raw` is the text of the cell under way, None until it has a value. `digits` is the number of
    the row as its cells repeat it; `last` the column last filled, `NEW_ROW` before the first.
    """

    __slots__ = (
        *("scan", "parser", "meanings", "local", "text", "kind", "raw", "formula", "phonetic"),
        *("shared", "shared_as", "may_be_blank", "struck", "row", "digits", "column", "cells"),
        *("last", "last_row", "crooked", "count", "merged", "begins"),
    )

    def __init__(self, meanings: Meanings) -> None:
        self.scan = SheetScan()
        self.parser = xml_parser()
        self.parser.StartElementHandler = self.start_around
        self.meanings = meanings
        self.local = Locals()
        self.text: list[str] = []
        self.kind = "n"
        self.raw: str | None = None
        self.formula = self.phonetic = self.may_be_blank = self.struck = False
        self.shared: dict[str, str] = {}
        self.shared_as: str | None = None
        self.row, self.digits, self.column = -1, "0", -1
        self.cells: dict[int, Seen] = {}
        self.last, self.last_row, self.crooked = NEW_ROW, -1, False
        self.count = self.merged = 0
        self.begins: list[int] = []

    def start_around(self, name: str, a: Attributes) -> None:
        """Outside of the cells; there their words mean other things, in controls and extensions."""
        local = local_name(name)
        if local == "sheetData":
            self.begins.append(self.parser.CurrentByteIndex)
            self.parser.StartElementHandler = self.start
            self.parser.EndElementHandler = self.end
            self.parser.CharacterDataHandler = self.text.append
        elif local == "col":
            self._hide_columns(a)
        elif local == "mergeCell":
            self._merge(a)

    def start(self, name: str, a: Attributes) -> None:
        local = self.local[name]
        if local == "v" or local == "t":
            self.text.clear()
        elif local == "c":
            self.raw, self.formula, self.may_be_blank, self.struck = None, False, False, False
            self.kind = a.get("t", "n")
            reference, digits = a.get("r"), self.digits
            if reference is None:
                self.column += 1
            elif reference.endswith(digits) and (letters := reference[: -len(digits)]) in COLUMN_OF:
                self.column = COLUMN_OF[letters]
            else:
                self._go_to(*address_of(reference))
        elif local == "row":
            self._begin_row(a)
        elif local == "f":
            self.text.clear()
            self.formula, self.shared_as = True, a.get("si")
        elif local == "rPh":
            self.phonetic = True
        elif local == "strike":
            self.struck = self.struck or is_on(a)

    def end(self, name: str) -> None:
        local = self.local[name]
        if local == "c":
            if self.raw is not None:
                seen = self.meanings[self.kind][self.raw]
                if self.struck:
                    seen = struck_out(seen)
            elif self.formula:
                seen = WITHOUT_VALUE
            else:
                return
            if self.last < self.column < MAX_COLUMNS:
                self.last = self.column
                self.cells[self.column] = seen
            else:
                self._keep_with_care(seen)
        elif local == "v" or (local == "t" and self.kind == "inlineStr" and not self.phonetic):
            text = "".join(self.text)
            if self.kind == "inlineStr":
                self.raw = self._joined(text) or None
            elif text or (self.kind == "str" and self.may_be_blank):
                self.raw = text
        elif local == "f":
            self._end_formula()
        elif local == "rPh":
            self.phonetic = False
        elif local == "sheetData":
            self.parser.StartElementHandler = self.start_around
            self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = None

    def _end_formula(self) -> None:
        """`=IF(D2>0,D2*6,"")` may rightly have stored an empty text; where nothing in a formula
        is one, an empty result was never worked out. Only the first of a shared formula's cells
        holds it."""
        text = "".join(self.text)
        if self.shared_as is not None:
            text = self.shared.setdefault(self.shared_as, text)
        self.may_be_blank = '""' in text

    def _joined(self, text: str) -> str:
        """Rich text comes in pieces."""
        return text if self.raw is None else within(self.raw + text)

    def _begin_row(self, a: Attributes) -> None:
        number = a.get("r")
        self._go_to(self.row + 1 if number is None else _index(number), -1)
        if self.row >= MAX_ROWS and self.scan.rows:
            raise _too_low(self.row)
        if a.get("hidden") in ("1", "true") or a.get("ht") in ("0", "0.0"):
            self.scan.hidden_rows.add(self.row)

    def _go_to(self, row: int, column: int) -> None:
        if row != self.row:
            self.row, self.digits, self.last = row, str(row + 1), NEW_ROW
        self.column = column

    def _keep_with_care(self, seen: Seen) -> None:
        """The first cell of a row, or one that does not stand behind the one before."""
        row, column = self.row, self.column
        if row >= MAX_ROWS:
            raise _too_low(row)
        if column >= MAX_COLUMNS or self.count + len(self.cells) >= MAX_CELLS:
            raise AttachmentRefused(RefusedBecause.TOO_LARGE, f"cells out to column {column + 1}")
        if self.last == NEW_ROW:
            self.count += len(self.cells)
            self.crooked = self.crooked or row <= self.last_row
            self.cells, self.last_row = self.scan.rows.setdefault(row, {}), row
        else:
            self.crooked = True
        if self.cells.get(column, seen) is not seen:
            # One address twice: which of the two a program shows is anybody's guess.
            seen = Seen(replace(seen.cell, trouble="readers-disagree"), seen.expected)
        self.cells[column] = seen
        self.last = max(self.cells)

    def _hide_columns(self, a: Attributes) -> None:
        if a.get("hidden") in ("1", "true") or a.get("width") in ("0", "0.0"):
            first, last = _index(a.get("min", "1")), _index(a.get("max", "1"))
            self.scan.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def _merge(self, a: Attributes) -> None:
        first, _, last = a.get("ref", "").partition(":")
        top, left = address_of(first)
        bottom, right = address_of(last or first)
        self.merged += (bottom - top + 1) * (right - left + 1)
        if self.merged > MAX_MERGED:
            raise AttachmentRefused(RefusedBecause.TOO_LARGE, "merged cells over the whole sheet")
        self.scan.merges.append((top, left, bottom, right))


def _too_low(row: int) -> AttachmentRefused:
    return AttachmentRefused(RefusedBecause.TOO_LARGE, f"cells down to row {row + 1}")


def _index(text: str) -> int:
    if not text.isdecimal() or len(text) > 7:
        raise corrupt(f"row or column number {text[:20]!r}")
    return int(text) - 1
