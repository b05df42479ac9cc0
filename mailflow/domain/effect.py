"""An effect is a change to be made, as data; `mailflow explain` shows them and makes none."""

from __future__ import annotations

from mailflow.domain.bounce import Sent
from mailflow.domain.case import Case
from mailflow.domain.decision import Decision
from mailflow.domain.effect_goods import (
    Deliver,
    IssueSupply,
    KeepCalls,
    KeepInventory,
    KeepShortages,
    KeepShortfalls,
    ProposeSupply,
    Ship,
    TakeSamples,
    TakeStock,
    Unship,
    WaiveShortfall,
    Withdraw,
)
from mailflow.domain.effect_people import (
    Announce,
    ApplyRegister,
    ConfirmAnnouncement,
    EndAnnouncement,
    EndRegister,
    ForgetConsumers,
    KeepConsumers,
    KeepPapers,
    KeepRequest,
    PassConsumers,
    ProposeAnnouncement,
    ProposeRegister,
    Urge,
)
from mailflow.domain.finding import Asked
from mailflow.domain.ledger import Entry
from mailflow.domain.mail import MailState
from mailflow.domain.notice import Letter
from mailflow.domain.order import BookedOrder, DispatchList
from mailflow.domain.question import Question
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class BookOrder:
    """Keep the order, its lines and why it was decided so; `dispatch_list` where goods move."""

    order: BookedOrder
    decision: Decision
    dispatch_list: DispatchList | None = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    case: Case


@dataclass(frozen=True, slots=True)
class Post:
    letter: Letter


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a question, and post the letter that asks it with the token it then has."""

    question: Question
    letter: Letter


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Keep an answer: the question with its new state."""

    question: Question


@dataclass(frozen=True, slots=True)
class VoidQuestion:
    """Nobody may answer a question any more that is still open."""

    question: Question
    reason: str


@dataclass(frozen=True, slots=True)
class Escalate:
    """An open case is everybody's: it stands in every digest. `number` is the case's own; `kind` says
    whether it is one of an order or of a mail."""

    number: str
    reason: str
    kind: str = "order"


@dataclass(frozen=True, slots=True)
class PassOn:
    """The open case of an order waits on somebody else now."""

    order: str
    waits_on: Asked


@dataclass(frozen=True, slots=True)
class Relocate:
    """The open cases of an order are those of another region now."""

    order: str
    region: str


@dataclass(frozen=True, slots=True)
class CloseOrder:
    """An order that waited is refused by a person: no goods move."""

    order: BookedOrder
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """An order that waited is accepted by a person, and listed where any of it is in stock."""

    order: BookedOrder
    dispatch_list: DispatchList | None
    reason: str


@dataclass(frozen=True, slots=True)
class CloseCase:
    """What a mail waited for has come with another one."""

    mail_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """A mail that waited for its sender's word is dealt with anew, as one that is proven."""

    mail_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SetOrder:
    """An order has another state by what left of it: shipped, or not yet after all."""

    order: BookedOrder
    reason: str


@dataclass(frozen=True, slots=True)
class EndCase:
    """One case is settled: what it is about stands as it is, and what else waits of it does."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Enter:
    """Put an entry into the ledger that its own source makes; orders enter theirs by their state."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class MarkBounced:
    """A message came back; `why` in a mail system's words."""

    message: Sent
    why: str


@dataclass(frozen=True, slots=True)
class SettleMail:
    """Close the receipt. `reason` is the finer state, such as `booked` or `auto-reply`."""

    state: MailState
    reason: str


Effect = (
    BookOrder
    | OpenCase
    | Post
    | Ask
    | AnswerQuestion
    | VoidQuestion
    | Escalate
    | PassOn
    | Relocate
    | CloseOrder
    | ReleaseOrder
    | Ship
    | Unship
    | SetOrder
    | Deliver
    | Withdraw
    | EndCase
    | Enter
    | CloseCase
    | ReadAgain
    | KeepInventory
    | TakeStock
    | KeepShortages
    | ProposeSupply
    | IssueSupply
    | ProposeRegister
    | ApplyRegister
    | EndRegister
    | KeepCalls
    | KeepShortfalls
    | TakeSamples
    | WaiveShortfall
    | KeepPapers
    | KeepRequest
    | KeepConsumers
    | ForgetConsumers
    | PassConsumers
    | MarkBounced
    | ProposeAnnouncement
    | Announce
    | ConfirmAnnouncement
    | EndAnnouncement
    | Urge
    | SettleMail
)


def letters_in(effect: Effect) -> tuple[Letter, ...]:
    """What of an effect is posted."""
    if isinstance(effect, Post | Ask):
        return (effect.letter,)
    return effect.letters if isinstance(effect, Announce | Urge) else ()
