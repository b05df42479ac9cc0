"""An .xls is read by xlrd and by calamine; our own look tells what both hide."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.calamine_book import MOST_RESERVED, CalamineBook, Said
from mailflow.parsers.calculate import calculated
from mailflow.parsers.cells import (
    Rows,
    clipped,
    compared,
    error_cell,
    moment_cell,
    number_cell,
    ordered,
    said_rows,
    text_cell,
    truth_cell,
)
from mailflow.parsers.compound import SIGNATURE, Compound
from mailflow.parsers.formula_texts import of_tokens
from mailflow.parsers.grid import Address, AttachmentRefused, Cell, Grid
from mailflow.parsers.looks import put_on
from mailflow.parsers.xls_records import WORKSHEET, BookLook, look_at
from mailflow.parsers.xls_sheet import SheetLook

STREAMS = ("workbook", "book")
ODDITIES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    CompDocError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    xlrd.XLRDError,
)
"""What xlrd raises over damaged files."""
WESTERN = frozenset({None, 1252, 28591, 32769})
CHINESE = "gb18030"


def read_xls(raw: bytes) -> tuple[Grid, ...]:
    """Every worksheet, hidden ones too; raises `AttachmentRefused`."""
    stream = workbook_stream(raw)
    look = look_at(stream)
    if look.encrypted:
        raise AttachmentRefused(RefusedBecause.ENCRYPTED, "workbook")
    chinese = _is_chinese(look)
    read = list(_by_xlrd(stream, CHINESE if chinese else None))
    said = _said(raw, look)
    if not read and not said:
        raise AttachmentRefused(RefusedBecause.CORRUPT, "no reader can make it out")
    read = read or [(name, {}) for name, _ in said]
    # Calamine does not know of the code page that was guessed.
    theirs = [s for _, s in said] if len(said) == len(read) and not chinese else [None] * len(read)
    looks = [*look.sheets, *(SheetLook() for _ in read)]
    grids = [
        _grid(name, rows, sheet, second)
        for (name, rows), sheet, second in zip(read, looks, theirs, strict=False)
    ]
    return calculated(grids, _formulas(look, [grid.name for grid in grids]))


def _formulas(look: BookLook, names: list[str]) -> list[dict[Address, str]]:
    """What nobody calculated, sheet by sheet, as far as it is plain arithmetic."""
    named = iter(names)
    every = [next(named, None) if sort == WORKSHEET else None for _, sort, _ in look.every_sheet]
    referred = [_referred(look, every, *external) for external in look.externals]
    found: list[dict[Address, str]] = []
    for sheet in [*look.sheets, *(SheetLook() for _ in names)][: len(names)]:
        texts = {
            at: of_tokens(sheet.tokens_at(at), at, referred, wide=look.version == 8)
            for at in sheet.uncalculated
        }
        found.append({at: text for at, text in texts.items() if text is not None})
    return found


def _referred(
    look: BookLook, every: list[str | None], book: int, first: int, last: int
) -> str | None:
    """The sheet that formulas mean by a number; none where it is another book's, or several."""
    own = book < len(look.own_books) and look.own_books[book]
    return every[first] if own and 0 <= first == last < len(every) else None


def workbook_stream(raw: bytes) -> bytes:
    """The workbook inside its container; before Excel 5 there was none."""
    if not raw.startswith(SIGNATURE):
        return raw
    compound = Compound(raw)
    path = next((p for p in compound.entries if p.casefold() in STREAMS), "Workbook")
    return compound.stream(path)


def _is_chinese(look: BookLook) -> bool:
    """Whether texts in no code page, or in one that old exports write without thinking, are GBK:
    all of them, throughout (reliability X15)."""
    if look.version >= 8 or look.code_page not in WESTERN:
        return False
    texts = [b for b in (*look.names, *look.labels) if not b.isascii()]
    try:
        decoded = [text.decode(CHINESE) for text in texts]
    except UnicodeDecodeError:
        return False
    return bool(decoded) and all(_is_written_here(text) for text in decoded)


def _is_written_here(text: str) -> bool:
    return all(
        sign < "\x80"
        or "\u2000" <= sign <= "\u33ff"
        or "\u4e00" <= sign <= "\u9fff"
        or "\uff00" <= sign <= "\uffef"
        for sign in text
    )


def _said(raw: bytes, look: BookLook) -> list[tuple[str, Said | None]]:
    """Name and cells of every worksheet by calamine; nothing where it reads no such file, or
    would reserve memory until it dies."""
    if not raw.startswith(SIGNATURE) or look.strings > len(raw):
        return []
    for sheet in look.sheets:
        if max(sheet.claimed, (sheet.last_row + 1) * (sheet.last_column + 1)) > MOST_RESERVED:
            return []
    book = CalamineBook(raw)
    return [(name, book.said(name)) for name in book.names]


def _by_xlrd(stream: bytes, encoding: str | None) -> Iterator[tuple[str, Rows]]:
    """Name and cells of every worksheet; nothing where xlrd cannot read the book."""
    try:
        book = xlrd.open_workbook(
            file_contents=stream,
            logfile=io.StringIO(),
            encoding_override=encoding,
            ragged_rows=True,
        )
        read = [
            (sheet.name, _rows(sheet, since_1904=book.datemode == 1)) for sheet in book.sheets()
        ]
    except ODDITIES:
        return
    yield from read


def _rows(sheet: Sheet, *, since_1904: bool) -> Rows:
    rows: Rows = {}
    for row in range(sheet.nrows):
        cells = {}
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            cell = _cell(kind, value, since_1904=since_1904)
            if cell is not None and (cell.text or cell.trouble):
                cells[column] = cell
        if cells:
            rows[row] = cells
    return rows


def _cell(kind: int, value: str | float, *, since_1904: bool) -> Cell | None:
    if kind == xlrd.XL_CELL_TEXT:
        return text_cell(str(value))
    if kind == xlrd.XL_CELL_NUMBER:
        return number_cell(float(value))
    if kind == xlrd.XL_CELL_DATE:
        return moment_cell(float(value), since_1904=since_1904)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return truth_cell(value)
    if kind == xlrd.XL_CELL_ERROR:
        return error_cell(xlrd.error_text_from_code.get(int(value), ""))
    return None


def _grid(name: str, rows: Rows, look: SheetLook, said: Said | None) -> Grid:
    if said is not None:
        rows = compared(rows, said) if rows else said_rows(said)
    for row, column in look.uncalculated:
        rows.setdefault(row, {})[column] = Cell("", trouble="formula-without-value")
    put_on(rows, look.looks)
    grid = Grid(
        name=name,
        rows=ordered(rows),
        hidden=look.hidden,
        hidden_rows=frozenset(look.hidden_rows),
        hidden_columns=frozenset(look.hidden_columns),
    )
    grid.merges = clipped(look.merges, grid)
    return grid
