"""Where an order or a mail stands, as rows tell it at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.notice_orders import ListNotice
from mailflow.domain.order import IN_BOOKS, OrderState, with_state
from mailflow.domain.order_status import Awaited, IssuedList, MailStatus, OrderStatus, SentLoad
from mailflow.domain.question import QuestionState
from mailflow.store.asked import of_orders
from mailflow.store.ledger import IN_FORCE, order_from_json
from mailflow.store.shipments import COUNTED
from mailflow.store.tables import cases, dispatch_lists, mails, orders
from mailflow.store.tables_outbox import outbox
from mailflow.store.tables_shipping import deliveries, list_lines, shipments, shipped_lines
from mailflow.store.tables_stock import shortages

AT_ONCE = 500
"""Orders that one statement looks up."""
WAITING = (OrderState.HELD.value, OrderState.REVIEW.value, OrderState.RETURNED.value)
CASES = (
    sa.select(cases)
    .where(
        cases.c.kind == sa.bindparam("of_kind"),
        cases.c.subject_id.in_(sa.bindparam("of", expanding=True)),
        cases.c.state == "open",
    )
    .order_by(cases.c.since, cases.c.id)
)
LISTED = (
    sa.select(sa.func.coalesce(sa.func.sum(list_lines.c.tins), 0))
    .where(list_lines.c.list_id == dispatch_lists.c.id)
    .scalar_subquery()
)
LISTS = (
    sa.select(dispatch_lists, orders.c.number.label("of_order"), LISTED.label("tins"))
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(orders.c.number.in_(sa.bindparam("of", expanding=True)))
    .order_by(dispatch_lists.c.id)
)
LOADS = (
    sa.select(
        dispatch_lists.c.number.label("of_list"),
        *(shipments.c.carrier, shipments.c.waybill, shipments.c.shipped_on, shipments.c.at),
        *(deliveries.c.shipment_id.label("delivered"), deliveries.c.delivered_on),
        sa.select(sa.func.coalesce(sa.func.sum(shipped_lines.c.tins), 0))
        .where(shipped_lines.c.shipment_id == shipments.c.id)
        .scalar_subquery()
        .label("tins"),
    )
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .outerjoin(deliveries, deliveries.c.shipment_id == shipments.c.id)
    .where(
        dispatch_lists.c.number.in_(sa.bindparam("of", expanding=True)),
        shipments.c.state == COUNTED,
    )
    .order_by(shipments.c.id)
)
SENT_TO = sa.select(outbox.c.subject_id, outbox.c.revision, outbox.c.state).where(
    outbox.c.notice == ListNotice.code,
    outbox.c.subject_id.in_(sa.bindparam("of", expanding=True)),
)
LOST = frozenset({MessageState.BOUNCED.value, MessageState.FAILED.value})
SHORT = (
    sa.select(shortages.c.order_number, shortages.c.revision, sa.func.sum(shortages.c.tins))
    .where(
        shortages.c.order_number.in_(sa.bindparam("of", expanding=True)),
        shortages.c.state == "open",
    )
    .group_by(shortages.c.order_number, shortages.c.revision)
)
NUMBERED = (
    sa.select(orders.c.number)
    .where(sa.func.upper(orders.c.their_number) == sa.bindparam("said"))
    .distinct()
    .order_by(orders.c.number)
)
UNDER_WAY = (
    sa.select(shipments.c.id)
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .outerjoin(deliveries, deliveries.c.shipment_id == shipments.c.id)
    .where(
        dispatch_lists.c.order_id == orders.c.id,
        shipments.c.state == COUNTED,
        deliveries.c.shipment_id.is_(None),
    )
    .exists()
)
OPEN = (
    sa.select(orders.c.number)
    .join(mails, mails.c.id == orders.c.mail_id)
    .where(
        sa.or_(
            orders.c.distributor.in_(sa.bindparam("codes", expanding=True)),
            mails.c.sender == sa.bindparam("sender"),
        ),
        sa.or_(
            orders.c.state.in_((*WAITING, OrderState.ACCEPTED.value)),
            sa.and_(orders.c.state == OrderState.SHIPPED.value, UNDER_WAY),
        ),
    )
    .group_by(orders.c.number)
    .order_by(sa.func.max(orders.c.received).desc(), orders.c.number.desc())
)
REVISIONS = (
    sa.select(orders.c.number, orders.c.content, orders.c.state, mails.c.sender)
    .join(mails, mails.c.id == orders.c.mail_id)
    .where(orders.c.number.in_(sa.bindparam("of", expanding=True)))
    .order_by(*IN_FORCE)
)
MAIL = sa.select(mails).where(mails.c.id == sa.bindparam("of"))
ANSWERED = sa.select(sa.func.count()).where(
    outbox.c.notice.in_(sa.bindparam("notices", expanding=True)),
    outbox.c.recipient == sa.bindparam("to"),
    outbox.c.created > sa.bindparam("since"),
)


class SqlStatus:
    """What `ports.Status` says, as the transaction of this connection sees it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def order(self, number: str) -> OrderStatus | None:
        return next(self.orders((number,)), None)

    def orders(self, numbers: Sequence[str]) -> Iterator[OrderStatus]:
        """Many in a few statements: a desk has thousands open."""
        for at in range(0, len(numbers), AT_ONCE):
            yield from self._orders(numbers[at : at + AT_ONCE])

    def _orders(self, numbers: Sequence[str]) -> Iterator[OrderStatus]:
        found = self._in_force(numbers)
        awaited = _awaited(self._connection, "order", numbers)
        lists = _lists(self._connection, [n for n, o in found.items() if o.order.state in IN_BOOKS])
        short = {
            (number, revision): int(tins)
            for number, revision, tins in self._connection.execute(SHORT, {"of": numbers})
        }
        for number in numbers:
            if (status := found.get(number)) is not None:
                yield replace(
                    status,
                    awaited=tuple(awaited.get(number, ())),
                    lists=tuple(lists.get(number, ())),
                    short=short.get((number, status.order.revision), 0),
                )

    def _in_force(self, numbers: Sequence[str]) -> dict[str, OrderStatus]:
        """Of each the revision in force, and nothing else yet."""
        found: dict[str, OrderStatus] = {}
        for row in self._connection.execute(REVISIONS, {"of": numbers}):
            if row.number not in found:
                order = with_state(order_from_json(row.content), OrderState(row.state))
                found[row.number] = OrderStatus(order=order, sender=row.sender)
        return found

    def open_orders(self, codes: Sequence[str], sender: str) -> tuple[str, ...]:
        found = self._connection.execute(OPEN, {"codes": list(codes), "sender": sender})
        return tuple(found.scalars())

    def numbered(self, said: str) -> tuple[str, ...]:
        return tuple(self._connection.execute(NUMBERED, {"said": said}).scalars())

    def mail(self, mail_id: int) -> MailStatus | None:
        row = self._connection.execute(MAIL, {"of": mail_id}).first()
        if row is None:
            return None
        subject_id = str(mail_id)
        of = {"of_kind": "mail", "of": [subject_id]}
        case = self._connection.execute(CASES, of).first()
        return MailStatus(
            number=f"M{mail_id}",
            sender=row.sender,
            subject=row.subject,
            received=row.received,
            state=MailState(row.state),
            reason=row.reason,
            region=case.region if case else "",
            awaited=tuple(_awaited(self._connection, "mail", [subject_id]).get(subject_id, ())),
        )

    def answers_since(self, notices: Sequence[str], to: str, since: datetime) -> int:
        values = {"notices": list(notices), "to": to, "since": since}
        return int(self._connection.execute(ANSWERED, values).scalar_one())


