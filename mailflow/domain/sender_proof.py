"""A mail that nothing proves to be its sender's is acknowledged by a code mailed to the registered address.

Level B of reliability 2.9: whoever can read that mailbox has written the mail, or says that he has not.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

NUMBER = "QR"
"""Begins the number of what is asked: 确认."""
UNACKNOWLEDGED = "sender-unproven"
"""Why a mail waits whose sender has not said yet that it is his."""


class ProofVerdict(StrEnum):
    """What the letter says."""

    ASKED = "asked"
    UNCLEAR = "unclear"
    """One word is needed, and more or none stands there."""
    LATE = "late"
    """The code holds no more; the mail is with a person."""


def proof_number(mail_id: int, day: date) -> str:
    """`day` in the business zone, on which the mail came."""
    return f"{NUMBER}{day:%y%m%d}-{mail_id:04d}"


def asks_for_proof(number: str) -> bool:
    return number.startswith(NUMBER)
