"""An own look at the records of an .xls: what its readers hide or never tell.

It sees passwords, hidden sheets, rows and columns, merges, formulas nobody calculated, and how
large the sheets really are, before a reader that would believe their claims sees them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.grid import Address, AttachmentRefused, check_size

BOFS = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}
END, FILEPASS, CODEPAGE, DATEMODE = 0x000A, 0x002F, 0x0042, 0x0022
BOUNDSHEET, EXTERNSHEET, SUPBOOK, DIMENSIONS = 0x0085, 0x0017, 0x01AE, 0x0200
SHARED_STRINGS, UNCALCULATED, SHARED_FORMULA = 0x00FC, 0x005E, 0x04BC
ROW, ROW_2, COLUMNS, COLUMN_2, MERGES = 0x0208, 0x0008, 0x007D, 0x0024, 0x00E5
FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6}) | FORMULAS
CELLS_2 = frozenset({0x0002, 0x0003, 0x0004, 0x0005, 0x0006})
MANY_NUMBERS = 0x00BD
LABELS = frozenset({0x0204, 0x00D6})
MAX_RECORDS = 4_000_000
MOST_ROWS = 0xFFFFFFFF
HIDDEN_ROW, CALCULATE = 0x20, 0x03
WORKSHEET = 0
SHARED_TOKEN = b"\1"


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


@dataclass(slots=True)
class BookLook:
    """`version` is BIFF's: 2, 3, 4, 5 (Excel 5 and 95) or 8. Sheets are the worksheets, in order.

    `labels` are the texts of sheets before BIFF8 as they are, bytes in some code page.
    """

    version: int
    encrypted: bool = False
    code_page: int | None = None
    since_1904: bool = False
    strings: int = 0
    sheets: list[SheetLook] = field(default_factory=list)
    names: list[bytes] = field(default_factory=list)
    every_sheet: list[tuple[int, int, bool]] = field(default_factory=list)
    externals: list[tuple[int, int, int]] = field(default_factory=list)
    own_books: list[bool] = field(default_factory=list)
    labels: list[bytes] = field(default_factory=list)


Record = tuple[int, bytes]


def records(stream: bytes, start: int) -> Iterator[Record]:
    """Type and body of each record from there on; ends where the stream does."""
    position, most = start, MAX_RECORDS
    while position + 4 <= len(stream) and most:
        kind, size = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + size]
        position, most = position + 4 + size, most - 1


def look_at(stream: bytes) -> BookLook:
    """Raises `AttachmentRefused` for what is no workbook, is cut off or too large for an order."""
    kind = struct.unpack_from("<H", stream)[0] if len(stream) >= 8 else 0
    if kind not in BOFS:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "a workbook without a beginning")
    version = BOFS[kind]
    if version == 5 and struct.unpack_from("<H", stream, 4)[0] == 0x0600:
        version = 8
    book = BookLook(version)
    _globals(book, stream)
    if book.encrypted:
        return book
    if version < 5:
        book.sheets.append(_sheet(book, stream, 0))
    for start, sort, hidden in book.every_sheet:
        if sort == WORKSHEET:
            look = _sheet(book, stream, start)
            look.hidden = hidden
            book.sheets.append(look)
    _nobody_calculated(book)
    return book


def _globals(book: BookLook, stream: bytes) -> None:
    for kind, body in records(stream, 0):
        if kind == END:
            return
        if kind == FILEPASS:
            book.encrypted = True
        elif kind == CODEPAGE and len(body) >= 2:
            book.code_page = int.from_bytes(body[:2], "little")
        elif kind == DATEMODE:
            book.since_1904 = body[:2] == b"\1\0"
        elif kind == BOUNDSHEET and len(body) >= 8:
            start, state, sort = struct.unpack_from("<IBB", body)
            book.every_sheet.append((start, sort, state & 3 != 0))
            book.names.append(body[7:])
        elif kind == SHARED_STRINGS and len(body) >= 8:
            book.strings = int.from_bytes(body[4:8], "little")
        elif kind == SUPBOOK:
            book.own_books.append(len(body) == 4 and body[2:4] == b"\1\4")
        elif kind == EXTERNSHEET and book.version == 8 and len(body) >= 2:
            count = min(int.from_bytes(body[:2], "little"), (len(body) - 2) // 6)
            book.externals += [struct.unpack_from("<Hhh", body, 2 + 6 * n) for n in range(count)]
    if book.version >= 5:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "a workbook that is cut off")


def _sheet(book: BookLook, stream: bytes, start: int) -> SheetLook:
    look, depth = SheetLook(), 0
    stale = False
    cells = CELLS_2 if book.version == 2 else CELLS
    for kind, body in records(stream, start):
        if kind in BOFS:
            depth += 1
        elif kind == END:
            depth -= 1
            if depth <= 0:
                break
        elif depth > 1:
            continue
        elif kind in cells and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            _reach(look, row, column, 1)
            if kind in FORMULAS and book.version >= 5:
                _formula(look, (row, column), body, stale=stale)
            elif kind in LABELS and book.version < 8:
                book.labels.append(body[6:])
        elif kind == MANY_NUMBERS and len(body) >= 8:
            row, column = struct.unpack_from("<HH", body)
            count = (len(body) - 6) // 6
            _reach(look, row, column + count - 1, count)
        elif kind == UNCALCULATED:
            stale = True
        else:
            _appearance(look, kind, body, book.version)
    else:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "a sheet that is cut off")
    return look


def _reach(look: SheetLook, row: int, column: int, count: int) -> None:
    look.last_row = max(look.last_row, row)
    look.last_column = max(look.last_column, column)
    look.cells += count
    check_size(look.last_row + 1, look.last_column + 1, look.cells)


def _formula(look: SheetLook, at: Address, body: bytes, *, stale: bool) -> None:
    """A result of nothing in a cell that asks to be calculated was written by a program that
    cannot calculate; a sheet may also say of itself that it was not calculated."""
    if len(body) < 22:
        return
    result, flags = body[6:14], int.from_bytes(body[14:16], "little")
    nothing = result == bytes(8) or (result[6:] == b"\xff\xff" and result[0] == 3)
    if stale or (nothing and flags & CALCULATE):
        look.uncalculated[at] = body[20:]
    if nothing:
        look.nothing[at] = body[20:]
    else:
        look.results += 1


def _nobody_calculated(book: BookLook) -> None:
    """Where no formula of the whole book results in anything, a program wrote them that cannot
    calculate: the fields are empty, not zero."""
    if not any(sheet.results for sheet in book.sheets):
        for sheet in book.sheets:
            sheet.uncalculated.update(sheet.nothing)


def _appearance(look: SheetLook, kind: int, body: bytes, version: int) -> None:
    if kind == ROW and len(body) >= 14:
        row, _, _, height = struct.unpack_from("<HHHH", body)
        if body[12] & HIDDEN_ROW or height & 0x7FFF == 0:
            look.hidden_rows.add(row)
    elif kind == ROW_2 and version == 2 and len(body) >= 8:
        row, _, _, height = struct.unpack_from("<HHHH", body)
        if height & 0x7FFF == 0:
            look.hidden_rows.add(row)
    elif kind == COLUMNS and len(body) >= 10:
        first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
        if flags & 1 or width == 0:
            look.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind == COLUMN_2 and version == 2 and len(body) >= 4:
        first, last, width = struct.unpack_from("<BBH", body)
        if width == 0:
            look.hidden_columns.update(range(first, last + 1))
    elif kind == MERGES and len(body) >= 2:
        count = min(int.from_bytes(body[:2], "little"), (len(body) - 2) // 8)
        for number in range(count):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * number)
            look.merges.append((top, left, bottom, right))
    elif kind == SHARED_FORMULA and len(body) >= 10:
        top, bottom, left, right = struct.unpack_from("<HHBB", body)
        look.shared.append((top, left, bottom, right, body[8:]))
    elif kind == DIMENSIONS:
        look.claimed = _claimed(body, version)


def _claimed(body: bytes, version: int) -> int:
    shape = "<IIHH" if version == 8 else "<HHHH"
    if len(body) < struct.calcsize(shape):
        return 0
    top, bottom, left, right = (int(n) for n in struct.unpack_from(shape, body))
    if not bottom or not right:
        return 1
    # A span that ends before it begins is a huge one to a reader that counts in 32 bits.
    return ((bottom - top) & MOST_ROWS) * ((right - left) & MOST_ROWS)
