"""A dispatch list is read back before it is queued; what differs from the order stops it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mailflow.domain.order import BookedLine, DispatchList
from mailflow.domain.printable import cleaned
from mailflow.domain.register import ShipTo
from mailflow.outbox.workbooks.differing import ListDiffers
from mailflow.outbox.workbooks.dispatch_list import deducted_mark
from mailflow.outbox.workbooks.list_looks import COLUMNS
from mailflow.outbox.workbooks.list_masthead import (
    LONGEST_NAME,
    PLACES,
    TABLE_BELOW,
    head_row,
    special_marks,
)
from mailflow.outbox.workbooks.list_paper import Words
from mailflow.parsers.grid import AttachmentRefused, Cell, Grid
from mailflow.parsers.own_book import read_own
from mailflow.parsers.values import quantity_of

_AT = {name: column for column, name in enumerate(COLUMNS)}
_NOTHING = Cell("")


def assert_same(workbook: bytes, sheet: DispatchList, words: Words) -> None:
    """Raises `ListDiffers` with every difference (reliability C12)."""
    if found := differences(workbook, sheet, words):
        raise ListDiffers(f"list {sheet.number} R{sheet.revision}: " + "; ".join(found))


def differences(workbook: bytes, sheet: DispatchList, words: Words) -> tuple[str, ...]:
    """What stands on the paper otherwise than in the order and in the register.

    The finished workbook is opened by a reader that shares nothing with its writer, and looked at
    where a person in the warehouse looks: who receives the goods and where, what each column is
    called, every line, the totals.
    """
    try:
        grids = read_own(workbook)
    except AttachmentRefused as refusal:
        return (f"cannot be read: {refusal}",)
    if len(grids) != 1 or grids[0].hidden:
        return ("cannot be read: not one sheet with all its rows and columns shown",)
    grid, head = grids[0], head_row(sheet) + TABLE_BELOW
    header = {c: cell.text for c, cell in grid.rows.get(head, {}).items()}
    if header != {column: words[name] for name, column in _AT.items()}:
        return (f"cannot be read: header {list(header.values())}",)
    return (
        *_lines(grid, head, sheet, words),
        *_totals(grid, head, sheet),
        *_ship_to(grid, sheet, words),
    )


def _lines(grid: Grid, head: int, sheet: DispatchList, words: Words) -> Iterator[str]:
    lines, short = sheet.lines, sheet.short or (0,) * len(sheet.lines)
    numbered = sum(_number(cells, "line_no") is not None for cells in _below(grid, head))
    if numbered != len(lines):
        yield f"{numbered} lines read, {len(lines)} ordered"
    for number, line in enumerate(lines, start=1):
        cells = grid.rows.get(head + number, {})
        lacks = _short(cells, short[number - 1])
        less = _deducted(cells, line, words)
        for what in (*_goods(cells, line), *_counts(cells, line), *lacks, *less):
            yield f"line {number}: {what}"


def _below(grid: Grid, head: int) -> Iterator[Mapping[int, Cell]]:
    return (cells for row, cells in grid.rows.items() if row > head)


def _goods(cells: Mapping[int, Cell], line: BookedLine) -> Iterator[str]:
    for what, wanted in (("sku", line.sku), ("name", line.name), ("spec", line.spec)):
        text = cells.get(_AT[what], _NOTHING).text
        if text != wanted and (read := _squeezed(text)) != _squeezed(wanted):
            yield f"{what} {read!r}, ordered {wanted!r}"


def _counts(cells: Mapping[int, Cell], line: BookedLine) -> Iterator[str]:
    """Cases as a number, or beside loose tins as a text such as `3箱+2听`; tins as a number."""
    if line.loose:
        text = cells.get(_AT["cases"], _NOTHING).text
        read = quantity_of(text)
        is_same = read is not None and read[0] == line.cases and read[2] == line.loose
    else:
        text = str(number := _number(cells, "cases"))
        is_same = number == line.cases
    if not is_same:
        yield f"cases {text!r}, ordered {line.tins} tins"
    if (tins := _number(cells, "tins")) != line.tins:
        yield f"tins {tins}, ordered {line.tins} tins"


def _short(cells: Mapping[int, Cell], short: int) -> Iterator[str]:
    """What is not in stock stands in its own column; nothing where nothing lacks."""
    text, number = cells.get(_AT["shortage"], _NOTHING).text, _number(cells, "shortage")
    if number != short if short else bool(text):
        yield f"shortage {text!r}, {short} tins lack"


def _deducted(cells: Mapping[int, Cell], line: BookedLine, words: Words) -> Iterator[str]:
    """What it is given less stands in its remark, and nowhere where it is given all."""
    text, mark = cells.get(_AT["remark"], _NOTHING).text, deducted_mark(line, words)
    if mark and _whole(mark) not in _whole(text):
        yield f"remark {text!r}, without {mark!r}"


def _totals(grid: Grid, head: int, sheet: DispatchList) -> Iterator[str]:
    cells = grid.rows.get(head + len(sheet.lines) + 1, {})
    cases, tins = _number(cells, "cases"), _number(cells, "tins")
    if cases != sheet.cases or tins != sheet.tins:
        yield f"totals {cases}, {tins}, to send {sheet.cases} cases, {sheet.tins} tins"


def _number(cells: Mapping[int, Cell], name: str) -> Decimal | None:
    return cells.get(_AT[name], _NOTHING).number


def _ship_to(grid: Grid, sheet: DispatchList, words: Words) -> Iterator[str]:
    """Against the register itself, not only against what the order carries; another ship-to has to
    be marked as one."""
    customer, top = sheet.order.customer, head_row(sheet)
    if customer is None:
        yield "no distributor"
        return
    ship = customer.ship_to
    for row, mark in enumerate(special_marks(sheet, words), start=1):
        if _whole(written := (grid.at(row, 0) or _NOTHING).text) != _whole(mark):
            yield f"mark {written!r}, not {mark!r}"
    if sheet.order.is_elsewhere:
        ship = sheet.order.ship_to
    registered = {
        "distributor": customer.name,
        "code": customer.code,
        "consignee": ship.consignee,
        "phone": ship.phone,
        "address": ship.address,
    }
    for what, wanted in registered.items():
        row, column = PLACES[what]
        written = _whole((grid.at(top + row, column) or _NOTHING).text)
        same = _is_address(written, ship) if what == "address" else written == _squeezed(wanted)
        if not same:
            yield f"{what} {written!r}, registered {wanted!r}"


def _is_address(written: str, ship: ShipTo) -> bool:
    """The registered address, and nothing behind it but the delivery address in brackets."""
    address, delivery = _whole(ship.address), _whole(ship.delivery_address)
    if not delivery:
        return written == address
    begins, ends = f"{address}（", f"：{delivery}）"
    label = written.removeprefix(begins).removesuffix(ends)
    return written == begins + label + ends and "：" not in label


def _squeezed(text: str) -> str:
    """A name as it is printed, however white space was read."""
    return _whole(cleaned(text, LONGEST_NAME))


def _whole(text: str) -> str:
    return " ".join(cleaned(text).split())
