"""XML 2003 workbooks, mostly sent as .xls: one walk over the text, cells with their addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers.calculate import calculated
from mailflow.parsers.cells import (
    Area,
    Rows,
    clipped,
    error_cell,
    moment_cell,
    number_cell,
    ordered,
    text_cell,
    truth_cell,
)
from mailflow.parsers.csv_table import decode
from mailflow.parsers.formula_texts import of_ods, of_r1c1
from mailflow.parsers.grid import (
    MAX_COLUMNS,
    Address,
    AttachmentRefused,
    Cell,
    Grid,
    check_size,
)
from mailflow.parsers.looks import STRUCK, USUAL, Look, looking
from mailflow.parsers.mime_text import bytes_to_text
from mailflow.parsers.spreadsheetml_styles import Styles
from mailflow.parsers.xlsx_parts import Attributes, corrupt, feed, local_name, xml_parser

_DECLARATION = re.compile(r"\s*<\?xml[^>]*?(?:encoding\s*=\s*[\"']([\w-]{1,40})[\"'][^>]*)?\?>")


@dataclass(slots=True)
class XmlSheet:
    """`formulas` holds the formulas without a result."""

    name: str
    hidden: bool = False
    rows: Rows = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    formulas: dict[Address, str] = field(default_factory=dict)
    count: int = 0


class _Walk:
    def __init__(self) -> None:
        self.sheets: list[XmlSheet] = []
        self.since_1904 = False
        self.styles = Styles()
        self._row, self._column, self._columns = -1, -1, 0
        self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._cell: Attributes | None = None
        self._kind = ""
        self._text: list[str] | None = None
        self._data = ""
        self._seen = False
        self._comment = self._struck = False

    def start(self, name: str, attributes: Attributes) -> None:
        name, a = local_name(name), {local_name(k): v for k, v in attributes.items()}
        if name == "Comment":
            self._comment = True
        elif name == "Data" and self._cell is not None and not self._comment:
            self._kind, self._text, self._struck = a.get("Type", "String"), [], False
        elif name == "S" and self._text is not None:
            self._struck = True
        elif name in ("Visible", "Date1904"):
            self._text = []
        elif take := STARTS.get(name):
            take(self, a)

    def sheet(self, a: Attributes) -> None:
        self.sheets.append(XmlSheet(a.get("Name", "")))
        self._row, self._columns, self._column_styles = -1, 0, {}

    def columns(self, a: Attributes) -> None:
        first = _index(a, self._columns)
        last = first + _number(a, "Span", 0)
        if a.get("Hidden") == "1" and self.sheets:
            self.sheets[-1].hidden_columns.update(range(first, min(last, 16_384) + 1))
        if style := a.get("StyleID"):
            self._column_styles |= dict.fromkeys(range(first, min(last, MAX_COLUMNS) + 1), style)
        self._columns = last + 1

    def row(self, a: Attributes) -> None:
        self._row, self._column = _index(a, self._row + 1), -1
        self._row_style = a.get("StyleID", "")
        if a.get("Hidden") == "1" and self.sheets:
            last = self._row + min(_number(a, "Span", 0), 20_000)
            self.sheets[-1].hidden_rows.update(range(self._row, last + 1))

    def cell(self, a: Attributes) -> None:
        self._column = _index(a, self._column + 1)
        self._cell, self._seen = a, False
        self._data = ""

    def text(self, piece: str) -> None:
        if self._text is not None:
            self._text.append(piece)

    def end(self, name: str) -> None:
        name = local_name(name)
        if name == "Comment":
            self._comment = False
        elif name == "Data" and self._text is not None and not self._comment:
            self._data, self._seen, self._text = "".join(self._text), True, None
        elif name == "Visible" and self._text is not None:
            if self.sheets and "hidden" in "".join(self._text).casefold():
                self.sheets[-1].hidden = True
            self._text = None
        elif name == "Date1904":
            self.since_1904, self._text = "".join(self._text or ()).strip() != "0", None
        elif name == "Cell" and self._cell is not None and self.sheets:
            self._keep(self.sheets[-1], self._cell)
            self._cell = None

    def _keep(self, sheet: XmlSheet, a: Attributes) -> None:
        across, down = _number(a, "MergeAcross", 0), _number(a, "MergeDown", 0)
        if across or down:
            area = (self._row, self._column, self._row + down, self._column + across)
            sheet.merges.append(area)
        cell = self._value(a) if self._seen else None
        if cell is None and "Formula" in a and not self._seen:
            sheet.formulas[self._row, self._column] = a["Formula"]
            cell = Cell("", trouble="formula-without-value")
        if cell is not None and (cell.text or cell.trouble):
            if not cell.trouble:
                look = self.styles.of(self._style_of(a))[1]
                look = Look(STRUCK) if self._struck and self._seen else look
                cell = looking(cell, look) if look != USUAL else cell
            sheet.count += 1
            check_size(self._row + 1, self._column + 1, sheet.count)
            sheet.rows.setdefault(self._row, {})[self._column] = cell
        self._column += across

    def _style_of(self, a: Attributes) -> str:
        """The cell's own, else its row's, else its column's."""
        return a.get("StyleID") or self._row_style or self._column_styles.get(self._column, "")

    def _value(self, a: Attributes) -> Cell:
        data = self._data
        if self._kind == "Number":
            try:
                number = float(data)
            except ValueError:
                raise corrupt(f"number {data[:20]!r}") from None
            if self.styles.of(self._style_of(a))[0]:
                return moment_cell(number, since_1904=self.since_1904)
            return number_cell(number)
        if self._kind == "DateTime":
            return _moment(data)
        if self._kind == "Boolean":
            return truth_cell(data.strip() == "1")
        return error_cell(data.strip()) if self._kind == "Error" else text_cell(data)


