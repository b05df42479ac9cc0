"""The rows of a table as a form reads them: those that say something, totals, sections, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mailflow.domain.doubt import Doubt, DoubtKind, RowKind, RowRead
from mailflow.domain.report import ReportRow, ReportTotal
from mailflow.domain.sheet import Written
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.draft import Draft
from mailflow.parsers.kinds.field_reading import label_field
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import Form, Value
from mailflow.parsers.kinds.report_cells import CellReader, columns_read, number_in
from mailflow.parsers.kinds.report_columns import HIDDEN, Filled
from mailflow.parsers.kinds.report_parts import LABELLED, is_figure, is_labelled, part_said
from mailflow.parsers.kinds.report_sums import FigureSums
from mailflow.parsers.kinds.report_tables import ReportTable
from mailflow.parsers.kinds.table_facts import TableFacts
from mailflow.parsers.page import Page
from mailflow.parsers.sums import Reach, total_word

MOST_DOUBTS = 200
"""Told one by one; the others are counted."""
LONGEST_SECTION = 30
_SENTENCE = re.compile(r"[，。；！,;!:：]")


@dataclass(slots=True)
class RowsRead:
    rows: list[ReportRow] = field(default_factory=list)
    totals: list[ReportTotal] = field(default_factory=list)
    notes: list[Written] = field(default_factory=list)
    others: list[RowRead] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    more_doubts: int = 0
    last: int = -1

    def doubt(self, doubt: Doubt) -> None:
        if len(self.doubts) < MOST_DOUBTS:
            self.doubts.append(doubt)
        else:
            self.more_doubts += 1


class RowReader:
    """Reads the rows of one table from the top; `said` is what labels above it say."""

    def __init__(
        self,
        page: Page,
        table: ReportTable,
        form: Form,
        filled: Sequence[Filled],
        said: Mapping[str, str],
    ) -> None:
        self.page, self.table, self.form = page, table, form
        self.read = RowsRead()
        self.columns = list(columns_read(table, filled))
        self.named = [c for c in self.columns if c.slot in form.named]
        self.figures = [c for c in self.columns if c.is_figure]
        self.details = {c.column for c in self.columns if c.value in (Value.CODE, Value.DAY)}
        self.numbered = {h.column for h in table.headed if h.field is Field.LINE_NO}
        self.sums = FigureSums(c.column for c in self.figures)
        self.cells = CellReader(page, table, form, self.read.doubt, self.sums.add)
        first = {c.slot: c.column for c in reversed(self.columns)}
        self.facts = TableFacts(page, table, first, said)
        self.settle = form.settles(self.facts) if form.settles else None
        self.last: dict[str, object] = {}
        self.section = ""
        self.shared: Mapping[str, object] = {}
        """What the label of a part says of each of its rows."""
        self.waiting: list[tuple[int, int, str]] = []
        """Rows of one text, which are sections if rows follow and notes if none do."""

    def all(self) -> RowsRead:
        for header in self.table.headers:
            self._other(RowKind.HEADER, header.start, "", header.stop - 1)
        grid = self.page.grid.rows
        for row in self.table.rows():
            if cells := grid.get(row):
                self._row(row, cells)
        for row, column, text in self.waiting:
            self._note(row, column, text)
        self.read.last = max((r.row for r in self.read.rows), default=self.table.top)
        if self.form.doubts:
            for doubt in self.form.doubts(self.facts, self.read.rows, tuple(self.read.doubts)):
                self.read.doubt(doubt)
        return self.read

    def _row(self, row: int, cells: Mapping[int, Cell]) -> None:
        if all(c in self.numbered and cell.number is not None for c, cell in cells.items()):
            return  # A form's next line, not filled in.
        names = self._names(row, cells)
        first = next(iter(names.values()), None) or self._first_text(cells)
        if first is not None and (word := total_word(first)) is not None:
            self._total(row, cells, first, word.reach)
            return
        has_figure = any(is_figure(cells.get(c.column)) for c in self.figures)
        if (part := part_said(cells, self.form)) is not None:
            self._sections()
            self._part(row, part.title, part.values)
            if part.unread:
                at = self.page.place(row, min(cells))
                self.read.doubt(Doubt(DoubtKind.VALUE_UNREADABLE, at, part.unread))
            return
        if len(cells) == 1 and not has_figure:
            [(column, cell)] = cells.items()
            if column not in self.details or self.settle is None:
                self.waiting.append((row, column, cell.text))
                return
        if self._is_foot(cells, has_figure=has_figure) or (
            not has_figure and (not names or self._is_small_print(cells)) and not self._says(cells)
        ):
            if not names and not any(c.column in cells for c in self.columns):
                return
            self._note(row, min(cells), " ".join(c.text for c in cells.values()))
            return
        if self.waiting:
            self._sections()
        self._take(row, cells)

    def _names(self, row: int, cells: Mapping[int, Cell]) -> dict[str, str]:
        """What says of what the row is; a cell merged over several rows says it of each."""
        found: dict[str, str] = {}
        for column in self.named:
            cell = cells.get(column.column)
            if cell is None and (above := self.page.above(row, column.column)):
                cell = self.page.grid.at(*above)
            if cell is not None and cell.text:
                found[column.slot] = cell.text
        return found

    def _first_text(self, cells: Mapping[int, Cell]) -> str | None:
        return next((c.text for c in cells.values() if c.text and c.number is None), None)

    def _is_small_print(self, cells: Mapping[int, Cell]) -> bool:
        return any(LABELLED.match(cell.text) for cell in cells.values())

    def _says(self, cells: Mapping[int, Cell]) -> bool:
        """Whether a row without a figure says something all the same, of the row above it: another
        batch, another waybill."""
        return self.settle is not None and any(
            c in cells and not is_labelled(cells[c].text) for c in self.details
        )

    def _is_foot(self, cells: Mapping[int, Cell], *, has_figure: bool) -> bool:
        """Labels to be filled in by hand: `承运商：德邦 | 运单号： | 发货日期：`."""
        if has_figure and (self.settle is None or not self._begins_with_label(cells)):
            return False
        labels = [c for c in cells.values() if c.number is None and is_labelled(c.text)]
        if len(labels) < 2:
            return False
        exact = [c for c in labels if (said := label_field(c.text)) and said in self.form.head]
        if len(exact) > 1:
            return True
        return not any(
            c.column in cells and cells[c.column].number is not None for c in self.figures
        )

    def _begins_with_label(self, cells: Mapping[int, Cell]) -> bool:
        """A row with a figure in it begins with what the figure is, or with a label."""
        return any(is_labelled(c.text) for c in list(cells.values())[:2] if c.number is None)

    def _take(self, row: int, cells: Mapping[int, Cell]) -> None:
        values = {**self.shared, **self.cells.values(row, cells, self.columns)}
        if self.settle is not None:
            draft = Draft(row, values, self.last)
            self.settle(draft)
            self.last = values
            for slot, kind, found in draft.doubts:
                shown = HIDDEN if slot in self.form.personal else found
                self.read.doubt(Doubt(kind, self.facts.cell_of(slot, row), shown))
        if self.named and not any(values.get(c.slot) for c in self.named):
            at = self.page.place(row, self.named[0].column)
            self.read.doubt(Doubt(DoubtKind.NAME_MISSING, at))
        self.read.rows.append(self.form.row(row=row, section=self.section, **values))

    def _total(self, row: int, cells: Mapping[int, Cell], word: str, reach: Reach) -> None:
        """A total covers all rows above it; one of a part those since the last such."""
        self._sections()
        self._other(RowKind.TOTAL, row, word)
        is_part = reach in (Reach.PART, Reach.PAGE)
        for column in self.figures:
            cell = cells.get(column.column)
            number = number_in(column, cell) if cell is not None else None
            if number is None:
                continue
            at = self.page.place(row, column.column)
            total = self.sums.of(column.column, since_part=is_part)
            self.read.totals.append(ReportTotal(column.slot, at, number, total))
        self.sums.end_part()
        if is_part:
            self.section, self.shared = "", {}

    def _sections(self) -> None:
        for number, (row, column, text) in enumerate(self.waiting, 1):
            is_title = len(text) <= LONGEST_SECTION and not _SENTENCE.search(text.rstrip(":："))
            if is_title and number == len(self.waiting):
                self._part(row, text)
            else:
                self._note(row, column, text)
        self.waiting.clear()

    def _part(self, row: int, text: str, values: Mapping[str, object] | None = None) -> None:
        self.section = text.strip().rstrip(":：")
        self.shared = values or {}
        self._other(RowKind.SECTION, row, text)

    def _note(self, row: int, column: int, text: str) -> None:
        self.read.notes.append(self.page.written(text, row, column))
        self._other(RowKind.NOTE, row, text)

    def _other(self, kind: RowKind, row: int, why: str, last: int | None = None) -> None:
        table = self.table
        span = self.page.span(row, table.left, row if last is None else last, table.right)
        self.read.others.append(RowRead(kind, span, why))


def hidden_rows(page: Page, rows: Sequence[ReportRow]) -> Iterator[Doubt]:
    """Rows that a filter hides are read; that they are hidden is said once."""
    hidden = [r.row for r in rows if r.row in page.grid.hidden_rows]
    if hidden:
        yield Doubt(DoubtKind.HIDDEN_ROWS, page.place(hidden[0], 0), found=str(len(hidden)))
