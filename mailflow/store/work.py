"""One write transaction: a mail's receipt, its orders, cases and messages together or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from mailflow.domain.allocation import StockCount
from mailflow.domain.answer import without_tokens
from mailflow.domain.barred import Stopped
from mailflow.domain.bounce import Sent
from mailflow.domain.decision import Decision
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.kept_inventory import InventoryState, KeptInventory
from mailflow.domain.ledger import Entry
from mailflow.domain.mail import Head, MailState
from mailflow.domain.message import Message
from mailflow.domain.order import IN_BOOKS as STATES_IN_BOOKS
from mailflow.domain.order import BookedOrder, DispatchList, OrderState, with_state
from mailflow.domain.period import Period
from mailflow.domain.personal import without_names, without_numbers
from mailflow.domain.reader import READER
from mailflow.domain.register import Customer
from mailflow.domain.statement import Statement
from mailflow.domain.statistics import Books
from mailflow.ports import MailRow
from mailflow.store import accounts, inventories
from mailflow.store.announcements import SqlAnnouncements
from mailflow.store.archive import SqlArchive
from mailflow.store.audiences import stop_letter
from mailflow.store.balances import open_amounts
from mailflow.store.bounces import come_back, sent_as
from mailflow.store.calls import SqlCalls
from mailflow.store.connection import Pen
from mailflow.store.consumers import SqlConsumers
from mailflow.store.facts import Earlier, Rules, facts_of
from mailflow.store.goods_work import GoodsWork
from mailflow.store.journal import RECEIPT, WAITS, mail_row
from mailflow.store.ledger import (
    IN_FORCE,
    NEXT_CHANGE,
    findings_from_json,
    findings_to_json,
    line_values,
    listed_values,
    order_from_json,
    order_to_json,
    order_values,
)
from mailflow.store.letters import post
from mailflow.store.order_status import SqlStatus
from mailflow.store.people_work import PeopleWork
from mailflow.store.registers import SqlRegisters
from mailflow.store.requests import SqlRequests
from mailflow.store.retention import SqlRetention
from mailflow.store.samples import SqlSamples, release_takes
from mailflow.store.shortages import SqlShortages, cancel
from mailflow.store.statements import statement_of
from mailflow.store.statistics import books_in
from mailflow.store.stock import Stock, counts_in_force, take
from mailflow.store.tables import dispatch_lists, jobs, mails, order_lines, orders
from mailflow.store.tables_shipping import list_lines

THIS_MAIL = sa.and_(mails.c.id == sa.bindparam("mail"), WAITS)
CLAIM = sa.select(*RECEIPT).where(THIS_MAIL).with_for_update()
SETTLE = sa.update(mails).where(THIS_MAIL)
BOOK = sa.insert(orders).values(changed=NEXT_CHANGE).returning(orders.c.id)
BOOK_LINES = sa.insert(order_lines)
THIS_ORDER = sa.and_(
    orders.c.number == sa.bindparam("of_number"), orders.c.revision == sa.bindparam("of_revision")
)
STATE = sa.select(orders.c.state).where(THIS_ORDER)
REVISION = sa.select(orders.c.content, orders.c.state).where(THIS_ORDER).with_for_update()
LAST_REVISION = sa.select(sa.func.max(orders.c.revision)).where(
    orders.c.number == sa.bindparam("of_number")
)
FINDINGS = sa.select(orders.c.findings).where(THIS_ORDER)
CHANGE = sa.update(orders).where(THIS_ORDER).values(changed=NEXT_CHANGE)
NEWEST = (
    sa.select(orders.c.content, orders.c.state)
    .where(orders.c.number == sa.bindparam("of_number"))
    .order_by(*IN_FORCE)
    .limit(1)
    .with_for_update()
)
ISSUE = (
    sa.insert(dispatch_lists)
    .values(order_id=sa.select(orders.c.id).where(THIS_ORDER).scalar_subquery())
    .returning(dispatch_lists.c.id)
)
ISSUE_LINES = sa.insert(list_lines)
HELD_OF = (
    sa.select(orders.c.content)
    .where(orders.c.distributor == sa.bindparam("of"), orders.c.state == OrderState.HELD.value)
    .order_by(orders.c.id)
)
DONE = sa.select(jobs.c.job).where(
    jobs.c.job == sa.bindparam("of_job"), jobs.c.period == sa.bindparam("of_period")
)
DO = sa.insert(jobs)


class NotWaiting(Exception):
    """A mail is settled that was settled before, or an order changed that there is not."""


class SqlWork(GoodsWork, PeopleWork):
    """Whoever has one holds the books: nobody else decides, books or queues meanwhile."""

    def __init__(self, pen: Pen, rules: Rules) -> None:
        super().__init__(pen)
        self._rules = rules
        self._has_booked = False
        self.shortages = SqlShortages(pen)
        self.status = SqlStatus(pen.connection)
        self.registers = SqlRegisters(pen)
        self.calls = SqlCalls(pen)
        self.announcements = SqlAnnouncements(pen)
        self.samples = SqlSamples(pen)
        self.archive = SqlArchive(pen)
        self.requests = SqlRequests(pen)
        self.consumers = SqlConsumers(pen)
        self.retention = SqlRetention(pen)

    def claim(self, mail_id: int) -> MailRow | None:
        row = self._connection.execute(CLAIM, {"mail": mail_id}).first()
        return mail_row(row) if row else None

    def facts(self, head: Head, received: datetime) -> Facts:
        # What may yet be rolled back is nothing to be remembered.
        rules = self._rules
        if self._has_booked:
            rules = replace(rules, earlier=Earlier(), habits=rules.habits.copy())
        return facts_of(self._connection, rules, head, received)

    def book(
        self, order: BookedOrder, decision: Decision, dispatch_list: DispatchList | None
    ) -> None:
        row = {**order_values(order), "findings": findings_to_json(decision.findings)}
        order_id = self._connection.execute(BOOK, row).scalar_one()
        self._has_booked = True
        if order.lines:
            self._connection.execute(BOOK_LINES, line_values(order_id, order))
        reason = ",".join(dict.fromkeys(f.code for f in decision.findings))
        self._pen.note("order", order.number, ("", order.state.value), reason)
        accounts.keep_order(self._pen, order, "")
        if dispatch_list is not None:
            self.issue(dispatch_list)

    def issue(self, dispatch_list: DispatchList) -> None:
        order = dispatch_list.order
        row = {
            "number": dispatch_list.number,
            "revision": dispatch_list.revision,
            "issued": dispatch_list.issued,
            "created": self._pen.now,
        }
        list_id = self._connection.execute(ISSUE, {**row, **_of(order)}).scalar_one()
        if lines := listed_values(list_id, dispatch_list):
            self._connection.execute(ISSUE_LINES, lines)
        self._pen.note("order", order.number, ("accepted", "listed"), dispatch_list.number)

    def load_order(self, number: str) -> BookedOrder | None:
        """The revision in force; its state is the row's, which a person may have changed since."""
        row = self._connection.execute(NEWEST, {"of_number": number}).first()
        return with_state(order_from_json(row.content), OrderState(row.state)) if row else None

    def load_revision(self, number: str, revision: int) -> BookedOrder | None:
        of = {"of_number": number, "of_revision": revision}
        row = self._connection.execute(REVISION, of).first()
        return with_state(order_from_json(row.content), OrderState(row.state)) if row else None

    def last_revision(self, number: str) -> int:
        return int(self._connection.execute(LAST_REVISION, {"of_number": number}).scalar() or 0)

    def set_order_state(self, order: BookedOrder, reason: str) -> None:
        before = self._connection.execute(STATE, _of(order)).scalar()
        if before is None:
            raise NotWaiting(f"order {order.number} revision {order.revision}: there is none")
        change = {"state": order.state.value, "content": order_to_json(order)}
        self._connection.execute(CHANGE, {**change, **_of(order)})
        self._has_booked = True
        self._pen.note("order", order.number, (before, order.state.value), reason)
        accounts.keep_order(self._pen, order, before)
        if order.state is not OrderState.ACCEPTED:
            cancel(self._pen, order.number, order.revision, reason)
        if order.state not in STATES_IN_BOOKS:
            release_takes(self._pen, order.number, order.revision, reason)

    def sent_as(self, message_ids: Sequence[str]) -> Sequence[Sent]:
        return sent_as(self._connection, message_ids)

    def come_back(self, message: Sent, why: str) -> None:
        come_back(self._pen, message, why)

    def stock(self, without: Collection[str] = ()) -> Stock:
        register = self._rules.register(self._connection)
        return Stock(self._connection, register, self._rules.zone, without)

    def count_of(self, warehouse: str) -> StockCount | None:
        return counts_in_force(self._connection).get(warehouse)

    def take_stock(self, count: StockCount, mail_id: int) -> None:
        take(self._pen, count, mail_id)

    def inventory(self, distributor: str, month: date) -> KeptInventory | None:
        return inventories.valid_of(self._connection, distributor, month)

    def keep_inventory(self, report: KeptInventory, reason: str) -> None:
        inventories.keep(self._pen, report, reason)

    def inventories(self, months: Sequence[date]) -> Mapping[tuple[str, date], InventoryState]:
        return inventories.standing(self._connection, months)

    def findings(self, order: BookedOrder) -> tuple[Finding, ...]:
        found = self._connection.execute(FINDINGS, _of(order)).scalar()
        return findings_from_json(found or ())

    def enter(self, entry: Entry) -> bool:
        return accounts.enter(self._pen, entry)

    def entered_like(self, entry: Entry) -> tuple[Entry, ...]:
        return accounts.entered_like(self._connection, entry)

    def statement(self, customer: Customer, period: date) -> Statement:
        return statement_of(self._connection, customer, period, self._pen.today)

    def open_amounts(self, codes: Collection[str], after: date) -> Mapping[str, Decimal]:
        return open_amounts(self._connection, codes, after)

    def held_of(self, distributor: str) -> tuple[BookedOrder, ...]:
        rows = self._connection.execute(HELD_OF, {"of": distributor})
        return tuple(with_state(order_from_json(r.content), OrderState.HELD) for r in rows)

    def post(self, message: Message) -> bool:
        return post(self._pen, message)

    def stop_letter(self, stopped: Stopped) -> None:
        stop_letter(self._pen, stopped)

    def settle(
        self, mail_id: int, state: MailState, reason: str, head: Head, findings: Sequence[Finding]
    ) -> None:
        """Raises `NotWaiting`, so that nothing is committed twice for one mail."""
        settled = {
            "mail": mail_id,
            "state": state.value,
            "reason": reason,
            "settled": self._pen.now,
            "holder": 0,
            "sender": head.sender or "",
            "subject": without_numbers(without_tokens(head.subject)),
            "message_id": head.message_id,
            "kind": head.kind.value,
            "reader": READER,
            "marks": list(head.marks),
            "findings": findings_to_json(tuple(map(without_names, findings))),
        }
        if not self._connection.execute(SETTLE, settled).rowcount:
            raise NotWaiting(f"mail {mail_id} does not wait")
        self._pen.note("mail", mail_id, (MailState.WAITING.value, state.value), reason)

    def books(self, period: Period) -> Books:
        return books_in(self._connection, period, self._rules.zone)

    def take_job(self, job: str, period: str) -> bool:
        if self._connection.execute(DONE, {"of_job": job, "of_period": period}).first():
            return False
        self._connection.execute(DO, {"job": job, "period": period, "done": self._pen.now})
        return True


def _of(order: BookedOrder) -> dict[str, str | int]:
    return {"of_number": order.number, "of_revision": order.revision}
