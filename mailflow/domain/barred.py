"""Whom a letter is kept from, and the case that this is."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from mailflow.domain.access import looks_after_consumers
from mailflow.domain.audience import Audience, Content
from mailflow.domain.case import Case
from mailflow.domain.finding import Asked
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass


class Barred(StrEnum):
    """Why somebody does not get a letter; the reason of its case."""

    UNKNOWN = "letter-stopped:unknown"
    """In no register, or no address at all."""
    OURSELVES = "letter-stopped:ourselves"
    AUDIENCE = "letter-stopped:audience"
    """Internal, or about another distributor."""
    PERSONAL = "letter-stopped:personal"


def barred(address: str, content: Content, register: Register) -> Barred | None:
    """Why a person may not have it; None where he may.

    An address of a staff line is staff, also where a distributor has the same one: it is the
    staff register that says who belongs to the house.
    """
    if content.audience is Audience.PERSONAL:
        may = content.region is not None and looks_after_consumers(
            address, content.region, register
        )
        return None if may else Barred.PERSONAL
    if register.person(address):
        return None
    codes = {customer.code for customer in register.customers_of(address)}
    if not codes:
        return Barred.UNKNOWN
    is_theirs = content.audience is not Audience.INTERNAL and codes.issuperset(content.about)
    return None if is_theirs else Barred.AUDIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A letter that was not queued for one of those it was written to."""

    notice: str
    subject_id: str
    revision: int
    recipient: str
    why: Barred
    mail_id: int | None = None

    @property
    def number(self) -> str:
        """`LJ-5f0c…`: the same for the same letter and person."""
        key = "\n".join((self.notice, self.subject_id, str(self.revision), self.recipient))
        return f"LJ-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:10]}"


KIND = "letter"


def case_of_stopped(stopped: Stopped, since: datetime) -> Case:
    """Every sales admin's: that a letter had somebody on it who may not have it is our mistake, or
    the register's."""
    return Case(
        number=stopped.number,
        kind=KIND,
        subject_id=stopped.number,
        waits_on=Asked.SALES_ADMIN,
        region="",
        reason=stopped.why.value,
        since=since,
    )
