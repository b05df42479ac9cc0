"""An order as it enters the books, and its dispatch list: under which number and revision, which lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailflow.desk.intake import JudgedMail
from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.decision import Decision
from mailflow.domain.facts import Facts
from mailflow.domain.order import (
    BookedLine,
    BookedOrder,
    DispatchList,
    OrderState,
    list_number,
    order_number,
)
from mailflow.domain.order_change import changes_between
from mailflow.domain.register import ShipTo
from mailflow.rules.ship_to import as_stated


def booked(mail: JudgedMail, decision: Decision, position: int) -> BookedOrder:
    """The order as it enters the books, with the lines that could be read."""
    appraisal = decision.appraisal
    assert appraisal is not None
    order, facts = appraisal.order, mail.facts
    lines = tuple(_lines(appraisal))
    number, revision, amends = _named(mail, position)
    return BookedOrder(
        number=number,
        revision=revision,
        mail_id=mail.mail_id,
        position=position,
        customer=appraisal.customer,
        their_number=order.number.text if order.number else "",
        day=appraisal.day,
        received=facts.received,
        month=facts.month,
        ship_to=_ship_to(appraisal, facts),
        lines=lines,
        state=OrderState(decision.outcome.value),
        fingerprint=appraisal.fingerprint,
        register_version=facts.register.version,
        attachment=order.attachment,
        where=str(order.where),
        remarks=tuple(r.text for r in order.remarks),
        is_complete=len(lines) == len(appraisal.items),
        amends=amends,
        is_elsewhere=facts.confirmed.ship_to and appraisal.customer is not None,
    )


def _ship_to(appraisal: Appraisal, facts: Facts) -> ShipTo:
    """As registered; as the sheet says only where its sender said that this is new."""
    if appraisal.customer is None:
        return ShipTo()
    registered = appraisal.customer.ship_to
    if not facts.confirmed.ship_to:
        return registered
    return as_stated(appraisal.order.ship_to, registered)


def _named(mail: JudgedMail, position: int) -> tuple[str, int, int | None]:
    """Number and revision of an order, and the listed revision that it amends."""
    if amended := mail.standing.amended.get(position):
        return amended.order.number, amended.revision, amended.order.revision
    if before := mail.standing.replaced.get(position):
        return before.number, before.revision + 1, None
    number = order_number(mail.facts.business_day, mail.mail_id, position)
    return number, mail.revision, None


def _lines(appraisal: Appraisal) -> Iterator[BookedLine]:
    for item in appraisal.items:
        if line := _line(item):
            yield line


def _line(item: Item) -> BookedLine | None:
    if item.product is None or item.tins is None or item.funding is None:
        return None
    if item.unit_price is None or item.amount is None:
        return None
    return BookedLine(
        where=str(item.line.where),
        sku=item.product.sku,
        name=item.product.name,
        spec=item.product.spec,
        tins_per_case=item.product.tins_per_case,
        tins=item.tins,
        unit_price=item.unit_price,
        amount=item.amount,
        funding=item.funding,
        remark=item.line.remark.text if item.line.remark else "",
        price_list=item.period.list if item.period else "",
        price_since=item.period.since if item.period else None,
    )


def dispatch_list_of(
    order: BookedOrder,
    issued: date,
    source: str,
    before: BookedOrder | None = None,
    short: tuple[int, ...] = (),
) -> DispatchList | None:
    """`before` is what the warehouse has a list of already, `short` what each line lacks. None where
    there is nothing to send, and no other list that would be sent instead."""
    if short and sum(short) == order.tins and before is None:
        return None
    return DispatchList(
        number=list_number(order.number),
        revision=order.revision,
        order=order,
        issued=issued,
        source=source,
        special_release=any(line.loose for line in order.lines),
        changes=changes_between(before, order) if before else (),
        short=short,
    )
