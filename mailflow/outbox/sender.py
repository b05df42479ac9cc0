"""What is committed is sent or reported; what is in doubt is verified before it is sent again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailflow.domain import failpoint
from mailflow.domain.message import Message, MessageState
from mailflow.ports import Clock, NotSent, PerhapsSent, Sender, Shelf

BATCH = 50
LOOK_FOR = timedelta(minutes=13)
"""How long evidence is looked for after the first two minutes (reliability 3.5)."""

MOST_RESENDS = 1
"""A second ambiguity is a person's matter."""


@dataclass(slots=True)
class Drained:
    """How many left the house, wait for another try, failed for good, are in doubt."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    unknown: int = 0


def drain(shelf: Shelf, sender: Sender, clock: Clock) -> Drained:
    """Send everything that is due, batch by batch."""
    drained = Drained()
    while batch := shelf.take_due(clock(), BATCH):
        for message in batch:
            _send(message, shelf, sender, clock, drained)
    return drained


def _send(message: Message, shelf: Shelf, sender: Sender, clock: Clock, drained: Drained) -> None:
    failpoint.reached("send.before")

    def before_end() -> None:
        shelf.put_back(message.ending(), clock())

    try:
        sender.send(message, before_end)
    except NotSent as trouble:
        if trouble.permanent:
            shelf.put_back(message.refused(str(trouble)), clock())
            drained.failed += 1
        else:
            after = message.deferred(str(trouble), clock())
            shelf.put_back(after, clock())
            drained.deferred += after.state is MessageState.RETRY
            drained.failed += after.state is MessageState.FAILED
    except PerhapsSent as trouble:
        shelf.put_back(message.lost_sight_of(str(trouble), clock()), clock())
        drained.unknown += 1
    else:
        shelf.put_back(message.accepted(), clock())
        failpoint.reached("send.accepted")
        drained.sent += 1


def settle_doubtful(shelf: Shelf, sender: Sender, clock: Clock) -> int:
    """Look after messages in `unknown` whose time has come; how many were settled."""
    settled = 0
    for message in shelf.doubtful(clock()):
        after = next_step(message, sender.evidence(message), clock())
        shelf.put_back(after, clock())
        settled += after.state is not MessageState.UNKNOWN
    return settled


def next_step(message: Message, evidence: bool | None, now: datetime) -> Message:
    """The policy of reliability 3.5, by what moves goods and what was seen.

    A list is looked for until the time is up and sent again once; anything else is sent again at
    once, for a second copy of it harms nobody. A second ambiguity waits for a person.
    """
    if evidence:
        return message.accepted()
    if message.resends >= MOST_RESENDS:
        return message.refused(f"twice in doubt: {message.last_error}: ask the recipient")
    if evidence is False or not message.goods:
        return message.resent(now)
    first_doubt = message.due - timedelta(minutes=2)
    waited = now - first_doubt
    if waited < LOOK_FOR:
        # `due` tells when the doubt began and must stay: it is looked at again on the next pass.
        return replace(message, state=MessageState.UNKNOWN)
    return message.resent(now)
