"""A sheet drawn in signs: what every row was taken for, and its cells with what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mailflow.commands.grid_columns import TABULAR, meaning_word, one_line, widths_of
from mailflow.commands.line_breaks import broken, fitted, fitted_in_the_middle
from mailflow.domain.painting import CellRole, Note, PaintedRow, PaintedSheet, RowRole
from mailflow.domain.sheet import column_letters
from mailflow.outbox.typeset_words import Words

STYLE_OF = {
    None: "",
    CellRole.HEADER: "bold underline",
    CellRole.PRODUCT: "cyan",
    CellRole.QUANTITY: "bold green",
    CellRole.PRICE: "blue",
    CellRole.AMOUNT: "magenta",
    CellRole.FUNDING: "yellow",
    CellRole.DETAIL: "",
    CellRole.ABOUT: "cyan",
    CellRole.SECTION: "bold yellow",
    CellRole.TOTAL: "bold",
    CellRole.UNUSED: "dim",
    CellRole.NOTE: "dim",
    CellRole.UNREAD: "red",
}
FOUND = "bold white on red"
SHORTENED = 8
"""Rows of texts in a row that are drawn of a sheet that is no order."""
MOST_TEXT_LINES = 3

Tell = Callable[[Note], Iterable[Text]]
"""A finding in words, without an indent."""


@dataclass
class GridDrawing:
    """One sheet, as wide as the console."""

    sheet: PaintedSheet
    words: Words
    console: Console
    tell: Tell

    def __post_init__(self) -> None:
        rows = self.sheet.rows
        self.digits = len(str(max((r.address for r in rows), default=1)))
        tags = [self._tag(row) for row in rows]
        tags += [self.words["row_means"]] if any(row.meanings for row in rows) else []
        self.tags = max(map(cell_len, tags), default=0)
        self.indent = self.digits + self.tags + 2
        room = self.console.width - self.indent
        self.columns, self.left = widths_of(self.sheet, self.words, room)

    def lines(self) -> Iterator[Text]:
        if self.columns:
            yield self._letters()
        for row in self._rows():
            yield from self._row(row)
        yield from self._left_out()
        for note in self.sheet.notes:
            yield from self._told(note)

    def _rows(self) -> tuple[PaintedRow, ...]:
        rows = self.sheet.rows
        if self.sheet.is_skipped and not self.sheet.is_spoken_of:
            return rows[:SHORTENED]
        return rows

    def _letters(self) -> Text:
        line = Text(" " * self.indent)
        for width in self.columns:
            letters = column_letters(width.column)
            shown = f"({letters})" if width.axis.hidden else letters
            line.append(fitted(shown, width.wanted) + " ", "dim")
        return _stripped(line)

    def _row(self, row: PaintedRow) -> Iterator[Text]:
        if row.role is RowRole.GAP:
            yield Text(f"{' ' * self.digits} ⋮ {self._gap(row)}", "dim")
            return
        if row.role is RowRole.BLANK:
            yield Text(f"{row.address:>{self.digits}}", "dim")
            return
        tabular = row.role in TABULAR
        yield from self._tabular(row) if tabular else self._text(row)
        if tabular and (marks := self._marks(row)):
            yield marks
        if row.meanings:
            yield self._meanings(row)
        for note in row.notes:
            yield from self._told(note)

    def _head(self, row: PaintedRow) -> Text:
        line = Text()
        line.append(f"{row.address:>{self.digits}} ", "dim")
        style = (
            "bold"
            if row.role in (RowRole.LINE, RowRole.ROW, RowRole.HEADER, RowRole.TOTAL)
            else "dim"
        )
        line.append(fitted(self._tag(row), self.tags) + " ", style)
        return line

    def _tag(self, row: PaintedRow) -> str:
        return self.words["hidden"] if row.hidden else self.words[f"row_{row.role.value}"]

    def _tabular(self, row: PaintedRow) -> Iterator[Text]:
        line = self._head(row)
        cells = {cell.column: cell for cell in row.cells}
        covered = 0
        for number, width in enumerate(self.columns):
            cell = cells.get(width.column)
            if number < covered:
                continue
            reach = self.columns[number : self._reaches(row, number)]
            covered = number + len(reach)
            room = sum(w.wanted for w in reach) + len(reach) - 1
            text = one_line(cell.text) if cell else ""
            style = STYLE_OF[cell.role] if cell else ""
            if cell and (cell.notes or cell.trouble):
                style = FOUND
            to_right = cell is not None and cell.is_figure and row.role is not RowRole.HEADER
            if to_right and cell_len(text) <= room:
                shown = " " * (room - cell_len(text)) + text
            elif cell and cell.role is CellRole.PRODUCT:
                shown = fitted_in_the_middle(text, room)
            else:
                shown = fitted(text, room)
            line.append(shown, style).append(" ")
        if row.hidden:
            line.stylize("dim", self.indent)
        yield _stripped(line)

    def _reaches(self, row: PaintedRow, number: int) -> int:
        """Behind the last column a cell covers."""
        start = self.columns[number].column
        later = [cell for cell in row.cells if cell.column > start]
        if row.role is RowRole.TOTAL:  # its word may be longer than the column it stands in
            later = [cell for cell in later if cell.text]
        covering = [cell.column for cell in later]
        end = covering[0] if covering else self.sheet.axis[-1].column + 1
        reach = number + 1
        while reach < len(self.columns) and self.columns[reach].column < end:
            reach += 1
        return reach

    def _text(self, row: PaintedRow) -> Iterator[Text]:
        """A row outside of the tables: its texts one after the other, over several lines."""
        body = Text()
        for cell in row.cells:
            if cell.text and not cell.goes_on:
                style = FOUND if cell.notes or cell.trouble else STYLE_OF[cell.role]
                body.append("  " if body else "").append(one_line(cell.text), style)
        most = 1 if row.role is RowRole.NOTE else MOST_TEXT_LINES
        lines = list(broken(body, self.console.width - self.indent))[:most]
        for number, text in enumerate(lines):
            head = self._head(row) if number == 0 else Text(" " * self.indent)
            yield _stripped(head.append_text(text))

    def _marks(self, row: PaintedRow) -> Text | None:
        """Signs below the cells in which something was found."""
        found = {cell.column for cell in row.cells if cell.notes}
        if not found & {width.column for width in self.columns}:
            return None
        line = Text(" " * self.indent)
        for width in self.columns:
            sign = "^" if width.column in found else " "
            line.append(sign * width.wanted + " ", "bold red")
        return _stripped(line)

    def _meanings(self, row: PaintedRow) -> Text:
        """Below a header, what each of its columns means."""
        told = {m.column: m for m in row.meanings}
        tag = fitted(self.words["row_means"], self.tags)
        line = Text(f"{' ' * self.digits} {tag} ", "dim")
        for width in self.columns:
            meant = told.get(width.column)
            text = meaning_word(meant, self.words) if meant else ""
            style = STYLE_OF[meant.role] if meant else ""
            line.append(fitted(text, width.wanted), f"{style} italic".strip()).append(" ")
        return _stripped(line)

    def _told(self, note: Note) -> Iterator[Text]:
        for line in self.tell(note):
            for text in broken(line, self.console.width - self.indent):
                yield Text(" " * self.indent).append_text(text)

    def _gap(self, row: PaintedRow) -> str:
        name = "gap_cut" if row.is_cut else "gap_blank"
        return self.words(name, first=row.address, last=row.address + row.length - 1)

    def _left_out(self) -> Iterator[Text]:
        words, drawn = self.words, self.sheet.drawn
        letters = " ".join(column_letters(width.column) for width in self.left)
        rows = drawn.rows_left + len(self.sheet.rows) - len(self._rows())
        said = (
            words("columns_narrow", columns=letters) if letters else "",
            words("columns_left", n=drawn.columns_left) if drawn.columns_left else "",
            words("rows_left", n=rows) if rows else "",
        )
        for text in filter(None, said):
            yield from broken(Text(text, "dim"), self.console.width)


def _stripped(line: Text) -> Text:
    line.rstrip()
    return line
