"""Cases: what waits on a person is opened and closed here, whoever found it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.case import Case, case_of_mail
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState
from mailflow.domain.matter import Overdue
from mailflow.domain.order import OrderState, list_number
from mailflow.store.asked import supersede
from mailflow.store.connection import Pen
from mailflow.store.tables import cases, mails, orders

BY_NUMBER = cases.c.number == sa.bindparam("of")
STATE = sa.select(cases.c.state).where(BY_NUMBER)
OPEN = sa.insert(cases)
OPEN_AGAIN = sa.update(cases).where(BY_NUMBER)
CLOSE = (
    sa.update(cases)
    .where(
        cases.c.kind == sa.bindparam("of_kind"),
        cases.c.subject_id == sa.bindparam("of"),
        cases.c.state == "open",
    )
    .values(state="closed")
    .returning(cases.c.number)
)
CLOSE_ONE = sa.update(cases).where(BY_NUMBER, cases.c.state == "open").values(state="closed")
OPEN_FOR = (
    sa.select(cases.c.number)
    .where(cases.c.reason == sa.bindparam("why"), cases.c.state == "open")
    .order_by(cases.c.id)
)
UNSETTLED = (OrderState.HELD.value, OrderState.REVIEW.value)
OPEN_CASE_OF = sa.select(cases.c.id).where(
    cases.c.kind == "mail", cases.c.subject_id == sa.bindparam("mail"), cases.c.state == "open"
)


def unread_case(mail_id: int, reason: str, since: datetime) -> Case:
    """The case of a mail that a person has to look at before anybody can tell whose it is."""
    return case_of_mail(mail_id, (reason, Asked.SALES_ADMIN), since)


def open_case(pen: Pen, case: Case) -> None:
    """A matter that comes back waits again under the number it had."""
    values = {
        "kind": case.kind,
        "subject_id": case.subject_id,
        "waits_on": case.waits_on.value,
        "region": case.region,
        "reason": case.reason,
        "since": case.since,
        "state": case.state,
    }
    before = pen.connection.execute(STATE, {"of": case.number}).scalar()
    if before is None:
        pen.connection.execute(OPEN, {"number": case.number, **values})
    else:
        pen.connection.execute(OPEN_AGAIN, {"of": case.number, **values})
    pen.note("case", case.number, (before or "", case.state), case.reason)


def pass_on(pen: Pen, thing: tuple[str, str], waits_on: Asked) -> None:
    """The case that bears the thing's own number waits on somebody else from now on."""
    kind, number = thing
    change = sa.update(cases).where(
        cases.c.kind == kind, cases.c.number == number, cases.c.state == "open"
    )
    if pen.connection.execute(change.values(waits_on=waits_on.value)).rowcount:
        pen.note("case", number, ("open", "open"), f"waits on {waits_on.value}")


def relocate(pen: Pen, order: str, region: str) -> None:
    """The open cases of an order, and of its list, are those of another region from now on."""
    subjects = (order, list_number(order))
    mine = (cases.c.kind == "order", cases.c.subject_id.in_(subjects), cases.c.state == "open")
    numbers = pen.connection.execute(sa.select(cases.c.number).where(*mine)).scalars().all()
    pen.connection.execute(sa.update(cases).where(*mine).values(region=region))
    for number in numbers:
        pen.note("case", number, ("open", "open"), f"region {region}")


def escalate(pen: Pen, thing: tuple[str, str], reason: str) -> None:
    """The case that bears the thing's own number is everybody's from now on; told once."""
    kind, number = thing
    this = (cases.c.kind == kind, cases.c.number == number, cases.c.state == "open")
    row = pen.connection.execute(sa.select(cases.c.reason).where(*this)).first()
    if row is None or Overdue.NOBODY_ANSWERED.value in row.reason.split(","):
        return
    told = ",".join((row.reason, Overdue.NOBODY_ANSWERED.value))
    pen.connection.execute(sa.update(cases).where(*this).values(region="", reason=told))
    pen.note("case", number, ("open", "open"), reason)


def close_cases(pen: Pen, kind: str, subject_id: str, reason: str) -> None:
    """Every open case of one thing; none is no trouble.

    With the last case of a mail the mail has nothing to wait for any more: it is done.
    """
    closed = pen.connection.execute(CLOSE, {"of_kind": kind, "of": subject_id}).scalars().all()
    for number in closed:
        pen.note("case", number, ("open", "closed"), reason)
    if kind == "order":
        # What is still asked of it was decided otherwise, by hand or by mail.
        supersede(pen, subject_id, reason)
    if closed and kind == "order":
        # One mail a revision.
        mail = sa.select(orders.c.mail_id).where(orders.c.number == subject_id).distinct()
        for mail_id in pen.connection.execute(mail).scalars().all():
            _end_of_waiting(pen, int(mail_id), reason)


def settle_mail(pen: Pen, mail_id: str, reason: str) -> None:
    """What a mail waited for was said by another one: nothing waits of it any more."""
    close_cases(pen, "mail", mail_id, reason)
    _end_of_waiting(pen, int(mail_id), reason)


def close_case(pen: Pen, number: str, reason: str) -> None:
    """One case, whatever else waits of the same thing; none is no trouble."""
    if pen.connection.execute(CLOSE_ONE, {"of": number}).rowcount:
        pen.note("case", number, ("open", "closed"), reason)


def cases_for(connection: sa.Connection, reason: str) -> tuple[str, ...]:
    return tuple(connection.execute(OPEN_FOR, {"why": reason}).scalars())


def _end_of_waiting(pen: Pen, mail_id: int, reason: str) -> None:
    waits = (MailState.HELD.value, MailState.REVIEW.value)
    open_orders = sa.select(orders.c.id).where(
        orders.c.mail_id == mail_id, orders.c.state.in_(UNSETTLED)
    )
    if (
        pen.connection.execute(open_orders).first()
        or pen.connection.execute(OPEN_CASE_OF, {"mail": str(mail_id)}).first()
    ):
        return
    known = sa.select(mails.c.state).where(mails.c.id == mail_id, mails.c.state.in_(waits))
    if before := pen.connection.execute(known).scalar():
        done = MailState.DONE.value
        change = {"state": done, "reason": "settled-by-hand"}
        pen.connection.execute(sa.update(mails).where(mails.c.id == mail_id).values(**change))
        pen.note("mail", mail_id, (before, done), reason)
