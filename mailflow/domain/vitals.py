"""Whether a daemon that runs also works: what it got done, and since when it has not (reliability Z01).

A connection that looks open, a loop that turns and a process that is there prove nothing; a
completed poll, a decided mail and a message that left do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from mailflow.domain.value import dataclass

MISSED_POLLS = 3
"""So many intervals without a completed poll are a silent stall."""

PATIENCE = timedelta(minutes=30)
"""How long a mail may lie undecided, or a message unsent, before somebody has to look."""

STANDSTILL = timedelta(minutes=15)
"""A pass that got nothing done for so long hangs: the longest wait for a server, which is that for
its word on a mail it has got whole (RFC 5321, 4.5.3.2.6), is over by then."""


class Ailment(StrEnum):
    """What is wrong, as the alarm's words name it."""

    NO_POLL = "no-poll"
    HANGS = "hangs"
    MAILS_WAIT = "mails-wait"
    UNSENT = "unsent"
    NOT_BACK = "not-back"
    """A mail to ourselves has left and not come: what leaves vanishes, or what comes is not seen."""
    GAVE_UP = "gave-up"
    """A message will not be tried again: a person's matter, in which the machine does its work."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the books say waits for the daemon itself: how many, and the oldest since when.

    `mails` came and are not decided on, `messages` are to be sent; `in_doubt` and `failed` are
    messages that wait for evidence and for a person. `away_since`: when the first of the mails to
    ourselves left that have not come back, where none has since.
    """

    mails: int = 0
    mails_since: datetime | None = None
    messages: int = 0
    messages_since: datetime | None = None
    in_doubt: int = 0
    failed: int = 0
    away_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signs:
    """How long ago, by a clock that never jumps, the daemon did each thing.

    `poll` is the time since the last completed poll, or since the start where there was none;
    `progress` since anything got done in a pass that goes on, or None between two passes.
    """

    poll: timedelta
    progress: timedelta | None
    interval: timedelta


def ailments(signs: Signs, waiting: Waiting, now: datetime) -> Iterator[Ailment]:
    """All that is wrong now; nothing while a pass gets on with many mails."""
    if signs.progress is not None and signs.progress >= STANDSTILL:
        yield Ailment.HANGS
    elif signs.poll >= MISSED_POLLS * signs.interval and not _gets_on(signs):
        yield Ailment.NO_POLL
    if _lies(waiting.mails_since, now) and not _gets_on(signs):
        yield Ailment.MAILS_WAIT
    if _lies(waiting.messages_since, now) and not _gets_on(signs):
        yield Ailment.UNSENT
    if _lies(waiting.away_since, now):
        yield Ailment.NOT_BACK
    if waiting.failed:
        yield Ailment.GAVE_UP


def _gets_on(signs: Signs) -> bool:
    return signs.progress is not None and signs.progress < signs.interval


def _lies(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since >= PATIENCE
