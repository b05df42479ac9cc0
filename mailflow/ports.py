"""The doors: what mailflow asks of mailboxes, databases, printers, carriers and clocks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from mailflow.domain.allocation import Covers, Free, Shortage, ShortGoods, StockCount
from mailflow.domain.batch import Traced
from mailflow.domain.case import Case
from mailflow.domain.chase import Chased
from mailflow.domain.decision import Decision
from mailflow.domain.delivery import Delivered
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.goods_clock import UnderWay, Unshipped
from mailflow.domain.kept_inventory import InventoryState, KeptInventory, StockLine
from mailflow.domain.ledger import Entry
from mailflow.domain.mail import Aside, Head, MailKey, MailState, Origin
from mailflow.domain.matter import DayCounts, Matter
from mailflow.domain.message import Message
from mailflow.domain.notice import Enclosure, Letter
from mailflow.domain.order import BookedOrder, DispatchList
from mailflow.domain.period import Period
from mailflow.domain.question import Clues, Pointed, Question
from mailflow.domain.register import Customer, Register
from mailflow.domain.settlement import Settlement
from mailflow.domain.shipping import ListOut, Load
from mailflow.domain.statement import Statement
from mailflow.domain.statistics import Books
from mailflow.domain.withheld import Withheld

Clock = Callable[[], datetime]
"""Now, aware, UTC. Only the roof owns one; everything below is given the time."""


Mint = Callable[[], str]
"""A token that nobody can guess (domain/answer.py); only the roof makes them."""


class Trouble(Exception):
    """The world's trouble: try again later. The text says what, where and what next."""


class MailboxTrouble(Trouble):
    """The mailbox cannot be reached or does not answer as it should."""


class LoginRefused(MailboxTrouble):
    """The server refused the account; retrying soon may lock it (reliability I20)."""


class StoreTrouble(Trouble):
    """The database cannot be reached, is locked, full or damaged."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail the mailbox shows: where it lies, how large it says it is, when it was received."""

    key: MailKey
    size: int
    received: datetime


class Mailbox(Protocol):
    """One folder of one account. Nothing it does depends on `\\Seen` or on its own moves.

    `listing` skips the uids in `known` before it asks for sizes. `fetch` yields raw bytes in the
    order asked; a mail that is gone meanwhile is left out. `file_away` is cosmetic and never
    raises for a mail that is gone. `wait` returns at the latest after `seconds`, sooner when the
    mailbox has a bell and it rang.
    """

    account: str
    folder: str

    def uidvalidity(self) -> int: ...
    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]: ...
    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]: ...
    def file_away(self, keys: Sequence[MailKey], state: MailState) -> None: ...
    def wait(self, seconds: float) -> None: ...
    def ring(self) -> None:
        """End a `wait`; safe to call from a signal handler."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail that lies in the spool, or one that was left on the server and why."""

    key: MailKey
    received: datetime
    size: int
    sha256: str | None
    left: str = ""
    """Empty, or why its bytes are not kept: `before-start`, `too-large`."""


@dataclass(frozen=True, slots=True)
class MailRow:
    """A receipt: one logical mail, whatever number of arrivals it had."""

    id: int
    sha256: str | None
    received: datetime
    state: MailState
    reason: str
    attempts: int
    revision: int = 1
    """1 at first, one more each time a person had the mail read again."""


class Journal(Protocol):
    """Receipts. Every method commits before it returns; all are safe to repeat."""

    def known(self, account: str, folder: str, uidvalidity: int) -> frozenset[int]: ...
    def record(self, arrivals: Sequence[Arrival], now: datetime) -> None: ...
    def withheld(self, account: str, folder: str) -> Sequence[Withheld]:
        """Mails of the folder that were asked for in vain, under whatever numbering."""
        ...

    def withhold(self, refused: Sequence[Withheld], now: datetime) -> None:
        """Keep their counts; one asked for in vain often enough is shown to a person."""
        ...

    def renumber(
        self, moved: Mapping[MailKey, MailKey], gone: Sequence[MailKey], now: datetime
    ) -> None:
        """Withheld mails that have another number now, and those that are listed no more."""
        ...

    def waiting(self, limit: int) -> Sequence[MailRow]:
        """The oldest mails that wait and that no other living worker has; they are ours now."""
        ...

    def begin_attempts(self, mail_ids: Collection[int], now: datetime) -> Mapping[int, int]:
        """Counts one for each and says which it is; mails that do not wait any more have none."""
        ...

    def give_back(self, mail_ids: Collection[int], now: datetime) -> None:
        """Attempts that came to nothing through no fault of their mails count no more."""
        ...

    def set_aside(self, mail_id: int, why: Aside, detail: str, now: datetime) -> None:
        """State failed, raw bytes kept, a case for a person; `detail` is for the operator."""
        ...

    def unfiled(self, limit: int) -> Sequence[tuple[MailKey, MailState]]: ...
    def filed(self, keys: Sequence[MailKey], now: datetime) -> None: ...
    def completed_poll(self, now: datetime) -> None: ...