def _awaited(
    connection: sa.Connection, kind: str, subject_ids: Sequence[str]
) -> dict[str, list[Awaited]]:
    """Questions are put about orders alone."""
    questions = of_orders(connection, subject_ids) if kind == "order" else ()
    put_to: dict[tuple[str, Asked], list[str]] = {}
    for question in questions:
        if question.state is QuestionState.OPEN:
            put_to.setdefault((question.order, question.role), []).append(question.address)
    found: dict[str, list[Awaited]] = {}
    for case in connection.execute(CASES, {"of_kind": kind, "of": subject_ids}):
        asked = Asked(case.waits_on)
        addresses = put_to.get((case.subject_id, asked), ())
        found.setdefault(case.subject_id, []).append(
            Awaited(
                asked=asked,
                reason=case.reason,
                since=case.since,
                addresses=tuple(dict.fromkeys(addresses)),
            )
        )
    return found


def _lists(connection: sa.Connection, numbers: Sequence[str]) -> dict[str, list[IssuedList]]:
    """By order; of each list its newest revision, with the loads of all."""
    newest = {row.number: row for row in connection.execute(LISTS, {"of": numbers})}
    states: dict[tuple[str, int], set[str]] = {}
    for sent in connection.execute(SENT_TO, {"of": list(newest)}):
        states.setdefault((sent.subject_id, sent.revision), set()).add(sent.state)
    loads: dict[str, list[SentLoad]] = {}
    for load in connection.execute(LOADS, {"of": list(newest)}):
        loads.setdefault(load.of_list, []).append(_load(load))
    found: dict[str, list[IssuedList]] = {}
    for row in newest.values():
        letters = states.get((row.number, row.revision), set())
        found.setdefault(row.of_order, []).append(
            IssuedList(
                number=row.number,
                revision=row.revision,
                issued=row.issued,
                tins=int(row.tins),
                is_lost=bool(letters) and letters <= LOST,
                loads=tuple(loads.get(row.number, ())),
            )
        )
    return found


def _load(row: sa.Row[*tuple[Any, ...]]) -> SentLoad:
    return SentLoad(
        tins=int(row.tins),
        carrier=row.carrier,
        waybill=row.waybill,
        shipped_on=row.shipped_on or row.at.date(),
        is_delivered=row.delivered is not None,
        delivered_on=row.delivered_on,
    )
