"""What an own look at the records of one sheet of an .xls finds, record by record."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from mailflow.parsers.grid import Address, check_size
from mailflow.parsers.looks import Look

ROW, ROW_2, COLUMNS, COLUMN_2, MERGES = 0x0208, 0x0008, 0x007D, 0x0024, 0x00E5
SHARED_FORMULA, DIMENSIONS = 0x04BC, 0x0200
HIDDEN_ROW, CALCULATE = 0x20, 0x03
SHARED_TOKEN = b"\1"
MOST_ROWS = 0xFFFFFFFF


@dataclass(slots=True)
class SheetLook:
    """`uncalculated` holds the tokens of formulas whose stored result nobody calculated, `nothing`
    those of formulas that hold an empty text or zero; `results` counts the formulas that do not."""

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncalculated: dict[Address, bytes] = field(default_factory=dict)
    nothing: dict[Address, bytes] = field(default_factory=dict)
    results: int = 0
    shared: list[tuple[int, int, int, int, bytes]] = field(default_factory=list)
    last_row: int = -1
    last_column: int = -1
    cells: int = 0
    looks: dict[Address, Look] = field(default_factory=dict)
    claimed: int = 0
    """Cells that the sheet says it spans; some readers reserve memory for them."""

    def tokens_at(self, at: Address) -> bytes:
        """The tokens of an uncalculated formula, which may be those of one for many cells."""
        tokens = self.uncalculated[at]
        if tokens[2:3] != SHARED_TOKEN:
            return tokens
        row, column = at
        covering = (
            shared
            for top, bottom, left, right, shared in self.shared
            if top <= row <= bottom and left <= column <= right
        )
        return next(covering, b"")

    def reach(self, row: int, column: int, count: int) -> None:
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        self.cells += count
        check_size(self.last_row + 1, self.last_column + 1, self.cells)

    def formula(self, at: Address, body: bytes, *, stale: bool) -> None:
        """A result of nothing in a cell that asks to be calculated was written by a program that
        cannot calculate; a sheet may also say of itself that it was not calculated."""
        if len(body) < 22:
            return
        result, flags = body[6:14], int.from_bytes(body[14:16], "little")
        nothing = result == bytes(8) or (result[6:] == b"\xff\xff" and result[0] == 3)
        if stale or (nothing and flags & CALCULATE):
            self.uncalculated[at] = body[20:]
        if nothing:
            self.nothing[at] = body[20:]
        else:
            self.results += 1

    def appearance(self, kind: int, body: bytes, version: int) -> None:
        if kind == ROW and len(body) >= 14:
            row, _, _, height = struct.unpack_from("<HHHH", body)
            if body[12] & HIDDEN_ROW or height & 0x7FFF == 0:
                self.hidden_rows.add(row)
        elif kind == ROW_2 and version == 2 and len(body) >= 8:
            row, _, _, height = struct.unpack_from("<HHHH", body)
            if height & 0x7FFF == 0:
                self.hidden_rows.add(row)
        elif kind == COLUMNS and len(body) >= 10:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1 or width == 0:
                self.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == COLUMN_2 and version == 2 and len(body) >= 4:
            first, last, width = struct.unpack_from("<BBH", body)
            if width == 0:
                self.hidden_columns.update(range(first, last + 1))
        elif kind == MERGES and len(body) >= 2:
            count = min(int.from_bytes(body[:2], "little"), (len(body) - 2) // 8)
            for number in range(count):
                top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * number)
                self.merges.append((top, left, bottom, right))
        elif kind == SHARED_FORMULA and len(body) >= 10:
            top, bottom, left, right = struct.unpack_from("<HHBB", body)
            self.shared.append((top, left, bottom, right, body[8:]))
        elif kind == DIMENSIONS:
            self.claimed = _claimed(body, version)


def _claimed(body: bytes, version: int) -> int:
    shape = "<IIHH" if version == 8 else "<HHHH"
    if len(body) < struct.calcsize(shape):
        return 0
    top, bottom, left, right = (int(n) for n in struct.unpack_from(shape, body))
    if not bottom or not right:
        return 1
    # A span that ends before it begins is a huge one to a reader that counts in 32 bits.
    return ((bottom - top) & MOST_ROWS) * ((right - left) & MOST_ROWS)
