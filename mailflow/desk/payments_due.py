"""Each manager and each distributor hears what is still to be paid, in one letter a person (S6)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mailflow.desk.reports_due import askings
from mailflow.domain.effect import Effect, Post
from mailflow.domain.month_clock import PaymentsDue
from mailflow.domain.notice import Letter
from mailflow.domain.notice_payments import Debt, PaymentsDueNotice
from mailflow.domain.register import Customer, Register
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Payer:
    """An address that is asked for money, and for which distributors. `language` is empty where the
    register says none."""

    address: str
    language: str
    customers: tuple[Customer, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(customer.code for customer in self.customers)


def payers(register: Register) -> tuple[Payer, ...]:
    """Managers with all of theirs, and distributors with themselves; who is both is one."""
    found: dict[str, Payer] = {}
    for asking in askings(register):
        person = asking.person
        payer = Payer(person.email, person.language or "", asking.customers)
        found[person.email.casefold()] = payer
    for customer in register.customers:
        key = customer.email.casefold()
        if not key:
            continue
        known = found.get(key, Payer(customer.email, "", ()))
        mine = dict.fromkeys((*known.customers, customer))
        found[key] = Payer(known.address, known.language, tuple(mine))
    return tuple(found.values())


def effects_of_debts(
    payer: Payer, due: PaymentsDue, owed: Mapping[str, Decimal], language: str
) -> tuple[Effect, ...]:
    """Nothing where nothing is owed. The largest amount is on top."""
    debts = [Debt(c, owed[c.code]) for c in payer.customers if c.code in owed]
    if not debts:
        return ()
    debts.sort(key=lambda debt: (-debt.amount, debt.customer.code))
    notice = PaymentsDueNotice(month=due.month, due=due.due, day=due.day, debts=tuple(debts))
    letter = Letter(
        notice=notice,
        to=(payer.address,),
        subject_id=f"payments-{due.month:%Y%m}-{due.day:%m%d}",
        language=payer.language or language,
    )
    return (Post(letter),)
