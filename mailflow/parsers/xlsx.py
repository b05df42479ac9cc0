"""An .xlsx is read twice, by python-calamine and by our own look; only what agrees is believed."""

from __future__ import annotations

from collections.abc import Sequence

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.calamine_book import CalamineBook, extent_of
from mailflow.parsers.grid import AttachmentRefused, Cell, Grid
from mailflow.parsers.xlsx_cells import Meanings, Seen, Value, confirmed
from mailflow.parsers.xlsx_comments import comments_of
from mailflow.parsers.xlsx_formulas import with_results
from mailflow.parsers.xlsx_looks import all_with_looks
from mailflow.parsers.xlsx_moments import all_with_moments
from mailflow.parsers.xlsx_parts import book_parts, open_package
from mailflow.parsers.xlsx_scan import scan_sheet
from mailflow.parsers.xlsx_strings import shared_strings


def read_xlsx(raw: bytes) -> tuple[Grid, ...]:
    """Every worksheet, hidden ones too; raises `AttachmentRefused`."""
    package = open_package(raw)
    parts = book_parts(package)
    meanings = Meanings(shared_strings(package))
    scans = [scan_sheet(package.pieces(part.part), meanings) for part in parts.sheets]
    if not any(scan.rows for scan in scans):
        raise AttachmentRefused(RefusedBecause.EMPTY, "no filled cell")
    book = CalamineBook(raw)
    said = [
        book.said(part.name, extent_of(scan.rows))
        for part, scan in zip(parts.sheets, scans, strict=True)
    ]
    grids = [
        Grid(
            name=part.name,
            rows=_rows(scan.rows, theirs),
            hidden=part.hidden,
            hidden_rows=frozenset(scan.hidden_rows),
            hidden_columns=frozenset(scan.hidden_columns),
            merges=tuple(scan.merges),
            since_1904=parts.since_1904,
        )
        for part, scan, theirs in zip(parts.sheets, scans, said, strict=True)
    ]
    unsaid = [bool(scan.rows) and not theirs for scan, theirs in zip(scans, said, strict=True)]
    if any(unsaid):
        grids = all_with_moments(package, [part.part for part in parts.sheets], grids, unsaid)
    grids = all_with_looks(package, [part.part for part in parts.sheets], grids)
    for grid, part in zip(grids, parts.sheets, strict=True):
        grid.comments = comments_of(package, part.part)
    return with_results(grids, [scan.formulas for scan in scans], to_calculate=parts.to_calculate)


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
