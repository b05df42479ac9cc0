"""Mails come into the house: spooled, fsynced and committed before the mailbox is touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailflow.domain import failpoint
from mailflow.domain.mail import Aside, MailKey
from mailflow.ports import Arrival, Listed, Mailbox, Spool, Store

BATCH = 50
"""Mails fetched and committed together; a crash fetches at most this many again."""


class NoRoom(Exception):
    """The disk is too full to take a mail in; it stays on the server until there is room."""


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """`since`: older mails are recorded as ignored; `largest` in bytes, by what the server says
    and again by what really comes."""

    since: datetime
    largest: int


def take_in(
    mailbox: Mailbox, store: Store, spool: Spool, limits: IntakeLimits, now: datetime
) -> int:
    """Record every mail that the mailbox shows and we do not know; how many were spooled.

    Raises `NoRoom` after what fitted has been recorded.
    """
    validity = mailbox.uidvalidity()
    known = store.journal.known(mailbox.account, mailbox.folder, validity)
    fresh = mailbox.listing(known, now)
    left, wanted = _sorted_out(fresh, limits)
    if left:
        store.journal.record(left, now)
    taken = 0
    for batch in _batches(wanted):
        arrivals = list(_spooled(mailbox, spool, batch, limits))
        failpoint.reached("intake.spooled")
        store.journal.record(arrivals, now)
        failpoint.reached("intake.recorded")
        taken += len(arrivals)
    store.journal.completed_poll(now)
    return taken


def _sorted_out(
    fresh: Sequence[Listed], limits: IntakeLimits
) -> tuple[list[Arrival], list[Listed]]:
    left, wanted = [], []
    for mail in fresh:
        if mail.received < limits.since:
            left.append(Arrival(mail.key, mail.received, mail.size, None, "before-start"))
        elif mail.size > limits.largest:
            left.append(Arrival(mail.key, mail.received, mail.size, None, Aside.TOO_LARGE))
        else:
            wanted.append(mail)
    return left, wanted


def _batches(wanted: Sequence[Listed]) -> Iterator[Sequence[Listed]]:
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]


def _spooled(
    mailbox: Mailbox, spool: Spool, batch: Sequence[Listed], limits: IntakeLimits
) -> Iterator[Arrival]:
    by_key = {mail.key: mail for mail in batch}
    if not spool.has_room(sum(mail.size for mail in batch)):
        raise NoRoom("the disk of the spool is nearly full: free space; mails wait on the server")
    for key, raw in mailbox.fetch([mail.key for mail in batch]):
        mail = by_key[key]
        if len(raw) > limits.largest:
            # Some servers only estimate sizes (reliability D11).
            yield Arrival(key, mail.received, len(raw), None, Aside.TOO_LARGE)
        else:
            yield Arrival(key, mail.received, len(raw), spool.put(raw))


def file_away(mailbox: Mailbox, store: Store, now: datetime) -> int:
    """Move settled mails to the folder of their outcome; cosmetic, nothing depends on it."""
    moved: list[MailKey] = []
    for key, state in store.journal.unfiled(limit=500):
        if (key.account, key.folder) == (mailbox.account, mailbox.folder):
            mailbox.file_away(key, state)
            moved.append(key)
    if moved:
        store.journal.filed(moved, now)
        failpoint.reached("file-away.recorded")
    return len(moved)
