"""One write transaction: a mail's receipt, its orders, cases and messages together or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.appraisal import Funding
from mailflow.domain.case import Case
from mailflow.domain.decision import Decision
from mailflow.domain.facts import Balance, EarlierOrder, Facts, Sender
from mailflow.domain.finding import Finding
from mailflow.domain.mail import Head, MailState, Trust
from mailflow.domain.message import Message
from mailflow.domain.order import BookedOrder, DispatchList, OrderState
from mailflow.domain.register import Register
from mailflow.ports import MailRow
from mailflow.store.connection import Database
from mailflow.store.journal import mail_row
from mailflow.store.ledger import cents, findings_to_json, order_from_json, order_to_json
from mailflow.store.tables import (
    cases,
    dispatch_lists,
    jobs,
    letters,
    mails,
    order_lines,
    orders,
    outbox,
)

REMEMBERED = timedelta(days=90)
"""How far back an order counts as an earlier one of the same content."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What facts are made of beside the rows: `trust_from` takes a registered From as proven."""

    zone: ZoneInfo
    trust_from: bool
    register: Callable[[], Register]


class SqlWork:
    def __init__(
        self, connection: sa.Connection, database: Database, rules: Rules, now: datetime
    ) -> None:
        self._connection = connection
        self._database = database
        self._rules = rules
        self._now = now

    def claim(self, mail_id: int) -> MailRow | None:
        waiting = (
            sa.select(mails)
            .where(mails.c.id == mail_id, mails.c.state == MailState.WAITING.value)
            .with_for_update(skip_locked=True)
        )
        row = self._connection.execute(waiting).first()
        return mail_row(row) if row else None

    def facts(self, head: Head, received: datetime) -> Facts:
        register = self._rules.register()
        return Facts(
            register=register,
            sender=self._sender(head, register),
            received=received,
            zone=self._rules.zone,
            balances=self._balances(),
            earlier=self._earlier(received),
        )

    def _sender(self, head: Head, register: Register) -> Sender:
        """A registered From is level A where the configuration says so, else level B."""
        address = head.sender or ""
        people, customers = register.person(address), register.customers_of(address)
        if not address or not (people or customers):
            return Sender(head.sender, Trust.C)
        trust = Trust.A if self._rules.trust_from else Trust.B
        return Sender(head.sender, trust, people, customers)

    def _balances(self) -> dict[str, Balance]:
        accepted = (
            sa.select(
                orders.c.distributor,
                sa.func.sum(orders.c.cash_cents).label("cash"),
                sa.func.sum(orders.c.expense_cents).label("expense"),
            )
            .where(orders.c.state == OrderState.ACCEPTED.value)
            .group_by(orders.c.distributor)
        )
        return {
            row.distributor: Balance(
                cash_accepted=Decimal(int(row.cash)) / 100,
                expense_accepted=Decimal(int(row.expense)) / 100,
            )
            for row in self._connection.execute(accepted)
        }

    def _earlier(self, received: datetime) -> tuple[EarlierOrder, ...]:
        # Only what a repeat is told by: whole orders are large, and there may be thousands.
        recent = sa.select(
            orders.c.number,
            orders.c.distributor,
            orders.c.fingerprint,
            orders.c.their_number,
            orders.c.received,
            orders.c.state,
        ).where(orders.c.received >= received - REMEMBERED)
        return tuple(
            EarlierOrder(
                number=row.number,
                distributor=row.distributor,
                fingerprint=row.fingerprint,
                their_number=row.their_number,
                received=row.received,
                state=row.state,
            )
            for row in self._connection.execute(recent.order_by(orders.c.id))
        )

    def book(
        self, order: BookedOrder, decision: Decision, dispatch_list: DispatchList | None
    ) -> None:
        order_id = self._connection.execute(
            sa.insert(orders).values(**_order_values(order, decision)).returning(orders.c.id)
        ).scalar_one()
        if order.lines:
            self._connection.execute(sa.insert(order_lines), _line_values(order_id, order))
        reason = ",".join(dict.fromkeys(f.code for f in decision.findings))
        self._note("order", order.number, ("", order.state.value), reason)
        if dispatch_list is not None:
            self.issue(dispatch_list)

    def issue(self, dispatch_list: DispatchList) -> None:
        order = dispatch_list.order
        of = sa.select(orders.c.id).where(
            orders.c.number == order.number, orders.c.revision == order.revision
        )
        self._connection.execute(
            sa.insert(dispatch_lists).values(
                number=dispatch_list.number,
                revision=dispatch_list.revision,
                order_id=of.scalar_subquery(),
                issued=dispatch_list.issued,
                created=self._now,
            )
        )
        self._note("order", order.number, ("accepted", "listed"), dispatch_list.number)

    def load_order(self, number: str) -> BookedOrder | None:
        newest = (
            sa.select(orders.c.content)
            .where(orders.c.number == number)
            .order_by(orders.c.revision.desc())
        )
        content = self._connection.execute(newest).scalars().first()
        return order_from_json(content) if content else None

    def set_order_state(self, order: BookedOrder, reason: str) -> None:
        where = (orders.c.number == order.number, orders.c.revision == order.revision)
        before = self._connection.execute(sa.select(orders.c.state).where(*where)).scalar_one()
        self._connection.execute(
            sa.update(orders)
            .where(*where)
            .values(state=order.state.value, content=order_to_json(order))
        )
        self._note("order", order.number, (before, order.state.value), reason)

    def open_case(self, case: Case) -> None:
        # A mail that was read again may wait again under the number it had.
        self._connection.execute(sa.delete(cases).where(cases.c.number == case.number))
        self._connection.execute(
            sa.insert(cases).values(
                number=case.number,
                kind=case.kind,
                subject_id=case.subject_id,
                waits_on=case.waits_on.value,
                region=case.region,
                reason=case.reason,
                since=case.since,
                state=case.state,
            )
        )
        self._note("case", case.number, ("", case.state), case.reason)

    def close_cases(self, kind: str, subject_id: str, reason: str) -> None:
        open_ones = sa.select(cases.c.number).where(
            cases.c.kind == kind, cases.c.subject_id == subject_id, cases.c.state == "open"
        )
        for number in self._connection.execute(open_ones).scalars().all():
            self._connection.execute(
                sa.update(cases).where(cases.c.number == number).values(state="closed")
            )
            self._note("case", number, ("open", "closed"), reason)

    def post(self, message: Message) -> bool:
        key = sa.select(outbox.c.id).where(
            outbox.c.notice == message.notice,
            outbox.c.subject_id == message.subject_id,
            outbox.c.revision == message.revision,
            outbox.c.recipient == message.recipient,
        )
        if self._connection.execute(key).first():
            return False
        sha256 = hashlib.sha256(message.mime).hexdigest()
        known = sa.select(letters.c.sha256).where(letters.c.sha256 == sha256)
        if not self._connection.execute(known).first():
            row = sa.insert(letters).values(sha256=sha256, mime=message.mime)
            self._connection.execute(row)
        posted = sa.insert(outbox).values(**_message_values(message), letter=sha256)
        message_id = self._connection.execute(posted.returning(outbox.c.id)).scalar_one()
        self._note("message", message_id, ("", message.state.value), message.notice)
        return True

    def settle(
        self, mail_id: int, state: MailState, reason: str, head: Head, findings: Sequence[Finding]
    ) -> None:
        self._connection.execute(
            sa.update(mails)
            .where(mails.c.id == mail_id)
            .values(
                state=state.value,
                reason=reason,
                settled=self._now,
                sender=head.sender or "",
                subject=head.subject,
                message_id=head.message_id[:255],
                kind=head.kind.value,
                marks=list(head.marks),
                findings=findings_to_json(findings),
            )
        )
        self._note("mail", mail_id, (MailState.WAITING.value, state.value), reason)

    def take_job(self, job: str, period: str) -> bool:
        key = sa.select(jobs.c.job).where(jobs.c.job == job, jobs.c.period == period)
        if self._connection.execute(key).first():
            return False
        self._connection.execute(sa.insert(jobs).values(job=job, period=period, done=self._now))
        return True

    def _note(self, kind: str, subject_id: object, states: tuple[str, str], reason: str) -> None:
        self._database.note(self._connection, kind, subject_id, states, reason, self._now)


