"""A mail is what came in; what is known of it before its documents are read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mailflow.domain.proof import Belief, ServerVerdict, Signature, is_of_old, is_proven
from mailflow.domain.value import dataclass


class MailKind(StrEnum):
    """What kind of mail it is, by its headers alone."""

    BUSINESS = "business"
    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"
    OWN = "own"
    ANSWER = "answer"


class Trust(StrEnum):
    """A: proven to be the registered sender. B: registered, not proven. C: not registered."""

    A = "A"
    B = "B"
    C = "C"


class MailState(StrEnum):
    """The visible word for a mail; `reason` beside it tells the finer state."""

    WAITING = "waiting"
    DONE = "done"
    RETURNED = "returned"
    HELD = "held"
    REVIEW = "review"
    IGNORED = "ignored"
    FAILED = "failed"


class Aside(StrEnum):
    """Why a mail was set aside for a person; behind the colon, how the tries to read it ended."""

    TOO_LARGE = "too-large"
    NOT_GIVEN = "not-given"
    """Listed by the server, which does not give it up; asked for again by itself."""
    REFUSED = "refused"
    """No mail a person sends (`MailRefused`)."""
    QUARANTINED = "quarantined"
    """The tries were used up by deaths of the whole program."""
    CRASHED = "quarantined:crashed"
    TIMEOUT = "quarantined:timeout"
    MEMORY = "quarantined:memory"
    OUTPUT_TOO_LARGE = "quarantined:output-too-large"
    ERROR = "quarantined:error"
    DAMAGED = "quarantined:damaged"
    """Its bytes are not in the spool, or are not what they were."""
    FAULT = "quarantined:fault"
    """Read, but not dealt with: our own mistake."""
    HELD = "held-by-hand"
    """An operator lets it wait: unlike all others it was not settled."""


@dataclass(frozen=True, slots=True)
class MailKey:
    """Where a mail lay on a server; nothing else identifies an arrival (not `\\Seen`)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Head:
    """The headers that matter, decoded. All texts are the sender's and never trusted.

    `sender` is the one address of a strictly parsed From line, lower case, or None when the line
    is missing, repeated, or can be read in two ways. `marks` names what makes the mail automatic,
    such as `auto-submitted: auto-replied`. `loops` holds instance names of our own loop header.
    `has_calendar`: an invitation to a meeting, or an answer to one, came with it. `signatures` and
    `verdicts` are what the mail says of its own proof; `signed_by` are the domains whose signature
    was looked at and is right.
    """

    sender: str | None
    sender_name: str = ""
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    kind: MailKind = MailKind.BUSINESS
    marks: tuple[str, ...] = ()
    loops: tuple[str, ...] = ()
    has_calendar: bool = False
    signatures: tuple[Signature, ...] = ()
    verdicts: tuple[ServerVerdict, ...] = ()
    signed_by: tuple[str, ...] = ()


def level_of(head: Head, belief: Belief, received: datetime) -> Trust:
    """How far a registered sender is believed."""
    if is_of_old(head.date, received) and not belief.from_line:
        return Trust.B
    is_his = is_proven(head.sender or "", head.signed_by, head.verdicts, belief)
    return Trust.A if is_his else Trust.B


@dataclass(frozen=True, slots=True)
class Thread:
    """What an answer needs so that it lands in the sender's thread."""

    message_id: str
    references: tuple[str, ...]
    subject: str


def thread_of(head: Head) -> Thread:
    return Thread(head.message_id, head.references, head.subject)


@dataclass(frozen=True, slots=True)
class Origin:
    """The mail an order came in, as its receipt keeps it."""

    sender: str
    subject: str
    message_id: str
    sha256: str = ""

    @property
    def thread(self) -> Thread:
        return Thread(self.message_id, (), self.subject)
