"""An order: a table of products and quantities, with labels around it that say whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from mailflow.domain.document import (
    Column,
    Dated,
    Doubt,
    DoubtKind,
    Order,
    Total,
    TotalOf,
    WrittenShipTo,
)
from mailflow.domain.naming import KnownNames, normalised
from mailflow.domain.sheet import Place, Span, Written
from mailflow.parsers.contact import contact_of
from mailflow.parsers.grid import Grid
from mailflow.parsers.kinds.order_rows import read_rows
from mailflow.parsers.labels import Labelled, labels_in
from mailflow.parsers.layout import Table, place, tables_of
from mailflow.parsers.values import date_of, money_of, serial_date
from mailflow.parsers.vocabulary import Label, Meaning

TOTAL_LABELS = {
    Label.CASH_TOTAL: TotalOf.CASH,
    Label.EXPENSE_TOTAL: TotalOf.EXPENSE,
    Label.AMOUNT_TOTAL: TotalOf.AMOUNT,
}


def orders_in(
    grid: Grid, attachment: str, format_: str, known: KnownNames, hints: Sequence[Written]
) -> list[Order]:
    """Every order of a sheet, from the top."""
    tables = tables_of(grid, known, attachment)
    orders: list[Order] = []
    for number, table in enumerate(tables):
        start = tables[number - 1].body.stop if number else 0
        order = _order(table, attachment, known, labels_in(grid, range(start, table.top)))
        if order is None:
            continue
        sheet_hints = (Written(grid.name),) if grid.name else ()
        order = replace(order, format=format_, hints=(*hints, *sheet_hints, *order.hints))
        if number + 1 < len(tables):
            order = _without_the_next_ones(order, table)
        if orders and not order.distributor:
            order = _belongs_to_whom(order, table, attachment)
        orders.append(order)
    return orders


def _without_the_next_ones(order: Order, table: Table) -> Order:
    """How a table is paid that stands between two of them may be said of either: it is asked."""
    between = [w for w in order.funding if w.at and w.at.row > order.where.bottom]
    doubts = (Doubt(DoubtKind.TABLE_UNCLEAR, w.at, found=w.text) for w in between)
    kept = tuple(w for w in order.funding if w not in between)
    return replace(order, funding=kept, doubts=(*order.doubts, *doubts))


def _belongs_to_whom(order: Order, table: Table, attachment: str) -> Order:
    """A second table without a distributor of its own: more of the first, or another order?"""
    at = place(table.grid, attachment, table.top, table.left)
    doubt = Doubt(DoubtKind.TABLE_UNCLEAR, at, found=str(at))
    return replace(order, doubts=(*order.doubts, doubt), hints=())


def _order(table: Table, attachment: str, known: KnownNames, above: list[Labelled]) -> Order | None:
    rows = read_rows(table, attachment, known)
    if not rows.lines:
        return None
    grid = table.grid
    behind = [r for r in table.body if r > rows.last]
    labels = above + labels_in(grid, [*rows.notes, *behind])
    own = [x for x in labels if x.label is not Label.OTHER]
    lines = tuple(rows.lines)
    remarks = _all(own, Label.REMARK, grid, attachment)
    return Order(
        attachment=attachment,
        where=Span(attachment, grid.name, table.top, table.left, rows.last, table.right),
        format="",
        lines=lines,
        distributor=tuple(_distributors(own, table, attachment, rows.lines_at)),
        number=_first(own, Label.ORDER_NUMBER, grid, attachment),
        order_date=_order_date(own, grid, attachment),
        ship_to=_ship_to(own, grid, attachment),
        remarks=tuple(remarks),
        hints=tuple(_all(own, Label.ORDER_TYPE, grid, attachment)),
        funding=tuple(_all(own, Label.FUNDING, grid, attachment)),
        totals=(*rows.totals, *_labelled_totals(own, grid, attachment, len(lines))),
        doubts=(*table.doubts, *rows.doubts, *_hidden_sheet(grid, attachment, table)),
        columns=tuple(
            Column(h.meaning.value, h.header, place(grid, attachment, h.row, h.column))
            for h in table.headings
        ),
    )


def _hidden_sheet(grid: Grid, attachment: str, table: Table) -> Iterator[Doubt]:
    if grid.hidden:
        at = place(grid, attachment, table.top, table.left)
        yield Doubt(DoubtKind.TABLE_UNCLEAR, at, found=grid.name)


def _at(label: Labelled, grid: Grid, attachment: str) -> Place:
    return place(grid, attachment, label.row, label.column)


def _written(label: Labelled, grid: Grid, attachment: str) -> Written:
    return Written(label.text, _at(label, grid, attachment))


def _all(labels: list[Labelled], wanted: Label, grid: Grid, attachment: str) -> list[Written]:
    return [_written(x, grid, attachment) for x in labels if x.label is wanted]


def _first(labels: list[Labelled], wanted: Label, grid: Grid, attachment: str) -> Written | None:
    found = next((x for x in labels if x.label is wanted), None)
    return _written(found, grid, attachment) if found else None


def _distributors(
    labels: list[Labelled], table: Table, attachment: str, rows: Sequence[int]
) -> Iterator[Written]:
    """What the labels say, and what a distributor column says, each text once."""
    for label in labels:
        if label.label in (Label.DISTRIBUTOR, Label.DISTRIBUTOR_CODE):
            yield _written(label, table.grid, attachment)
    column = table.column(Meaning.DISTRIBUTOR)
    seen: set[str] = set()
    for row in rows if column is not None else ():
        cell = table.grid.at(row, column or 0)
        if cell and cell.text and cell.text not in seen:
            seen.add(cell.text)
            yield Written(cell.text, place(table.grid, attachment, row, column or 0))


def _order_date(labels: list[Labelled], grid: Grid, attachment: str) -> Dated | None:
    found = next((x for x in labels if x.label is Label.ORDER_DATE), None)
    if found is None:
        return None
    day = found.value.day if found.value else None
    if day is None:
        day = date_of(found.text)
    if day is None and found.value and found.value.number is not None:
        day = serial_date(found.value.number, since_1904=grid.since_1904)
    return Dated(found.text, _at(found, grid, attachment), day)


def _ship_to(labels: list[Labelled], grid: Grid, attachment: str) -> WrittenShipTo:
    names, phones = [], []
    for label in labels:
        if label.label in CONTACTS:
            both = _written(label, grid, attachment)
            name, phone = contact_of(both.text) or CONTACTS[label.label](both.text)
            names += [replace(both, text=name)] if name else []
            phones += [replace(both, text=phone)] if phone else []
    return WrittenShipTo(
        consignee=_agreed(names),
        phone=_agreed(phones),
        address=_agreed(_all(labels, Label.ADDRESS, grid, attachment)),
        delivery_address=_agreed(_all(labels, Label.DELIVERY_ADDRESS, grid, attachment)),
    )


CONTACTS: Mapping[Label, Callable[[str], tuple[str, str]]] = {
    Label.CONSIGNEE: lambda text: (text, ""),
    Label.PHONE: lambda text: ("", text),
    Label.CONSIGNEE_PHONE: lambda text: (text, text),
}
"""Name and number of a cell in which the two cannot be told apart, by its label."""


def _agreed(stated: list[Written]) -> Written | None:
    """What is stated, once. Where the sheet states two things, both in one text: that agrees with
    no register, so it is asked."""
    different = list({normalised(w.text): w for w in reversed(stated)}.values())[::-1]
    if len(different) < 2:
        return different[0] if different else None
    return replace(different[1], text=" / ".join(w.text for w in different))


def _labelled_totals(
    labels: list[Labelled], grid: Grid, attachment: str, lines: int
) -> Iterator[Total]:
    """`现金合计：12,000.00` above or below the table; a word that is no amount is no total."""
    for label in labels:
        if of := TOTAL_LABELS.get(label.label):
            number = label.value.number if label.value else None
            number = number if number is not None else money_of(label.text)
            if number is not None:
                at = _at(label, grid, attachment)
                yield Total(of, label.text, at, number, tuple(range(lines)))
