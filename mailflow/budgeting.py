"""Whoever looks after a region hears once a month that most of its budget is used."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailflow.desk.budgets import effects_of_warning
from mailflow.domain.budget import BudgetUse, uses
from mailflow.domain.facts import booking_month
from mailflow.domain.kept_inventory import month_after
from mailflow.performing import Office, perform

LOOKED_BACK = timedelta(days=5)
"""A mail that came before the cut-off may be dealt with some days after it."""


def warn_of_budgets(office: Office, now: datetime) -> int:
    """How many regions were told of. What was given back and is used again is not told twice."""
    register, records = office.store.register(), office.store.records
    if not register.budgets:
        return 0
    day = now.astimezone(office.house.zone).date()
    told = 0
    cut_off = office.house.cut_off
    days = (day - LOOKED_BACK, day)
    for month in sorted({booking_month(each, cut_off) for each in days}):
        for use in uses(register.budgets, records.used(month), month):
            if use.is_warned and not records.is_done(_job(use), f"{month:%Y-%m}"):
                told += _warned(use, office, now)
    return told


def _job(use: BudgetUse) -> str:
    return f"budget:{use.region}"


def _warned(use: BudgetUse, office: Office, now: datetime) -> bool:
    spent = office.store.records.spent(use.month, month_after(use.month))
    with office.store.begin(now) as work:
        if not work.take_job(_job(use), f"{use.month:%Y-%m}"):
            return False
        effects = effects_of_warning(use, spent, office.store.register(), office.house.language)
        perform(effects, work, office, now)
    return True