def _order_values(order: BookedOrder, decision: Decision) -> dict[str, object]:
    customer = order.customer
    return {
        "number": order.number,
        "revision": order.revision,
        "mail_id": order.mail_id,
        "position": order.position,
        "distributor": customer.code if customer else "",
        "region": customer.region if customer else "",
        "their_number": order.their_number[:80],
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
        "findings": findings_to_json(decision.findings),
    }


def _line_values(order_id: int, order: BookedOrder) -> list[dict[str, object]]:
    return [
        {
            "order_id": order_id,
            "position": position,
            "place": line.where[:120],
            "sku": line.sku,
            "tins": line.tins,
            "unit_price_cents": cents(line.unit_price),
            "amount_cents": cents(line.amount),
            "funding": line.funding.value,
        }
        for position, line in enumerate(order.lines)
    ]


def _message_values(message: Message) -> dict[str, object]:
    return {
        "notice": message.notice,
        "subject_id": message.subject_id,
        "revision": message.revision,
        "recipient": message.recipient,
        "sender": message.sender,
        "subject": message.subject,
        "message_id": message.message_id,
        "goods": message.goods,
        "created": message.created,
        "due": message.due,
        "state": message.state.value,
        "attempts": message.attempts,
        "resends": message.resends,
        "last_error": message.last_error,
        "mail_id": message.mail_id,
    }
