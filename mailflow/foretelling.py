"""What is to come for whoever asks where things stand: prices of those he orders for, budgets of their regions,
tables that wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.desk.release import name_of
from mailflow.domain.access import customers_open, may
from mailflow.domain.access_table import Action
from mailflow.domain.coming import Coming, ComingRegister, coming_budgets, coming_prices
from mailflow.domain.facts import Facts
from mailflow.domain.master import MasterKind
from mailflow.domain.register import regions_of
from mailflow.ports import Work
from mailflow.rules.table_said import ACTIONS

PRICED = (Action.ORDER, Action.CHANGE_PRICES)
"""Who hears what somebody pays: whoever orders for him, and who makes the prices."""

BUDGETED = (Action.ORDER, Action.RELEASE_EXPENSE)
"""Who of the staff hears what regions may order as expense goods: whoever orders in them, and who lets
more of it go. The distributors do not: a budget is the house's own."""


def coming_for(facts: Facts, work: Work) -> Coming:
    """A table that waits is told to whoever mailed it and to those who could have."""
    mine = customers_open(facts.sender, PRICED, facts.register)
    staff = replace(facts.sender, customers=())
    budgeted = regions_of(customers_open(staff, BUDGETED, facts.register))
    return Coming(
        prices=coming_prices(facts.register, mine, facts.business_day),
        registers=tuple(_registers(facts, work)),
        budgets=coming_budgets(facts.register.budgets, budgeted, facts.month),
    )


def _registers(facts: Facts, work: Work) -> Iterator[ComingRegister]:
    address = (facts.sender.address or "").casefold()
    for each in work.registers.waiting():
        is_mine = bool(address) and each.by.casefold() == address
        if is_mine or may(facts.sender, ACTIONS[MasterKind(each.kind)]):
            yield replace(each, by=name_of(each.by, facts.register), is_mine=is_mine)
