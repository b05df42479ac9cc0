"""Who owes money is reminded before the day it is due and on it, each time once."""

from __future__ import annotations

from datetime import datetime

from mailflow.desk.payments_due import Payer, effects_of_debts, payers
from mailflow.domain import failpoint
from mailflow.domain.kept_inventory import month_after
from mailflow.domain.month_clock import PaymentsDue, payments_due
from mailflow.performing import Office, perform


def remind_of_payments(office: Office, now: datetime) -> int:
    """How many letters were queued. Nothing where the house has not said on which days.

    Who was down catches up with the last letter that was due; a house that opened after a month's
    day leaves that month alone. Who owes nothing in this moment is not asked later, either.
    """
    house, records = office.house, office.store.records
    due = payments_due(house.payments, house.workdays, now) if house.payments else None
    if due is None or records.is_done(_job(due), f"{due.month:%Y-%m}"):
        return 0
    if office.store.first_start(now).astimezone(house.zone).date() > due.due:
        return 0
    register = office.store.register()
    codes = [customer.code for customer in register.customers]
    owing = records.open_amounts(codes, month_after(due.month))
    every = [payer for payer in payers(register) if not owing.keys().isdisjoint(payer.codes)]
    queued = sum(_reminded(payer, due, office, now) for payer in every)
    with office.store.begin(now) as work:
        work.take_job(_job(due), f"{due.month:%Y-%m}")
    return queued


def _job(due: PaymentsDue) -> str:
    return "payments-day" if due.is_over else "payments-before"


def _reminded(payer: Payer, due: PaymentsDue, office: Office, now: datetime) -> bool:
    job, period = f"{_job(due)}:{payer.address.casefold()}", f"{due.month:%Y-%m}"
    with office.store.begin(now) as work:
        owed = work.open_amounts(payer.codes, month_after(due.month))
        effects = effects_of_debts(payer, due, owed, office.house.language)
        if not effects or not work.take_job(job, period):
            return False
        perform(effects, work, office, now)
        failpoint.reached("reminder.queued")
    return True
