"""Effects that are rows and no letters: what each of them writes, and the step it is by then."""

from __future__ import annotations

from mailflow.domain import failpoint
from mailflow.domain.effect import (
    AnswerQuestion,
    CloseCase,
    CloseOrder,
    EndCase,
    Enter,
    Escalate,
    MarkBounced,
    OpenCase,
    PassOn,
    ReadAgain,
    ReleaseOrder,
    Relocate,
    SetOrder,
    VoidQuestion,
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
)
from mailflow.domain.order import OrderState, list_number
from mailflow.ports import Work


def decide(effect: CloseOrder | ReleaseOrder, work: Work) -> None:
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


def of_question(effect: AnswerQuestion | VoidQuestion | ReadAgain, work: Work) -> None:
    match effect:
        case AnswerQuestion(question):
            work.answer(question)
            failpoint.reached("question.answered")
        case VoidQuestion(question, reason):
            work.void(question, reason)
            failpoint.reached("question.voided")
        case ReadAgain(mail_id, reason):
            work.read_again(mail_id, reason)
            failpoint.reached("mail.acknowledged")


def keep_fact(effect: Enter | KeepInventory | MarkBounced, work: Work) -> None:
    """What is true from now on, whoever decides what of it."""
    match effect:
        case Enter(entry):
            work.enter(entry)
        case KeepInventory(report, reason):
            work.keep_inventory(report, reason)
        case MarkBounced(message, why):
            work.come_back(message, why)
            failpoint.reached("message.bounced")


def of_papers(effect: KeepPapers | KeepRequest, work: Work) -> None:
    match effect:
        case KeepPapers(papers):
            work.archive.keep(papers)
            failpoint.reached("papers.kept")
        case KeepRequest(request, reason):
            work.requests.keep(request, reason)
            failpoint.reached("request.kept")


def keep_case(
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


def move(effect: Ship | Unship | SetOrder | Withdraw | Deliver, work: Work) -> None:
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


def of_stock(effect: TakeStock | KeepShortages | ProposeSupply | IssueSupply, work: Work) -> None:
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


def of_samples(
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


def of_register(effect: ProposeRegister | ApplyRegister | EndRegister, work: Work) -> None:
    match effect:
        case ProposeRegister(proposal):
            work.registers.propose(proposal)
            failpoint.reached("register.proposed")
        case ApplyRegister(proposal, reason):
            work.registers.apply(proposal, reason)
            failpoint.reached("register.applied")
        case EndRegister(number, state, reason):
            work.registers.end(number, state, reason)


def of_announcement(
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


def of_consumers(effect: KeepConsumers | PassConsumers | ForgetConsumers, work: Work) -> None:
    match effect:
        case ForgetConsumers(number, reason):
            work.consumers.want_forgotten(number, reason)
            failpoint.reached("consumers.wanted")
        case KeepConsumers(taken):
            work.consumers.keep(taken)
            failpoint.reached("consumers.kept")
        case PassConsumers(number, region, to):
            work.consumers.passed(number, region, to)
            failpoint.reached("consumers.passed")
