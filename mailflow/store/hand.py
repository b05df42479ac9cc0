"""What an operator does by hand: each act has a reason, is noted, and is safe to repeat."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.order import OrderState
from mailflow.ports import Refusal
from mailflow.store.connection import Database
from mailflow.store.tables import cases, mails, orders, outbox

LEAVING = (MessageState.SENDING.value, MessageState.END_OF_DATA.value)
Wish = tuple[str, str, str]


def act(
    database: Database, connection: sa.Connection, wish: Wish, reason: str, now: datetime
) -> str:
    """Carry out (verb, kind, id); returns the new state. Raises `Refusal` with the way out."""
    verb, kind, subject_id = wish
    hand = _Hand(database, connection, reason, now)
    deeds = {
        ("redo", "mail"): hand.redo_mail,
        ("close", "mail"): hand.close_mail,
        ("close", "order"): hand.close_order,
        ("hold", "order"): hand.hold_order,
        ("close", "case"): hand.close_case,
        ("hold", "message"): hand.hold_message,
        ("release", "message"): hand.release_message,
        ("close", "message"): hand.close_message,
    }
    deed = deeds.get((verb, kind))
    if deed is None:
        can = ", ".join(f"{v} {k}" for v, k in deeds)
        raise Refusal(f"{verb} {kind}: not possible: possible are {can}, release order")
    return deed(subject_id)


class _Hand:
    def __init__(
        self, database: Database, connection: sa.Connection, reason: str, now: datetime
    ) -> None:
        self._database = database
        self._connection = connection
        self._reason = reason
        self._now = now

    def redo_mail(self, text: str) -> str:
        """Read and judge a mail anew; refused where goods of it were already booked."""
        mail_id, state = self._mail(text)
        mine = sa.select(orders.c.number, orders.c.state).where(orders.c.mail_id == mail_id)
        for order in self._connection.execute(mine).all():
            if order.state == OrderState.ACCEPTED.value:
                raise Refusal(
                    f"mail {text}: order {order.number} of it is booked and its list sent: "
                    f"`mailflow close order {order.number} --reason …` first, and tell the "
                    "warehouse"
                )
        self._forget_orders(mail_id)
        self._close_cases("mail", str(mail_id))
        self._connection.execute(
            sa.update(mails)
            .where(mails.c.id == mail_id)
            .values(
                state="waiting",
                reason="redo",
                attempts=0,
                settled=None,
                redone=mails.c.redone + 1,
            )
        )
        self._note("mail", mail_id, state, "waiting")
        return "waiting"

    def _forget_orders(self, mail_id: int) -> None:
        """A new reading makes new revisions; what the old one said stays as closed."""
        mine = sa.select(orders.c.id, orders.c.number, orders.c.state).where(
            orders.c.mail_id == mail_id
        )
        for order in self._connection.execute(mine).all():
            self._set_order(order.number, order.state, OrderState.CLOSED.value)

    def close_mail(self, text: str) -> str:
        mail_id, state = self._mail(text)
        if state == MailState.WAITING.value:
            raise Refusal(f"mail {text} is being dealt with: wait for the next pass")
        self._close_cases("mail", str(mail_id))
        self._note("mail", mail_id, state, state)
        return state

    def close_order(self, number: str) -> str:
        state = self._order(number)
        self._set_order(number, state, OrderState.CLOSED.value)
        return OrderState.CLOSED.value

    def hold_order(self, number: str) -> str:
        state = self._order(number)
        if state in (OrderState.ACCEPTED.value, OrderState.CLOSED.value):
            raise Refusal(f"order {number} is {state}: only one that waits can be held")
        self._connection.execute(
            sa.update(orders).where(orders.c.number == number).values(state="held")
        )
        self._note("order", number, state, "held")
        return "held"

    def close_case(self, number: str) -> str:
        case = self._connection.execute(sa.select(cases).where(cases.c.number == number)).first()
        if case is None:
            raise Refusal(f"case {number}: there is none: see `mailflow list cases`")
        if case.kind == "order":
            return self.close_order(case.subject_id)
        self._close_cases(case.kind, case.subject_id)
        return "closed"

    def hold_message(self, text: str) -> str:
        return self._set_message(text, MessageState.SUPPRESSED)

    def release_message(self, text: str) -> str:
        return self._set_message(text, MessageState.READY)

    def close_message(self, text: str) -> str:
        return self._set_message(text, MessageState.SUPPRESSED)

    def _set_message(self, text: str, state: MessageState) -> str:
        row = None
        if text.isdigit():
            chosen = sa.select(outbox.c.state).where(outbox.c.id == int(text))
            row = self._connection.execute(chosen).first()
        if row is None:
            raise Refusal(f"message {text}: there is none: see `mailflow list messages`")
        if row.state == MessageState.ACCEPTED.value or row.state in LEAVING:
            raise Refusal(f"message {text} is {row.state}: nothing can be changed of it any more")
        self._connection.execute(
            sa.update(outbox)
            .where(outbox.c.id == int(text))
            .values(state=state.value, due=self._now, attempts=0)
        )
        self._note("message", text, row.state, state.value)
        return state.value

    def _mail(self, text: str) -> tuple[int, str]:
        digits = text.removeprefix("M")
        row = None
        if digits.isdigit():
            chosen = sa.select(mails.c.id, mails.c.state).where(mails.c.id == int(digits))
            row = self._connection.execute(chosen).first()
        if row is None:
            raise Refusal(f"mail {text}: there is none: see `mailflow list mails`")
        return int(row.id), str(row.state)

    def _order(self, number: str) -> str:
        newest = orders.c.revision.desc()
        chosen = sa.select(orders.c.state).where(orders.c.number == number).order_by(newest)
        row = self._connection.execute(chosen).first()
        if row is None:
            raise Refusal(f"order {number}: there is none: see `mailflow list orders`")
        return str(row.state)

    def _set_order(self, number: str, before: str, after: str) -> None:
        self._connection.execute(
            sa.update(orders).where(orders.c.number == number).values(state=after)
        )
        self._note("order", number, before, after)
        self._close_cases("order", number)

    def _close_cases(self, kind: str, subject_id: str) -> None:
        open_ones = sa.select(cases.c.number).where(
            cases.c.kind == kind, cases.c.subject_id == subject_id, cases.c.state == "open"
        )
        for number in self._connection.execute(open_ones).scalars().all():
            self._connection.execute(
                sa.update(cases).where(cases.c.number == number).values(state="closed")
            )
            self._note("case", number, "open", "closed")

    def _note(self, kind: str, subject_id: object, before: str, after: str) -> None:
        states = (before, after)
        self._database.note(self._connection, kind, subject_id, states, self._reason, self._now)
