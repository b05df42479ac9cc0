"""Where an order or a mail stands, as rows tell it at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.notice_orders import ListNotice
from mailflow.domain.order import IN_BOOKS, OrderState, with_state
from mailflow.domain.order_status import Awaited, IssuedList, MailStatus, OrderStatus, SentLoad
from mailflow.domain.question import QuestionState
from mailflow.store.asked import of_order
from mailflow.store.ledger import IN_FORCE, order_from_json
from mailflow.store.shipments import COUNTED
from mailflow.store.tables import cases, dispatch_lists, mails, orders
from mailflow.store.tables_outbox import outbox
from mailflow.store.tables_shipping import deliveries, list_lines, shipments, shipped_lines
from mailflow.store.tables_stock import shortages

MOST_ORDERS, MOST_OPEN = 30, 500
WAITING = (OrderState.HELD.value, OrderState.REVIEW.value, OrderState.RETURNED.value)
CASES = (
    sa.select(cases)
    .where(
        cases.c.kind == sa.bindparam("of_kind"),
        cases.c.subject_id == sa.bindparam("of"),
        cases.c.state == "open",
    )
    .order_by(cases.c.since, cases.c.id)
)
LISTS = (
    sa.select(dispatch_lists)
    .join(orders, orders.c.id == dispatch_lists.c.order_id)
    .where(orders.c.number == sa.bindparam("of"))
    .order_by(dispatch_lists.c.id)
)
LISTED = sa.select(sa.func.coalesce(sa.func.sum(list_lines.c.tins), 0)).where(
    list_lines.c.list_id == sa.bindparam("of")
)
LOADS = (
    sa.select(
        *(shipments.c.carrier, shipments.c.waybill, shipments.c.shipped_on, shipments.c.at),
        *(deliveries.c.shipment_id.label("delivered"), deliveries.c.delivered_on),
        sa.select(sa.func.coalesce(sa.func.sum(shipped_lines.c.tins), 0))
        .where(shipped_lines.c.shipment_id == shipments.c.id)
        .scalar_subquery()
        .label("tins"),
    )
    .join(dispatch_lists, dispatch_lists.c.id == shipments.c.list_id)
    .outerjoin(deliveries, deliveries.c.shipment_id == shipments.c.id)
    .where(dispatch_lists.c.number == sa.bindparam("of"), shipments.c.state == COUNTED)
    .order_by(shipments.c.id)
)
SENT_TO = sa.select(outbox.c.state).where(
    outbox.c.notice == ListNotice.code,
    outbox.c.subject_id == sa.bindparam("of"),
    outbox.c.revision == sa.bindparam("of_revision"),
)
LOST = frozenset({MessageState.BOUNCED.value, MessageState.FAILED.value})
SHORT = sa.select(sa.func.coalesce(sa.func.sum(shortages.c.tins), 0)).where(
    shortages.c.order_number == sa.bindparam("of"),
    shortages.c.revision == sa.bindparam("of_revision"),
    shortages.c.state == "open",
)
NUMBERED = (
    sa.select(orders.c.number)
    .where(sa.func.upper(orders.c.their_number) == sa.bindparam("said"))
    .distinct()
    .order_by(orders.c.number)
    .limit(MOST_ORDERS)
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
    .limit(MOST_OPEN + 1)
)
NEWEST = (
    sa.select(orders.c.content, orders.c.state, mails.c.sender)
    .join(mails, mails.c.id == orders.c.mail_id)
    .where(orders.c.number == sa.bindparam("of"))
    .order_by(*IN_FORCE)
    .limit(1)
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
        """Of the revision in force; lists are told of what is in the books alone."""
        row = self._connection.execute(NEWEST, {"of": number}).first()
        if row is None:
            return None
        order = with_state(order_from_json(row.content), OrderState(row.state))
        values = {"of": number, "of_revision": order.revision}
        return OrderStatus(
            order=order,
            sender=row.sender,
            awaited=tuple(_awaited(self._connection, "order", number)),
            lists=tuple(_lists(self._connection, number)) if order.state in IN_BOOKS else (),
            short=int(self._connection.execute(SHORT, values).scalar_one()),
        )

    def open_orders(self, codes: Sequence[str], sender: str) -> tuple[str, ...]:
        found = self._connection.execute(OPEN, {"codes": list(codes), "sender": sender})
        return tuple(found.scalars())

    def numbered(self, said: str) -> tuple[str, ...]:
        return tuple(self._connection.execute(NUMBERED, {"said": said}).scalars())

    def mail(self, mail_id: int) -> MailStatus | None:
        row = self._connection.execute(MAIL, {"of": mail_id}).first()
        if row is None:
            return None
        of = {"of_kind": "mail", "of": str(mail_id)}
        case = self._connection.execute(CASES, of).first()
        return MailStatus(
            number=f"M{mail_id}",
            sender=row.sender,
            subject=row.subject,
            received=row.received,
            state=MailState(row.state),
            reason=row.reason,
            region=case.region if case else "",
            awaited=tuple(_awaited(self._connection, "mail", str(mail_id))),
        )

    def answers_since(self, notices: Sequence[str], to: str, since: datetime) -> int:
        values = {"notices": list(notices), "to": to, "since": since}
        return int(self._connection.execute(ANSWERED, values).scalar_one())


def _awaited(connection: sa.Connection, kind: str, subject_id: str) -> Iterator[Awaited]:
    """Questions are put about orders alone."""
    questions = of_order(connection, subject_id) if kind == "order" else ()
    is_open = [q for q in questions if q.state is QuestionState.OPEN]
    for case in connection.execute(CASES, {"of_kind": kind, "of": subject_id}):
        asked = Asked(case.waits_on)
        mine = (q.address for q in is_open if q.role is asked)
        yield Awaited(
            asked=asked,
            reason=case.reason,
            since=case.since,
            addresses=tuple(dict.fromkeys(mine)),
        )


def _lists(connection: sa.Connection, number: str) -> Iterator[IssuedList]:
    newest = {row.number: row for row in connection.execute(LISTS, {"of": number})}
    for row in newest.values():
        tins = connection.execute(LISTED, {"of": row.id}).scalar_one()
        of_letter = {"of": row.number, "of_revision": row.revision}
        states = set(connection.execute(SENT_TO, of_letter).scalars())
        yield IssuedList(
            number=row.number,
            revision=row.revision,
            issued=row.issued,
            tins=int(tins),
            is_lost=bool(states) and states <= LOST,
            loads=tuple(
                SentLoad(
                    tins=int(load.tins),
                    carrier=load.carrier,
                    waybill=load.waybill,
                    shipped_on=load.shipped_on or load.at.date(),
                    is_delivered=load.delivered is not None,
                    delivered_on=load.delivered_on,
                )
                for load in connection.execute(LOADS, {"of": row.number})
            ),
        )
