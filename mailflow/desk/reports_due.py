"""Each manager hears which of his distributors' inventory reports are not in, by name (S6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailflow.desk.people import Desk
from mailflow.domain.effect import Effect, Post
from mailflow.domain.finding import Asked
from mailflow.domain.kept_inventory import InventoryState
from mailflow.domain.month_clock import ReportsDue
from mailflow.domain.notice import Letter
from mailflow.domain.notice_month import Missing, ReportsDueNotice
from mailflow.domain.register import Customer, Person, Register
from mailflow.domain.value import dataclass

Standing = Mapping[tuple[str, date], InventoryState]


@dataclass(frozen=True, slots=True)
class Asking:
    """One who is reminded, and of which distributors."""

    person: Person
    customers: tuple[Customer, ...]


def askings(register: Register) -> tuple[Asking, ...]:
    """Every distributor's manager; where he is not in the staff register, the region's sales admin."""
    found: dict[str, tuple[Person, list[Customer]]] = {}
    for customer in register.customers:
        person = _person(customer, register)
        if person is not None:
            found.setdefault(person.email.casefold(), (person, []))[1].append(customer)
    return tuple(Asking(person, tuple(customers)) for person, customers in found.values())


def _person(customer: Customer, register: Register) -> Person | None:
    managers = register.managers(customer.regional_manager)
    return managers[0] if managers else Desk(register).asked(Asked.SALES_ADMIN, customer.region)


def missing_of_all(register: Register, due: ReportsDue, standing: Standing) -> tuple[Missing, ...]:
    """Whoever they are asked of."""
    return _missing(register.customers, due, standing)


def missing_of(asking: Asking, due: ReportsDue, standing: Standing) -> tuple[Missing, ...]:
    return _missing(asking.customers, due, standing)


def _missing(
    customers: tuple[Customer, ...], due: ReportsDue, standing: Standing
) -> tuple[Missing, ...]:
    states = [(c, standing.get((c.code, due.month))) for c in customers]
    return tuple(
        Missing(customer, state is InventoryState.RETURNED)
        for customer, state in states
        if state is not InventoryState.VALID
    )


def effects_of_missing(
    asking: Asking, due: ReportsDue, standing: Standing, language: str
) -> tuple[Effect, ...]:
    """Nothing where all are in."""
    missing = missing_of(asking, due, standing)
    if not missing:
        return ()
    person = asking.person
    notice = ReportsDueNotice(
        recipient=person, month=due.month, due=due.due, missing=missing, is_late=due.is_late
    )
    letter = Letter(
        notice=notice,
        to=(person.email,),
        subject_id=f"reports-{due.month:%Y%m}-{due.day:%m%d}",
        language=person.language or language,
    )
    return (Post(letter),)
