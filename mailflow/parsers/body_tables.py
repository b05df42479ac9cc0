"""An order may stand in the words of a mail themselves, or in those of a mail that it forwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.domain.attached import Refused, RefusedBecause
from mailflow.domain.document import Document, Doubt, DoubtKind, Order
from mailflow.domain.naming import KnownNames, normalised
from mailflow.domain.sheet import Place, Written
from mailflow.domain.value import dataclass
from mailflow.parsers.cells import Rows
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.html_tables import page_grid
from mailflow.parsers.kinds.order import orders_in
from mailflow.parsers.kinds.report_judging import judged_sheet
from mailflow.parsers.kinds.reports import is_report_of_words, perhaps_report, reports_of_words
from mailflow.parsers.mime_limits import MAX_BODY
from mailflow.parsers.mime_marks import CASE_NUMBER
from mailflow.parsers.mime_parts import Body
from mailflow.parsers.quotes import Behind, Piece, is_forward, is_reply, pieces_of
from mailflow.parsers.text_tables import rows_of

BODY = ""
"""Stands where an attachment's name would: the words of the mail have none."""
FORMAT = "body"
MOST_LINES = 3_000
_QUOTE_SIGNS = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_LINED_UP = re.compile(r"\S(?:\t| {2,}|\u3000|\|)\s*\S")
_SIGNATURE = re.compile(
    r"^(?:[-—_－]{2,3}|此致|敬礼|顺祝商祺|祝好|祝商祺|best regards\W*|kind regards\W*|regards\W*"
    r"|发自我的.{0,20}|sent from my .{0,20}|来自.{0,20}手机.{0,10})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """The orders of the first text that holds any, and the words of it beside their tables; else
    the reports of the first that holds any. `refused` where it is endless."""

    orders: tuple[Order, ...] = ()
    reports: tuple[Document, ...] = ()
    words: str = ""
    refused: tuple[Refused, ...] = ()


ENDLESS = Found(refused=(Refused(BODY, RefusedBecause.TOO_LARGE),))


def tables_in_words(bodies: Sequence[Body], subject: str, known: KnownNames) -> Found:
    reports: tuple[Document, ...] = ()
    for grid, body in _grids(bodies, subject):
        if grid is None:
            return ENDLESS
        forward = body.forwarded or is_forward(subject)
        found = tuple(_documents(grid, known, subject, forward=forward))
        if orders := tuple(d for d in found if isinstance(d, Order)):
            return ENDLESS if body.cut else Found(orders, words=_beside_tables(grid, orders))
        if found and body.cut:
            return ENDLESS
        reports = reports or found
    return Found(reports=reports)


def _beside_tables(grid: Grid, orders: Sequence[Order]) -> str:
    tables = [range(order.where.top, order.where.bottom + 1) for order in orders]
    words = (
        " ".join(cell.text for cell in cells.values())
        for row, cells in grid.rows.items()
        if not any(row in table for table in tables)
    )
    return "\n".join(words)[:MAX_BODY]


def beside(attached: Sequence[Order], words: Sequence[Order]) -> Iterator[Order]:
    """Orders of the words that are not the attached ones once more; then a person looks at both."""
    known = {_content(order) for order in attached}
    for order in words:
        if not attached:
            yield order
        elif _content(order) not in known:
            yield _doubted(order)


def _content(order: Order) -> tuple[tuple[str, ...], ...]:
    lines = (
        (
            normalised(line.code.text if line.code else ""),
            normalised(line.name.text if line.name else ""),
            *(f"{q.number} {q.unit}" for q in line.quantities if q.number is not None),
        )
        for line in order.lines
    )
    return tuple(sorted(lines))


def grids_of_words(bodies: Sequence[Body], subject: str) -> list[Grid]:
    """Every text of a mail in which an order may have been found, for a copy of it."""
    return [grid for grid, _ in _grids(bodies, subject) if grid is not None]


def forwarded_words(bodies: Sequence[Body], subject: str) -> str:
    """The words of mails that are passed on, but for their tables and what they quote."""
    found: list[str] = []
    passed_on = [
        replace(b, text="" if b.html else b.text)
        for b in bodies
        if b.forwarded or is_forward(subject)
    ]
    for grid, body in _grids(passed_on, subject):
        if grid is None:
            continue
        lines = _lines_of(grid)
        for piece in pieces_of(lines, forward=True):
            if piece.behind is Behind.QUOTED:
                break
            if body.forwarded or piece.behind is Behind.FORWARDED:
                rows = range(piece.start, piece.stop)
                found += [lines[n] for n in rows if len(grid.rows.get(n, {})) == 1]
    return "\n".join(dict.fromkeys(found))[:MAX_BODY]


def _lines_of(grid: Grid) -> list[str]:
    rows = range(grid.last_row + 1)
    return [" ".join(c.text for c in grid.rows.get(n, {}).values()) for n in rows]


def own_rows(bodies: Sequence[Body], subject: str) -> Iterator[Rows]:
    """Of each text of the mail the rows that its sender wrote himself, above his signature."""
    for grid, _ in _grids([b for b in bodies if not b.forwarded], subject):
        if grid is None:
            continue
        lines, reply = _lines_of(grid), is_reply(subject)
        quoted = grid.cited_rows | (grid.indented_rows if reply else frozenset())
        pieces = pieces_of(lines, forward=is_forward(subject), reply=reply, quoted=quoted)
        own = next((p for p in pieces if p.behind is Behind.OWN), None)
        yield _cut(grid, own, lines).rows if own else {}


def may_hold_table(bodies: Sequence[Body]) -> bool:
    """Whether it is worth looking: most mails say a word and have a sheet attached."""
    return any("<table" in b.html.casefold() or _LINED_UP.search(b.text) for b in bodies)


def _grids(bodies: Sequence[Body], subject: str) -> Iterator[tuple[Grid | None, Body]]:
    """Markup before plain text, which clients make of it and spoil; None for what is too large."""
    for body in bodies:
        try:
            if body.html:
                yield _begun(page_grid(body.html), body)
            if body.text:
                keep = body.forwarded or is_forward(subject)
                lines = (_unquoted(line, keep=keep) for line in body.text.splitlines())
                yield _begun(Grid("", rows_of(lines)), body)
        except AttachmentRefused:
            yield None, body


def _begun(grid: Grid, body: Body) -> tuple[Grid, Body]:
    """The beginning of the text, which is where an order stands; who writes more attaches it."""
    if grid.last_row < MOST_LINES:
        return grid, body
    rows = {row: cells for row, cells in grid.rows.items() if row < MOST_LINES}
    return replace(grid, rows=rows), replace(body, cut=True)


def _unquoted(line: str, *, keep: bool) -> str:
    """A line another mail is quoted on is forwarded with it, or no word of this mail."""
    if match := _QUOTE_SIGNS.match(line):
        return line[match.end() :] if keep else ""
    return line


def _documents(grid: Grid, known: KnownNames, subject: str, *, forward: bool) -> Iterator[Document]:
    """Those of the mail's own words; what is forwarded counts as far as no quotation begins."""
    lines = _lines_of(grid)
    elsewhere = False
    reply = is_reply(subject)
    quoted = grid.cited_rows | (grid.indented_rows if reply else frozenset())
    for piece in pieces_of(lines, forward=forward, reply=reply, quoted=quoted):
        if piece.behind is Behind.QUOTED or _is_our_letter(piece):
            return
        hints = [Written(text) for text in (subject, piece.subject) if text]
        cut = _cut(grid, piece, lines)
        orders = _orders(cut, known, hints)
        yield from (_doubted(order) if elsewhere else order for order in orders)
        if not (orders or elsewhere) and any(len(cells) > 1 for cells in cut.rows.values()):
            reports = reports_of_words(cut, known, hints, certain=reply)
            yield from reports
            elsewhere = bool(reports)
        elsewhere = elsewhere or bool(orders)


def _orders(grid: Grid, known: KnownNames, hints: Sequence[Written]) -> list[Order]:
    found = orders_in(grid, BODY, FORMAT, known, hints)
    if not found or is_report_of_words(grid, known, hints):
        return []
    judged = [judged_sheet(grid, BODY, known, hints)]
    return [perhaps_report(order, judged) for order in found]


def _is_our_letter(piece: Piece) -> bool:
    """Its table tells what was ordered, and below it stands what was answered: all dealt with."""
    return piece.behind is Behind.FORWARDED and CASE_NUMBER.search(piece.subject) is not None


def _doubted(order: Order) -> Order:
    """A second mail in the same text with an order of its own: both, or the newer one only?"""
    at = Place(BODY, order.where.sheet, order.where.top, order.where.left)
    doubt = Doubt(DoubtKind.TABLE_UNCLEAR, at, found=str(at))
    return replace(order, doubts=(*order.doubts, doubt))


def _cut(grid: Grid, piece: Piece, lines: Sequence[str]) -> Grid:
    """The rows of one mail; below a closing line stand its sender's own name and telephone."""
    numbers = range(piece.start, piece.stop)
    signature = next((n for n in numbers if _SIGNATURE.match(lines[n].strip())), piece.stop)
    holds_table = any(len(grid.rows.get(n, {})) > 1 for n in range(piece.start, signature))
    stop = signature if holds_table else piece.stop
    rows = {n: cells for n, cells in grid.rows.items() if piece.start <= n < stop}
    return replace(grid, rows=rows)
