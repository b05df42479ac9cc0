"""The open orders of distributors that have another manager or another region, as the books know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailflow.desk.handing_over import Moved, effects_of_moved
from mailflow.desk.house import House
from mailflow.domain.asking import OPEN_FOR
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.order import BookedOrder
from mailflow.domain.question import QuestionState
from mailflow.domain.register import Customer, Register
from mailflow.domain.register_change import RowChange
from mailflow.ports import Work


def effects_of_handing_over(
    changes: Iterable[RowChange], after: Register, facts: Facts, work: Work, house: House
) -> Iterator[Effect]:
    """`after` is the register with these changes in it."""
    for change in changes:
        customer = after.by_code.get(change.code.casefold())
        is_moved = any(change.of(column) for column in ("regional_manager", "region"))
        if customer is None or not is_moved:
            continue
        for number in work.status.open_orders([change.code], ""):
            order = work.load_order(number)
            if order is not None and order.customer is not None:
                moved = _moved(order, (customer, after), facts, work, house)
                yield from effects_of_moved(moved)


def _moved(
    order: BookedOrder,
    now: tuple[Customer, Register],
    facts: Facts,
    work: Work,
    house: House,
) -> Moved:
    at, every = facts.received, work.questions(order.number)
    mine = (q for q in every if q.revision == order.revision)
    due = house.workdays.due
    return Moved(
        order=order,
        customer=now[0],
        register=now[1],
        questions=tuple(q for q in mine if q.state is QuestionState.OPEN and not q.is_late(at)),
        every=every,
        findings=work.findings(order),
        origin=work.origin(order.mail_id),
        asking=house.asking,
        closes=max(due(order.received, OPEN_FOR), due(at, 1)),
        listed=work.listed(order),
        language=house.language,
    )
