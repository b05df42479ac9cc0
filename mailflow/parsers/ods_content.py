"""The content of an .ods is walked once: what stands in its cells, what is hidden, what is merged.

Repetitions are counted before they are written out: a kilobyte can claim a million cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.cells import Area, Rows, error_cell, number_cell, text_cell, truth_cell
from mailflow.parsers.grid import MAX_TEXT, Address, AttachmentRefused, Cell, check_size
from mailflow.parsers.looks import STRUCK, USUAL, Look
from mailflow.parsers.ods_looks import CellStyles, as_shown
from mailflow.parsers.xlsx_parts import Attributes, corrupt, feed, feed_if_whole, xml_parser

NUMBERS = frozenset({"float", "percentage", "currency"})
UNSEEN = frozenset({"collapse", "filter"})
ELSEWHERE = frozenset(
    {
        "office:annotation",
        "table:shapes",
        "table:tracked-changes",
        "table:dde-links",
        "draw:frame",
        "draw:custom-shape",
        "draw:g",
    }
)
"""Elements whose texts and tables are no cells of the sheet, though they lie inside it."""
CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
MOST_REPEATED = 1_048_576


@dataclass(slots=True)
class OdsSheet:
    """`formulas` holds the formulas without a result."""

    name: str
    style: str
    rows: Rows = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    formulas: dict[Address, str] = field(default_factory=dict)
    count: int = 0


class OdsWalk:
    """Gathers all sheets while expat walks the content."""

    def __init__(self, styles: CellStyles | None = None) -> None:
        self.sheets: list[OdsSheet] = []
        self.styles = styles or CellStyles()
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._elsewhere = 0
        self._row, self._column, self._rows_alike = 0, 0, 1
        self._cells: list[tuple[int, int, Cell, str]] = []
        self._cell: Attributes | None = None
        self._text: list[str] | None = None
        self._paragraphs = 0
        self._columns = 0
        self._row_style = ""
        self._column_styles: list[tuple[int, str]] = []
        self._struck = False

    def start(self, name: str, a: Attributes) -> None:
        if self._elsewhere or name in ELSEWHERE:
            self._elsewhere += 1
        elif name == "table:table":
            self.sheets.append(OdsSheet(a.get("table:name", ""), a.get("table:style-name", "")))
            self._row = self._columns = 0
            self._column_styles = []
        elif self.sheets:
            self._inside(name, a)
        else:
            self._of_styles(name, a)

    def _of_styles(self, name: str, a: Attributes) -> None:
        """They stand before all sheets."""
        self.styles.start(name, a)
        if name == "style:style":
            self._style = a.get("style:name", "")
        elif name == "style:table-properties" and a.get("table:display") == "false":
            self.hidden_styles.add(self._style)

    def _inside(self, name: str, a: Attributes) -> None:
        if name == "table:table-column":
            self._hide_columns(a)
        elif name == "table:table-row":
            self._rows_alike = _repeated(a, "table:number-rows-repeated")
            self._column, self._cells = 0, []
            self._row_style = a.get("table:default-cell-style-name", "")
            if a.get("table:visibility") in UNSEEN:
                last = min(self._row + self._rows_alike, MOST_REPEATED)
                # Only rows that can be filled matter; the last one often stands for a million.
                self.sheets[-1].hidden_rows.update(range(self._row, min(last, self._row + 20_000)))
        elif name in CELLS:
            self._cell, self._text, self._paragraphs, self._struck = a, [], 0, False
        elif self._text is not None:
            self._mark(name, a)

    def _mark(self, name: str, a: Attributes) -> None:
        assert self._text is not None
        if name == "text:p":
            if self._paragraphs:
                self._text.append("\n")
            self._paragraphs += 1
        elif name == "text:span":
            self._struck = self._struck or self.styles.strikes(a.get("text:style-name", ""))
        elif name == "text:s":
            self._text.append(" " * min(_repeated(a, "text:c"), 1_000))
        elif name == "text:tab":
            self._text.append("\t")
        elif name == "text:line-break":
            self._text.append("\n")

    def text(self, piece: str) -> None:
        if self._text is not None and self._paragraphs and not self._elsewhere:
            self._text.append(piece)

    def end(self, name: str) -> None:
        if self._elsewhere:
            self._elsewhere -= 1
        elif name in CELLS and self._cell is not None:
            text = "".join(self._text or ())
            cell = _value(self._cell, text)
            if cell is not None:
                look = Look(STRUCK) if self._struck else self._look(self._cell)
                cell = as_shown(cell, look, text if self._paragraphs else None)
            self._end_cell(self._cell, cell)
            self._cell = self._text = None
        elif name == "table:table-row" and self.sheets:
            self._end_row()

    def _hide_columns(self, a: Attributes) -> None:
        alike = _repeated(a, "table:number-columns-repeated")
        if a.get("table:visibility") in UNSEEN:
            last = min(self._columns + alike, 16_384)
            self.sheets[-1].hidden_columns.update(range(self._columns, last))
        self._columns += alike
        self._column_styles.append((self._columns, a.get("table:default-cell-style-name", "")))

    def _look(self, a: Attributes) -> Look:
        """By the cell's own style, else its row's, else its column's."""
        style = a.get("table:style-name") or self._row_style
        if not style:
            past = ((end, said) for end, said in self._column_styles if end > self._column)
            style = next(past, (0, ""))[1]
        return self.styles.of_cell(style) if style else USUAL

    def _end_cell(self, a: Attributes, cell: Cell | None) -> None:
        alike = _repeated(a, "table:number-columns-repeated")
        formula = a.get("table:formula", "")
        if cell is None and formula and "office:value-type" not in a:
            cell = Cell("", trouble="formula-without-value")
        if cell is not None:
            check_size(self._row + 1, self._column + alike, self.sheets[-1].count)
            for column in range(self._column, self._column + alike):
                self._cells.append((self._row, column, cell, formula))
        down = _repeated(a, "table:number-rows-spanned")
        across = _repeated(a, "table:number-columns-spanned")
        if down > 1 or across > 1:
            area = (self._row, self._column, self._row + down - 1, self._column + across - 1)
            self.sheets[-1].merges.append(area)
        self._column += alike

    def _end_row(self) -> None:
        sheet, first = self.sheets[-1], self._row
        self._row += self._rows_alike
        if not self._cells:
            return
        check_size(self._row, 1, sheet.count + self._rows_alike * len(self._cells))
        sheet.count += self._rows_alike * len(self._cells)
        for row in range(first, self._row):
            sheet.rows[row] = {column: cell for _, column, cell, _ in self._cells}
            for _, column, cell, formula in self._cells:
                if cell.trouble == "formula-without-value":
                    sheet.formulas[row, column] = formula


