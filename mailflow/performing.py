"""Effects become rows and messages: the one place where anything is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar

from mailflow.desk.house import House
from mailflow.domain import failpoint
from mailflow.domain.barred import Stopped, case_of_stopped
from mailflow.domain.effect import (
    AnswerQuestion,
    Ask,
    BookOrder,
    CloseCase,
    CloseOrder,
    Effect,
    EndCase,
    Enter,
    Escalate,
    MarkBounced,
    OpenCase,
    PassOn,
    Post,
    ReadAgain,
    ReleaseOrder,
    Relocate,
    SetOrder,
    SettleMail,
    VoidQuestion,
    letters_in,
)
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
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.message import Message
from mailflow.domain.notice import Enclosure, Letter
from mailflow.domain.register import Register
from mailflow.keeping import (
    decide,
    keep_case,
    keep_fact,
    move,
    of_announcement,
    of_consumers,
    of_papers,
    of_question,
    of_register,
    of_samples,
    of_stock,
)
from mailflow.ports import Mint, Store, Typesetter, Work

T = TypeVar("T")


class Unprepared(Exception):
    """An enclosure has to be made outside the transaction first; nothing was changed."""

    def __init__(self, enclosure: Enclosure) -> None:
        super().__init__(type(enclosure).__name__)  # all of it would be pages of a log
        self.enclosure = enclosure


class Guard(Protocol):
    """The last look before a letter is queued."""

    def passed(
        self, letter: Letter, register: Register
    ) -> tuple[Letter | None, tuple[Stopped, ...]]:
        """The letter to those alone who may have all of it, and who else stood on it."""
        ...

    def admits(self, message: Message, letter: Letter) -> bool: ...


class NotForThem(Exception):
    """A message for somebody who may not get it; our own mistake, nothing is queued."""


@dataclass(slots=True)
class Office:
    """The doors that dealing with a mail goes through."""

    store: Store
    typesetter: Typesetter
    house: House
    guard: Guard
    mint: Mint
    prepared: dict[Enclosure, bytes] = field(default_factory=dict)


def once_prepared(attempt: Callable[[], T], raw: bytes, office: Office) -> T:
    """Workbooks take up to seconds and are made between two tries, so that no transaction is open
    meanwhile; each try judges anew."""
    try:
        while True:
            try:
                return attempt()
            except Unprepared as need:
                made = office.typesetter.prepare(need.enclosure, raw).result()
                office.prepared[need.enclosure] = made
    finally:
        if len(office.prepared) > MOST_PREPARED:
            office.prepared.clear()
        for each in [e for e in office.prepared if isinstance(e, MailedFile)]:
            del office.prepared[each]  # what people mail one another may be large


MOST_PREPARED = 20
"""Enclosures kept for a second try; a mail with more workbooks than this makes some twice."""


def perform(effects: Sequence[Effect], work: Work, office: Office, now: datetime) -> None:
    """The one place where effects become rows; raises `Unprepared` before anything is written."""
    for enclosure in enclosures_of(effects):
        if enclosure not in office.prepared:
            raise Unprepared(enclosure)
    for effect in effects:
        match effect:
            case BookOrder(order, decision, dispatch_list):
                work.book(order, decision, dispatch_list)
            case Post(letter):
                _post(letter, work, office, now)
            case Ask(question, letter):
                question = question.put(office.mint(), now, office.house.workdays)
                work.ask(question)
                failpoint.reached("question.put")
                _post(replace(letter, question=question), work, office, now)
            case AnswerQuestion() | VoidQuestion() | ReadAgain():
                of_question(effect, work)
            case CloseOrder() | ReleaseOrder():
                decide(effect, work)
            case Ship() | Unship() | SetOrder() | Withdraw() | Deliver():
                move(effect, work)
            case OpenCase() | Escalate() | PassOn() | Relocate() | EndCase() | CloseCase():
                keep_case(effect, work)
            case Enter() | KeepInventory() | MarkBounced():
                keep_fact(effect, work)
            case KeepCalls() | KeepShortfalls() | TakeSamples() | WaiveShortfall():
                of_samples(effect, work)
            case TakeStock() | KeepShortages() | ProposeSupply() | IssueSupply():
                of_stock(effect, work)
            case ProposeAnnouncement() | ConfirmAnnouncement() | EndAnnouncement():
                of_announcement(effect, work)
            case Announce() | Urge():
                _announce(effect, work, office, now)
            case ProposeRegister() | ApplyRegister() | EndRegister():
                of_register(effect, work)
            case KeepPapers() | KeepRequest():
                of_papers(effect, work)
            case KeepConsumers() | PassConsumers() | ForgetConsumers():
                of_consumers(effect, work)
            case SettleMail():
                pass  # the caller closes the receipt, with the mail's own findings


def _announce(effect: Announce | Urge, work: Work, office: Office, now: datetime) -> None:
    """Each letter has the token of the one it goes to, the same each time."""
    announcement = effect.announcement
    if isinstance(effect, Announce):
        tokens = {letter.to[0].casefold(): office.mint() for letter in effect.letters}
        work.announcements.announce(announcement, tokens, effect.reason)
        failpoint.reached("announcement.made")
    else:
        tokens = dict(work.announcements.tokens(announcement))
        work.announcements.urge(announcement)
    for letter in effect.letters:
        _post(replace(letter, token=tokens[letter.to[0].casefold()]), work, office, now)


def _post(letter: Letter, work: Work, office: Office, now: datetime) -> None:
    """The only way into the outbox. Whoever may not have a letter is not written to; that is a case.

    Raises `NotForThem`.
    """
    whole = tuple(e for e in letter.enclosures if office.prepared[e])
    letter = replace(letter, enclosures=whole)
    passed, stopped = office.guard.passed(letter, office.house.lexicon.register)
    for each in stopped:
        work.stop_letter(each)
        work.open_case(case_of_stopped(each, now))
        failpoint.reached("letter.stopped")
    if passed is None:
        return
    for message in office.typesetter.typeset(passed, office.prepared, now):
        if not office.guard.admits(message, passed):
            raise NotForThem(f"{letter.notice.code} for {message.recipient}")
        work.post(message)


def enclosures_of(effects: Sequence[Effect]) -> Iterator[Enclosure]:
    for effect in effects:
        for letter in letters_in(effect):
            yield from letter.enclosures
