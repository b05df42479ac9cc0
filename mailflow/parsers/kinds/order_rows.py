"""The rows of an order table: lines, parts, totals, notes; no row with a quantity is ever dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mailflow.domain.document import Doubt, DoubtKind, OrderLine, RowKind, RowRead
from mailflow.domain.funding import Funding
from mailflow.domain.sheet import Written
from mailflow.parsers.grid import Cell
from mailflow.parsers.headings import FanKind
from mailflow.parsers.kinds.order_above import Above, case_said, pack_said, with_case, with_pack
from mailflow.parsers.kinds.order_figures import quantities_of
from mailflow.parsers.kinds.order_line import is_line, line_of
from mailflow.parsers.kinds.order_read import Read, Rows
from mailflow.parsers.kinds.order_row import Row, TableRows, is_nothing
from mailflow.parsers.kinds.order_sums import (
    Since,
    is_sum_without_word,
    sums_beside,
    totals_of_row,
    word_of,
)
from mailflow.parsers.kinds.order_totals import as_paid
from mailflow.parsers.labels import labels_in
from mailflow.parsers.layout import Table
from mailflow.parsers.meanings import Meaning
from mailflow.parsers.sections import Section, both, section_of
from mailflow.parsers.sums import Reach, TotalWord
from mailflow.parsers.vocabulary import label_of


def read_rows(table: Table, above: Above) -> Rows:
    """All rows below a header."""
    walk = _Walk(table, above)
    for number in table.body:
        row = walk.reader.row(number)
        if row is not None:
            walk.take(row)
    walk.ask_about_lines_below_total()
    walk.rows.open_section, walk.rows.section_over = walk.section, walk.is_over
    return walk.rows


class _Walk:
    """Goes down a table once and remembers where its parts began."""

    def __init__(self, table: Table, above: Above) -> None:
        self.table, self.page = table, table.page
        self.reader = TableRows(table, above.unit)
        self.rows = Rows(last=table.header.first - 1)
        self.words = dict(table.header.texts)
        self.section, self.is_over = above.section, above.over
        self.pack, self.case = above.pack, case_said(table)
        self.starts = {"part": 0, "section": 0, "page": 0, "total": 0}
        self.whose: dict[Meaning, Written] = {}
        self.closed_at = 0

    def take(self, row: Row) -> None:
        """A row is the first of these it can be."""
        if self._is_header(row.cells):
            self._note(row, RowKind.HEADER, "")
        elif row.is_of_product():
            self._lines(row)
        elif word := word_of(row):
            self._total(row, word)
        elif section := self._section(row):
            self._begin(row, section)
        elif is_sum_without_word(row, [x.row for x in self.rows.lines[self.starts["total"] :]]):
            self._total(row, TotalWord(Reach.TABLE, ""))
        elif is_line(row, behind_total=bool(self.rows.totals)) and not self._is_said_by_labels(row):
            self._lines(row)
        else:
            self.rows.notes.append(row.number)
            self._hear_of_pack(row)

    def _hear_of_pack(self, row: Row) -> None:
        """`400g系列` between the lines is said of those below it."""
        if len(texts := {cell.text for cell in row.cells.values() if cell.text}) == 1:
            [text] = texts
            said = pack_said([self.page.written(text, row.number, min(row.cells))])
            self.pack = said or self.pack

    def _is_said_by_labels(self, row: Row) -> bool:
        """Whether its numbers are values of labels, as a telephone number below `电话`, a day below
        `日期`."""
        counted = self.reader.figure_columns
        figures = [c for c, cell in row.cells.items() if c in counted or cell.number is not None]
        rows = [n for n in (row.number - 1, row.number) if n >= self.table.header.first]
        _, taken = labels_in(self.page, rows)
        return bool(figures) and all(
            (row.number, c) in taken or label_of(row.cells[c].text) for c in figures
        )

    def _is_header(self, cells: Mapping[int, Cell]) -> bool:
        """The table's own header again, as on the top of a page."""
        seen = 0
        for column, cell in cells.items():
            if word := self.words.get(column):
                if cell.text != word:
                    return False
                seen += 1
        return seen >= 2

    def _note(self, row: Row, kind: RowKind, why: str) -> None:
        last = max(row.cells)
        self.rows.taken.append(
            RowRead(kind, self.page.span(row.number, min(row.cells), row.number, last), why)
        )

    def _section(self, row: Row) -> Section | None:
        """A row with one text, numbered or not, that says how the lines below it are paid."""
        if row.has_figure():
            return None
        found: dict[str, int] = {}
        for column, cell in row.cells.items():
            if cell.number is None and cell.text and not _is_numbering(cell.text):
                found.setdefault(cell.text, column)
            elif cell.number is not None and column in self.reader.figure_columns:
                return None
        if len(found) != 1:
            return None
        [(text, column)] = found.items()
        return section_of(self.page.written(text, row.number, column))

    def _begin(self, row: Row, section: Section) -> None:
        self.section, self.is_over = section, False
        self.starts["section"] = self.starts["part"] = len(self.rows.lines)
        self._note(row, RowKind.SECTION, section.title.text)
        if row.number in self.page.grid.hidden_rows:
            self._ask(section.title)

    def ask_about_lines_below_total(self) -> None:
        """Lines below the last total of everything, under no title of their own: forgotten in the
        sum, or not meant to be ordered."""
        closed, lines = self.closed_at, self.rows.lines
        if closed and closed < len(lines) and self.starts["section"] <= closed:
            read = lines[closed]
            self._ask(self.page.written(str(read.row + 1), read.row, self.table.left))

    def _ask(self, written: Written) -> None:
        self.rows.doubts.append(Doubt(DoubtKind.TABLE_UNCLEAR, written.at, found=written.text))

    def _lines(self, row: Row) -> None:
        lines = list(self._read(row))
        if self.reader.ship_to:
            said = tuple((m, w) for m in self.reader.ship_to if (w := row.written(m)))
            lines = [replace(line, ship_to=said) for line in lines]
        first = len(self.rows.lines)
        self.rows.lines.extend(lines)
        self.rows.last = row.number
        self.rows.doubts.extend(row.troubles())
        if self.reader.fans:
            covered = tuple(range(first, first + len(lines)))
            self.rows.totals.extend(sums_beside(row, covered))

    def _read(self, row: Row) -> Iterator[Read]:
        """One line a row; where columns tell several distributors, products or fundings apart, one
        for each that has a quantity."""
        whose = self._whose(row)
        if not self.reader.fans:
            line = line_of(row, None, self._funding(row))
            yield Read(self._packed(line), row.number, None, whose)
            return
        filled = [f for f in self.reader.fans if not is_nothing(quantities_of(row, f))]
        if self.table.fan_kind is FanKind.FUNDING and not filled:
            line = line_of(row, self.reader.fans[0], self._funding(row))
            yield Read(self._packed(line), row.number)
        for fan in filled:
            own = row.written(Meaning.FUNDING)
            paid = own or self._funding(row)
            if fan.kind is FanKind.FUNDING:
                paid = both(self.page.written(fan.text, fan.row, fan.column), own)
            elif fan.paid is not None:
                paid = both(self.page.written(fan.paid.text, *fan.paid.at), own)
            line = line_of(row, fan, paid, alone=len(filled) == 1)
            yield Read(self._packed(line), row.number, fan, whose)

    def _packed(self, line: OrderLine) -> OrderLine:
        return with_case(with_pack(line, self.pack), self.case)

    def _whose(self, row: Row) -> tuple[Written, ...]:
        """The distributor its row names; one that is merged or left out below a name goes on."""
        columns = self.reader.whose
        if self.table.fan_kind is FanKind.PRODUCT:
            return tuple(w for m in columns if (w := row.written(m)))
        if any(row.cells.get(self.reader.at[m]) for m in columns):
            self.whose = {m: w for m in columns if (w := row.written(m))}
        return tuple(self.whose.values())

    def _funding(self, row: Row) -> Written | None:
        own = row.written(Meaning.FUNDING)
        if self.section is None:
            return own
        if self.is_over and self.section.funding is not Funding.CASH:
            self._ask(self.page.written(self.section.title.text, row.number, self.table.left))
            self.is_over = False
        return both(self.section.title, own)

    def _total(self, row: Row, word: TotalWord) -> None:
        reaches = self._reaches(word)
        stated = totals_of_row(row, word, reaches)
        self.rows.totals.extend(as_paid(s, self.rows.lines) for s in stated)
        self.rows.last = row.number
        self.rows.doubts.extend(row.troubles())
        self._note(row, RowKind.TOTAL, word.text)
        lines = len(self.rows.lines)
        self.starts["part"] = lines
        if word.reach is Reach.PAGE:
            self.starts["page"] = lines
        elif word.reach is not Reach.PART:
            self.starts["total"] = self.starts["section"] = lines
            self.closed_at = self.closed_at if word.funding else lines
        if word.reach is not Reach.PAGE and not word.series:
            self.is_over = True

    def _reaches(self, word: TotalWord) -> tuple[Since, ...]:
        lines, s = len(self.rows.lines), self.starts
        if not lines:
            return ((0, None),)
        starts = {
            Reach.PART: (s["part"], s["section"], s["total"], s["page"], 0),
            Reach.PAGE: (s["page"], s["part"], 0),
            Reach.TABLE: (0, s["total"], s["section"]),
            Reach.ALL: (0, s["total"]),
        }[word.reach]
        return tuple(dict.fromkeys((start, lines) for start in starts if start < lines))


def _is_numbering(text: str) -> bool:
    bare = text.strip("()（）、.． ")
    return bare.isdecimal() or (len(bare) <= 2 and all(c in "一二三四五六七八九十" for c in bare))