def _value(a: Attributes, text: str) -> Cell | None:
    """What the cell holds; None for an empty one."""
    kind = a.get("office:value-type", "")
    if a.get("calcext:value-type") == "error":
        return error_cell(text.strip()[:20])
    if kind in NUMBERS and "office:value" in a:
        try:
            return number_cell(float(a["office:value"]))
        except ValueError:
            raise corrupt(f"number {a['office:value'][:20]!r}") from None
    if kind == "date":
        return _day(a.get("office:date-value", ""), text)
    if kind == "boolean":
        return truth_cell(a.get("office:boolean-value") == "true")
    shown = a.get("office:string-value", text) if kind == "string" else text
    if len(shown) > MAX_TEXT:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "a cell with more text than Excel allows")
    return text_cell(shown) if shown.strip() else None


def _day(value: str, text: str) -> Cell:
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return text_cell(text or value)
    return Cell(day.isoformat(), None, day)


def _repeated(a: Attributes, name: str) -> int:
    text = a.get(name, "1")
    if not text.isdecimal() or len(text) > 9:
        raise corrupt(f"{name} {text[:20]!r}")
    return max(int(text), 1)


def styles_of(pieces: Iterable[bytes]) -> CellStyles:
    """Of the part that holds the styles with a name; what is damaged there strikes nothing out."""
    styles, parser = CellStyles(), xml_parser()
    parser.StartElementHandler = styles.start
    feed_if_whole(parser, pieces)
    return styles


def walk_content(pieces: Iterable[bytes], styles: CellStyles | None = None) -> OdsWalk:
    """Raises `AttachmentRefused`."""
    walk, parser = OdsWalk(styles), xml_parser()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    feed(parser, pieces)
    return walk
