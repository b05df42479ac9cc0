"""A page becomes one grid: its lines of text are rows of few cells, its tables rows of several.

Tables inside tables are laid out in the order they are read in, so that a label above a table
stands above it on the grid too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailflow.parsers.cells import clipped
from mailflow.parsers.csv_table import decode
from mailflow.parsers.grid import Grid, check_size
from mailflow.parsers.html_layout import OpenTable, Reach, Row
from mailflow.parsers.html_marks import Mark, Styles, is_cited, marks_of
from mailflow.parsers.mime_text import bytes_to_text
from mailflow.parsers.text_tables import rows_of

BREAKS = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "hr", "blockquote", "center"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "form", "section", "article"}
)
VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col"}
    | {"base", "area", "wbr", "embed", "source", "track", "param"}
)
"""Elements without an end."""
TABULAR = frozenset({"table", "tr", "td", "th", "col"})
MAX_DEPTH = 40
"""Tables inside tables; deeper ones are read as part of their cell."""
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


class _Page:
    def __init__(self) -> None:
        self.styles = Styles()
        self.rows: list[Row] = []
        self.reaches: list[Reach] = []
        self.hidden_columns: set[int] = set()
        self.tables: list[OpenTable] = []
        self.text: list[str] = []
        self.unseen: list[str] = []
        self.striking: list[str] = []
        self.quotes: list[str] = []
        self.preformatted = 0
        self.count = 0

    def take(self, mark: Mark) -> None:
        if mark.tag == "style":
            self.styles.add(mark.text)
        elif self.unseen:
            self._within_unseen(mark)
        elif not mark.tag:
            self._say(mark.text)
        elif mark.tag in TABULAR:
            self._structure(mark)
        else:
            if mark.tag == "blockquote":
                self._quote(mark)
            if mark.tag in BREAKS:
                self._say_line_end()
            if mark.tag not in VOID:
                self._appearance(mark)

    def _within_unseen(self, mark: Mark) -> None:
        """Until the element that hides everything in it is over."""
        if mark.tag == self.unseen[0]:
            if mark.closing:
                self.unseen.pop()
            else:
                self.unseen.append(mark.tag)

    def _appearance(self, mark: Mark) -> None:
        if mark.tag == "pre":
            self.preformatted = max(self.preformatted + (-1 if mark.closing else 1), 0)
        if mark.closing:
            if self.striking and self.striking[-1] == mark.tag:
                self.striking.pop()
        elif self.styles.hides(mark):
            self.unseen = [mark.tag]
        elif self.styles.strikes(mark) or (self.striking and self.striking[-1] == mark.tag):
            self.striking.append(mark.tag)

    def _quote(self, mark: Mark) -> None:
        if not self.tables:
            self._end_lines()
        if not mark.closing:
            self.quotes.append("cited" if is_cited(mark) else "indented")
        elif self.quotes:
            self.quotes.pop()

    def _add(self, into: list[Row], rows: Iterable[Row]) -> None:
        quoted = "cited" if "cited" in self.quotes else next(iter(self.quotes), "")
        for row in rows:
            row.quoted = row.quoted or quoted
            into.append(row)

    def _say(self, text: str) -> None:
        shown = text if self.preformatted else _SPACES.sub(_space, text)
        if not self.tables:
            self.text.append(shown)
        elif cell := self.tables[-1].cell:
            cell.text.append(shown)
            cell.struck = cell.struck or bool(self.striking and text.strip())

    def _say_line_end(self) -> None:
        if not self.tables:
            self.text.append("\n")
        elif cell := self.tables[-1].cell:
            cell.text.append("\n")

    def _end_lines(self) -> None:
        """The lines between two tables are rows, blank ones left out."""
        lines = (line for line in "".join(self.text).split("\n") if line.strip())
        self._add(self.rows, (Row(cells) for cells in rows_of(lines).values()))
        self.text.clear()

    def _structure(self, mark: Mark) -> None:
        if mark.tag == "table":
            if mark.closing:
                self._end_table()
            else:
                self._begin_table(mark)
        elif self.tables:
            self._inside(self.tables[-1], mark)

    def _inside(self, table: OpenTable, mark: Mark) -> None:
        if mark.tag == "col":
            table.column(mark, hidden=self.styles.hides(mark))
            return
        self._end_cell(table)
        if mark.tag == "tr":
            self._end_row(table)
            if not mark.closing:
                table.begin_row(hidden=self.styles.hides(mark))
        elif not mark.closing:
            table.begin_cell(mark)

    def _end_cell(self, table: OpenTable) -> None:
        if table.cell is not None:
            mark = table.cell.mark
            table.end_cell(hidden=self.styles.hides(mark), struck=self.styles.strikes(mark))

    def _end_row(self, table: OpenTable) -> None:
        if table.row is not None:
            self.count += len(table.row.cells)
            check_size(len(self.rows) + len(table.rows), 1, self.count)
        table.end_row()

    def _begin_table(self, mark: Mark) -> None:
        if len(self.tables) >= MAX_DEPTH:
            return
        hidden = self.styles.hides(mark)
        if self.tables:
            outer = self.tables[-1]
            hidden = hidden or outer.hidden or bool(outer.row and outer.row.hidden)
            outer.make_room()
        else:
            self._end_lines()
        self.tables.append(OpenTable(hidden))

    def _end_table(self) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        self._end_cell(table)
        self._end_row(table)
        self.tables.pop()
        into = self.tables[-1].inner if self.tables else self.rows
        self._add(into, table.rows)
        self.reaches.extend(table.reaches)
        self.hidden_columns |= table.hidden_columns

    def grid(self, name: str) -> Grid:
        while self.tables:
            self._end_table()
        self._end_lines()
        rows = [row for row in self.rows if row.cells]
        number = {id(row): n for n, row in enumerate(rows)}
        grid = Grid(
            name=name,
            rows={
                n: filled
                for n, row in enumerate(rows)
                if (filled := {c: x for c, x in sorted(row.cells.items()) if x.text or x.trouble})
            },
            hidden_rows=frozenset(n for n, row in enumerate(rows) if row.hidden),
            cited_rows=frozenset(n for n, row in enumerate(rows) if row.quoted == "cited"),
            indented_rows=frozenset(n for n, row in enumerate(rows) if row.quoted == "indented"),
            hidden_columns=frozenset(self.hidden_columns),
        )
        merges = (
            (top, r.column, top + r.down - 1, r.column + r.across - 1)
            for r in self.reaches
            if (top := number.get(id(r.row))) is not None
        )
        grid.merges = clipped(merges, grid)
        return grid


def _space(match: re.Match[str]) -> str:
    """Spaces are one; a tab inside a line is meant, one that indents the source is not."""
    return "\t" if "\t" in match[0] and "\n" not in match[0] else " "


def page_grid(markup: str, name: str = "") -> Grid:
    """Raises `AttachmentRefused` for more than an order can be."""
    page = _Page()
    for mark in marks_of(markup):
        page.take(mark)
    return page.grid(name)


def read_html(raw: bytes) -> tuple[Grid, ...]:
    """A page that was sent as a workbook; raises `AttachmentRefused`."""
    head = _CHARSET.search(raw[:8192])
    text = decode(raw) if raw.startswith(MARKS) or _is_utf8(raw) else None
    return (page_grid(text or bytes_to_text(raw, head[1].decode("ascii") if head else "")),)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return b"\0" in raw[:4096]  # UTF-16, whose mark is missing
    return True
