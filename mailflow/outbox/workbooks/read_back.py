"""A dispatch list is read back before it is queued; what differs from the order stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from mailflow.domain.document import Document, Order, Refused, TotalOf
from mailflow.domain.naming import KnownNames, normalised
from mailflow.domain.order import BookedLine, DispatchList
from mailflow.domain.printable import cleaned
from mailflow.domain.quantity import Unit
from mailflow.domain.register import Customer, ShipTo
from mailflow.domain.sheet import Written
from mailflow.outbox.workbooks.differing import ListDiffers
from mailflow.outbox.workbooks.list_masthead import LONGEST_NAME, PLACES, head_row
from mailflow.parsers.reader import read_back
from mailflow.parsers.workbook import read_book

Read = Callable[
    [str, bytes, KnownNames, Sequence[Written]],
    tuple[tuple[Document, ...], tuple[Refused, ...]],
]


def assert_same(workbook: bytes, sheet: DispatchList) -> None:
    """Raises `ListDiffers` with every difference (reliability C12)."""
    if found := differences(workbook, sheet):
        raise ListDiffers(f"list {sheet.number} R{sheet.revision}: " + "; ".join(found))


def differences(workbook: bytes, sheet: DispatchList, read: Read = read_back) -> tuple[str, ...]:
    """What the reader of incoming orders finds otherwise than the order and the register say.

    Lines, totals, distributor and order number as any order is read; who receives the goods, and
    where, at the very places where the paper shows it.
    """
    known = KnownNames(
        product_codes=frozenset(normalised(line.sku) for line in sheet.order.lines),
        product_names=frozenset(normalised(line.name) for line in sheet.order.lines),
    )
    documents, refused = read(sheet.file_name, workbook, known, ())
    if refused or len(documents) != 1 or not isinstance(documents[0], Order):
        return (f"cannot be read: {[*refused, *documents]}",)
    order = documents[0]
    return (*_lines(order, sheet), *_totals(order, sheet), *_ship_to(order, workbook, sheet))


def _lines(read: Order, sheet: DispatchList) -> Iterator[str]:
    order = sheet.order
    if len(read.lines) != len(order.lines):
        yield f"{len(read.lines)} lines read, {len(order.lines)} ordered"
    for line, wanted in zip(read.lines, order.lines, strict=False):
        if _text(line.code) != _squeezed(wanted.sku):
            yield f"{line.where}: code {_text(line.code)!r}, ordered {wanted.sku!r}"
        if _text(line.name) != _squeezed(wanted.name):
            yield f"{line.where}: name {_text(line.name)!r}, ordered {wanted.name!r}"
        for quantity in line.quantities:
            if (quantity.number, quantity.loose) != _expected(quantity.unit, wanted):
                yield f"{quantity.at}: {quantity.text}, ordered {wanted.tins} tins"
        if sorted(q.unit or "" for q in line.quantities) != [Unit.CASES, Unit.TINS]:
            yield f"{line.where}: cases or tins not found"


def _totals(read: Order, sheet: DispatchList) -> Iterator[str]:
    order = sheet.order
    totals = {t.of.value: t.number for t in read.totals}
    ordered = {TotalOf.CASES.value: order.cases, TotalOf.TINS.value: order.tins}
    if len(read.totals) != len(ordered) or totals != ordered:
        yield f"totals {totals}, ordered {order.cases} cases, {order.tins} tins"


def _expected(unit: Unit | None, wanted: BookedLine) -> tuple[Decimal, int]:
    if unit is Unit.CASES:
        return Decimal(wanted.cases), wanted.loose
    return Decimal(wanted.tins), 0


def _ship_to(read: Order, workbook: bytes, sheet: DispatchList) -> Iterator[str]:
    """Against the register itself, not only against what the order carries.

    The labelled values of the order are at hand. Where they do not fit, the paper itself is
    looked at: a name with a colon in it is taken for a label, and printed rightly all the same.
    """
    customer = sheet.order.customer
    if customer is None:
        yield "no distributor"
        return
    ship = read.ship_to
    labelled = (*read.distributor, ship.consignee, ship.phone, ship.address)
    texts = {(w.at.row, w.at.column): w.text for w in labelled if w and w.at}
    if any(_unlike(customer, texts, head_row(sheet))):
        cells = read_book(workbook).grids[0].filled()
        texts = {place: cell.text for place, cell in cells}
    yield from _unlike(customer, texts, head_row(sheet))


def _unlike(customer: Customer, texts: Mapping[tuple[int, int], str], top: int) -> Iterator[str]:
    ship = customer.ship_to
    registered = {
        "distributor": customer.name,
        "code": customer.code,
        "consignee": ship.consignee,
        "phone": ship.phone,
        "address": ship.address,
    }
    for what, wanted in registered.items():
        row, column = PLACES[what]
        written = _whole(texts.get((top + row, column), ""))
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


def _text(written: Written | None) -> str:
    return _squeezed(written.text) if written else ""


def _squeezed(text: str) -> str:
    """A name as it is printed, however white space was read."""
    return _whole(cleaned(text, LONGEST_NAME))


def _whole(text: str) -> str:
    return " ".join(cleaned(text).split())
