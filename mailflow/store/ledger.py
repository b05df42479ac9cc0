"""Orders to rows and back; a whole order is kept as JSON beside the columns that are searched."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from mailflow.domain.appraisal import Funding
from mailflow.domain.finding import Finding
from mailflow.domain.order import BookedOrder, DispatchList, OrderState
from mailflow.domain.proposal import Proposal
from mailflow.store.columns import Written
from mailflow.store.tables import orders

T = TypeVar("T")


# Made when the first of them passes: a start looks through no shape that it has no value of.
@cache
def _order() -> TypeAdapter[BookedOrder]:
    return TypeAdapter(BookedOrder)


@cache
def _proposal() -> TypeAdapter[Proposal]:
    return TypeAdapter(Proposal)


@cache
def _findings() -> TypeAdapter[tuple[Finding, ...]]:
    return TypeAdapter(tuple[Finding, ...])


_any = orders.alias()
NEXT_CHANGE = sa.select(sa.func.coalesce(sa.func.max(_any.c.changed), 0) + 1).scalar_subquery()
"""The number of a change of an order; whoever makes one holds the books, so none comes twice."""


IN_FORCE = ((orders.c.state == OrderState.CLOSED.value), orders.c.revision.desc())
"""The order of an order's revisions: the newest that is not closed; where all are, the newest."""


def cents(amount: Decimal) -> int:
    """Whole cents; amounts are rounded to them before they come here (domain/money.py)."""
    return int((amount * 100).to_integral_value())


def _written(shape: TypeAdapter[T], value: T) -> Any:
    """JSON at once, not by way of what it is made of; that way where UTF-8 has no bytes for it."""
    try:
        return Written(shape.dump_json(value).decode())
    except PydanticSerializationError:
        return shape.dump_python(value, mode="json")


def order_to_json(order: BookedOrder) -> Any:
    return _written(_order(), order)


def order_from_json(content: Any) -> BookedOrder:
    return _order().validate_python(content, strict=False)


def findings_to_json(findings: Sequence[Finding]) -> Any:
    return _written(_findings(), tuple(findings))


def findings_from_json(content: Any) -> tuple[Finding, ...]:
    return _findings().validate_python(content, strict=False)


def proposal_to_json(proposal: Proposal) -> Any:
    return _proposal().dump_python(proposal, mode="json")


def proposal_from_json(content: Any) -> Proposal:
    return _proposal().validate_python(content, strict=False)


def order_values(order: BookedOrder) -> dict[str, object]:
    customer = order.customer
    return {
        "number": order.number,
        "revision": order.revision,
        "mail_id": order.mail_id,
        "position": order.position,
        "distributor": customer.code if customer else "",
        "region": customer.region if customer else "",
        "their_number": order.their_number,
        "fingerprint": order.fingerprint,
        "day": order.day,
        "received": order.received,
        "month": order.month,
        "state": order.state.value,
        "tins": order.tins,
        "amount_cents": cents(order.amount),
        "cash_cents": cents(order.amount_of(Funding.CASH)),
        "expense_cents": cents(order.amount_of(Funding.EXPENSE)),
        "content": order_to_json(order),
    }


def line_values(order_id: int, order: BookedOrder) -> list[dict[str, object]]:
    return [
        {
            "order_id": order_id,
            "position": position,
            "place": line.where,
            "sku": line.sku,
            "tins": line.tins,
            "unit_price_cents": cents(line.unit_price),
            "amount_cents": cents(line.amount),
            "funding": line.funding.value,
        }
        for position, line in enumerate(order.lines)
    ]


def listed_values(list_id: int, dispatch_list: DispatchList) -> list[dict[str, object]]:
    """The lines that a list tells to send, as they stand on the paper."""
    lines, short = dispatch_list.lines, dispatch_list.short or (0,) * len(dispatch_list.lines)
    return [
        {
            "list_id": list_id,
            "position": position,
            "sku": line.sku,
            "funding": line.funding.value,
            "tins": line.tins,
            "short": short[position],
        }
        for position, line in enumerate(lines)
    ]
