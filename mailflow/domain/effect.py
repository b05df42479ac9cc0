"""An effect is a change to be made, as data; `mailflow explain` shows them and makes none."""

from __future__ import annotations

from mailflow.domain.allocation import Covers, StockCount
from mailflow.domain.announcement import Announcement, AnnouncementState
from mailflow.domain.archived import Archived
from mailflow.domain.bounce import Sent
from mailflow.domain.called import Called
from mailflow.domain.case import Case
from mailflow.domain.consumer_list import ConsumerList
from mailflow.domain.decision import Decision
from mailflow.domain.delivery import Delivered
from mailflow.domain.finding import Asked
from mailflow.domain.kept_inventory import KeptInventory
from mailflow.domain.ledger import Entry
from mailflow.domain.mail import MailState
from mailflow.domain.notice import Letter
from mailflow.domain.order import BookedOrder, DispatchList
from mailflow.domain.question import Question
from mailflow.domain.register_change import ProposalState, RegisterProposal
from mailflow.domain.request import Request
from mailflow.domain.shipping import ListOut, Load
from mailflow.domain.shortfall import Shortfall
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
class Ship:
    """Goods of a list have left, as a mail told."""

    sheet: ListOut
    load: Load
    mail_id: int


@dataclass(frozen=True, slots=True)
class TakeStock:
    """What a warehouse counted holds from now on."""

    count: StockCount
    mail_id: int


@dataclass(frozen=True, slots=True)
class Unship:
    """A load that was told before counts no more: another telling takes its place."""

    sheet: ListOut
    load: Load
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A dispatch list that has not left the outbox stays here; what has left is as it is."""

    dispatch_list: str
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class CloseCase:
    """What a mail waited for has come with another one."""

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
class KeepInventory:
    """A distributor's inventory report: it holds from now on, or is to be corrected."""

    report: KeptInventory
    reason: str


@dataclass(frozen=True, slots=True)
class KeepShortages:
    """Of an accepted order: tins of each line that no list tells to send."""

    order: BookedOrder
    short: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProposeSupply:
    """A supplementary list is asked about under this number."""

    number: str
    covers: Covers


@dataclass(frozen=True, slots=True)
class IssueSupply:
    """A supplementary list is issued."""

    dispatch_list: DispatchList
    covers: Covers


@dataclass(frozen=True, slots=True)
class Deliver:
    """A load has arrived, as a mail told."""

    told: Delivered
    mail_id: int


@dataclass(frozen=True, slots=True)
class ProposeRegister:
    """Keep a whole table as a mail would have it, until somebody decides."""

    proposal: RegisterProposal


@dataclass(frozen=True, slots=True)
class ApplyRegister:
    """A proposed table is in force from now on."""

    proposal: RegisterProposal
    reason: str


@dataclass(frozen=True, slots=True)
class EndRegister:
    """A proposed table will never be in force."""

    number: str
    state: ProposalState
    reason: str


@dataclass(frozen=True, slots=True)
class KeepCalls:
    """What was heard of sample tins holds from now on, each row in place of the one before it."""

    rows: tuple[Called, ...]
    mail_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class KeepShortfalls:
    """What stores lack of the standard of sample tins, by all that calls have told of them."""

    shortfalls: tuple[Shortfall, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TakeSamples:
    """An order in the books got fewer sample tins: that is taken once."""

    order: BookedOrder


@dataclass(frozen=True, slots=True)
class WaiveShortfall:
    """Nothing more is taken off for it."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeepPapers:
    """Contracts and other papers that are in the archive from now on."""

    papers: tuple[Archived, ...]


@dataclass(frozen=True, slots=True)
class KeepRequest:
    """A request is as it is said here from now on; a new one is opened."""

    request: Request
    reason: str


@dataclass(frozen=True, slots=True)
class KeepConsumers:
    """Keep the good rows of a list of consumers, until its time is over."""

    taken: ConsumerList


@dataclass(frozen=True, slots=True)
class PassConsumers:
    """All of a list in one region go to this address; the letter is an effect of its own."""

    number: str
    region: str
    to: str


@dataclass(frozen=True, slots=True)
class MarkBounced:
    """A message came back; `why` in a mail system's words."""

    message: Sent
    why: str


@dataclass(frozen=True, slots=True)
class ProposeAnnouncement:
    """Keep a version of an announcement until its sender says whether it goes."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Announce:
    """A version that was kept is out from now on: each letter goes to one person, with a token of
    its own."""

    announcement: Announcement
    letters: tuple[Letter, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmAnnouncement:
    """One of those who were asked has said that he has it."""

    announcement: Announcement
    address: str
    mail_id: int


@dataclass(frozen=True, slots=True)
class EndAnnouncement:
    """A version has another state: refused, superseded, done or closed."""

    announcement: Announcement
    state: AnnouncementState
    reason: str


@dataclass(frozen=True, slots=True)
class Urge:
    """Those who have yet to confirm it are asked once more."""

    announcement: Announcement
    letters: tuple[Letter, ...]


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
