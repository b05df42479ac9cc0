"""An .xlsx is read twice, by python-calamine and by our own look; only what agrees is believed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import python_calamine

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.grid import AttachmentRefused, Cell, Grid
from mailflow.parsers.xlsx_cells import Meanings, Seen, Value, confirmed
from mailflow.parsers.xlsx_parts import SheetPart, open_package, sheet_parts
from mailflow.parsers.xlsx_scan import scan_sheet
from mailflow.parsers.xlsx_strings import shared_strings


def read_xlsx(raw: bytes) -> tuple[Grid, ...]:
    """Every worksheet, hidden ones too; raises `AttachmentRefused`."""
    package = open_package(raw)
    parts, since_1904 = sheet_parts(package)
    meanings = Meanings(shared_strings(package))
    scans = [scan_sheet(package.pieces(part.part), meanings) for part in parts]
    if not any(scan.rows for scan in scans):
        raise AttachmentRefused(RefusedBecause.EMPTY, "no filled cell")
    book = _open_calamine(raw)
    return tuple(
        Grid(
            name=part.name,
            rows=_rows(scan.rows, _theirs(book, part)),
            hidden=part.hidden,
            hidden_rows=frozenset(scan.hidden_rows),
            hidden_columns=frozenset(scan.hidden_columns),
            merges=tuple(scan.merges),
            since_1904=since_1904,
        )
        for part, scan in zip(parts, scans, strict=True)
    )


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


def _rows(
    seen: dict[int, dict[int, Seen]], theirs: Sequence[Sequence[Value]] | None
) -> dict[int, dict[int, Cell]]:
    rows = {}
    for row, cells in seen.items():
        said = None
        if theirs is not None:
            said = theirs[row] if row < len(theirs) else ()
        if kept := confirmed(cells, said):
            rows[row] = kept
    return rows
