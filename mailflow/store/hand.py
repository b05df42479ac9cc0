"""What an operator does by hand: each act has a reason, is noted, and is safe to repeat."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.domain.mail import Aside, MailState
from mailflow.domain.message import MessageState
from mailflow.domain.order import IN_BOOKS, OrderState, list_number, supply_number
from mailflow.domain.sender_proof import UNACKNOWLEDGED
from mailflow.ports import Refusal
from mailflow.store.announcements_by_hand import assert_not_out
from mailflow.store.asked import supersede
from mailflow.store.calls import withdraw_calls_of_mail
from mailflow.store.connection import Pen
from mailflow.store.consumer_hand import drop_list, refuse_deleted, refuse_former_agent, refuse_redo
from mailflow.store.hand_rows import AnyRow, HandRows
from mailflow.store.hand_things import OF_THINGS
from mailflow.store.inventories import withdraw_of_mail
from mailflow.store.samples import recount
from mailflow.store.sender_proofs import acknowledge, void_proof
from mailflow.store.shelf import DUE
from mailflow.store.shipments import shipped_of
from mailflow.store.tables import cases, orders
from mailflow.store.tables_outbox import outbox
from mailflow.store.waiting_cases import UNSETTLED, open_case, unread_case

WAITED = (MailState.FAILED.value, MailState.REVIEW.value, MailState.HELD.value)
TERM = {"mail": "mails_days", "message": "letters_days"}
ANEW = {
    "mail": "have its sender send it again",
    "message": "nothing of it is left to be sent",
}
Wish = tuple[str, str, str]


def act(pen: Pen, wish: Wish, reason: str) -> str:
    """Carry out (verb, kind, id); returns the new state. Raises `Refusal` with the way out.

    What is done to a case is done to what it is about. To release an order takes letters, so it
    is no act of the store's.
    """
    verb, kind, subject_id = wish
    if kind == "case":
        kind, subject_id = _matter_of(pen, subject_id)
    hand = _Hand(pen, reason)
    deeds = {
        ("redo", "mail"): hand.redo_mail,
        ("hold", "mail"): hand.hold_mail,
        ("release", "mail"): hand.release_mail,
        ("close", "mail"): hand.close_mail,
        ("hold", "order"): hand.hold_order,
        ("close", "order"): hand.close_order,
        ("hold", "message"): hand.hold_message,
        ("release", "message"): hand.release_message,
        ("close", "message"): hand.hold_message,
    }
    if of_thing := OF_THINGS.get((verb, kind)):
        return of_thing(pen, subject_id, reason)
    deed = deeds.get((verb, kind))
    if deed is None:
        can = ", ".join(f"{v} {k}" for v, k in (*deeds, *OF_THINGS))
        raise Refusal(
            f"{verb} {kind}: not possible: possible are {can}, release order, close consumers, close case of a request"
        )
    return deed(subject_id)


def _matter_of(pen: Pen, number: str) -> tuple[str, str]:
    chosen = sa.select(cases.c.kind, cases.c.subject_id).where(cases.c.number == number)
    row = pen.connection.execute(chosen).first()
    if row is None:
        raise Refusal(f"case {number}: there is none: see `mailflow list cases`")
    return str(row.kind), str(row.subject_id)


class _Hand(HandRows):
    def redo_mail(self, text: str) -> str:
        """Read and judge a mail anew; refused where goods of it were already booked."""
        mail = self._mail(text)
        if mail.sha256 is None:
            raise Refusal(f"mail {text} was never fetched ({mail.reason}): look in the mailbox")
        _refuse_over("mail", text, mail)
        refuse_redo(self._pen, mail.id)
        mine = self._orders_of(mail)
        self._assert_newest(text, mail)
        assert_not_out(self._pen.connection, mail.id)
        for order in mine:
            if order.state in IN_BOOKS:
                raise Refusal(
                    f"mail {text}: order {order.number} of it is booked and its list sent: "
                    f"`mailflow close order {order.number} --reason …` first, and tell the "
                    "warehouse"
                )
        void_proof(self._pen, mail.id, self._reason)
        anew = {"attempts": 0, "settled": None, "redone": mail.redone + 1}
        self._set_mail(mail, MailState.WAITING, "redo", **anew)
        # A new reading makes new revisions; what the old one said stays as closed.
        for order in mine:
            self._close(order)
        withdraw_of_mail(self._pen, mail.id, self._reason)
        gone = withdraw_calls_of_mail(self._pen, mail.id, self._reason)
        recount(self._pen, gone, self._reason)
        drop_list(self._pen, mail.id, self._reason)
        self._close_cases("mail", mail.id)
        return MailState.WAITING.value

    def _assert_newest(self, text: str, mail: AnyRow) -> None:
        """Read anew, it would go before what corrected it."""
        later = orders.alias()
        chosen = (
            sa.select(later.c.number, later.c.mail_id)
            .join(orders, orders.c.number == later.c.number)
            .where(orders.c.mail_id == mail.id, later.c.mail_id != mail.id)
            .where(later.c.revision > orders.c.revision)
        )
        if row := self._pen.connection.execute(chosen.limit(1)).first():
            raise Refusal(
                f"mail {text}: order {row.number} of it was corrected by mail {row.mail_id} since: "
                f"`mailflow redo {row.mail_id} --reason …` reads that one anew"
            )

    def hold_mail(self, text: str) -> str:
        mail = self._mail(text)
        if mail.state == MailState.WAITING.value:
            open_case(self._pen, unread_case(mail.id, Aside.HELD.value, self._pen.now))
        elif not _is_held_by_hand(mail):
            raise Refusal(
                f"mail {text} is {mail.state}: only one that waits can be held: "
                f"`mailflow show mail {text}` tells its orders and messages: hold those"
            )
        return self._set_mail(mail, MailState.HELD, Aside.HELD.value, holder=0)

    def release_mail(self, text: str) -> str:
        mail = self._mail(text)
        if (mail.state, mail.reason) == (MailState.REVIEW.value, UNACKNOWLEDGED):
            self._close_cases("mail", mail.id)
            acknowledge(self._pen, mail.id, self._reason)
            return MailState.WAITING.value
        if mail.state != MailState.WAITING.value and not _is_held_by_hand(mail):
            waiting = [o.number for o in self._orders_of(mail) if o.state in UNSETTLED]
            way = f"release order {waiting[0]}" if waiting else f"redo {text}"
            raise Refusal(
                f"mail {text} is {mail.state}, but nobody holds it: `mailflow {way} --reason …`"
            )
        self._close_cases("mail", mail.id)
        return self._set_mail(mail, MailState.WAITING, "released")

    def close_mail(self, text: str) -> str:
        """Unread it is ignored; where it waited on a person it is done, and so are its orders."""
        mail = self._mail(text)
        void_proof(self._pen, mail.id, self._reason)
        if mail.settled is None:
            state = self._set_mail(mail, MailState.IGNORED, "closed", settled=self._pen.now)
        elif mail.state in WAITED:
            state = self._set_mail(mail, MailState.DONE, "closed")
        else:
            state = self._set_mail(mail, MailState(mail.state), mail.reason)
        for order in self._orders_of(mail):
            if order.state in UNSETTLED:
                self._close(order)
        self._close_cases("mail", mail.id)
        return state

    def hold_order(self, text: str) -> str:
        order = self._order(text)
        if order.state not in UNSETTLED:
            raise Refusal(
                f"order {text} is {order.state}: only one that is in review or held can be held"
            )
        # What a person holds no answer by mail lets go.
        supersede(self._pen, str(order.number), self._reason)
        return self._set_order(order, OrderState.HELD)

    def close_order(self, text: str) -> str:
        """No goods move: a dispatch list that has not left stays here."""
        order = self._order(text)
        gone = sum(shipped_of(self._pen.connection, order.number).values())
        # A change that waits moves no goods, whatever has left of what it changes.
        if gone and order.state not in UNSETTLED:
            raise Refusal(
                f"order {text}: {gone} tins of it have left and are owed for: where that is not so "
                "the warehouse sends its list once more, corrected; for the rest its manager "
                "sends the order once more as it was shipped"
            )
        unsent = sa.select(outbox.c.id, outbox.c.state).where(
            outbox.c.goods,
            sa.or_(
                outbox.c.subject_id == list_number(order.number),
                outbox.c.subject_id.startswith(
                    supply_number(order.number, 0)[:-1], autoescape=True
                ),
            ),
            outbox.c.revision == order.revision,
            outbox.c.state.in_(DUE),
        )
        for row in self._pen.connection.execute(unsent.with_for_update()).all():
            self._set_message(row, MessageState.SUPPRESSED)
        closed = self._close(order)
        left = self._order(text)
        if left.state == OrderState.CLOSED.value:
            self._close_cases("order", list_number(order.number))  # no truck of it is late any more
            return closed
        # A change was closed that nobody had approved; what it changes is as it was.
        return f"{closed}: revision {order.revision}; revision {left.revision} is {left.state}"

    def hold_message(self, text: str) -> str:
        return self._set_message(self._message(text), MessageState.SUPPRESSED)

    def release_message(self, text: str) -> str:
        row = self._message(text)
        _refuse_over("message", text, row)
        if row.mail_id is not None:
            refuse_deleted(self._pen, "message", text, row.mail_id)
        refuse_former_agent(self._pen, row)
        return self._set_message(row, MessageState.READY)


def _refuse_over(kind: str, text: str, row: AnyRow) -> None:
    if row.deleted is not None:
        raise Refusal(
            f"{kind} {text}: it was deleted on {row.deleted:%Y-%m-%d}, as keep.{TERM[kind]} says: "
            f"{ANEW[kind]}"
        )


def _is_held_by_hand(mail: AnyRow) -> bool:
    """A mail that is held for its orders is settled; this one stays where it lies meanwhile."""
    return mail.state == MailState.HELD.value and mail.settled is None
