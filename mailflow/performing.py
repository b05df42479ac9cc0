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
    Announce,
    AnswerQuestion,
    ApplyRegister,
    Ask,
    BookOrder,
    CloseCase,
    CloseOrder,
    ConfirmAnnouncement,
    Deliver,
    Effect,
    EndAnnouncement,
    EndCase,
    EndRegister,
    Enter,
    Escalate,
    IssueSupply,
    KeepCalls,
    KeepConsumers,
    KeepInventory,
    KeepPapers,
    KeepRequest,
    KeepShortages,
    KeepShortfalls,
    MarkBounced,
    OpenCase,
    PassConsumers,
    PassOn,
    Post,
    ProposeAnnouncement,
    ProposeRegister,
    ProposeSupply,
    ReleaseOrder,
    Relocate,
    SetOrder,
    SettleMail,
    Ship,
    TakeSamples,
    TakeStock,
    Unship,
    Urge,
    VoidQuestion,
    WaiveShortfall,
    Withdraw,
    letters_in,
)
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.message import Message
from mailflow.domain.notice import Enclosure, Letter
from mailflow.domain.order import OrderState, list_number
from mailflow.domain.register import Register
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
            case AnswerQuestion(question):
                work.answer(question)
                failpoint.reached("question.answered")
            case VoidQuestion(question, reason):
                work.void(question, reason)
                failpoint.reached("question.voided")
            case CloseOrder() | ReleaseOrder():
                _decide(effect, work)
            case Ship() | Unship() | SetOrder() | Withdraw() | Deliver():
                _move(effect, work)
            case OpenCase() | Escalate() | PassOn() | Relocate() | EndCase() | CloseCase():
                _keep_case(effect, work)
            case Enter(entry):
                work.enter(entry)
            case KeepInventory(report, reason):
                work.keep_inventory(report, reason)
            case KeepCalls() | KeepShortfalls() | TakeSamples() | WaiveShortfall():
                _of_samples(effect, work)
            case TakeStock() | KeepShortages() | ProposeSupply() | IssueSupply():
                _of_stock(effect, work)
            case ProposeAnnouncement() | ConfirmAnnouncement() | EndAnnouncement():
                _of_announcement(effect, work)
            case Announce() | Urge():
                _announce(effect, work, office, now)
            case ProposeRegister() | ApplyRegister() | EndRegister():
                _of_register(effect, work)
            case KeepPapers(papers):
                work.archive.keep(papers)
                failpoint.reached("papers.kept")
            case KeepRequest(request, reason):
                work.requests.keep(request, reason)
                failpoint.reached("request.kept")
            case KeepConsumers() | PassConsumers():
                _of_consumers(effect, work)
            case MarkBounced(message, why):
                work.come_back(message, why)
                failpoint.reached("message.bounced")
            case SettleMail():
                pass  # the caller closes the receipt, with the mail's own findings


def _decide(effect: CloseOrder | ReleaseOrder, work: Work) -> None:
    order, reason = effect.order, effect.reason
    work.set_order_state(order, reason)
    if isinstance(effect, ReleaseOrder) and effect.dispatch_list is not None:
        work.issue(effect.dispatch_list)
    work.close_cases("order", order.number, reason)
    if isinstance(effect, ReleaseOrder):
        work.close_cases("order", list_number(order.number), reason)  # its new list is not late
    else:
        _end_late_truck(order.number, work, reason)


def _end_late_truck(number: str, work: Work, reason: str) -> None:
    """Where a change of an order is refused, the list that is out is as late as before."""
    in_force = work.load_order(number)
    if in_force is None or in_force.state is not OrderState.ACCEPTED:
        work.close_cases("order", list_number(number), reason)


