"""What would be read otherwise of a mail that was read before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailflow.domain.decision import Decision
from mailflow.domain.document import Order, Reading
from mailflow.domain.money import shown
from mailflow.domain.order import BookedOrder
from mailflow.domain.value import dataclass
from mailflow.store.kept_readings import KeptReading

NOTHING = "-"
WAITED = ("returned", "review", "failed")
"""States of mails in which an order would have been booked, had one been read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` names an order, and a cell of it; `was` and `now` are what is read there."""

    where: str
    was: str
    now: str


def differences(
    kept: KeptReading,
    orders: Sequence[BookedOrder],
    reading: Reading,
    decisions: Sequence[Decision],
) -> Iterator[Difference]:
    if kept.kind != reading.head.kind.value:
        yield Difference("mail", kept.kind, reading.head.kind.value)
    read = {_place(d.document): d for d in decisions if isinstance(d.document, Order)}
    for order in orders:
        decision = read.pop((order.attachment, order.where), None)
        if decision is None:
            yield Difference(order.number, f"an order at {order.where}", NOTHING)
        else:
            yield from _of_order(order, decision)
    if orders or kept.state in WAITED:
        yield from (Difference("mail", NOTHING, f"an order at {where}") for _, where in read)


def _place(document: Order) -> tuple[str, str]:
    return document.attachment, str(document.where)


def _of_order(order: BookedOrder, decision: Decision) -> Iterator[Difference]:
    appraisal = decision.appraisal
    assert appraisal is not None
    was = order.customer.code if order.customer else NOTHING
    now = appraisal.customer.code if appraisal.customer else NOTHING
    if was != now:
        yield Difference(f"{order.number} distributor", was, now)
    before = {
        line.where: f"{line.ordered} × {line.sku}, {shown(line.amount)}, {line.funding.value}"
        for line in order.lines
    }
    yield from _changed(order.number, before, dict(_lines(decision)))


def _lines(decision: Decision) -> Iterator[tuple[str, str]]:
    """As an order keeps them: those of which all is known."""
    assert decision.appraisal is not None
    for item in decision.appraisal.items:
        if item.product and item.tins is not None and item.funding and item.amount is not None:
            told = f"{item.tins} × {item.product.sku}, {shown(item.amount)}, {item.funding.value}"
            yield str(item.line.where), told


def _changed(
    number: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Difference]:
    for where in dict.fromkeys((*before, *after)):
        was, now = before.get(where, NOTHING), after.get(where, NOTHING)
        if was != now:
            yield Difference(f"{number} {where}", was, now)
