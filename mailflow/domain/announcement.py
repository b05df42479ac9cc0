"""An announcement goes to each of those it concerns, once; where they are asked to confirm it, it is open
until all have, or its sender closes it (S15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from mailflow.domain.attached import Attached
from mailflow.domain.audience import Audience
from mailflow.domain.message import MessageState
from mailflow.domain.value import dataclass

NUMBER = "GG"
"""What its numbers begin with."""


class AnnouncementState(StrEnum):
    PROPOSED = "proposed"
    """Its sender has yet to say that it goes."""
    OPEN = "open"
    """It is out, and somebody has yet to confirm it."""
    DONE = "done"
    """It is out, and all who were asked to have confirmed it, or nobody was."""
    CLOSED = "closed"
    """It is out, and nobody waits for confirmations any more."""
    REFUSED = "refused"
    """It never went."""
    SUPERSEDED = "superseded"
    """Another version of it took its place."""


IS_OUT = (AnnouncementState.OPEN, AnnouncementState.DONE, AnnouncementState.CLOSED)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whoever gets it, once, whatever names him. `relays` are distributors without an address of
    their own, whom he is asked to tell."""

    address: str
    name: str
    is_staff: bool
    language: str = ""
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One version of it: `revision` counts its corrections. `mail_id` and `sha256` are those of the
    mail that it came with, `announcer` is the address of whoever sent that.

    `wanted` are the recipients as they were named. `asked` is when the recipients were last asked
    to confirm; None while it is not out.
    """

    number: str
    revision: int
    mail_id: int
    sha256: str
    announcer: str
    title: str
    text: str
    wanted: tuple[str, ...]
    confirm: bool
    is_internal: bool = False
    attached: tuple[Attached, ...] = ()
    people: tuple[Addressee, ...] = ()
    state: AnnouncementState = AnnouncementState.PROPOSED
    asked: datetime | None = None

    @property
    def audience(self) -> Audience:
        return Audience.INTERNAL if self.is_internal else Audience.PARTNER

    @property
    def file_names(self) -> tuple[str, ...]:
        return tuple(a.name for a in self.attached)

    @property
    def is_out(self) -> bool:
        return self.state in IS_OUT

    def addressee(self, address: str | None) -> Addressee | None:
        wanted = (address or "").casefold()
        return next((p for p in self.people if p.address.casefold() == wanted), None)

    def is_by(self, address: str | None) -> bool:
        return (address or "").casefold() == self.announcer.casefold()


class Reached(StrEnum):
    """How it stands with one of them, what needs somebody first."""

    LOST = "lost"
    """It did not get to him."""
    WAITING = "waiting"
    """He has yet to confirm it."""
    CONFIRMED = "confirmed"
    TOLD = "told"
    """He has it, and need not confirm it."""


LOST = (MessageState.BOUNCED, MessageState.FAILED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one addressee stands: `message` is what became of the last letter to him, None where there
    is none; `why` what a mail system said where it did not get there, a stranger's words."""

    addressee: Addressee
    reached: Reached
    message: MessageState | None = None
    confirmed: datetime | None = None
    why: str = ""


def receipt_of(
    addressee: Addressee,
    message: MessageState | None,
    confirmed: datetime | None,
    *,
    asked: bool,
    why: str = "",
) -> Receipt:
    """Who confirmed has it, whatever a mail system says."""
    if confirmed is not None:
        reached = Reached.CONFIRMED
    elif message in LOST:
        reached = Reached.LOST
    else:
        reached = Reached.WAITING if asked else Reached.TOLD
    return Receipt(addressee, reached, message, confirmed, why if reached is Reached.LOST else "")


@dataclass(frozen=True, slots=True)
class LostLetter:
    """A letter of an announcement that did not arrive; `attempt` tells this time from another one."""

    JOB: ClassVar[str] = "announcement-lost"
    message_id: int
    subject_id: str
    revision: int
    recipient: str
    attempt: str

    @property
    def number(self) -> str:
        """Of its announcement, also where it reminded of it."""
        return "-".join(self.subject_id.split("-")[:2])


def unconfirmed(receipts: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """Those whom it waits for: also whom it did not get to."""
    return tuple(r for r in receipts if r.reached in (Reached.WAITING, Reached.LOST))


def announcement_number(received: datetime, mail_id: int) -> str:
    """`GG261110-0042`, made from the mail's own number, so that a repeated try names the same;
    `received` in the business zone."""
    return f"{NUMBER}{received:%y%m%d}-{mail_id:04d}"


def is_announcement(number: str) -> bool:
    return number.startswith(NUMBER)
