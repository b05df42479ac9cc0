"""A dispatch list is read back before it is queued; what differs from the order stops it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mailflow.domain.document import Order, TotalOf
from mailflow.domain.naming import KnownNames, normalised
from mailflow.domain.order import BookedLine, DispatchList
from mailflow.domain.quantity import Unit
from mailflow.parsers.reader import read_attachment


class ListDiffers(Exception):
    """The written list does not say what the order says; our own mistake, nothing is sent."""


def assert_same(workbook: bytes, sheet: DispatchList) -> None:
    """Raises `ListDiffers` with every difference (reliability C12)."""
    known = KnownNames(
        product_codes=frozenset(normalised(line.sku) for line in sheet.order.lines),
        product_names=frozenset(normalised(line.name) for line in sheet.order.lines),
    )
    documents, refused = read_attachment(sheet.file_name, workbook, known, ())
    if refused or len(documents) != 1 or not isinstance(documents[0], Order):
        raise ListDiffers(f"list {sheet.number} cannot be read back: {documents} {refused}")
    if found := list(_differences(documents[0], sheet)):
        raise ListDiffers(f"list {sheet.number}: " + "; ".join(found))


def _differences(read: Order, sheet: DispatchList) -> Iterator[str]:
    order = sheet.order
    if len(read.lines) != len(order.lines):
        yield f"{len(read.lines)} lines read, {len(order.lines)} ordered"
    for line, wanted in zip(read.lines, order.lines, strict=False):
        if line.code is None or line.code.text != wanted.sku:
            yield f"{line.where}: code {line.code}, ordered {wanted.sku}"
        for quantity in line.quantities:
            said = (quantity.number, quantity.loose)
            if said != _expected(quantity.unit, wanted):
                yield f"{quantity.at}: {quantity.text}, ordered {wanted.tins} tins"
        if {q.unit for q in line.quantities} != {Unit.CASES, Unit.TINS}:
            yield f"{line.where}: cases or tins not found"
    totals = {t.of: t.number for t in read.totals}
    if totals != {TotalOf.CASES: order.cases, TotalOf.TINS: order.tins}:
        yield f"totals {totals}, ordered {order.cases} cases, {order.tins} tins"
    customer = order.customer
    if customer is not None and customer.name not in [w.text for w in read.distributor]:
        yield f"distributor {read.distributor}, ordered for {customer.name}"
    yield from _ship_to(read, sheet)


def _expected(unit: Unit | None, wanted: BookedLine) -> tuple[Decimal, int]:
    if unit is Unit.CASES:
        return Decimal(wanted.cases), wanted.loose
    return Decimal(wanted.tins), 0


def _ship_to(read: Order, sheet: DispatchList) -> Iterator[str]:
    """Against the register itself, not only against what the order carries."""
    customer = sheet.order.customer
    if customer is None:
        return
    ship, written = customer.ship_to, read.ship_to
    if written.consignee is None or written.consignee.text != ship.consignee:
        yield f"consignee {written.consignee}, registered {ship.consignee}"
    if written.phone is None or written.phone.text != ship.phone:
        yield f"phone {written.phone}, registered {ship.phone}"
    address = written.address.text if written.address else ""
    rest = address.removeprefix(ship.address)
    is_whole = address.startswith(ship.address) and ship.delivery_address in rest
    if not is_whole or bool(rest) != bool(ship.delivery_address):
        yield f"address {address!r}, registered {ship.address!r} ({ship.delivery_address!r})"
