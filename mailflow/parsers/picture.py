"""The grids that documents were read from, for a person to look at: a call of its own, so that
reading costs nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailflow.domain.picture import DrawnCell, DrawnRow, DrawnSheet, Focus, Picture
from mailflow.domain.printable import lines_cleaned
from mailflow.parsers.body_tables import BODY, FORMAT, grids_of_words
from mailflow.parsers.containers import UNTYPED, open_containers
from mailflow.parsers.grid import Area, AttachmentRefused, Grid
from mailflow.parsers.mime import Attachment, read_mime
from mailflow.parsers.reader import worth_reading
from mailflow.parsers.same_names import told_apart
from mailflow.parsers.workbook import read_book

MOST_SHEETS = 20
MOST_ROWS = 200
MOST_COLUMNS = 40
MOST_MERGES = 2_000
MOST_WANTED = 40
"""Rows beyond the first ones that are drawn because something is said of them."""
LONGEST_TEXT = 300


def picture_of_mail(raw: bytes, focus: Focus) -> Picture:
    """Raises `MailRefused`."""
    mail = read_mime(raw)
    bodies = grids_of_words(mail.bodies, mail.head.subject) if focus.words else []
    return _picture(worth_reading(mail.attachments), bodies, focus)


def picture_of_file(name: str, raw: bytes, focus: Focus) -> Picture:
    opened = open_containers([Attachment(name, raw, UNTYPED, False, "1")])
    bodies = grids_of_words(opened.bodies, "") if focus.words else []
    return _picture(told_apart(opened.attachments), bodies, focus)


def _picture(attachments: Sequence[Attachment], bodies: Sequence[Grid], focus: Focus) -> Picture:
    sheets: list[DrawnSheet] = []
    left = 0
    for name, format_, grid in (*_grids(attachments), *_words(bodies, focus)):
        if len(sheets) == MOST_SHEETS:
            left += 1
            continue
        rows = {p.row for p in focus.places if (p.attachment, p.sheet) == (name, grid.name)}
        sheets.append(_drawn(grid, name, format_, rows))
    return Picture(tuple(sheets), left)


def _grids(attachments: Sequence[Attachment]) -> Iterator[tuple[str, str, Grid]]:
    for attachment in attachments:
        try:
            book = read_book(attachment.data)
        except AttachmentRefused:
            continue  # the reading says why
        for grid in book.grids:
            if grid.rows:
                yield attachment.name, book.format, grid


def _words(bodies: Sequence[Grid], focus: Focus) -> Iterator[tuple[str, str, Grid]]:
    """The text of the mail that its orders were read from: markup and plain text are two of it."""

    def fits(grid: Grid) -> int:
        found = ((w.text, grid.at(w.at.row, w.at.column)) for w in focus.words if w.at)
        return sum(cell is not None and cell.text == text for text, cell in found)

    best = max(bodies, key=fits, default=None)
    if best is not None and fits(best):
        yield BODY, FORMAT, best


def _drawn(grid: Grid, attachment: str, format_: str, wanted: set[int]) -> DrawnSheet:
    filled = list(grid.rows)
    beyond = [row for row in filled[MOST_ROWS:] if row in wanted][:MOST_WANTED]
    rows = [*filled[:MOST_ROWS], *beyond]
    every = sorted({column for cells in grid.rows.values() for column in cells})
    columns = frozenset(every[:MOST_COLUMNS])
    lines = (DrawnRow(row, tuple(_cells(grid, row, columns))) for row in rows)
    return DrawnSheet(
        attachment=attachment,
        name=grid.name,
        format=format_,
        rows=tuple(line for line in lines if line.cells),
        last_row=grid.last_row,
        whole_to=grid.last_row if len(filled) <= MOST_ROWS else filled[MOST_ROWS - 1],
        rows_left=len(filled) - len(rows),
        columns_left=len(every) - len(columns),
        merges=tuple(_merges(grid, set(rows), columns))[:MOST_MERGES],
        hidden=grid.hidden,
        hidden_rows=tuple(sorted(grid.hidden_rows.intersection(rows))),
        hidden_columns=tuple(sorted(grid.hidden_columns & columns)),
    )


def _cells(grid: Grid, row: int, columns: frozenset[int]) -> Iterator[DrawnCell]:
    for column, cell in grid.rows[row].items():
        if column in columns:
            yield DrawnCell(column, lines_cleaned(cell.text, LONGEST_TEXT).strip(), cell.trouble)


def _merges(grid: Grid, rows: set[int], columns: frozenset[int]) -> Iterator[Area]:
    """Those that begin in a cell that is drawn."""
    for area in grid.merges:
        if area[0] in rows and area[1] in columns:
            yield area
