"""An own look at a worksheet's XML: what other readers hide or never tell.

It sees hidden rows and columns, merges, formulas without a value and every filled cell, and it
refuses what would kill a reader, before a reader sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Address,
    AttachmentRefused,
)
from mailflow.parsers.xlsx_parts import Attributes, corrupt, parse

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
MAX_MERGED = 50_000
"""Cells under all merges of a sheet together."""


@dataclass(slots=True)
class SheetScan:
    """`values` holds the raw `<v>` or text by address; `kinds` its type letter (n, s, b, e, …)."""

    values: dict[Address, str] = field(default_factory=dict)
    kinds: dict[Address, str] = field(default_factory=dict)
    formulas: dict[Address, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def without_value(self) -> set[Address]:
        """Formula cells whose result the file does not hold (reliability X10)."""
        return {at for at in self.formulas if at not in self.values}


def address_of(reference: str) -> Address:
    """`B3` is (2, 1); refused beyond what Excel can address (reliability X05)."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise corrupt(f"cell reference {reference[:20]!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def strings_of(xml: bytes) -> list[str]:
    """The shared strings, rich text joined, phonetic readings left out."""
    found: list[str] = []
    parts: list[str] = []
    state = {"text": False, "phonetic": False}

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            parts.clear()
        elif name == "rPh":
            state["phonetic"] = True
        elif name == "t":
            state["text"] = not state["phonetic"]

    def end(name: str) -> None:
        if name == "t":
            state["text"] = False
        elif name == "rPh":
            state["phonetic"] = False
        elif name == "si":
            found.append(_within("".join(parts)))

    def text(piece: str) -> None:
        if state["text"]:
            parts.append(piece)

    parse(xml, start, end, text)
    return found


def _within(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "a cell with more text than Excel allows")
    return text


class _Walk:
    """Gathers one sheet's cells while expat walks it."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.row = -1
        self.column = -1
        self.at: Address = (0, 0)
        self.kind = "n"
        self.into: list[str] | None = None
        self.merged = 0
        self.in_phonetic = False

    def start(self, name: str, a: Attributes) -> None:
        if name == "c":
            self._cell(a)
        elif name == "row":
            self._row(a)
        elif name in ("v", "f") or (name == "t" and self.kind == "inlineStr"):
            if not self.in_phonetic:
                self.into = []
        elif name == "rPh":
            self.in_phonetic = True
        elif name == "col":
            self._columns(a)
        elif name == "mergeCell":
            self._merge(a)

    def _row(self, a: Attributes) -> None:
        self.row = _index(a["r"]) if "r" in a else self.row + 1
        self.column = -1
        if self.row >= MAX_ROWS and self.scan.values:
            _limit_row(self.row)
        if a.get("hidden") in ("1", "true") or a.get("ht") in ("0", "0.0"):
            self.scan.hidden_rows.add(self.row)

    def _cell(self, a: Attributes) -> None:
        self.at = address_of(a["r"]) if "r" in a else (self.row, self.column + 1)
        self.row, self.column = self.at
        self.kind = a.get("t", "n")

    def _columns(self, a: Attributes) -> None:
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

    def text(self, piece: str) -> None:
        if self.into is not None:
            self.into.append(piece)

    def end(self, name: str) -> None:
        if name == "rPh":
            self.in_phonetic = False
        if self.into is None or name not in ("v", "f", "t"):
            return
        value, self.into = "".join(self.into), None
        if name == "f":
            self.scan.formulas[self.at] = value[:1000]
        elif value:
            self._keep(value)

    def _keep(self, value: str) -> None:
        row, column = self.at
        if row >= MAX_ROWS:
            _limit_row(row)
        if column >= MAX_COLUMNS or len(self.scan.values) >= MAX_CELLS:
            raise AttachmentRefused(RefusedBecause.TOO_LARGE, f"cells out to column {column + 1}")
        known = self.scan.values.get(self.at, "") if self.kind == "inlineStr" else ""
        self.scan.values[self.at] = _within(known + value)
        self.scan.kinds[self.at] = self.kind


def _limit_row(row: int) -> None:
    raise AttachmentRefused(RefusedBecause.TOO_LARGE, f"cells down to row {row + 1}")


def _index(text: str) -> int:
    if not text.isdigit() or len(text) > 7:
        raise corrupt(f"row or column number {text[:20]!r}")
    return int(text) - 1


def scan_sheet(xml: bytes) -> SheetScan:
    """Raises `AttachmentRefused` for what no order is."""
    walk = _Walk()
    parse(xml, walk.start, walk.end, walk.text)
    return walk.scan
