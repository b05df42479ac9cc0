"""Paints what was read over the sheets it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mailflow.domain.appraisal import Item
from mailflow.domain.decision import Decision
from mailflow.domain.document import Column, Document, Order, RowKind, RowRead
from mailflow.domain.finding import Finding, Severity
from mailflow.domain.painted_report import take_report
from mailflow.domain.painted_rows import Taken, axis_of, rows_of
from mailflow.domain.painting import (
    ROLE_OF,
    CellRole,
    Note,
    PaintedColumn,
    PaintedSheet,
    RowRole,
    Why,
)
from mailflow.domain.picture import DrawnSheet, Focus, Picture
from mailflow.domain.printable import cleaned
from mailflow.domain.report import Report
from mailflow.domain.sheet import Place, Written

Explain = Callable[[str, str], Why]
"""Why a header's words have a meaning, or have none where that is empty."""
ROW_ROLES = {
    RowKind.TOTAL: (RowRole.TOTAL, CellRole.TOTAL),
    RowKind.SECTION: (RowRole.SECTION, CellRole.SECTION),
}
FARTHEST = 4
"""Columns a label may stand left of its value."""


def numbered(decisions: Sequence[Decision], beside: Sequence[Finding]) -> tuple[Note, ...]:
    """Every finding of a mail, those of one document in the order of their cells."""
    found: list[tuple[Finding, int | None]] = []
    for order, decision in enumerate(decisions):
        found.extend((f, order) for f in sorted(decision.findings, key=_reading_order))
    found.extend((finding, None) for finding in beside)
    first: dict[object, int] = {}
    notes = []
    for number, (finding, whose) in enumerate(found, 1):
        same = first.setdefault(_what_it_says(finding, number), number)
        notes.append(Note(number, finding, whose, same if same < number else None))
    return tuple(notes)


def _what_it_says(finding: Finding, number: int) -> object:
    """Two orders of one table may find the same in a cell; a remark that asks nobody may stand at
    every line."""
    if finding.severity is Severity.INFO and finding.at is not None:
        return finding.code, finding.variant
    return (finding.code, finding.variant, finding.at, finding.found) if finding.at else number


def _reading_order(finding: Finding) -> tuple[bool, str, int, int]:
    at = finding.at
    return (True, "", 0, 0) if at is None else (False, at.sheet, at.row, at.column)


def focus_on(documents: Sequence[Document], notes: Sequence[Note]) -> Focus:
    """Where something was found must be seen, and the words of the mail if they were read."""
    places = tuple(note.finding.at for note in notes if note.finding.at is not None)
    in_words = [d for d in documents if not d.attachment]
    orders = (d for d in in_words if isinstance(d, Order))
    names = [line.name or line.code for order in orders for line in order.lines]
    reports = (d for d in in_words if isinstance(d, Report))
    names += [Written(column.header, column.at) for d in reports for column in d.columns]
    return Focus(places, tuple(name for name in names if name is not None and name.at))


def painted(
    picture: Picture,
    documents: Sequence[Document],
    decisions: Sequence[Decision],
    notes: Sequence[Note],
    explain: Explain,
) -> tuple[PaintedSheet, ...]:
    """Sheets in the mail's order. `decisions` are those on the `documents`, or none at all."""
    any_order = any(isinstance(d, Order) for d in documents)
    sheets = []
    for drawn in picture.sheets:
        own = [n for n, document in enumerate(documents) if _is_on(document, drawn)]
        painter = _Painter(drawn, explain)
        for position in own:
            document = documents[position]
            if isinstance(document, Order):
                painter.take(document, decisions[position] if decisions else None)
            elif isinstance(document, Report):
                take_report(painter, document)
        sheets.append(_sheet(painter, notes, tuple(own), is_skipped=any_order and not own))
    return tuple(sheets)


def _sheet(
    painter: _Painter, notes: Sequence[Note], orders: tuple[int, ...], *, is_skipped: bool
) -> PaintedSheet:
    drawn, axis = painter.drawn, axis_of(painter.drawn)
    here = [n for n in notes if n.finding.at is not None and _is_at(n.finding.at, drawn)]
    rows = tuple(rows_of(drawn, axis, painter.taken(unread=not is_skipped), here))
    shown = {note.number for row in rows for note in row.notes}
    left = tuple(note for note in here if note.number not in shown)
    return PaintedSheet(drawn, axis, rows, orders, left, is_skipped)


def _is_on(document: Document, drawn: DrawnSheet) -> bool:
    where = document.where
    return where is not None and (where.attachment, where.sheet) == (drawn.attachment, drawn.name)


def _is_at(place: Place, drawn: DrawnSheet) -> bool:
    return (place.attachment, place.sheet) == (drawn.attachment, drawn.name)


