"""What is over by its term is deleted once a day, a little in each pass: nobody waits for it."""

from __future__ import annotations

import json
from datetime import datetime

from mailflow.domain import failpoint
from mailflow.domain.retention import OldMail, Terms
from mailflow.log import get_logger
from mailflow.performing import Office
from mailflow.ports import Spool

log = get_logger()

JOB = "retention"
MAILS, LETTERS = 20, 100
"""Of each in one transaction: others write soon after."""
STEPS = 5
"""Transactions a pass."""


def delete_what_is_over(office: Office, spool: Spool, now: datetime) -> int:
    """How many mails and letters. Raw bytes go within the transaction that says so: killed in between it
    is done again, and ends the same."""
    terms, store = office.house.terms, office.store
    if terms == Terms():
        return 0
    day = now.astimezone(office.house.zone).date().isoformat()
    # What is put back after a loss may be needed again, until a person has said that all is well.
    if store.records.is_done(JOB, day) or store.shelf.held() or store.reread_since():
        return 0
    deleted = 0
    for _ in range(STEPS):
        some = _some(office, spool, now)
        deleted += some
        if not some:
            with store.begin(now) as work:
                work.take_job(JOB, day)
            break
    if deleted:
        store.overwrite_deleted()
        log.info("over by their terms, and deleted", mails_and_letters=deleted)
    return deleted


def _some(office: Office, spool: Spool, now: datetime) -> int:
    terms, done = office.house.terms, 0
    with office.store.begin(now) as work:
        if before := terms.mails_before(now):
            for old in work.retention.old_mails(before, MAILS):
                spool.forget(old.sha256, _note(old, terms))
                work.retention.forget_mail(old)
                done += 1
        if before := terms.letters_before(now):
            done += work.retention.forget_letters(before, LETTERS)
        failpoint.reached("retention.deleted")
    return done


def _note(old: OldMail, terms: Terms) -> bytes:
    """What stands where the bytes were; the same at each try."""
    told = {
        "deleted": "mail",
        "mail": f"M{old.id}",
        "sha256": old.sha256,
        "received": old.received.isoformat(),
        "mails_days": terms.mails_days,
    }
    return json.dumps(told).encode() + b"\n"
