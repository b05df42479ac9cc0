"""The orders of a workbook: which of its sheets are orders, and what is said of those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from mailflow.domain.document import Doubt, DoubtKind, Order, Skipped
from mailflow.domain.naming import KnownNames
from mailflow.domain.sheet import Place, Written
from mailflow.parsers.grid import Cell, Grid
from mailflow.parsers.kinds.order import orders_in
from mailflow.parsers.storeys import is_number
from mailflow.parsers.vocabulary import meaning_of
from mailflow.parsers.workbook import Book

OUR_OWN = ("问题清单", "findings")
_VERSION = re.compile(
    r"[一二三四五终初新旧改原前后]\s*版|v\s*\d|旧|修改|更新|更正|原始|final|old|new|copy|副本|\(\d\)|（\d）",
    re.IGNORECASE,
)
"""Sheets of one distributor that are called so may be one order, written several times."""
_FORM = re.compile("模板|样表|template", re.IGNORECASE)
MOST_ROWS = 2_000
"""Rows looked through on a sheet that is no order."""


def orders_of_book(
    book: Book, name: str, known: KnownNames, hints: Sequence[Written]
) -> tuple[Order, ...]:
    """Hidden sheets are orders only where no other sheet is one. What was not read is said with the
    first order; a sheet that may hold goods all the same is asked about."""
    shown = [grid for grid in book.grids if not grid.hidden]
    by_sheet = {g.name: orders_in(g, name, book.format, known, hints) for g in shown}
    if not any(by_sheet.values()):
        hidden = [grid for grid in book.grids if grid.hidden]
        return tuple(o for g in hidden for o in orders_in(g, name, book.format, known, hints))
    filled = {sheet: found for sheet, found in by_sheet.items() if any(map(_orders_goods, found))}
    if filled:
        forms = {_goods_named(order) for found in filled.values() for order in found}
        by_sheet = {
            sheet: found
            for sheet, found in by_sheet.items()
            if sheet in filled or any(_was_forgotten(order, forms) for order in found)
        }
    orders = [order for found in by_sheet.values() for order in found]
    if len(by_sheet) > 1:
        orders = [_named_by_sheet(order, known) for order in orders]
    orders = _twice_for_one(orders, known)
    left = [grid for grid in book.grids if grid.rows and grid.name not in by_sheet]
    doubts = [doubt for grid in left for doubt in _doubts_of(grid, name, known)]
    skipped = tuple(Skipped(g.name, g.hidden) for g in left if not _is_ours(g))
    first = replace(orders[0], doubts=(*orders[0].doubts, *doubts), skipped=skipped)
    return (first, *orders[1:])


def _orders_goods(order: Order) -> bool:
    """Whether any line has a quantity, or one that cannot be read; an empty form beside an order
    orders nothing."""
    lost = {doubt.at for doubt in order.doubts}
    return any(
        (q.text and q.number != 0) or q.at in lost for line in order.lines for q in line.quantities
    )


def _was_forgotten(order: Order, forms: Set[frozenset[str]]) -> bool:
    """Goods for a distributor of its own without a quantity; the same form as on a sheet that is
    filled in is one that was not needed."""
    goods = _goods_named(order)
    return bool(order.distributor and goods) and goods not in forms


def _goods_named(order: Order) -> frozenset[str]:
    return frozenset(
        word.text for line in order.lines for word in (line.code, line.name) if word is not None
    )


def _named_by_sheet(order: Order, known: KnownNames) -> Order:
    """Of several orders, each on its sheet, the sheet's name says whose it is before the mail's
    subject does, which is about all of them."""
    named = tuple(Written(name) for name in known.customer_within(order.where.sheet))
    return replace(order, distributor=(*order.distributor, *named))


def _twice_for_one(orders: Sequence[Order], known: KnownNames) -> list[Order]:
    """Two orders of one distributor in one workbook, told apart by nothing they say: one of them
    may be last month's, or all of it added up once more. So may be one that names nobody beside
    one that does."""
    said = [_of_whom_and_when(order, known) for order in orders]
    named = any(order.distributor for order in orders)
    whose = [key[: len(order.distributor)] for key, order in zip(said, orders, strict=True)]
    versions = {w for w, o in zip(whose, orders, strict=True) if _VERSION.search(o.where.sheet)}
    return [
        replace(order, doubts=(*order.doubts, _twice(order)))
        if said.count(said[n]) > 1
        or (named and not order.distributor)
        or (whose.count(whose[n]) > 1 and whose[n] in versions)
        or (len(orders) > 1 and _FORM.search(order.where.sheet))
        else order
        for n, order in enumerate(orders)
    ]


def _of_whom_and_when(order: Order, known: KnownNames) -> tuple[str, ...]:
    whose = sorted({known.customer_key(w.text) for w in order.distributor})
    number = order.number.text if order.number else ""
    day = order.order_date.text if order.order_date else ""
    paid = sorted({line.funding.text for line in order.lines if line.funding})
    return (*whose, number, day, *paid)


def _twice(order: Order) -> Doubt:
    where = order.where
    at = Place(where.attachment, where.sheet, where.top, where.left)
    return Doubt(DoubtKind.TABLE_UNCLEAR, at, found=str(at))


def _is_ours(grid: Grid) -> bool:
    """The list of findings a marked copy begins with, sent back with it."""
    return grid.name.rstrip("·").casefold() in OUR_OWN


def _doubts_of(grid: Grid, attachment: str, known: KnownNames) -> Iterator[Doubt]:
    at = None if grid.hidden else _strange_goods(grid, known)
    if at is not None:
        place = Place(attachment, grid.name, *at)
        yield Doubt(DoubtKind.TABLE_UNCLEAR, place, found=str(place))


def _strange_goods(grid: Grid, known: KnownNames) -> tuple[int, int] | None:
    """A number beside a product in a column nobody explains: it may be a quantity."""
    words: dict[int, bool] = {}
    for row in list(grid.rows)[:MOST_ROWS]:
        cells = grid.rows[row]
        for column, cell in cells.items():
            if cell.text and not is_number(cell):
                words[column] = meaning_of(cell.text) is not None or words.get(column, False)
        if any(known.is_product(c.text) for c in cells.values() if c.text):
            for column, cell in cells.items():
                if _may_count(cell) and not words.get(column, False):
                    return row, column
    return None


def _may_count(cell: Cell) -> bool:
    return cell.number is not None and cell.number > 0 and cell.number == int(cell.number)
