"""How far the month's reports are, for whoever of the desk asks: each sees his own distributors."""

from __future__ import annotations

from mailflow.domain.facts import Sender
from mailflow.domain.mail import Thread
from mailflow.domain.month_grid import MonthGrid
from mailflow.domain.notice import Letter
from mailflow.domain.notice_month import GridFile, MonthGridNotice
from mailflow.domain.register import Customer, Person, Register, Role

OF_ALL = (Role.MARKETING_GM, Role.MARKETING_ASSISTANT)


def seen_by(sender: Sender, register: Register) -> tuple[Customer, ...]:
    """Marketing: all, of its regions where it has any; a sales admin: of the regions that lie with
    him; a manager: whose register line names him. Nobody else sees any."""
    address = (sender.address or "").casefold()
    return tuple(
        customer
        for customer in register.customers
        if any(_sees(person, customer, address, register) for person in sender.people)
    )


def _sees(person: Person, customer: Customer, address: str, register: Register) -> bool:
    if person.role is Role.REGIONAL_MANAGER:
        return customer.regional_manager.casefold() == address
    if person.role is Role.SALES_ADMIN:
        return person in register.people(Role.SALES_ADMIN, customer.region)
    return person.role in OF_ALL and (not person.regions or customer.region in person.regions)


def grid_letter(grid: MonthGrid, asked: tuple[int, str, Thread], to: str, language: str) -> Letter:
    """`asked`: the mail that wants it, its subject and thread."""
    mail_id, subject, thread = asked
    return Letter(
        notice=MonthGridNotice(grid, subject),
        to=(to,),
        subject_id=f"M{mail_id}-grid",
        about=f"M{mail_id}",
        language=language,
        thread=thread,
        enclosures=(GridFile(grid, language),),
        mail_id=mail_id,
    )
