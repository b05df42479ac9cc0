"""An .ods is read by our own walk over its content and by calamine; what differs is said."""

from __future__ import annotations

from collections.abc import Collection

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.calamine_book import CalamineBook, Said, extent_of
from mailflow.parsers.calculate import calculated
from mailflow.parsers.cells import clipped, compared, ordered
from mailflow.parsers.formula_texts import of_ods
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.ods_content import OdsSheet, OdsWalk, styles_of, walk_content
from mailflow.parsers.xlsx_parts import open_package

MANIFEST = "meta-inf/manifest.xml"
STYLES = "styles.xml"
ENCRYPTED = b"encryption-data"


def read_ods(raw: bytes) -> tuple[Grid, ...]:
    """Every sheet, hidden ones too; raises `AttachmentRefused`. One without its package is read
    as well, by our own walk alone."""
    if not raw.startswith(b"PK"):
        return _grids(walk_content([raw]), None)
    package = open_package(raw)
    if MANIFEST in package.names and ENCRYPTED in b"".join(package.pieces(MANIFEST)):
        raise AttachmentRefused(RefusedBecause.ENCRYPTED, "workbook")
    styles = styles_of(package.pieces(STYLES)) if STYLES in package.names else None
    return _grids(walk_content(package.pieces("content.xml"), styles), raw)


def _grids(walk: OdsWalk, raw: bytes | None) -> tuple[Grid, ...]:
    if not walk.sheets:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no worksheet")
    # What our walk refuses as too large never reaches the second reader.
    book = CalamineBook(raw) if raw is not None else None
    grids = [
        _grid(
            sheet,
            book.said(sheet.name, extent_of(sheet.rows)) if book else None,
            walk.hidden_styles,
        )
        for sheet in walk.sheets
    ]
    texts = [{at: of_ods(text) for at, text in sheet.formulas.items()} for sheet in walk.sheets]
    return calculated(grids, texts)


def _grid(sheet: OdsSheet, said: Said | None, hidden: Collection[str]) -> Grid:
    grid = Grid(
        name=sheet.name,
        rows=ordered(sheet.rows if said is None else compared(sheet.rows, said)),
        hidden=sheet.style in hidden,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
    )
    grid.merges = clipped(sheet.merges, grid)
    return grid