class Stock(Protocol):
    """What is free, in tins by SKU (domain/allocation.py)."""

    def free(self) -> Mapping[str, Free]:
        """What a new order may have, by warehouse; those that lack something go before it. A
        warehouse that never told its stock is not among them."""
        ...

    def available(self, count: StockCount) -> Free:
        """What is left of a count without what lists in force still have to take and what has left
        since; not yet without what orders lack."""
        ...


class Shortages(Protocol):
    """What accepted orders lack."""

    def keep(self, order: BookedOrder, short: Sequence[int]) -> None:
        """What each line of an order lacks, in tins."""
        ...

    def open_ones(self) -> tuple[tuple[Shortage, str], ...]:
        """Every open one with the region of its order, the oldest first."""
        ...

    def next_supply(self, order: str) -> str:
        """The number that the next supplementary list of an order gets."""
        ...

    def propose(self, number: str, covers: Covers) -> None:
        """A list of that number is asked about."""
        ...

    def supply(self, sheet: DispatchList, covers: Covers) -> None:
        """A list that was issued sends them."""
        ...


class Work(Protocol):
    """One write transaction; leaving the context commits, an exception leaves no trace."""

    @property
    def shortages(self) -> Shortages: ...

    def claim(self, mail_id: int) -> MailRow | None:
        """The receipt where it still waits, for us alone; None when it does not."""
        ...

    def facts(self, head: Head, received: datetime) -> Facts: ...
    def book(
        self, order: BookedOrder, decision: Decision, dispatch_list: DispatchList | None
    ) -> None: ...
    def issue(self, dispatch_list: DispatchList) -> None: ...
    def load_order(self, number: str) -> BookedOrder | None:
        """The revision of an order that is in force: the newest that is not closed, else the
        newest."""
        ...

    def load_revision(self, number: str, revision: int) -> BookedOrder | None: ...
    def last_revision(self, number: str) -> int:
        """The highest there ever was, in force or not; 0 where there is none."""
        ...

    def set_order_state(self, order: BookedOrder, reason: str) -> None: ...
    def shipped_of(self, number: str) -> Mapping[str, int]:
        """Tins by SKU that have left of an order, on all its lists together; empty where nothing
        has: only then can its lists still be changed."""
        ...

    def lists_out(self, number: str) -> tuple[ListOut, ...]:
        """Every revision of a dispatch list, the newest first; empty where there is none."""
        ...

    def pointed_lists(self, message_ids: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """Number and revision of the lists that these messages of ours brought."""
        ...

    def ship(self, sheet: ListOut, load: Load, mail_id: int) -> None:
        """Keep what a mail told of a list; the same load twice is refused by the database."""
        ...

    def under_way(self, zone: ZoneInfo) -> Sequence[UnderWay]:
        """Loads that nobody has said to be delivered, oldest first."""
        ...

    def arrived(self) -> frozenset[str]:
        """The keys of all waybills that were delivered."""
        ...

    def deliver(self, told: Delivered, mail_id: int) -> None:
        """A load has arrived; the database refuses to hear it twice."""
        ...

    def unship(self, sheet: ListOut, load: Load, reason: str) -> None:
        """A load that was told wrongly counts no more; raises where it did not count."""
        ...

    def traced(self, batch: str) -> Traced:
        """Who got a batch, however it is written."""
        ...

    def is_unsent(self, number: str, revision: int) -> bool:
        """Whether a dispatch list has left to nobody; none leaves before this work ends."""
        ...

    def withdraw(self, number: str, revision: int, reason: str) -> None:
        """Keep back the copies of a dispatch list that have not left."""
        ...

    def inventory(self, distributor: str, month: date) -> KeptInventory | None:
        """The report that holds of a distributor and month, which is told by its first day."""
        ...

    def keep_inventory(self, report: KeptInventory, reason: str) -> None: ...
    def inventories(self, months: Sequence[date]) -> Mapping[tuple[str, date], InventoryState]:
        """As in `Records`, within this transaction."""
        ...

    def stock(self, without: str = "") -> Stock:
        """As the books stand in this transaction, without an order where one is named."""
        ...

    def count_of(self, warehouse: str) -> StockCount | None:
        """The newest count of a warehouse."""
        ...

    def take_stock(self, count: StockCount, mail_id: int) -> None: ...
    def open_case(self, case: Case) -> None: ...
    def close_cases(self, kind: str, subject_id: str, reason: str) -> None: ...
    def pass_on(self, kind: str, subject_id: str, waits_on: Asked) -> None:
        """The open case of a thing waits on somebody else from now on."""
        ...

    def ask(self, question: Question) -> None:
        """Put it with its token."""
        ...

    def answer(self, question: Question) -> None:
        """Keep what was answered; raises where the question is open no more."""
        ...

    def void(self, question: Question, reason: str) -> None:
        """Nobody may answer it any more; raises where it is open no more."""
        ...

    def escalate(self, kind: str, subject_id: str, reason: str) -> None:
        """The open case of a thing is everybody's from now on."""
        ...

    def findings(self, order: BookedOrder) -> tuple[Finding, ...]:
        """What was found when this very revision was judged."""
        ...

    def pointed(self, clues: Clues) -> Pointed: ...
    def questions(self, order: str) -> tuple[Question, ...]:
        """All that were ever put about an order, oldest first."""
        ...

    def origin(self, mail_id: int) -> Origin: ...
    def sent_by(self, mail_id: int) -> str:
        """Who sent a mail that was dealt with; empty where there is none of that number."""
        ...

    def orders_of(self, mail_id: int) -> tuple[str, ...]:
        """The numbers of all orders that came in one mail."""
        ...

    def enter(self, entry: Entry) -> bool:
        """False where its source was entered before; raises `Unbalanced`."""
        ...

    def entered_like(self, entry: Entry) -> tuple[Entry, ...]:
        """What the ledger has of the same kind and distributor with its key, its document or its
        day, oldest first."""
        ...

    def statement(self, customer: Customer, period: date) -> Statement:
        """Of the month that begins on `period`; of the running one as far as it goes."""
        ...

    def held_of(self, distributor: str) -> tuple[BookedOrder, ...]:
        """Its orders that are held, oldest first."""
        ...

    def post(self, message: Message) -> bool:
        """False where the same notice to the same recipient was queued before."""
        ...

    def settle(
        self, mail_id: int, state: MailState, reason: str, head: Head, findings: Sequence[Finding]
    ) -> None: ...
    def books(self, period: Period) -> Books:
        """As they stand in this transaction."""
        ...

    def take_job(self, job: str, period: str) -> bool:
        """True the first time for this job and period, false ever after."""
        ...


class Shelf(Protocol):
    """Messages that are committed and wait to leave; every method commits before it returns."""

    def take_due(self, now: datetime, limit: int) -> Sequence[Message]:
        """Messages to send now, already marked as begun; those of one recipient keep order."""
        ...

    def doubtful(self, now: datetime) -> Sequence[Message]:
        """Messages in `unknown` whose time to look for evidence has come."""
        ...

    def put_back(self, message: Message, now: datetime) -> None:
        """Its new state, unless another worker has it since; raises `StoreTrouble` where it has
        and the final dot is about to be sent."""
        ...


class Records(Protocol):
    """What people and digests look at; nothing here changes anything."""

    def counts(self) -> Mapping[str, Mapping[str, int]]: ...
    def listing(self, kind: str, state: str | None) -> Iterator[Mapping[str, Any]]: ...
    def story(self, kind: str, subject_id: str) -> Mapping[str, Any] | None: ...
    def matters(self, since: datetime, until: datetime) -> Sequence[Matter]:
        """All open cases, whenever opened; mails nobody answered that came in the time given;
        and messages that failed or are in doubt (domain/matter.py)."""
        ...

    def inventories(self, months: Sequence[date]) -> Mapping[tuple[str, date], InventoryState]:
        """How each distributor's report of each month stands; who sent none is not among them."""
        ...

    def stock_lines(self, first: date, last: date) -> Sequence[tuple[str, date, StockLine]]:
        """Every line of every report that holds of these months, by distributor and month."""
        ...

    def is_done(self, job: str, period: str) -> bool:
        """Whether somebody has taken this job for this period."""
        ...

    def ledger(self) -> Mapping[str, Any]:
        """What all distributors together owe and have left, as texts."""
        ...

    def traced(self, batch: str) -> Traced:
        """As `Work.traced`."""
        ...

    def unshipped(self) -> Sequence[Unshipped]:
        """Lists in force of which goods are still to leave, oldest first."""
        ...

    def under_way(self, zone: ZoneInfo) -> Sequence[UnderWay]:
        """Loads that nobody has said to be delivered, oldest first."""
        ...

    def asked_on(self, names: Sequence[str]) -> Mapping[str, tuple[date, ...]]:
        """Of jobs whose periods are days: on which days each was done."""
        ...

    def short_goods(self) -> Sequence[ShortGoods]:
        """What accepted orders lack now, by region and product."""
        ...

    def chased(self) -> Chased:
        """All that waits for an answer, and which of its stages were done."""
        ...

    def day_counts(self, since: datetime, until: datetime) -> Sequence[DayCounts]:
        """What came in and went out in the time given, by the region of the distributor."""
        ...

    def last_poll(self) -> datetime | None: ...


class Settlements(Protocol):
    """What people settled about senders' sheets. Every method commits before it returns."""

    def active(self) -> Sequence[Settlement]:
        """All that is in force, the oldest first."""
        ...

    def add(self, settlement: Settlement, now: datetime) -> Settlement:
        """With its number; the known one where the same was settled before. Raises `Refusal`
        where something else was."""
        ...

    def revoke(self, number: int, reason: str, now: datetime) -> Settlement:
        """Safe to repeat; raises `Refusal` where there is none."""
        ...


class Sums(Protocol):
    """What the books sum up to; nothing here changes anything."""

    def books(self, period: Period) -> Books:
        """Of a period; orders count to their month, which ends at the cut-off."""
        ...

    def is_done(self, job: str, period: str) -> bool:
        """Whether it was taken before (`Work.take_job`)."""
        ...


class Store(Protocol):
    """The database. `begin` is the only way to write more than one thing at once."""

    @property
    def journal(self) -> Journal: ...
    @property
    def shelf(self) -> Shelf: ...
    @property
    def records(self) -> Records: ...
    @property
    def settlements(self) -> Settlements: ...
    @property
    def statistics(self) -> Sums: ...
    def begin(self, now: datetime) -> AbstractContextManager[Work]: ...
    def facts(self, head: Head, received: datetime) -> Facts:
        """As the books stand now, to look ahead by; the deciding transaction asks again."""
        ...

    def first_start(self, now: datetime) -> datetime:
        """The instant this was first asked, kept for ever."""
        ...

    def register(self) -> Register: ...
    def load_master(
        self, kind: str, sha256: str, rows: Iterable[Mapping[str, Any]], now: datetime
    ) -> bool:
        """Make this the current version of a master table; false when it already is."""
        ...

    def act(self, verb: str, kind: str, subject_id: str, reason: str, now: datetime) -> str:
        """What an operator does by hand; returns the new state, raises `Refusal`.

        All but the release of an order, which takes letters (`releasing.release_order`).
        """
        ...

    def recover(self, now: datetime) -> int:
        """Give back what dead workers held, and what we took and did not put back; how many.

        Called while nothing of ours is under way.
        """
        ...

    def close(self) -> None: ...


class Refusal(Exception):
    """A wish that cannot be granted; the text says why and names the way out."""


class Spool(Protocol):
    """Raw mails by the SHA-256 of their bytes, written once and never changed."""

    folder: Path

    def put(self, raw: bytes) -> str:
        """Its bytes are durable when it returns, and can be found again for sure after `settle`."""
        ...

    def settle(self) -> None:
        """To be called before anything is committed that speaks of what was put."""
        ...

    def get(self, sha256: str) -> bytes: ...
    def has_room(self, size: int) -> bool: ...


class Preparing(Protocol):
    """An enclosure that is being made elsewhere. `result` waits for it and may be asked again."""

    def result(self) -> bytes:
        """Empty where the letter goes without it; raises where it must not."""
        ...


class Typesetter(Protocol):
    """Turns letters into messages; one message a recipient, the same bytes for all of them.

    `prepare` begins to make an enclosure, which may take seconds and never happens in a
    transaction; `typeset` is given what was prepared and is quick.
    """

    def prepare(self, enclosure: Enclosure, raw: bytes) -> Preparing: ...
    def typeset(
        self, letter: Letter, prepared: Mapping[Enclosure, bytes], now: datetime
    ) -> Sequence[Message]: ...


class NotSent(Trouble):
    """Nothing was delivered. `permanent` tells a refusal from a try-later."""

    def __init__(self, text: str, *, permanent: bool = False) -> None:
        super().__init__(text)
        self.permanent = permanent


class PerhapsSent(Trouble):
    """The connection was lost after the final dot: nobody knows (reliability S01)."""


class Sender(Protocol):
    """Takes a message to the other side. `send` returns when it was accepted.

    `before_end` is called when everything but the final dot has been taken: what it commits is
    what tells a crash before the dot from one after it.
    Raises `NotSent`, `PerhapsSent`.
    """

    def send(self, message: Message, before_end: Callable[[], None]) -> None: ...
    def evidence(self, message: Message) -> bool | None:
        """Whether the message has arrived; None where this carrier cannot tell."""
        ...

    def close(self) -> None: ...
