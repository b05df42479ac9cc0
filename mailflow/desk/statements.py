"""Statements of account: who may have one, and the letter it goes in."""

from __future__ import annotations

from mailflow.domain.facts import Sender
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.register import Customer, Role
from mailflow.domain.statement import Statement, StatementFile, StatementNotice

OF_A_REGION = (Role.SALES_ADMIN, Role.FINANCE)


def may_have(sender: Sender, customer: Customer) -> bool:
    """The distributor itself, the manager whom the register names, admins and finance of its region."""
    address = (sender.address or "").casefold()
    if any(c.code == customer.code for c in sender.customers):
        return True
    if address and address == customer.regional_manager.casefold():
        return True
    return any(
        p.role in OF_A_REGION and (not p.regions or customer.region in p.regions)
        for p in sender.people
    )


def statement_letter(
    statement: Statement,
    to: tuple[str, ...],
    language: str,
    *,
    cc: tuple[str, ...] = (),
    asked: tuple[int, str, Thread] | None = None,
) -> Letter:
    """`asked`: the mail that wants it, its subject and thread; None where it comes by itself."""
    mail_id, subject, thread = asked if asked else (None, "", None)
    number = statement.number
    return Letter(
        notice=StatementNotice(statement, subject),
        to=to,
        cc=cc,
        subject_id=f"{number}-M{mail_id}" if mail_id else number,
        about=number,
        language=language,
        thread=thread,
        enclosures=(StatementFile(statement, language),),
        mail_id=mail_id,
    )