STARTS: dict[str, Callable[[_Walk, Attributes], None]] = {
    "Style": lambda walk, a: walk.styles.style(a),
    "Font": lambda walk, a: walk.styles.font(a),
    "Interior": lambda walk, a: walk.styles.interior(a),
    "NumberFormat": lambda walk, a: walk.styles.number_format(a),
    "Worksheet": _Walk.sheet,
    "Column": _Walk.columns,
    "Row": _Walk.row,
    "Cell": _Walk.cell,
}


def _moment(text: str) -> Cell:
    """A day; a time alone is written as one of the last day of 1899."""
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return text_cell(text)
    return Cell(day.isoformat(), None, day) if day.year > 1899 else text_cell(text.strip()[11:19])


def _number(a: Attributes, name: str, otherwise: int) -> int:
    text = a.get(name, "")
    if text and not (text.isdecimal() and len(text) < 8):
        raise corrupt(f"{name} {text[:20]!r}")
    return int(text) if text else otherwise


def _index(a: Attributes, otherwise: int) -> int:
    return max(_number(a, "Index", otherwise + 1) - 1, 0)


def read_spreadsheetml(raw: bytes) -> tuple[Grid, ...]:
    """Every sheet, hidden ones too; raises `AttachmentRefused`."""
    walk, parser = _Walk(), xml_parser()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    feed(parser, [_as_utf8(raw)])
    if not walk.sheets:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no worksheet")
    grids = [_grid(sheet, since_1904=walk.since_1904) for sheet in walk.sheets]
    return calculated(grids, [_texts(sheet) for sheet in walk.sheets])


def _texts(sheet: XmlSheet) -> dict[Address, str]:
    """Other programs write this format too, with formulas as they are used to."""
    return {
        at: of_ods(text) if text.startswith("of:") else of_r1c1(text, at)
        for at, text in sheet.formulas.items()
    }


def _as_utf8(raw: bytes) -> bytes:
    """Without its declaration: exports in Chinese code pages are common, and often say otherwise."""
    head = _DECLARATION.match(raw[:400].decode("latin-1"))
    text = decode(raw) or bytes_to_text(raw, (head and head[1]) or "")
    text = text.lstrip("\ufeff")
    head = _DECLARATION.match(text)
    return text[head.end() if head else 0 :].encode("utf-8", "replace")


def _grid(sheet: XmlSheet, *, since_1904: bool) -> Grid:
    grid = Grid(
        name=sheet.name,
        rows=ordered(sheet.rows),
        hidden=sheet.hidden,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        since_1904=since_1904,
    )
    grid.merges = clipped(sheet.merges, grid)
    return grid