@dataclass
class _Painter:
    """Gathers what the orders of one sheet say of its cells; the first to say it is believed."""

    drawn: DrawnSheet
    explain: Explain
    roles: dict[tuple[int, int], CellRole] = field(default_factory=dict)
    rows: dict[int, RowRole] = field(default_factory=dict)
    items: dict[int, list[Item]] = field(default_factory=dict)
    meanings: dict[int, dict[int, PaintedColumn]] = field(default_factory=dict)
    open: dict[tuple[int, int], CellRole] = field(default_factory=dict)
    """What a cell is if no order knows better: several may read a table, each its own columns."""

    def __post_init__(self) -> None:
        self.texts: Mapping[int, Mapping[int, str]] = {
            row.number: {c.column: c.text for c in row.cells if c.text} for row in self.drawn.rows
        }

    def taken(self, *, unread: bool) -> Taken:
        """All that was gathered. Where no order was read the whole sheet was not understood."""
        for row, told in self.meanings.items():
            for column, text in self.texts.get(row, {}).items():
                if self.open.get((row, column)) is CellRole.HEADER and column not in told:
                    why = self.explain(text, "")
                    told[column] = PaintedColumn(column, text, "", CellRole.UNREAD, why)
        roles = {**self.open, **self.roles}
        rest = (CellRole.UNREAD, RowRole.UNREAD) if unread and not self.rows else None
        return Taken(
            roles=roles,
            rows=self.rows,
            items={row: tuple(items) for row, items in self.items.items()},
            meanings={r: tuple(t[c] for c in sorted(t)) for r, t in self.meanings.items()},
            rest=rest or (CellRole.NOTE, RowRole.NOTE),
        )

    def take(self, order: Order, decision: Decision | None) -> None:
        headers = list(_headers(order))
        for header in headers:
            self._header(order, header)
        self._lines(order, decision, headers)
        for read in order.rows:
            self._row(read)
        self._about(order)

    def _header(self, order: Order, header: _Header) -> None:
        for row in header.rows:
            self.rows.setdefault(row, RowRole.HEADER)
            for column in self._within(order, row):
                self.open.setdefault((row, column), CellRole.HEADER)
        if not header.is_first:
            return
        told = self.meanings.setdefault(header.rows.stop - 1, {})
        for column, read in header.columns.items():
            role = ROLE_OF.get(read.meaning, CellRole.ABOUT)
            why = self.explain(read.header, read.meaning)
            if any(settled.at == read.at for settled in order.settled):
                why = Why.SETTLED
            told[column] = PaintedColumn(column, read.header, read.meaning, role, why)

    def _within(self, order: Order, row: int) -> Iterator[int]:
        """Filled columns of a row that are in the table of the order."""
        for column in self.texts.get(row, ()):
            if order.where.left <= column <= order.where.right:
                yield column

    def _lines(self, order: Order, decision: Decision | None, headers: Sequence[_Header]) -> None:
        appraisal = decision.appraisal if decision else None
        items: dict[int, list[Item]] = {}
        for item in appraisal.items if appraisal else ():
            items.setdefault(item.line.where.top, []).append(item)
        for line in order.lines:
            row = line.where.top
            above = [header.columns for header in headers if header.rows.stop <= row]
            for column, read in (above[-1] if above else {}).items():
                self.roles.setdefault((row, column), ROLE_OF.get(read.meaning, CellRole.ABOUT))
            for column in self._within(order, row):
                self.open.setdefault((row, column), CellRole.UNREAD)
            if appraisal is None or row in items:
                self.rows[row] = RowRole.LINE
            else:
                self.rows.setdefault(row, RowRole.NOT_ORDERED)
        for row, found in items.items():
            self.items.setdefault(row, []).extend(found)

    def _row(self, read: RowRead) -> None:
        """A row of a table that is no line; beside another table it may be a line of that one."""
        if read.kind in ROW_ROLES:
            row_role, role = ROW_ROLES[read.kind]
            for row in range(read.where.top, read.where.bottom + 1):
                self.rows.setdefault(row, row_role)
                for column in range(read.where.left, read.where.right + 1):
                    self.roles.setdefault((row, column), role)

    def _about(self, order: Order) -> None:
        to, dated = order.ship_to, order.order_date
        day = Written(dated.text, dated.at) if dated else None
        single = (order.number, day, to.consignee, to.phone, to.address, to.delivery_address)
        for written in (*order.distributor, *single, *order.remarks):
            if written is not None:
                self._labelled(written, CellRole.ABOUT)
        for written in order.funding:
            self._labelled(written, CellRole.FUNDING)
        for total in order.totals:
            self._labelled(Written(total.text, total.at), CellRole.TOTAL)
        titles = (line.funding for line in order.lines if line.funding is not None)
        for title in dict.fromkeys(titles):
            self._labelled(title, CellRole.SECTION)

    def _labelled(self, written: Written, role: CellRole) -> None:
        """A value outside of the tables and the label beside it; the value may be a part of its
        cell, with the label in the same one."""
        at = written.at
        if at is None or not _is_at(at, self.drawn) or (at.row, at.column) in self.open:
            return
        cells = self.texts.get(at.row, {})
        self.roles.setdefault((at.row, at.column), role)
        is_title = role is CellRole.SECTION
        self.rows.setdefault(at.row, RowRole.SECTION if is_title else RowRole.ABOUT)
        before = [c for c in cells if at.column - FARTHEST <= c < at.column]
        is_whole = cleaned(cells.get(at.column, "")) == cleaned(written.text)
        if before and is_whole and (at.row, before[-1]) not in self.open:
            self.roles.setdefault((at.row, before[-1]), role)


@dataclass(frozen=True, slots=True)
class _Header:
    """A header with the columns below it; `is_first`: it is not said again, as on a next page."""

    rows: range
    columns: Mapping[int, Column]
    is_first: bool


def _headers(order: Order) -> Iterator[_Header]:
    """From the top. Where the words of an earlier header are said again they mean the same."""
    reads = [read.where for read in order.rows if read.kind is RowKind.HEADER]
    columns: Mapping[int, Column] = {c.at.column: c for c in reversed(order.columns)}
    spans = sorted({(where.top, where.bottom + 1) for where in reads})
    for number, (top, stop) in enumerate(spans):
        own = {c.at.column: c for c in order.columns if top <= c.at.row < stop}
        columns = own or columns
        yield _Header(range(top, stop), columns, is_first=bool(own) or number == 0)