def _keep_case(
    effect: OpenCase | Escalate | PassOn | Relocate | EndCase | CloseCase, work: Work
) -> None:
    """What waits on a person, and on whom."""
    match effect:
        case OpenCase(case):
            work.open_case(case)
        case Escalate(number, reason, kind):
            work.escalate(kind, number, reason)
        case PassOn(number, waits_on):
            work.pass_on("order", number, waits_on)
        case Relocate(number, region):
            work.relocate(number, region)
        case EndCase(number, reason):
            work.close_case(number, reason)
        case CloseCase(mail_id, reason):
            work.close_cases("mail", str(mail_id), reason)


def _move(effect: Ship | Unship | SetOrder | Withdraw | Deliver, work: Work) -> None:
    """What has left, and what the order then is."""
    match effect:
        case Unship(sheet, load, reason):
            work.unship(sheet, load, reason)
        case Ship(sheet, load, mail_id):
            work.ship(sheet, load, mail_id)
            failpoint.reached("shipment.booked")
        case Deliver(told, mail_id):
            work.deliver(told, mail_id)
            failpoint.reached("delivery.booked")
        case SetOrder(order, reason):
            work.set_order_state(order, reason)
            in_force = work.load_order(order.number)
            is_alone = in_force is None or in_force.revision == order.revision
            if order.state is OrderState.SHIPPED and is_alone:
                # A change of it that waits is still to be decided. Else nothing waits for it any more, neither its late truck nor its cancellation.
                work.close_cases("order", order.number, reason)
            _end_late_truck(order.number, work, reason)
        case Withdraw(number, revision, reason):
            work.withdraw(number, revision, reason)
            failpoint.reached("list.withdrawn")


def _of_stock(effect: TakeStock | KeepShortages | ProposeSupply | IssueSupply, work: Work) -> None:
    match effect:
        case TakeStock(count, mail_id):
            work.take_stock(count, mail_id)
            failpoint.reached("stock.taken")
        case KeepShortages(order, short):
            work.shortages.keep(order, short)
            failpoint.reached("shortages.kept")
        case ProposeSupply(number, covers):
            work.shortages.propose(number, covers)
        case IssueSupply(sheet, covers):
            work.issue(sheet)
            work.shortages.supply(sheet, covers)
            failpoint.reached("supply.issued")


def _of_samples(
    effect: KeepCalls | KeepShortfalls | TakeSamples | WaiveShortfall, work: Work
) -> None:
    match effect:
        case KeepCalls(rows, mail_id, reason):
            work.calls.keep(rows, mail_id, reason)
            failpoint.reached("calls.kept")
        case KeepShortfalls(shortfalls, reason):
            work.samples.keep(shortfalls, reason)
        case TakeSamples(order):
            work.samples.take(order)
            failpoint.reached("samples.taken")
        case WaiveShortfall(number, reason):
            work.samples.waive(number, reason)


def _of_register(effect: ProposeRegister | ApplyRegister | EndRegister, work: Work) -> None:
    match effect:
        case ProposeRegister(proposal):
            work.registers.propose(proposal)
            failpoint.reached("register.proposed")
        case ApplyRegister(proposal, reason):
            work.registers.apply(proposal, reason)
            failpoint.reached("register.applied")
        case EndRegister(number, state, reason):
            work.registers.end(number, state, reason)


def _of_announcement(
    effect: ProposeAnnouncement | ConfirmAnnouncement | EndAnnouncement, work: Work
) -> None:
    match effect:
        case ProposeAnnouncement(announcement):
            work.announcements.propose(announcement)
            failpoint.reached("announcement.proposed")
        case ConfirmAnnouncement(announcement, address, mail_id):
            work.announcements.confirm(announcement, address, mail_id)
            failpoint.reached("announcement.confirmed")
        case EndAnnouncement(announcement, state, reason):
            work.announcements.end(announcement, state, reason)
            failpoint.reached("announcement.ended")


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


def _of_consumers(effect: KeepConsumers | PassConsumers, work: Work) -> None:
    match effect:
        case KeepConsumers(taken):
            work.consumers.keep(taken)
            failpoint.reached("consumers.kept")
        case PassConsumers(number, region, to):
            work.consumers.passed(number, region, to)
            failpoint.reached("consumers.passed")


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
