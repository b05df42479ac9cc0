"""A database that was put back does not know the mails since: they are taken in from where they were
filed away, and known again by their bytes where it does know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mailflow.domain.mail import MailKey
from mailflow.intake import Intake, take_in
from mailflow.ports import Listed, Mailbox


def read_filed_again(intake: Intake, now: datetime) -> None:
    """Once after a database was put back; repeated from its beginning where it was broken off, for
    what was taken in stays known. Raises what `take_in` raises."""
    store = intake.store
    since = store.reread_since()
    if since is None:
        return
    for mailbox in intake.mailbox.outcomes():
        try:
            recent = _Since(mailbox, since)
            take_in(replace(intake, mailbox=recent), now)
            # They lie where they belong already.
            store.journal.filed(recent.shown, now)
        finally:
            mailbox.close()
    store.has_reread(now)


class _Since:
    """A mailbox that shows what came at or after an instant, and of which nothing is filed away."""

    def __init__(self, mailbox: Mailbox, since: datetime) -> None:
        self.shown: list[MailKey] = []
        self._since = since
        self.account, self.folder = mailbox.account, mailbox.folder
        self.uidvalidity, self.fetch = mailbox.uidvalidity, mailbox.fetch
        self.heads = mailbox.heads
        self.file_away, self.wait = mailbox.file_away, mailbox.wait
        self.ring, self.close = mailbox.ring, mailbox.close
        self.outcomes, self._listing = mailbox.outcomes, mailbox.listing

    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]:
        recent = [m for m in self._listing(known, now) if m.received >= self._since]
        self.shown += (mail.key for mail in recent)
        return recent
