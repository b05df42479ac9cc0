"""Rows of mails, orders and messages as an operator finds and changes them: each change has its reason."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import order_key
from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.order import IN_BOOKS, OrderState, order_of
from mailflow.ports import Refusal
from mailflow.store.accounts import take_back
from mailflow.store.connection import Pen, number_of
from mailflow.store.ledger import IN_FORCE, NEXT_CHANGE
from mailflow.store.samples import release_takes
from mailflow.store.shelf import HELD as LEAVING
from mailflow.store.shortages import cancel
from mailflow.store.tables import mails, orders
from mailflow.store.tables_outbox import outbox
from mailflow.store.waiting_cases import close_cases

AnyRow = sa.Row[*tuple[Any, ...]]


class HandRows:
    """What is not there, or may not be touched any more, is refused with the way out (`Refusal`)."""

    def __init__(self, pen: Pen, reason: str) -> None:
        self._pen = pen
        self._reason = reason

    def _mail(self, text: str) -> AnyRow:
        return self._row(mails, "mail", text.removeprefix("M"))

    def _message(self, text: str) -> AnyRow:
        row = self._row(outbox, "message", text)
        if row.state == MessageState.ACCEPTED.value or row.state in LEAVING:
            raise Refusal(f"message {text} is {row.state}: nothing can be changed of it any more")
        return row

    def _row(self, table: sa.Table, kind: str, text: str) -> AnyRow:
        """Numbers begin at 1, so nothing is found by what is no number."""
        chosen = sa.select(table).where(table.c.id == (number_of(text) or 0)).with_for_update()
        row = self._pen.connection.execute(chosen).first()
        if row is None:
            raise Refusal(f"{kind} {text}: there is none: see `mailflow list {kind}s`")
        return row

    def _order(self, text: str) -> AnyRow:
        found = self._newest(orders.c.number == order_of(text))
        if not found:
            raise Refusal(f"order {text}: there is none: see `mailflow list orders`")
        return found[0]

    def _orders_of(self, mail: AnyRow) -> list[AnyRow]:
        return self._newest(orders.c.mail_id == mail.id)

    def _newest(self, where: sa.ColumnElement[bool]) -> list[AnyRow]:
        """Of each order the revision in force."""
        columns = (orders.c.id, orders.c.number, orders.c.revision, orders.c.state)
        chosen = sa.select(*columns).where(where)
        rows = self._pen.connection.execute(chosen.order_by(*IN_FORCE)).all()
        return list({row.number: row for row in reversed(rows)}.values())

    def _set_mail(self, mail: AnyRow, state: MailState, reason: str, **more: Any) -> str:
        changed = sa.update(mails).where(mails.c.id == mail.id)
        self._pen.connection.execute(changed.values(state=state.value, reason=reason, **more))
        self._pen.note("mail", mail.id, (mail.state, state.value), self._reason)
        return state.value

    def _set_order(self, order: AnyRow, state: OrderState) -> str:
        changed = sa.update(orders).where(orders.c.id == order.id)
        self._pen.connection.execute(changed.values(state=state.value, changed=NEXT_CHANGE))
        self._pen.note("order", order.number, (order.state, state.value), self._reason)
        if order.state in IN_BOOKS and state not in IN_BOOKS:
            take_back(self._pen, order_key(order.number, order.revision), self._reason)
            release_takes(self._pen, order.number, order.revision, self._reason)
        cancel(self._pen, order.number, order.revision, self._reason)
        return state.value

    def _set_message(self, row: AnyRow, state: MessageState) -> str:
        changed = sa.update(outbox).where(outbox.c.id == row.id)
        self._pen.connection.execute(
            changed.values(state=state.value, due=self._pen.now, attempts=0)
        )
        self._pen.note("message", row.id, (row.state, state.value), self._reason)
        return state.value

    def _close(self, order: AnyRow) -> str:
        state = self._set_order(order, OrderState.CLOSED)
        self._close_cases("order", order.number)
        return state

    def _close_cases(self, kind: str, subject_id: object) -> None:
        close_cases(self._pen, kind, str(subject_id), self._reason)
