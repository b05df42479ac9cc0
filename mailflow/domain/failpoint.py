"""Failpoints are named steps at which a test may end the process as a power cut would.

They cost one comparison while disarmed. `MAILFLOW_FAILPOINT=name` or `name:n` arms the n-th pass
of one of them at process start.
"""

from __future__ import annotations

import os
import signal

ALL = (
    "schema.before-commit",
    "epoch.taken",
    "opening.marked",
    "spool.before-write",
    "spool.fsynced",
    "spool.renamed",
    "intake.spooled",
    "intake.recorded",
    "intake.withheld",
    "mails.taken",
    "attempt.begun",
    "deal.claimed",
    "question.put",
    "question.answered",
    "question.voided",
    "mail.acknowledged",
    "stock.taken",
    "shortages.kept",
    "supply.issued",
    "calls.kept",
    "samples.taken",
    "register.proposed",
    "register.applied",
    "papers.kept",
    "letter.stopped",
    "round-trip.sent",
    "announcement.proposed",
    "announcement.made",
    "announcement.confirmed",
    "announcement.ended",
    "request.kept",
    "consumers.kept",
    "consumers.passed",
    "consumers.wanted",
    "consumers.deleted",
    "spool.forgotten",
    "retention.deleted",
    "reminder.queued",
    "shipment.booked",
    "delivery.booked",
    "list.withdrawn",
    "message.bounced",
    "deal.performed",
    "deal.committed",
    "work.before-commit",
    "work.committed",
    "shelf.taken",
    "send.before",
    "smtp.before-dot",
    "smtp.dot-sent",
    "smtp.replied",
    "maildir.written",
    "maildir.renamed",
    "send.accepted",
    "shelf.put-back",
    "file-away.before",
    "file-away.moved",
    "file-away.recorded",
)
"""Every name in use; a test kills the daemon at each of them."""


_name, _left = "", 0


def arm(wish: str) -> None:
    """`name` or `name:n`; an empty text disarms."""
    global _name, _left
    _name, _, count = wish.partition(":")
    _left = int(count or 1)


arm(os.environ.get("MAILFLOW_FAILPOINT", ""))


def reached(name: str) -> None:
    """Die here when this is the armed failpoint; otherwise nothing."""
    global _left
    if name != _name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
