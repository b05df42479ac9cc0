"""The reports of a workbook, and what is said of its orders where one of them may be a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.domain.document import Document, Order, Unknown
from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.naming import KnownNames
from mailflow.domain.sheet import Span, Written
from mailflow.parsers.grid import Grid, may_be_order
from mailflow.parsers.kinds.order import orders_in
from mailflow.parsers.kinds.order_sheets import orders_of_book
from mailflow.parsers.kinds.report_judging import JudgedSheet, judged_sheet
from mailflow.parsers.kinds.report_writing import report_of
from mailflow.parsers.own_list import is_dispatch_list
from mailflow.parsers.workbook import Book

SEEN_WORDS = 12
WORDS, FORMAT = "", "body"
"""Stand where an attachment's name and format would: the words of a mail have neither."""


def documents_of_book(
    book: Book, name: str, known: KnownNames, hints: Sequence[Written]
) -> tuple[Document, ...]:
    """Orders and reports of a workbook, in the order of its sheets.

    A table that reads as an order is a report only where that is certain; where it is merely
    likely the order says so, and is asked about. Beside orders only certain reports are told. What
    stands on a dispatch list of ours was ordered before, and is no order.
    """
    sheets = [judged_sheet(grid, name, known, hints) for grid in _visible(book)]
    aside = {s.grid.name for s in sheets if _is_report(s, name, known)}
    rest = tuple(g for g in book.grids if g.name not in aside and _may_order(g))
    orders = orders_of_book(replace(book, grids=rest), name, known, hints) if rest else ()
    orders = tuple(perhaps_report(order, sheets) for order in orders)
    told = {order.where.sheet for order in orders}
    reports: list[Document] = []
    for sheet in sheets:
        if sheet.grid.name in told:
            reports.extend(_told_beside(sheet, orders, book.format))
            continue
        if orders and sheet.grid.name not in aside:
            continue
        if orders and not all(j.verdict.form and j.verdict.form.beside for j in sheet.judged):
            continue
        reports.extend(_told(sheet, book.format))
    return (*orders, *reports)


def reports_of_words(
    grid: Grid, known: KnownNames, hints: Sequence[Written], *, certain: bool
) -> tuple[Document, ...]:
    """Reports pasted into the words of a mail. `certain`: only what is one beyond doubt, as in an
    answer, under which people have tables of their own names and numbers."""
    sheet = judged_sheet(grid, WORDS, known, hints)
    told = [j for j in sheet.judged if (j.is_certain_by_itself if certain else j.is_likely)]
    return tuple(_told(JudgedSheet(grid, told), FORMAT))


def is_report_of_words(grid: Grid, known: KnownNames, hints: Sequence[Written]) -> bool:
    """Whether all tables of a text are reports although they read as orders too."""
    return _is_report(judged_sheet(grid, WORDS, known, hints), WORDS, known)


def _visible(book: Book) -> list[Grid]:
    shown = [grid for grid in book.grids if not grid.hidden and grid.rows]
    return shown or [grid for grid in book.grids if grid.rows]


def _may_order(grid: Grid) -> bool:
    return may_be_order(grid) and not is_dispatch_list(grid)


def _is_report(sheet: JudgedSheet, name: str, known: KnownNames) -> bool:
    """Whether a sheet is a report and holds no order. Where subject or file name speak of an order,
    it must not read as one at all."""
    if not sheet.is_certain_by_itself:
        return False
    if not may_be_order(sheet.grid):
        return True
    spans = [j.reach for j in sheet.judged] if sheet.is_certain else []
    orders = orders_in(sheet.grid, name, "", known, ())
    return all(any(_overlaps(order.where, span) for span in spans) for order in orders)


def _overlaps(one: Span, other: Span) -> bool:
    return (
        one.top <= other.bottom
        and other.top <= one.bottom
        and one.left <= other.right
        and other.left <= one.right
    )


def perhaps_report(order: Order, sheets: Sequence[JudgedSheet]) -> Order:
    """An order whose table may be a report as well is asked about."""
    doubts = []
    for sheet in sheets:
        if sheet.grid.name != order.where.sheet:
            continue
        for judged in sheet.judged:
            if not _overlaps(order.where, judged.reach):
                continue
            said = [s.word for s in judged.verdict.spoke if s.weight > 0]
            if not judged.is_likely:
                said = [judged.listed] if judged.listed else []
            if said:
                words = dict.fromkeys(" ".join(word.split()) for word in said)
                at = judged.page.place(judged.table.top, judged.table.left)
                doubts.append(Doubt(DoubtKind.KIND_UNCLEAR, at, found="、".join(words)))
    return replace(order, doubts=(*order.doubts, *doubts)) if doubts else order


def _told_beside(sheet: JudgedSheet, orders: Sequence[Order], format_: str) -> Iterator[Document]:
    """Certain reports above or below the orders of their sheet."""
    spans = [o.where for o in orders if o.where.sheet == sheet.grid.name]
    beside = [
        j
        for j in sheet.judged
        if j.is_certain_by_itself
        and j.verdict.form is not None
        and j.verdict.form.beside
        and not any(_overlaps(j.reach, span) for span in spans)
    ]
    yield from _told(JudgedSheet(sheet.grid, beside), format_)


def _told(sheet: JudgedSheet, format_: str) -> Iterator[Document]:
    for number, judged in enumerate(sheet.judged):
        verdict = judged.verdict
        if verdict.form is not None:
            following = (
                sheet.judged[number + 1].table.top if number + 1 < len(sheet.judged) else None
            )
            yield report_of(judged, verdict.form, format_, following)
        elif verdict.may_be:
            page, table = judged.page, judged.table
            words = [h.header for h in table.headed][:SEEN_WORDS]
            yield Unknown(
                page.attachment,
                judged.reach,
                " | ".join(words),
                may_be=verdict.may_be,
                spoke=verdict.spoke,
            )
