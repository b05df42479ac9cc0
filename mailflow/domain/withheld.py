"""A mail that the mailbox shows and does not give up is asked for again, ever more seldom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.domain.mail import MailKey
from mailflow.domain.value import dataclass

SHOWN_AFTER = 3
"""Polls that ask for a mail in vain before a person hears of it (reliability I11)."""

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Withheld:
    """`polls` in which it was asked for in vain; 0 where it was only among those asked for when
    the server broke off. It is left alone until `due`."""

    key: MailKey
    size: int
    received: datetime
    due: datetime
    polls: int = 0

    def refused(self, now: datetime) -> Withheld:
        """After one more poll in vain: asked for at each of the first, then with longer waits."""
        polls = self.polls + 1
        wait = timedelta(0)
        if polls >= SHOWN_AFTER:
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(polls - SHOWN_AFTER, 10))
        return replace(self, polls=polls, due=now + wait)
