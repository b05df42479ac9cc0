"""The reports of a workbook, and what is said of its orders where one of them may be a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from mailflow.domain.document import AnyReport, Document, Order, Unknown
from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.naming import KnownNames
from mailflow.domain.sheet import Span, Written
from mailflow.parsers.grid import Grid, may_be_order
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import GOODS, Form
from mailflow.parsers.kinds.forms import FORMS
from mailflow.parsers.kinds.order import orders_in
from mailflow.parsers.kinds.order_sheets import orders_of_book
from mailflow.parsers.kinds.report_columns import columns_told, filled_slots, strange_columns
from mailflow.parsers.kinds.report_head import MOST_ROWS, said_around, titles_above
from mailflow.parsers.kinds.report_rows import RowReader, hidden_rows
from mailflow.parsers.kinds.report_tables import ReportTable, report_tables
from mailflow.parsers.kinds.report_verdict import CERTAIN, Verdict, speaks_of_orders, verdict_on
from mailflow.parsers.page import Page
from mailflow.parsers.workbook import Book

OUR_LIST = re.compile(r"\bFH\d{6}-\d{4,}")
"""The number of a dispatch list of ours: what bears it was ordered long ago."""
SEEN_WORDS = 12


@dataclass(slots=True)
class _Judged:
    """A table with its verdict; `orders` whether anything about it speaks of ordering."""

    page: Page
    table: ReportTable
    verdict: Verdict
    titles: tuple[Written, ...]
    orders: bool

    @property
    def is_certain(self) -> bool:
        """Whether a table that reads as an order is a report all the same."""
        verdict = self.verdict
        return verdict.form is not None and self.is_likely and verdict.points >= CERTAIN

    @property
    def is_likely(self) -> bool:
        told = self.verdict.has_proof or self.verdict.has_title
        return bool(self.verdict.may_be) and told and not self.orders


@dataclass(slots=True)
class _Sheet:
    grid: Grid
    judged: list[_Judged] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        return bool(self.judged) and all(j.is_certain for j in self.judged)


def documents_of_book(
    book: Book,
    name: str,
    known: KnownNames,
    hints: Sequence[Written],
    are_orders: Callable[[Grid], bool],
) -> tuple[Document, ...]:
    """Orders and reports of a workbook, in the order of its sheets.

    A table that reads as an order is a report only where that is certain; where it is merely
    likely the order says so, and is asked about. Beside orders only certain reports are told.
    """
    sheets = [_sheet(grid, name, known, hints) for grid in _visible(book)]
    certain = [s for s in sheets if s.is_certain and not _orders_beside(s, name, known)]
    aside = {s.grid.name for s in certain}
    rest = tuple(g for g in book.grids if g.name not in aside and may_be_order(g) and are_orders(g))
    orders = orders_of_book(replace(book, grids=rest), name, known, hints) if rest else ()
    orders = tuple(_doubted(order, sheets) for order in orders)
    told = {order.where.sheet for order in orders}
    reports: list[Document] = []
    for sheet in sheets:
        if sheet.grid.name in told or (orders and sheet.grid.name not in aside):
            continue
        if orders and not all(j.verdict.form and j.verdict.form.beside for j in sheet.judged):
            continue
        reports.extend(_told(sheet, book.format))
    return (*orders, *reports)


def _visible(book: Book) -> list[Grid]:
    shown = [grid for grid in book.grids if not grid.hidden and grid.rows]
    return shown or [grid for grid in book.grids if grid.rows]


def _sheet(grid: Grid, name: str, known: KnownNames, hints: Sequence[Written]) -> _Sheet:
    page, sheet, since = Page(grid, name, known), _Sheet(grid), 0
    around = (Written(grid.name), *hints)
    for table in report_tables(page):
        above = tuple(titles_above(page, table.top, since))
        titles = (*above, Written(grid.name), Written(name))
        verdict = verdict_on(page, table, titles, FORMS)
        orders = bool(verdict.may_be) and _speaks_of_orders(page, table, verdict, (*above, *around))
        sheet.judged.append(_Judged(page, table, verdict, above, orders))
        since = table.bodies[-1].start
    return sheet


def _speaks_of_orders(
    page: Page, table: ReportTable, verdict: Verdict, texts: Sequence[Written]
) -> bool:
    """Words of ordering, prices beside goods, or a quantity that the kind has no use for."""
    if _is_ours(page, table):
        return False
    form = verdict.form
    used: frozenset[Field] = frozenset()
    if form is not None:
        used = frozenset(f for slot in form.slots.values() for f in slot.fields)
        filled = {h.column for s in filled_slots(page, table, form)[0] for h in s.headed}
        counting = [h for h in table.headed if h.field in COUNTS]
        if any(h.field is Field.QUANTITY and h.column not in filled for h in counting):
            return True
    paid = {Field.PRICE, Field.AMOUNT, Field.FUNDING} - used
    if table.fields & GOODS and table.fields & paid:
        return True
    headers = [h.header for h in table.headed if h.field in COUNTS or h.field is None]
    return speaks_of_orders([*(w.text for w in texts), *headers])


def _is_ours(page: Page, table: ReportTable) -> bool:
    """Our own dispatch list come back, filled in or not."""
    rows = range(max(0, table.top - MOST_ROWS), table.top)
    return any(OUR_LIST.search(text) for row in rows for _, text in page.texts(row))


def _orders_beside(sheet: _Sheet, name: str, known: KnownNames) -> bool:
    """Whether the sheet holds an order too, above, below or beside its reports."""
    if not may_be_order(sheet.grid):
        return False
    spans = [_reach(j) for j in sheet.judged]
    orders = orders_in(sheet.grid, name, "", known, ())
    return any(not any(_overlaps(order.where, span) for span in spans) for order in orders)


def _reach(judged: _Judged) -> Span:
    table = judged.table
    bottom = max(table.top, table.bodies[-1].stop - 1)
    return judged.page.span(table.top, table.left, bottom, table.right)


def _overlaps(one: Span, other: Span) -> bool:
    return (
        one.top <= other.bottom
        and other.top <= one.bottom
        and one.left <= other.right
        and other.left <= one.right
    )


def _doubted(order: Order, sheets: Sequence[_Sheet]) -> Order:
    """An order whose table may be a report as well is asked about."""
    doubts = []
    for sheet in sheets:
        if sheet.grid.name != order.where.sheet:
            continue
        for judged in sheet.judged:
            if judged.is_likely and _overlaps(order.where, _reach(judged)):
                spoke = judged.verdict.spoke
                words = dict.fromkeys(" ".join(s.word.split()) for s in spoke if s.weight > 0)
                at = judged.page.place(judged.table.top, judged.table.left)
                doubts.append(Doubt(DoubtKind.KIND_UNCLEAR, at, found="、".join(words)))
    return replace(order, doubts=(*order.doubts, *doubts)) if doubts else order


def _told(sheet: _Sheet, format_: str) -> Iterator[Document]:
    for number, judged in enumerate(sheet.judged):
        verdict = judged.verdict
        if verdict.form is not None:
            following = (
                sheet.judged[number + 1].table.top if number + 1 < len(sheet.judged) else None
            )
            yield _report(judged, verdict.form, format_, following)
        elif verdict.may_be:
            page, table = judged.page, judged.table
            words = [h.header for h in table.headed][:SEEN_WORDS]
            seen = " | ".join(words)
            yield Unknown(
                page.attachment, _reach(judged), seen, may_be=verdict.may_be, spoke=verdict.spoke
            )


def _report(judged: _Judged, form: Form, format_: str, following: int | None) -> AnyReport:
    page, table = judged.page, judged.table
    filled, doubts = filled_slots(page, table, form)
    read = RowReader(page, table, form, filled).all()
    below = page.grid.last_row + 1 if following is None else following
    around = [
        *range(max(0, table.top - MOST_ROWS), table.top),
        *range(read.last + 1, min(below, read.last + 1 + MOST_ROWS)),
    ]
    right = max(h.column for slot in filled for h in slot.headed)
    return form.report(
        attachment=page.attachment,
        where=page.span(table.top, table.left, read.last, right),
        format=format_,
        head=tuple(said_around(page, around, form.head)),
        columns=tuple(columns_told(page, filled)),
        totals=tuple(read.totals),
        notes=tuple(read.notes),
        others=tuple(read.others),
        doubts=(
            *doubts,
            *strange_columns(page, table),
            *hidden_rows(page, read.rows),
            *read.doubts,
        ),
        more_doubts=read.more_doubts,
        spoke=judged.verdict.spoke,
        rows=tuple(read.rows),
    )
