"""An .xlsx is read twice, by python-calamine and by our own look; only what agrees is believed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal

import python_calamine

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.grid import Address, AttachmentRefused, Cell, Grid
from mailflow.parsers.xlsx_parts import Package, SheetPart, corrupt, open_package, sheet_parts
from mailflow.parsers.xlsx_scan import SheetScan, scan_sheet, strings_of

LONGEST_NUMBER = 15
"""Digits a float keeps; a longer integer has lost its end (reliability X11)."""

Value = int | float | str | bool | clock_time | date | datetime | timedelta


def read_xlsx(raw: bytes) -> tuple[Grid, ...]:
    """Every worksheet, hidden ones too; raises `AttachmentRefused`."""
    package = open_package(raw)
    parts, since_1904 = sheet_parts(package)
    strings = _strings(package)
    scans = [scan_sheet(package.read(part.part)) for part in parts]
    if not any(scan.values or scan.formulas for scan in scans):
        raise AttachmentRefused(RefusedBecause.EMPTY, "no filled cell")
    book = _open_calamine(raw)
    grids = []
    for part, scan in zip(parts, scans, strict=True):
        theirs = _theirs(book, part)
        cells = _cells(scan, strings, theirs)
        grids.append(
            Grid(
                name=part.name,
                cells=cells,
                hidden=part.hidden,
                hidden_rows=frozenset(scan.hidden_rows),
                hidden_columns=frozenset(scan.hidden_columns),
                merges=tuple(scan.merges),
                since_1904=since_1904,
            )
        )
    return tuple(grids)


def _strings(package: Package) -> list[str]:
    for name in package.names:
        if name.endswith("sharedstrings.xml"):
            return strings_of(package.read(name))
    return []


def _open_calamine(raw: bytes) -> python_calamine.CalamineWorkbook | None:
    """None where calamine cannot open it: then our own look is all there is."""
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except (python_calamine.CalamineError, OSError, ValueError):
        return None


def _theirs(
    book: python_calamine.CalamineWorkbook | None, part: SheetPart
) -> Sequence[Sequence[Value]] | None:
    if book is None:
        return None
    try:
        return book.get_sheet_by_name(part.name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        return None


def _cells(
    scan: SheetScan, strings: Sequence[str], theirs: Sequence[Sequence[Value]] | None
) -> dict[Address, Cell]:
    cells: dict[Address, Cell] = {}
    for at, raw in scan.values.items():
        cell = _own(raw, scan.kinds[at], strings)
        if theirs is not None:
            cell = _confirmed(cell, _at(theirs, at))
        if cell is not None and (cell.text or cell.trouble):
            cells[at] = cell
    for at in scan.without_value:
        cells[at] = Cell("", trouble="formula-without-value")
    return cells


def _at(theirs: Sequence[Sequence[Value]], at: Address) -> Value:
    row, column = at
    if row >= len(theirs) or column >= len(theirs[row]):
        return ""
    return theirs[row][column]


def _own(raw: str, kind: str, strings: Sequence[str]) -> Cell:
    """What our own look says stands in the cell; dates are still numbers here."""
    if kind == "s":
        if not raw.isdigit() or int(raw) >= len(strings):
            raise corrupt("a cell names a shared string that is not there")
        return Cell(strings[int(raw)].strip())
    if kind == "n":
        return _of_number(raw)
    if kind == "b":
        return Cell("TRUE" if raw == "1" else "FALSE")
    if kind == "e":
        return Cell(raw, trouble="error-value")
    if kind == "d":
        return Cell(raw)
    return Cell(raw.strip())


def _of_number(raw: str) -> Cell:
    try:
        number = Decimal(f"{float(raw):.15g}")
    except (ValueError, ArithmeticError):
        return Cell(raw, trouble="readers-disagree")
    if not number.is_finite():
        return Cell(raw, trouble="error-value")
    digits = raw.lstrip("-").partition(".")[0].partition("E")[0]
    long = abs(number) >= 10**LONGEST_NUMBER or len(digits) > LONGEST_NUMBER
    return Cell(plain_number(number), number, trouble="long-number" if long else "")


def plain_number(number: Decimal) -> str:
    """`80.6`, `12`, never `1.2E+1`."""
    return f"{number.normalize():f}" if number else "0"


def _confirmed(own: Cell, theirs: Value) -> Cell:
    """The cell with calamine's word on it: it knows dates; where it differs, say so."""
    if own.trouble == "error-value":
        return own
    if isinstance(theirs, datetime | date):
        day = theirs.date() if isinstance(theirs, datetime) else theirs
        return Cell(day.isoformat(), own.number, day, own.trouble)
    if isinstance(theirs, bool):
        return own
    if isinstance(theirs, int | float) and own.number is not None:
        same = Decimal(f"{float(theirs):.15g}") == own.number
        return own if same else Cell(own.text, own.number, trouble="readers-disagree")
    if isinstance(theirs, str):
        same = " ".join(theirs.split()) == " ".join(own.text.split())
        return own if same else Cell(own.text, own.number, trouble="readers-disagree")
    if isinstance(theirs, clock_time | timedelta):
        return own
    return Cell(own.text, own.number, trouble="readers-disagree")
