"""Statements of account go out by themselves when a month is over, each once."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from mailflow.desk.statements import statement_letter
from mailflow.domain.effect import Post
from mailflow.domain.register import Customer
from mailflow.domain.statement_clock import statements_due
from mailflow.performing import Office, once_prepared, perform

MOST_AT_ONCE = 50
"""Distributors a pass: orders that come meanwhile are not kept waiting for all of them."""
ALL = "statements"


def send_statements(office: Office, now: datetime) -> int:
    """How many were queued. Nothing where the house has not said on which day.

    Who was down catches up with the last month. Of a month that the ledger does not hold, since the
    house opened after it, there is nothing to tell.
    """
    house, records = office.house, office.store.records
    due = statements_due(house.statements, house.workdays, now) if house.statements else None
    if due is None or records.is_done(ALL, f"{due.period:%Y-%m}"):
        return 0
    period = f"{due.period:%Y-%m}"
    customers = office.store.register().customers
    waiting = [c for c in customers if not records.is_done(_job(c), period)]
    queued = 0
    for customer in waiting[:MOST_AT_ONCE]:
        queued += once_prepared(partial(_sent, customer, due.period, office, now), b"", office)
    if len(waiting) <= MOST_AT_ONCE:
        with office.store.begin(now) as work:
            work.take_job(ALL, period)
    return queued


def _job(customer: Customer) -> str:
    return f"statement:{customer.code}"


def _sent(customer: Customer, period: date, office: Office, now: datetime) -> bool:
    """To the distributor, a copy to its manager; to the manager where it has no address."""
    with office.store.begin(now) as work:
        if not work.take_job(_job(customer), f"{period:%Y-%m}"):
            return False
        statement = work.statement(customer, period)
        if statement.is_empty:
            return False
        manager = customer.regional_manager
        to, cc = ((customer.email,), (manager,)) if customer.email else ((manager,), ())
        letter = statement_letter(statement, to, office.house.language, cc=cc)
        perform((Post(letter),), work, office, now)
    return True
