"""An own look at the records of an .xls: what its readers hide or never tell.

It sees passwords, hidden sheets, rows and columns, merges, formulas nobody calculated, and how
large the sheets really are, before a reader that would believe their claims sees them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.xls_looks import CONTINUE, Looks, Styles
from mailflow.parsers.xls_looks import KINDS as STYLE_KINDS
from mailflow.parsers.xls_sheet import SheetLook

BOFS = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}
END, FILEPASS, CODEPAGE, DATEMODE = 0x000A, 0x002F, 0x0042, 0x0022
BOUNDSHEET, EXTERNSHEET, SUPBOOK = 0x0085, 0x0017, 0x01AE
SHARED_STRINGS, UNCALCULATED = 0x00FC, 0x005E
FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6}) | FORMULAS
CELLS_2 = frozenset({0x0002, 0x0003, 0x0004, 0x0005, 0x0006})
MANY_NUMBERS = 0x00BD
LABELS = frozenset({0x0204, 0x00D6})
MAX_RECORDS = 4_000_000
WORKSHEET = 0


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
    looks: Looks = field(default_factory=Looks)


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
    styles, strings = Styles(book.version), [b""]
    before = 0
    for kind, body in records(stream, 0):
        if kind == CONTINUE and before == SHARED_STRINGS:
            strings.append(body)
            continue
        before = kind
        if kind == END:
            book.looks = styles.looks(strings)
            return
        if kind in STYLE_KINDS:
            styles.take(kind, body)
        elif kind == FILEPASS:
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
            book.strings, strings = int.from_bytes(body[4:8], "little"), [body]
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
            look.reach(row, column, 1)
            if kind in FORMULAS and book.version >= 5:
                look.formula((row, column), body, stale=stale)
            elif kind in LABELS and book.version < 8:
                book.labels.append(body[6:])
            if book.looks:
                look.looks.update(book.looks.of(kind, body))
        elif kind == MANY_NUMBERS and len(body) >= 8:
            row, column = struct.unpack_from("<HH", body)
            count = (len(body) - 6) // 6
            look.reach(row, column + count - 1, count)
            look.looks.update(book.looks.of(kind, body))
        elif kind == UNCALCULATED:
            stale = True
        else:
            look.appearance(kind, body, book.version)
    else:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "a sheet that is cut off")
    return look


def _nobody_calculated(book: BookLook) -> None:
    """Where no formula of the whole book results in anything, a program wrote them that cannot
    calculate: the fields are empty, not zero."""
    if not any(sheet.results for sheet in book.sheets):
        for sheet in book.sheets:
            sheet.uncalculated.update(sheet.nothing)
