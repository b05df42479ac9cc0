"""What is dealt with goes to the folder of its outcome; nothing depends on it."""

from __future__ import annotations

from datetime import datetime

from mailflow.domain import failpoint
from mailflow.domain.mail import MailKey, MailState
from mailflow.ports import Mailbox, Store

MOST_AT_ONCE = 500


def file_away(mailbox: Mailbox, store: Store, now: datetime) -> int:
    """Move settled mails to the folder of their outcome; cosmetic, nothing depends on it."""
    outcomes: dict[MailState, list[MailKey]] = {}
    for key, state in store.journal.unfiled(limit=MOST_AT_ONCE):
        if (key.account, key.folder) == (mailbox.account, mailbox.folder):
            outcomes.setdefault(state, []).append(key)
    moved: list[MailKey] = []
    for state, keys in outcomes.items():
        mailbox.file_away(keys, state)
        moved += keys
    if moved:
        store.journal.filed(moved, now)
        failpoint.reached("file-away.recorded")
    return len(moved)
