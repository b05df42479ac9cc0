"""An .xlsb is read by our own walk over its records and by calamine; what differs is said."""

from __future__ import annotations

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.calamine_book import CalamineBook, extent_of
from mailflow.parsers.cells import clipped, compared, ordered
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.xlsb_records import Sheet, SheetWalk, sheets_of, strings_of
from mailflow.parsers.xlsb_styles import styles_of
from mailflow.parsers.xlsx_parts import Package, open_package, relations

BOOK = "xl/workbook.bin"


def read_xlsb(raw: bytes) -> tuple[Grid, ...]:
    """Every worksheet, hidden ones too; raises `AttachmentRefused`."""
    package = open_package(raw)
    targets = dict(relations(package, BOOK))
    sheets, since_1904 = sheets_of(_part(package, BOOK))
    of_kind = {kind.rpartition("/")[2]: part for kind, part in targets.values()}
    strings = strings_of(_part(package, of_kind.get("sharedStrings", "")))
    styles = styles_of(_part(package, of_kind.get("styles", "")))
    struck = {number for number, is_struck in enumerate(styles.struck) if is_struck}
    walks: list[tuple[Sheet, SheetWalk]] = []
    for sheet in sheets:
        kind, part = targets.get(sheet.relation, ("", ""))
        if kind.endswith("/worksheet"):
            walk = SheetWalk(strings, styles.moments, styles.looks, struck, since_1904)
            walk.walk(_part(package, part))
            walks.append((sheet, walk))
    if not walks:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no worksheet")
    book = CalamineBook(raw)
    return tuple(_grid(sheet, walk, book) for sheet, walk in walks)


def _part(package: Package, name: str) -> bytes:
    return b"".join(package.pieces(name)) if name.casefold() in package.names else b""


def _grid(sheet: Sheet, walk: SheetWalk, book: CalamineBook) -> Grid:
    said = book.said(sheet.name, extent_of(walk.rows))
    grid = Grid(
        name=sheet.name,
        rows=ordered(walk.rows if said is None else compared(walk.rows, said)),
        hidden=sheet.hidden,
        hidden_rows=frozenset(walk.hidden_rows),
        hidden_columns=frozenset(walk.hidden_columns),
        since_1904=walk.since_1904,
    )
    grid.merges = clipped(walk.merges, grid)
    return grid
