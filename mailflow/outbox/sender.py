"""What is committed is sent or reported; what is in doubt is verified before it is sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta

from mailflow.domain import failpoint
from mailflow.domain.message import WAITS, Message, MessageState
from mailflow.domain.value import dataclass
from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.pace import UNLIMITED, Pace
from mailflow.ports import Clock, NotSent, PerhapsSent, Sender, Shelf

BATCH = 50
PAUSE = timedelta(minutes=1)
"""How long messages wait that were not tried because the carrier is down."""

FIRST_LOOK = timedelta(minutes=2)
"""A message in doubt is due for a look so long after the doubt began (`lost_sight_of`)."""

LOOKED_FOR = timedelta(minutes=15)
"""How long a message that moves goods is looked for before it is sent again."""

MOST_RESENDS = 1
"""A second ambiguity is a person's matter (reliability 3.5)."""


@dataclass(frozen=True, slots=True)
class Drained:
    """How many left the house, wait for another try, failed for good, are in doubt. `why`: what the
    carrier said, where it takes nothing at all now."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    unknown: int = 0
    why: str = field(default="", compare=False)

    def plus(self, state: MessageState) -> Drained:
        match state:
            case MessageState.ACCEPTED:
                return replace(self, sent=self.sent + 1)
            case MessageState.FAILED:
                return replace(self, failed=self.failed + 1)
            case MessageState.UNKNOWN:
                return replace(self, unknown=self.unknown + 1)
            case _:
                return replace(self, deferred=self.deferred + 1)


NOTHING_YET = Drained()


def nobody_looks(_sent: int) -> None:
    """For when it is told to nobody."""


def drain(
    shelf: Shelf,
    sender: Sender,
    clock: Clock,
    told: Callable[[int], None] = nobody_looks,
    pace: Pace = UNLIMITED,
) -> Drained:
    """Send everything that is due and allowed by now, some at a time, and say what became of it;
    `told` of each that has left.

    A carrier that is down is asked once, not once a message: what was taken and not tried goes
    back as it was, for a minute, and nothing more is taken.
    """
    drained = Drained()
    while limit := min(BATCH, pace.allows(shelf, clock()).most):
        batch = shelf.take_due(clock(), limit)
        for so_far in sent_of(batch, shelf, sender, clock, drained):
            drained = so_far
            told(drained.sent)
        if drained.why or len(batch) < limit:
            break
    return drained


def sent_of(
    batch: Sequence[Message],
    shelf: Shelf,
    sender: Sender,
    clock: Clock,
    drained: Drained = NOTHING_YET,
) -> Iterator[Drained]:
    """Send what was taken, one after the other: after each what became of all up to it."""
    for position, message in enumerate(batch):
        failpoint.reached("send.before")
        try:
            after = _attempt(message, shelf, sender, clock)
        except CarrierDown as trouble:
            if trouble.pause is not None:
                shelf.slow_down(trouble.pause, str(trouble), clock())
            for left in _left_over(batch[position:], trouble, clock()):
                shelf.put_back(left, clock())
                drained = drained.plus(left.state)
            yield replace(drained, why=str(trouble))
            return
        shelf.put_back(after, clock())
        failpoint.reached("send.accepted")
        drained = drained.plus(after.state)
        yield drained


def _left_over(batch: Sequence[Message], trouble: CarrierDown, now: datetime) -> Iterator[Message]:
    """What was not tried is as it was: an outage uses up no attempts, however long it lasts.

    Where the trouble was said to a message, that one has had its attempt: if it is the cause, it
    must not stand in the way of the others for ever.
    """
    said = str(trouble)
    if trouble.tried:
        yield batch[0].deferred(said, now)
    for message in batch[1:] if trouble.tried else batch:
        attempts = max(0, message.attempts - 1)
        state = MessageState.RETRY if attempts else MessageState.READY
        yield replace(message, state=state, attempts=attempts, due=now + PAUSE, last_error=said)


def _attempt(message: Message, shelf: Shelf, sender: Sender, clock: Clock) -> Message:
    """The message after one try. Raises `CarrierDown`."""

    def before_end() -> None:
        shelf.put_back(message.ending(), clock())

    try:
        sender.send(message, before_end)
    except CarrierDown:
        raise
    except NotSent as trouble:
        if trouble.permanent:
            return message.refused(str(trouble))
        return message.deferred(str(trouble), clock())
    except PerhapsSent as trouble:
        return message.lost_sight_of(str(trouble), clock())
    return message.accepted()


def settle_doubtful(shelf: Shelf, sender: Sender, clock: Clock) -> int:
    """Look after the messages in doubt whose time has come; how many are in doubt no more."""
    settled = 0
    for message in shelf.doubtful(clock()):
        after = next_step(message, sender.evidence(message), clock())
        if after is not None:
            shelf.put_back(after, clock())
            settled += 1
    return settled


def next_step(message: Message, evidence: bool | None, now: datetime) -> Message | None:
    """What becomes of a message in doubt, by reliability 3.5; None: wait, and look again.

    `evidence` is True where it was found, False where the carrier knows for good that it did not
    arrive (a Maildir), None where nobody can tell yet. `due` stays two minutes after the doubt
    began until it is settled, so how long it lasts is known without a field of its own.
    """
    if evidence is True:
        return message.accepted()
    if evidence is False:
        # Not a second copy, so not a resend in doubt; yet nothing is tried for ever.
        return message.refused(message.last_error) if _worn_out(message) else _again(message, now)
    doubt_began = message.due - FIRST_LOOK
    if message.goods and now - doubt_began < LOOKED_FOR:
        return None
    if message.resends >= MOST_RESENDS:
        return message.refused(
            f"held: it was sent twice and may have arrived twice, once or never "
            f"({message.last_error}): ask {message.recipient} for {message.subject_id}, "
            "then release it or close it"
        )
    return message.resent(now)


def _worn_out(message: Message) -> bool:
    return message.attempts > len(WAITS)


def _again(message: Message, now: datetime) -> Message:
    return replace(message, state=MessageState.READY, due=now)
